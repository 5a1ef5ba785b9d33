"""Reading from a tuple, with the manners that every ERP's adapter must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from attrs import frozen

from domain.identifiers import Identifier
from ports.errors import NotFound, TranslationError
from ports.quarantine import Quarantine, Refusal
from ports.queries import Operator, criteria
from ports.reads import Reads


class _Keyed(Protocol):
    @property
    def id(self) -> Identifier: ...


K = TypeVar("K", bound=Identifier)
Q = TypeVar("Q")
T = TypeVar("T", bound=_Keyed)


@frozen
class _Spoiled:
    """A record that cannot be translated, under the key that callers know it by."""

    id: Identifier
    refusal: Refusal


class InMemoryRecords(Reads[K, Q, T], Generic[K, Q, T]):
    """A fixed collection, in the order of the keys' texts.

    *refused* are the records that cannot be translated, each with its key and its refusal. They go into *quarantine*
    when a stream passes them, whatever its criteria: nobody can say what they would have matched.
    """

    def __init__(self, records: Iterable[T], refused: Iterable[tuple[K, Refusal]], quarantine: Quarantine) -> None:
        stored: list[T | _Spoiled] = [*records, *(_Spoiled(key, refusal) for key, refusal in refused)]
        self._stored = tuple(sorted(stored, key=lambda entry: entry.id.text))
        self._by_key = {entry.id: entry for entry in self._stored}
        if len(self._by_key) != len(self._stored):
            raise ValueError("two records carry one key; a collection in memory holds each key once")
        self._quarantine = quarantine
        self.examined = 0
        """How many records all streams together have looked at so far: shows that a stream is lazy."""

    def get(self, key: K) -> T:
        entry = self._by_key.get(key)
        if entry is None:
            raise NotFound(f"there is no {type(key).__name__} {key}")
        if isinstance(entry, _Spoiled):
            self._quarantine.put(entry.refusal)
            raise TranslationError(entry.refusal.source, entry.refusal.problems)
        return entry

    def find(self, query: Q) -> Iterator[T]:
        asked = criteria(query)
        cursor = tuple(criterion for criterion in asked if criterion.operator is Operator.AFTER)
        for entry in self._stored:
            self.examined += 1
            if not isinstance(entry, _Spoiled):
                if all(criterion.matches(entry) for criterion in asked):
                    yield entry
            elif all(criterion.matches(entry) for criterion in cursor):
                self._quarantine.put(entry.refusal)
