"""Fields that are made of fields: a value object from several columns, money, several optional values in one tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Context, Decimal, Inexact, InvalidOperation
from types import ModuleType
from typing import TYPE_CHECKING, cast

import attrs
from attrs import evolve, field, frozen

from acl.conditions import AnyOf, Condition, Where
from acl.engine.codec import Unreadable, Unwritable, at
from acl.engine.construction import Slot, blame, construct
from acl.engine.emitter import Emitter
from acl.engine.fields import Field, Lineage, Raws, Scalar
from acl.engine.records import BAD, Cells, Origin, Report
from domain.currency import Currency
from domain.errors import DomainError
from domain.money import Money
from ports.errors import ProblemKind
from ports.queries import Operator

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

_NOBODY = Origin("nobody", datetime(2000, 1, 1, tzinfo=UTC))


def _complete(part: Part, _: attrs.Attribute[dict[str, Field]], parts: dict[str, Field]) -> None:
    """Check at import what mypy proves before: every attribute has its field, and none is invented."""
    wanted = [attribute.name for attribute in attrs.fields(part.target) if attribute.init]
    missing = [name for name in wanted if name not in parts]
    unknown = [name for name in parts if name not in wanted]
    wrong = [name for name, each in parts.items() if not isinstance(each, Field)]
    if missing or unknown or wrong:
        told = {"forgets": missing, "invents": unknown, "gives a value instead of a field for": wrong}
        raise TypeError(
            f"the mapping of {part.target.__name__} "
            + " and ".join(f"{verb} {', '.join(names)}" for verb, names in told.items() if names)
        )


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
        failures: list[tuple[str, Unreadable]] = []
        for name, each in self.parts.items():
            try:
                if each.read_only is None:
                    each.write(None if value is None else getattr(value, name), raws)
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
            if self.read(Cells(trial, omits_absent=True), Report(_NOBODY, "")) is not BAD:
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


_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(5))


def fit(amount: Decimal, currency: Currency) -> Decimal:
    """Write *amount* with exactly the currency's places.

    Raises:
        Unreadable: it is finer than the currency; nothing is rounded.
    """
    try:
        return amount.quantize(_QUANTA[currency.places], context=_EXACT)
    except (Inexact, InvalidOperation):
        reason = f"{amount} is finer than the {currency.places} places of {currency.code}"
        raise Unreadable(ProblemKind.CURRENCY, reason) from None


@frozen(kw_only=True)
class MoneyPart(Part):
    """Money: an amount and its currency, with the currency's own number of places."""

    def _build(self, values: dict[str, object], cells: Cells, report: Report) -> object:
        try:
            values["amount"] = fit(cast("Decimal", values["amount"]), cast("Currency", values["currency"]))
        except Unreadable as error:
            amount = self.parts["amount"]
            quirk = next(iter(amount.codec.quirks), None) if isinstance(amount, Scalar) else None
            return report.failed(amount.columns, [cells[column] for column in amount.columns], error, quirk)
        return super()._build(values, cells, report)

    def _emit_whole(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        currency = self.parts["currency"].emit(emitter, cells)
        amount = self.parts["amount"]
        fitted = emitter.constant(fit, "fit")
        if isinstance(amount, Scalar) and amount.codec.inline_places is not None and not amount.optional:
            value = emitter.fresh("amount")
            with emitter.block(f"if {currency}.places == 2:"):
                emitter.put(f"{value} = {amount.codec.inline_places(emitter, cells[amount.columns[0]], 2)}")
            with emitter.block("else:"):
                decode = emitter.constant(amount.codec.decode, amount.codec.name)
                emitter.put(f"{value} = {fitted}({decode}({cells[amount.columns[0]]}), {currency})")
        else:
            value = emitter.let("amount", f"{fitted}({amount.emit(emitter, cells)}, {currency})")
        proven = tuple(check for check in _MONEY_CHECKS if check is not None)
        slots = {"currency": slot(self.parts["currency"], currency), "amount": Slot(value, (Decimal,), proven, False)}
        return construct(emitter, Money, slots)

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        self.parts["currency"].draw(draw, strategies, cells)
        amount = self.parts["amount"]
        currency = self.parts["currency"].read(Cells(cells, omits_absent=True), Report(_NOBODY, ""))
        if not isinstance(amount, Scalar) or amount.codec.raws_of_places is None or not isinstance(currency, Currency):
            super().draw(draw, strategies, cells)
        elif amount.columns[0] not in cells:
            cells[amount.columns[0]] = draw(amount.codec.raws_of_places(strategies, currency.places))


def _validators_of(target: type, name: str) -> tuple[Callable[..., None] | None, ...]:
    (validator,) = (attribute.validator for attribute in attrs.fields(target) if attribute.name == name)
    return cast(
        "tuple[Callable[..., None], ...]", attrs.astuple(cast("attrs.AttrsInstance", validator), recurse=False)[0]
    )


_MONEY_CHECKS = _validators_of(Money, "amount")
"""What `fit` guarantees: a finite amount with the currency's places."""


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
