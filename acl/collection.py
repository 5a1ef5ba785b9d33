"""A readable collection: one mapping, and a way to fetch its records under conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from acl.conditions import Where
from acl.engine.codec import Unreadable
from acl.mapping import Mapping, Origin, Plan
from domain.identifiers import Identifier
from domain.provenance import SourceRef
from ports.errors import NotFound, Problem, ProblemKind, TranslationError
from ports.quarantine import Quarantine, Refusal
from ports.queries import Operator
from ports.reads import Reads


class _Aggregate(Protocol):
    @property
    def id(self) -> Identifier: ...
    @property
    def source(self) -> SourceRef: ...


K = TypeVar("K", bound=Identifier)
Q = TypeVar("Q")
A = TypeVar("A", bound=_Aggregate)
Fetch = Callable[[Sequence[Where]], Iterable[Sequence[object]]]
"""Fetches all records that meet the conditions, page by page, sorted by the mapping's key."""


def _now() -> datetime:
    return datetime.now(UTC)


class Collection(Reads[K, Q, A], Generic[K, Q, A]):
    """The port of one kind of aggregate on one system.

    Every criterion is checked here after the fetch, pushed down or not. A record that comes twice is given once; two
    different records under one key are both refused, for nobody can say which is meant.
    """

    def __init__(
        self,
        mapping: Mapping[A],
        fetch: Fetch,
        *,
        system: str,
        quarantine: Quarantine,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.mapping = mapping
        self._fetch = fetch
        self._system = system
        self._quarantine = quarantine
        self._now = now

    def get(self, key: K) -> A:
        if type(key) not in (self.mapping.key.produces or (type(key),)):
            wanted = " or ".join(each.__name__ for each in self.mapping.key.produces)
            raise TypeError(f"the key of a {self.mapping.target.__name__} is a {wanted}, not {key!r}")
        told = f"{self._system} has no {self.mapping.target.__name__} {key}"
        try:
            where = self._where(key)
        except Unreadable as error:
            raise NotFound(f"{told}: {error.reason}") from None
        noted = _Noted(self._quarantine)
        for found in self._read(where, noted):
            if found.id == key:
                return found
        for refusal in noted.refusals.values():
            raise TranslationError(refusal.source, refusal.problems)
        raise NotFound(told)

    def find(self, query: Q) -> Iterator[A]:
        plan = self.plan(query)
        if plan.impossible is None:
            yield from filter(plan.matches, self._read(plan.pushed, _Noted(self._quarantine)))

    def plan(self, query: Q) -> Plan:
        """Say what of *query* the vendor is asked, and what is checked here."""
        return self.mapping.plan(query)

    def raw(self, key: K) -> tuple[str, ...]:
        """Give the raw records behind *key*, as text: evidence for a person.

        Raises:
            NotFound: no record can have this key.
        """
        try:
            pages = self.mapping.assembled(self._fetch(self._where(key)))
        except Unreadable as error:
            raise NotFound(f"{self._system} cannot have {key}: {error.reason}") from None
        return tuple(self.mapping.shown(record) for page in pages for record in page)

    def _where(self, key: K) -> tuple[Where, ...]:
        return self.mapping.key.conditions((), Operator.EQUALS, key) or ()

    def _read(self, where: Sequence[Where], quarantine: _Noted) -> Iterator[A]:
        origin = Origin(self._system, self._now())
        found = self.mapping.read_all(self._fetch(where), origin=origin, quarantine=quarantine)
        for _, records in groupby(found, key=_key_of):
            twins: list[A] = []
            for record in records:
                if record not in twins:
                    twins.append(record)
            broken = quarantine.refusals.get(twins[0].source.key)
            if len(twins) == 1 and broken is None:
                yield twins[0]
            else:
                quarantine.put(self._twins(twins, broken))

    def _twins(self, records: Sequence[A], broken: Refusal | None) -> Refusal:
        """Refuse all records under one key, the one that could not be translated among them."""
        columns, (first, *_) = ", ".join(self.mapping.key.columns), records
        reason = "several live records carry this key, and they differ"
        problem = Problem("id", columns, str(first.id), ProblemKind.AMBIGUOUS, reason, None)
        problems, raws = (problem,), [repr(record) for record in records]
        if broken is None:
            return Refusal(first.source, problems, "\n".join(raws))
        return Refusal(first.source, (*broken.problems, *problems), "\n".join([broken.raw, *raws]))


def _key_of(record: _Aggregate) -> Identifier:
    return record.id


class _Noted(Quarantine):
    """Passes refusals on and remembers them, by their keys."""

    def __init__(self, quarantine: Quarantine) -> None:
        self._quarantine = quarantine
        self.refusals: dict[str, Refusal] = {}

    def put(self, refusal: Refusal) -> None:
        self.refusals[refusal.source.key] = refusal
        self._quarantine.put(refusal)
