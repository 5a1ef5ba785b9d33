"""Fields beside the record's own structure: several optional values in one tuple, and what a system does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, cast

from attrs import evolve, frozen

from acl.conditions import AnyOf, Condition, Where
from acl.engine.codec import Unreadable
from acl.engine.emitter import Emitter
from acl.engine.fields import Field, Lineage, Raws
from acl.engine.records import BAD, Cells, Report
from ports.errors import ProblemKind
from ports.queries import Operator

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn


@frozen(kw_only=True)
class Gathered(Field):
    """A tuple of those of several optional fields that hold something, in their order."""

    members: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column for each in self.members for column in each.columns))

    @property
    def produces(self) -> tuple[type, ...]:
        return (tuple,)

    def read(self, cells: Cells, report: Report) -> object:
        values = [each.read(cells, report.at(f"[{index}]")) for index, each in enumerate(self.members)]
        return BAD if BAD in values else tuple(value for value in values if value is not None)

    def write(self, value: object, raws: Raws) -> None:
        left = list(cast("tuple[object, ...]", value))
        for each in self.members:
            for candidate in left:
                trial = dict(raws)
                try:
                    each.write(candidate, trial)
                except Unreadable:
                    continue
                raws.update(trial)
                left.remove(candidate)
                break
            else:
                each.write(None, raws)
        if left:
            raise Unreadable(ProblemKind.RULE, f"this system has no place for {', '.join(map(str, left))}")

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        values = [each.emit(emitter, cells) for each in self.members]
        if len(values) == 1:
            return emitter.let("gathered", f"() if {values[0]} is None else ({values[0]},)")
        return emitter.let("gathered", f"tuple([each for each in ({', '.join(values)}) if each is not None])")

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        for each in self.members:
            each.draw(draw, strategies, cells)

    def lineage(self, path: str) -> Iterator[Lineage]:
        for index, each in enumerate(self.members):
            for found in each.lineage(f"{path}[{index}]"):
                yield evolve(found, read_only=self.read_only or found.read_only)

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        either: list[Condition] = []
        for each in self.members:
            try:
                found = each.conditions(path, operator, value)
            except Unreadable:
                continue
            if found is None or len(found) != 1:
                return None
            (only,) = found
            either.extend(only.conditions if isinstance(only, AnyOf) else (only,))
        return (AnyOf(tuple(either)),)


@frozen(kw_only=True)
class Never(Field):
    """An attribute that this system does not know: always the same value, with the reason."""

    value: object
    because: str

    @property
    def columns(self) -> tuple[str, ...]:
        return ()

    @property
    def produces(self) -> tuple[type, ...]:
        return () if self.value is None else (type(self.value),)

    def is_absent(self, cells: Cells) -> bool:
        return True

    def absent_test(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        return "True"

    def read(self, cells: Cells, report: Report) -> object:
        return self.value

    def write(self, value: object, raws: Raws) -> None:
        if value is not None and value != self.value:
            raise Unreadable(ProblemKind.RULE, f"{self.because}, so {value} cannot be written")

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        return "None" if self.value is None else emitter.constant(self.value, "always")

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        return

    def lineage(self, path: str) -> Iterator[Lineage]:
        yield Lineage(path, (), f"always {self.value}", (), True, self.because)

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        reached = self.value is not None and (path or operator is not Operator.EQUALS)
        if reached or (isinstance(self.value, tuple) and self.value):
            return None
        if value != self.value:
            raise Unreadable(ProblemKind.RULE, self.because)
        return ()
