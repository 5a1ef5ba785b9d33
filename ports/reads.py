"""Reading one kind of aggregate: by key, by query, page by page."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from itertools import islice
from typing import Generic, Protocol, TypeVar

from attrs import frozen

K = TypeVar("K", contravariant=True)
Q = TypeVar("Q", contravariant=True)
T = TypeVar("T", covariant=True)
P = TypeVar("P", covariant=True)


@frozen
class Page(Generic[P]):
    """Some records, and whether more follow: then ask again with ``after`` set to the last one's key."""

    items: tuple[P, ...]
    has_more: bool


class Reads(Protocol[K, Q, T]):
    """A collection of aggregates that an ERP holds.

    Records come in the ERP's own order of keys, which is the same at every call. A record that cannot be translated
    goes to the quarantine and the stream goes on.
    """

    @abstractmethod
    def get(self, key: K) -> T:
        """Give the one record of that *key*.

        Raises:
            TypeError: *key* is not an identifier of this kind of aggregate.
            NotFound: there is none, or it is deleted.
            TranslationError: it is there, but cannot be translated; it stands in the quarantine too.
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured, Refused: see `ports.errors`.
        """

    @abstractmethod
    def find(self, query: Q) -> Iterator[T]:
        """Stream all records that match, in the order of their keys; nothing is fetched before it is needed.

        Raises:
            TypeError: *query* is for another kind of aggregate; while iterating, as all that follow.
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured, Refused: see `ports.errors`.
        """

    def page(self, query: Q, *, size: int = 50) -> Page[T]:
        """Give the first *size* matching records; the query's ``after`` says where to begin.

        Raises:
            ValueError: *size* is less than one.
        """
        if size < 1:
            raise ValueError(f"a page of {size} records is no page; ask for at least one")
        found = tuple(islice(self.find(query), size + 1))
        return Page(found[:size], len(found) > size)
