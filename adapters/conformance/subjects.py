"""One port of an opened system as a subject of the laws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from acl.mapping import Mapping, Origin
from adapters.conformance.limits import limits_of
from adapters.conformance.opened import WRONG, Opened
from adapters.conformance.ports import A, K, PortLaws, Q
from adapters.conformance.stated import Stated
from contracts.laws.subject import Adapter, Subject
from ports.quarantine import Quarantine

T = TypeVar("T")


def subject_of(opened: Opened, port: PortLaws[K, Q, A], stated: Stated[K, A] | None) -> Subject[K, Q, A]:
    """Put one port of an opened system under the laws; without *stated* its answers need only agree with each other.

    Everything is read once if nothing is stated. The pages that are fetched are counted from now on, and the quarantine
    is empty.
    """
    collection, suite = port.of(opened.erp), port.suite()
    collection.mapping = counted = _PagesCounted(collection.mapping)
    facts = tuple(collection.find(suite.everything())) if stated is None else stated.records
    opened.quarantine.clear()
    return Subject(
        port=collection,
        expected=None if stated is None else stated.records,
        quarantined=lambda: opened.quarantine.refusals,
        refused=None if stated is None else stated.refused,
        down=None if opened.down is None else port.of(opened.down),
        fetched=lambda: counted.pages,
        secrets=(WRONG,),
        is_sandbox=opened.is_sandbox,
        adapter=Adapter(opened.erp.name, opened.erp.kind, limits_of(collection, suite, facts)),
    )


class _PagesCounted(Mapping[T]):
    """A mapping that counts the pages which it is given to read."""

    def __init__(self, honest: Mapping[T]) -> None:
        super().__init__(honest.record, honest.shape, honest.root)
        self.pages = 0

    def read_all(self, pages: Iterable[Sequence[object]], *, origin: Origin, quarantine: Quarantine) -> Iterator[T]:
        return super().read_all(self._counted(pages), origin=origin, quarantine=quarantine)

    def _counted(self, pages: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
        for page in pages:
            self.pages += 1
            yield page
