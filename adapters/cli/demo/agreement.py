"""Whether systems gave equal objects, and where they did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from attrs import frozen

from adapters.cli.sheets import facts
from domain.identifiers import Identifier
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier

Aggregate = PurchaseOrder | Supplier
_NOWHERE = "(nothing)"
_THERE = "(a record)"


@frozen
class Difference:
    """One fact on which two systems disagree: *values* are theirs, in the order of *systems*, as people read them."""

    question: str
    key: str
    field: str
    systems: tuple[str, str]
    values: tuple[str, str]

    def __str__(self) -> str:
        (one, other), (its, others) = self.systems, self.values
        return f"{self.question}: {self.key}: {self.field}: {one} says {its}, {other} says {others}"


def differences(question: str, answers: Mapping[str, Sequence[Aggregate]]) -> Iterator[Difference]:
    """Compare the answers of every two systems, record by record, by the equality of the domain."""
    for one, other in combinations(answers, 2):
        left, right = _by_key(answers[one]), _by_key(answers[other])
        for name, known in ((one, left), (other, right)):
            if len(known) != len(answers[name]):
                told = f"{len(known)} keys", f"{len(answers[name])} records"
                yield Difference(question, "-", "keys that are given once", (name, name), told)
        for key in sorted({*left, *right}):
            for field, values in _unequal(left.get(key), right.get(key)):
                yield Difference(question, str(key), field, (one, other), values)


def _by_key(answer: Sequence[Aggregate]) -> dict[Identifier, Aggregate]:
    return {record.id: record for record in answer}


def _unequal(left: Aggregate | None, right: Aggregate | None) -> Iterator[tuple[str, tuple[str, str]]]:
    if left is None or right is None:
        yield "record", (_NOWHERE if left is None else _THERE, _NOWHERE if right is None else _THERE)
        return
    if left == right:
        return
    ours, theirs = dict(facts(left)), dict(facts(right))
    told = [
        (field, (ours.get(field, _NOWHERE), theirs.get(field, _NOWHERE)))
        for field in dict.fromkeys([*ours, *theirs])
        if field != "source" and ours.get(field) != theirs.get(field)
    ]
    yield from told or [("record", (repr(left), repr(right)))]  # unequal, although people would read the same
