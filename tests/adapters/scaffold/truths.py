"""What mappings that people made say of each attribute, to judge guesses by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from attrs import frozen

from acl.mapping import Mapping as RecordMapping
from adapters.scaffold.decisions import decided
from adapters.scaffold.guesses import Choice
from adapters.scaffold.proposal import Proposal

T = TypeVar("T")
_INSIDE = {
    "unit": "ordered.unit", "ordered": "ordered.amount", "received": "received.amount",
    "invoiced": "invoiced.amount", "amount": "amount.amount", "price.per": "price.per.amount",
}  # fmt: skip
"""Where a mapping's lineage tells what the scaffold calls by a shorter name."""


@frozen
class Score:
    """How many attributes were taken rightly and wrongly, and how many were left; each wrong one is told."""

    right: int
    left: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        """How much of all attributes was found."""
        return self.right / (self.right + self.left + len(self.wrong))


def columns_by_field(mapping: RecordMapping[T]) -> dict[str, set[str]]:
    """Give the columns behind each attribute, as the mapping's author chose them."""
    found: dict[str, set[str]] = {}
    for each in mapping.lineage:
        found.setdefault(re.sub(r"\[\d*\]", "", each.field), set()).update(each.columns)
    return found


def judged(proposal: Proposal, mapping: RecordMapping[T], *, tables_have_names: bool = True) -> Score:
    """Hold a proposal against a mapping; without *tables_have_names* the columns alone are compared."""
    truth, right, left, wrong = columns_by_field(mapping), 0, 0, list[str]()
    for path, _, taken in _taken(proposal):
        if taken is None:
            left += 1
        elif _means(taken, _behind(truth, path), tables_have_names):
            right += 1
        else:
            wrong.append(f"{path}: {taken}")
    return Score(right, left, tuple(wrong))


def _taken(proposal: Proposal) -> Iterator[tuple[str, Choice, str | None]]:
    lines = {} if proposal.lines is None else proposal.lines.choices
    for prefix, choices in (("", proposal.choices), ("lines.", lines)):
        taken = decided(choices).taken
        for path, choice in choices.items():
            yield f"{prefix}{_INSIDE.get(path, path)}", choice, taken[path].name if path in taken else None


def _behind(truth: Mapping[str, set[str]], path: str) -> set[str]:
    group = path.partition(".")[0]
    return truth.get(path) or {column for field, found in truth.items() if field == group for column in found}


def _means(name: str, wanted: set[str], tables_have_names: bool) -> bool:
    """Compare with what a mapping calls the column; one inside a line is told with the way from the order."""
    below = {column.partition("/")[2] for column in wanted}
    return name in wanted | below or (not tables_have_names and name.rpartition(".")[2] in wanted)
