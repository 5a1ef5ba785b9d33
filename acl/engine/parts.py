"""A value object from several columns of one record: the field that is made of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from types import ModuleType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import evolve, field, frozen

from acl.conditions import Where
from acl.engine.codec import Unreadable, Unwritable, at
from acl.engine.construction import Slot, blame, construct
from acl.engine.emitter import Emitter
from acl.engine.fields import Field, Lineage, Raws
from acl.engine.records import BAD, Cells, Origin, Report
from domain.errors import DomainError
from ports.errors import ProblemKind
from ports.queries import Operator

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

NOBODY = Origin("nobody", datetime(2000, 1, 1, tzinfo=UTC))
"""The origin of records that are drawn and not read."""


def _complete(part: Part, _: attrs.Attribute[dict[str, Field]], parts: dict[str, Field]) -> None:
    """Check at import what mypy proves before: every attribute has its field, and none is invented."""
    wanted = [attribute.name for attribute in attrs.fields(part.target) if attribute.init]
    missing = [name for name in wanted if name not in parts]
    unknown = [name for name in parts if name not in wanted]
    wrong = [name for name, each in parts.items() if not isinstance(each, Field)]
    mistyped = (
        [] if wrong else [name for name, each in parts.items() if name in wanted and _misses(part.target, name, each)]
    )
    if missing or unknown or wrong or mistyped:
        told = {
            "forgets": missing,
            "invents": unknown,
            "gives a value instead of a field for": wrong,
            "gives a value of another type for": mistyped,
        }
        raise TypeError(
            f"the mapping of {part.target.__name__} "
            + " and ".join(f"{verb} {', '.join(names)}" for verb, names in told.items() if names)
        )


def _misses(target: type, name: str, given: Field) -> bool:
    """Say whether the values of a field are known to be of no type that the attribute admits."""
    allowed = _admitted(target).get(name, (object,))
    return any(not issubclass(each, allowed) for each in given.produces)


@cache
def _admitted(target: type) -> dict[str, tuple[type, ...]]:
    """Give the classes that each attribute admits, as far as they can be told at run time."""
    try:
        hints = get_type_hints(target)
    except (NameError, TypeError):  # a class of a function, or a name that only the type checker imports
        return {}
    return {name: classes for name, hint in hints.items() if (classes := _classes(hint)) is not None}


def _classes(hint: object) -> tuple[type, ...] | None:
    members = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    plain = tuple(get_origin(member) or member for member in members)
    return plain if all(isinstance(member, type) and member is not Any for member in plain) else None


@frozen(kw_only=True)
class Part(Field):
    """One object of a domain class, built from the fields of its attributes."""

    target: type
    parts: dict[str, Field] = field(validator=_complete)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column for each in self.parts.values() for column in each.columns))

    @property
    def produces(self) -> tuple[type, ...]:
        return (self.target,)

    def is_absent(self, cells: Cells) -> bool:
        return all(each.is_absent(cells) for each in self.parts.values())

    def absent_test(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        return " and ".join(f"({each.absent_test(emitter, cells)})" for each in self.parts.values())

    def read(self, cells: Cells, report: Report) -> object:
        if self.optional and self.is_absent(cells):
            return None
        values = {name: each.read(cells, report.at(name)) for name, each in self.parts.items()}
        if any(value is BAD for value in values.values()):
            return BAD
        return self._build(values, cells, report)

    def _build(self, values: dict[str, object], cells: Cells, report: Report) -> object:
        try:
            return self.target(**values)
        except DomainError as error:
            about, told = error.about or blame(self.target, values), str(error)
        except (TypeError, ValueError) as error:  # the ready-made validators of attrs raise these
            about, told = blame(self.target, values), str(error.args[0] if error.args else error)
        blamed = [reach(self, path.split(".")) for path in about]
        columns = tuple(dict.fromkeys(column for each in blamed or [self] for column in each.columns))
        return report.add(columns, [cells[column] for column in columns], ProblemKind.RULE, told, None)

    def write(self, value: object, raws: Raws) -> None:
        writable = (name for name, each in self.parts.items() if each.read_only is None)
        self.write_some({name: None if value is None else getattr(value, name) for name in writable}, raws)

    def write_some(self, values: Mapping[str, object], raws: Raws) -> None:
        """Put the raw values of some attributes into *raws*, in their order.

        Raises:
            Unwritable: the vendor cannot hold them.
        """
        failures: list[tuple[str, Unreadable]] = []
        for name, value in values.items():
            try:
                self.parts[name].write(value, raws)
            except Unreadable as error:
                failures.extend(at(name, error))
        if failures:
            raise Unwritable(failures)

    def patch(self, before: object, after: object, raws: Raws) -> None:
        if before is None or after is None:
            super().patch(before, after, raws)
            return
        aside = {attribute.name for attribute in attrs.fields(self.target) if not attribute.eq}  # such as provenance
        failures: list[tuple[str, Unreadable]] = []
        for name, each in self.parts.items():
            old, new = getattr(before, name), getattr(after, name)
            try:
                if old == new or (name in aside and each.read_only is not None):
                    continue
                if each.read_only is not None:
                    raise Unreadable(ProblemKind.RULE, f"it cannot be written: {each.read_only}")
                each.patch(old, new, raws)
            except Unreadable as error:
                failures.extend(at(name, error))
        if failures:
            raise Unwritable(failures)

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        if not self.optional:
            return self._emit_whole(emitter, cells)
        value = emitter.fresh("value")
        with emitter.block(f"if {self.absent_test(emitter, cells)}:"):
            emitter.put(f"{value} = None")
        with emitter.block("else:"):
            emitter.put(f"{value} = {self._emit_whole(emitter, cells)}")
        return value

    def _emit_whole(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        return construct(
            emitter, self.target, {name: slot(each, each.emit(emitter, cells)) for name, each in self.parts.items()}
        )

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        for _ in range(_TRIES):
            trial = dict(cells)
            for each in self.parts.values():
                each.draw(draw, strategies, trial)
            if self.read(Cells(trial, omits_absent=True), Report(NOBODY, "")) is not BAD:
                break
        cells.update(trial)

    def lineage(self, path: str) -> Iterator[Lineage]:
        for name, each in self.parts.items():
            for found in each.lineage(f"{path}.{name}" if path else name):
                yield evolve(found, read_only=self.read_only or found.read_only)

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        if path:
            return self.parts[path[0]].conditions(path[1:], operator, value)
        if operator is not Operator.EQUALS:
            return None
        asked: list[Where] = []
        for name, each in self.parts.items():
            found = each.conditions((), operator, getattr(value, name))
            if found is None:
                return None
            asked.extend(found)
        return tuple(asked)


def reach(field: Field, path: Sequence[str]) -> Field:
    """Give the field at *path* inside *field*, or as near to it as the record's own columns go."""
    if isinstance(field, Part) and path:
        return reach(field.parts[path[0]], path[1:])
    return reach(field.item, path) if isinstance(field, OfRows) and path else field


@frozen(kw_only=True)
class OfRows(Field):
    """A field whose item is read from each row of a row set."""

    item: Part


_TRIES = 12
"""How often a part is drawn anew when its rules refuse what was drawn."""


def slot(each: Field, expression: str) -> Slot:
    """Tell the construction what *each* proves about its value."""
    return Slot(expression, each.produces, each.proves, each.may_be_none)
