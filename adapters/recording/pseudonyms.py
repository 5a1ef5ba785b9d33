"""Pseudonyms for personal values: of the same form, and understood by the mapping exactly as the value was.

The same value always gets the same pseudonym within one recording, and two values never get one. The seed is random,
what leads back is in memory only, and both are gone with the recording's end.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import partial

import attrs
from attrs import field, frozen

from acl.engine.parts import NOBODY
from acl.engine.records import Cells, Report
from adapters.recording.letters import Part, alike, replaceable, respelled, signs
from adapters.recording.rules import Unit
from ports.errors import Misconfigured

_TRIES = {Part.ALL: 200, Part.ASCII: 200, Part.DIGITS: 200_000}
"""How many texts are tried: the check digits of a number agree by chance, once in some thousands."""
_LEAST = {Part.ALL: 1, Part.ASCII: 2, Part.DIGITS: 4}
"""How many signs must be replaced, so that what stays tells nobody who it is."""
_CODE = 4
"""A column beside another that no other value fits, as a tax number's category, is a code if it is so short."""
_SHORT = 3
"""So few signs identify nobody: a house number may be its own pseudonym, as it may be any other's."""


@frozen
class _Pool:
    """The pseudonyms of one attribute, by signs: *given* leads to them, *meant* back."""

    given: dict[str, str] = field(factory=dict)
    meant: dict[str, str] = field(factory=dict)
    originals: set[str] = field(factory=set)


class Pseudonyms:
    """All pseudonyms of one recording; *seed* is for tests."""

    def __init__(self, seed: bytes | None = None) -> None:
        self._seed = secrets.token_bytes(32) if seed is None else seed
        self._pools: dict[str, _Pool] = {}
        self._masked: dict[tuple[int, str], dict[str, object]] = {}
        self.kept: Counter[str] = Counter()
        """How often a short code beside a personal value was kept, by column."""

    def masked(
        self, unit: Unit, raws: Mapping[str, object], *, omits_absent: bool, fixed: Collection[str] = ()
    ) -> dict[str, object]:
        """Give the columns of *unit* with pseudonyms in place of *raws*; what is absent or blank stays what it is.

        Columns that are *fixed* have got theirs already.

        Raises:
            Misconfigured: there is no pseudonym that the mapping would understand as it understands the value.
        """
        cells = Cells(raws, omits_absent)
        found = {column: cells[column] for column in unit.columns}
        seen = (id(unit), repr(found))
        if seen not in self._masked:
            self._masked[seen] = found if unit.field.is_absent(cells) else self._changed(unit, found, fixed)
        return self._masked[seen]

    def _changed(self, unit: Unit, raws: Mapping[str, object], fixed: Collection[str]) -> dict[str, object]:
        wanted, found = _understood(unit, raws), dict(raws)
        for column, raw in raws.items():
            if column not in fixed and any(replaceable(text, Part.ALL) > 0 for text in _texts(raw, column)):
                found[column] = self._pseudonym(unit, column, found, wanted)
        return found

    def meant(self, attribute: str, text: str) -> str:
        """Give what a pseudonym of *attribute* stands for, punctuated alike; any other text as it is."""
        return respelled(text, self._pool(attribute).meant)

    def shown(self, attribute: str, text: str) -> str:
        """Give the pseudonym that a value of *attribute* has got, punctuated alike; any other text as it is."""
        return respelled(text, self._pool(attribute).given)

    def originals(self) -> Iterator[tuple[str, str]]:
        """Give every value that was replaced, after its attribute."""
        for attribute, pool in self._pools.items():
            for text in pool.originals:
                yield attribute, text

    def counts(self) -> dict[str, int]:
        """Count the values that were replaced, by attribute."""
        return {attribute: len(pool.originals) for attribute, pool in sorted(self._pools.items())}

    def _pool(self, attribute: str) -> _Pool:
        return self._pools.setdefault(attribute, _Pool())

    def _pseudonym(self, unit: Unit, column: str, raws: Mapping[str, object], wanted: object) -> object:
        pool, raw = self._pool(unit.attribute), raws[column]
        texts = _texts(raw, column)
        for other in self._others(pool, raw, texts):
            changed = dict(zip(texts, _texts(other, column), strict=True))
            fits = all(_fits(pool, *pair) for pair in changed.items())
            if fits and _understood(unit, {**raws, column: other}) == wanted:
                for old, new in changed.items():
                    pool.given.setdefault(signs(old), signs(new))
                    pool.meant[signs(new)] = signs(old)
                    pool.originals.add(old)
                return other
        if len(raws) > 1 and all(len(signs(text)) <= _CODE for text in texts):
            self.kept[column] += 1
            return raw
        raise Misconfigured(
            f"a value of {unit.attribute} in {column} has no pseudonym that would be understood as it is; "
            "nothing was recorded"
        )

    def _others(self, pool: _Pool, raw: object, texts: list[str]) -> Iterator[object]:
        """Give what may stand in place of *raw*: what stands for it already, then ever more alike."""
        if all(signs(text) in pool.given or signs(text) == "" for text in texts):
            yield _rewritten(raw, lambda text: respelled(text, pool.given))
        for part in Part:
            if all(_is_enough(text, part) for text in texts):
                for number in range(_TRIES[part]):
                    yield _rewritten(raw, partial(alike, part=part, seed=self._seed, number=number))


def _is_enough(text: str, part: Part) -> bool:
    everything, replaced = replaceable(text, Part.ALL), replaceable(text, part)
    return everything == 0 or (replaced >= _LEAST[part] and 2 * replaced >= everything)


def _fits(pool: _Pool, old: str, new: str) -> bool:
    """Say whether *new* is nobody else's, and not the value itself."""
    if replaceable(old, Part.ALL) == 0:
        return True
    before, after = signs(old), signs(new)
    if len(before) > _SHORT and after in (before, *pool.given):
        return False
    return pool.meant.get(after, before) == before


def _understood(unit: Unit, raws: Mapping[str, object]) -> object:
    """Give how the mapping understands the columns: what is refused and why, or what there is and what there is not."""
    report = Report(NOBODY, "")
    value = unit.field.read(Cells(raws, omits_absent=False), report)
    if report.problems:
        return frozenset((each.field, each.column, each.kind, each.quirk) for each in report.problems)
    return _form(value)


def _form(value: object) -> object:
    if value is None or isinstance(value, Enum):
        return value
    kind = type(value)
    if not attrs.has(kind):
        return kind
    return kind, tuple(_form(getattr(value, each.name)) for each in attrs.fields(kind))


def _texts(raw: object, column: str) -> list[str]:
    """Give the texts in a raw value.

    Raises:
        Misconfigured: it is of a type in which none can be replaced.
    """
    match raw:
        case None | bool() | Enum():
            return []
        case str():
            return [raw]
        case int() | float() | Decimal():
            return [str(raw)]
        case bytes():
            return [raw.decode("latin-1")]
        case list():
            return [text for each in raw for text in _texts(each, column)]
    raise Misconfigured(f"{column} is personal and holds a {type(raw).__name__}, which cannot be replaced")


def _rewritten(raw: object, rewrite: Callable[[str], str]) -> object:
    match raw:
        case None | bool() | Enum():
            return raw
        case bytes():
            return rewrite(raw.decode("latin-1")).encode("latin-1", "replace")
        case list():
            return [_rewritten(each, rewrite) for each in raw]
        case str():
            return rewrite(raw)
        case int() | float() | Decimal():
            return type(raw)(rewrite(str(raw)))
    raise AssertionError("the texts of such a value were asked for before")
