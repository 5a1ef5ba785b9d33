"""What of a query the vendor is asked, and what is checked here after the fetch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from attrs import frozen

from acl.conditions import Narrowing, Where
from acl.engine.codec import Unreadable
from acl.engine.fields import Scalar
from acl.engine.parts import Part
from ports.queries import Criterion, Operator


@frozen
class Plan:
    """One query against one mapping.

    *pushed* are conditions that every match meets: they narrow what is fetched. *local* are the criteria that the
    vendor cannot be asked at all, or not exactly. Every criterion is checked here again, pushed or not, so that a
    vendor's collation cannot widen an answer. *impossible* says why no record of this vendor can match; ``None`` if
    one can.
    """

    criteria: tuple[Criterion, ...]
    pushed: tuple[Where, ...]
    local: tuple[Criterion, ...]
    impossible: str | None

    def matches(self, record: object) -> bool:
        """Say whether a translated record meets every criterion."""
        return all(criterion.matches(record) for criterion in self.criteria)

    def __str__(self) -> str:
        if self.impossible is not None:
            return f"nothing is asked: {self.impossible}"
        asked = " and ".join(map(str, self.pushed)) or "everything"
        return f"ask for {asked}; check here: {', '.join(map(str, self.local)) or 'nothing more'}"


def planned(root: Part, criteria: Iterable[Criterion]) -> Plan:
    """Split *criteria* between the vendor and us."""
    every = tuple(criteria)
    pushed: list[Where] = []
    local: list[Criterion] = []
    for criterion in every:
        try:
            found = root.conditions(criterion.path.split("."), criterion.operator, criterion.value)
        except Unreadable as error:
            if criterion.operator is Operator.EQUALS:
                return Plan(every, (), (), f"{criterion.path}: {error.reason}")
            found = None  # what no record can be, records may still come before or after
        pushed.extend(found or ())
        if found is None or isinstance(found, Narrowing):
            local.append(criterion)
    every = tuple(_in_vendor_order(root, criterion) for criterion in every)
    return Plan(every, tuple(pushed), tuple(local), None)


@frozen
class _After(Criterion):
    """What comes after a key in the vendor's own order, which is that of raw values: 10 follows 9, and 0010 too."""

    field: Scalar

    def matches(self, record: object) -> bool:
        found, asked = self._raw(getattr(record, self.path)), self._raw(self.value)
        if found is None or asked is None:  # a key that the vendor would not write has no place in its order
            return super().matches(record)
        return cast("int", found) > cast("int", asked)

    def _raw(self, key: object) -> object:
        try:
            return self.field.codec.encode(key)
        except Unreadable:
            return None


def _in_vendor_order(root: Part, criterion: Criterion) -> Criterion:
    key = root.parts.get(criterion.path)
    if criterion.operator is Operator.AFTER and isinstance(key, Scalar) and key.codec.ordered:
        return _After(criterion.path, criterion.operator, criterion.value, key)
    return criterion
