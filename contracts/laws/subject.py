"""What a suite is run on: a port, and what is known to stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from attrs import field, frozen

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


@frozen
class Limit:
    """One thing that an adapter does not do: *about* names the criterion or attribute, *told* what becomes of it."""

    about: str
    told: str
    because: str


@frozen
class Adapter:
    """Who is under the laws, as the report names him, and what he cannot do."""

    system: str
    kind: str
    limits: tuple[Limit, ...] = ()


@frozen(kw_only=True)
class Subject(Generic[K, Q, T]):
    """One adapter under test; give every law a fresh one, with an empty quarantine.

    *expected* are the aggregates that stand in the ERP, three at least, in any order; ``None`` if nobody stated them:
    then a full read is taken for them, and the laws that would say nothing about it are not applicable. *refused* are
    the records that cannot be translated: the key in their `SourceRef`, and the key a caller would ask `get` for,
    ``None`` if they have none or nobody knows it; ``None`` for all of it if nobody stated them. *quarantined* gives the
    refusals of this port that the quarantine holds now.

    What else is ``None`` leaves out the laws that need it: *down* is the same port with its ERP out of reach or its
    password wrong, *fetched* counts the records or pages that were pulled from the ERP so far (let the whole of it take
    several pages). *secrets* are texts that may stand in no message, such as the password. *is_sandbox* says that
    nothing is lost if the ERP suffers: only then are the destructive laws judged. *adapter* is for the report.
    """

    port: Reads[K, Q, T]
    quarantined: Callable[[], Sequence[Refusal]]
    expected: tuple[T, ...] | None = None
    refused: Mapping[str, K | None] | None = field(factory=dict)
    down: Reads[K, Q, T] | None = None
    fetched: Callable[[], int] | None = None
    secrets: tuple[str, ...] = ()
    is_sandbox: bool = False
    adapter: Adapter | None = None
