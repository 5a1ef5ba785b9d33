"""An ERP that answers what it is told to answer."""

from __future__ import annotations

from datetime import timedelta

from attrs import define, field

from domain.identifiers import SupplierId
from domain.images import NOTHING, Image, Observation, Version
from domain.outcomes import Accepted, Done, Reference
from ports.execution import Execution, Limits
from tests.governed.examples import RENAME

DONE = Done(record=SupplierId("4711"), version=Version("8"))


@define
class Told(Execution):
    """An ERP that says what it is told to say, or raises it."""

    says: object = DONE
    found: object = (DONE,)
    shows: object = RENAME.effect
    without: tuple[str, ...] = ()
    asked: list[object] = field(factory=list)

    def lacks(self) -> tuple[str, ...]:
        return self.without

    @property
    def limits(self) -> Limits:
        return Limits(call=timedelta(seconds=1), running=timedelta(seconds=1))

    def offers(self, command: object) -> bool:
        return True

    def observe(self, command: object) -> Observation:
        return Observation(version=None, before=NOTHING, facts=())

    def perform(self, command: object, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        self.asked += [command, reference, expected]
        return _said(self.says)  # type: ignore[return-value]  # whatever the test is about

    def locate(self, command: object, *, reference: Reference) -> tuple[Done | Accepted, ...]:
        self.asked += [command, reference]
        return _said(self.found)  # type: ignore[return-value]  # as above

    def read_back(self, command: object, done: Done) -> Image:
        self.asked += [command, done]
        return _said(self.shows)  # type: ignore[return-value]  # as above


def _said(what: object) -> object:
    if isinstance(what, Exception):
        raise what
    return what
