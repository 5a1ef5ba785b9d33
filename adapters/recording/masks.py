"""The masked view of one system: what answers of every form share, and what was done to get there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from adapters.recording.pseudonyms import Pseudonyms
from adapters.recording.rules import Rules
from ports.errors import Misconfigured

NOT_RECORDED = "(not recorded)"
"""What stands in place of a vendor's sentence."""
_TELLING = frozenset({"code", "faultcode", "Value", "severity", "status"})
"""Under these names stand codes, in what is said about a refusal."""
_CODES = re.compile(r"\b[A-Z][A-Z0-9]{1,7}[-/][0-9]{2,8}\b")
"""Codes inside of a sentence, such as ``JBO-25014``."""
_COUNT = re.compile(r"\s*[0-9]{0,6}\s*")
_ASKABLE = "tax_ids"
"""The one personal attribute that a port can ask a vendor for; names are looked for here, after the fetch."""


class Masks:
    """The rules of one system's records, its pseudonyms, and how much was left out."""

    def __init__(self, rules: Sequence[Rules], pseudonyms: Pseudonyms) -> None:
        self.rules = tuple(rules)
        self.pseudonyms = pseudonyms
        self.left_out: Counter[str] = Counter()
        """How often something was left out because no mapping reads it, by its path."""
        self.failures: list[Misconfigured] = []
        """What could not be masked; nothing is recorded then, whatever became of the error on its way."""

    def rules_for(self, names: Collection[str]) -> Rules | None:
        """Give the rules for a record with columns of these *names*; ``None`` if no mapping knows it."""
        known = [each for each in self.rules if set(each.key) <= set(names)]
        return max(known, key=lambda each: len(set(each.columns).intersection(names)), default=None)

    def personal(
        self, rules: Rules, place: str, raws: Mapping[str, object], *, omits_absent: bool
    ) -> dict[str, object]:
        """Give what stands in the personal columns of a record, or of the inner record at *place*, from now on.

        Raises:
            Misconfigured: a value has no pseudonym.
        """
        found: dict[str, object] = {}
        for unit in rules.units.get(place, ()):
            try:
                found |= self.pseudonyms.masked(unit, {**raws, **found}, fixed=found.keys(), omits_absent=omits_absent)
            except Misconfigured as error:
                self.failures.append(error)
                raise
        return {column: value for column, value in found.items() if column in raws}

    def asked(self, text: str) -> str:
        """Give the value that a whole literal of a question stands for at the vendor."""
        return self.pseudonyms.meant(_ASKABLE, text)

    def told(self, text: str) -> str:
        """Give the literal of the view for one that the vendor repeats, as in the link to a next page."""
        return self.pseudonyms.shown(_ASKABLE, text)

    def sentence(self, name: str, text: str) -> str:
        """Give what may be kept of a text beside the records: codes, and numbers as short as a count."""
        if name in _TELLING or _COUNT.fullmatch(text):
            return text
        return " ".join([*dict.fromkeys(_CODES.findall(text)), NOT_RECORDED])
