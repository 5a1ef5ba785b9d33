"""What a suite is run on: a port, and what is known to stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from attrs import field, frozen, validators

from domain.identifiers import Identifier
from domain.provenance import SourceRef
from ports.quarantine import Refusal
from ports.reads import Reads


class Aggregate(Protocol):
    """What every aggregate has: its own key, and where it was read."""

    @property
    def id(self) -> Identifier: ...

    @property
    def source(self) -> SourceRef: ...


K = TypeVar("K", bound=Identifier)
Q = TypeVar("Q")
T = TypeVar("T", bound=Aggregate)


@frozen(kw_only=True)
class Subject(Generic[K, Q, T]):
    """One adapter under test; make a fresh one, with an empty quarantine, for every law.

    *expected* are the aggregates that stand in the ERP, three at least, in any order. *refused* are the records that
    cannot be translated: the key in their `SourceRef`, and the key a caller would ask `get` for, ``None`` if they have
    none. *quarantined* gives the refusals of this port that the quarantine holds now.

    What is ``None`` skips the laws that need it: *down* is the same port with its ERP out of reach or its password
    wrong, *fetched* counts the records or pages that were pulled from the ERP so far (let the whole of it take several
    pages). *secrets* are texts that may stand in no message, such as the password.
    """

    port: Reads[K, Q, T]
    expected: tuple[T, ...] = field(validator=validators.min_len(3))  # a law over nothing would be kept by anything
    quarantined: Callable[[], Sequence[Refusal]]
    refused: Mapping[str, K | None] = field(factory=dict)
    down: Reads[K, Q, T] | None = None
    fetched: Callable[[], int] | None = None
    secrets: tuple[str, ...] = ()
