"""Money: an amount and its currency, with exactly the currency's places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal, Inexact, InvalidOperation
from types import ModuleType
from typing import TYPE_CHECKING, cast

import attrs
from attrs import frozen

from acl.engine.codec import Unreadable
from acl.engine.construction import Slot, construct
from acl.engine.emitter import Emitter
from acl.engine.fields import Raws, Scalar
from acl.engine.records import Cells, Report
from domain.currency import Currency
from domain.money import Money
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn
from acl.engine.parts import NOBODY, Part, slot

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
            value, raw = emitter.fresh("amount"), cells[amount.columns[0]]
            decode = emitter.constant(amount.codec.decode, amount.codec.name)
            exact = f"{fitted}({decode}({raw}), {currency})"
            with emitter.block(f"if {currency}.places == 2:"):
                emitter.put(f"{value} = {amount.codec.inline_places(emitter, raw, 2, exact)}")
            with emitter.block("else:"):
                emitter.put(f"{value} = {exact}")
        else:
            value = emitter.let("amount", f"{fitted}({amount.emit(emitter, cells)}, {currency})")
        proven = tuple(check for check in _MONEY_CHECKS if check is not None)
        slots = {"currency": slot(self.parts["currency"], currency), "amount": Slot(value, (Decimal,), proven, False)}
        return construct(emitter, Money, slots)

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        self.parts["currency"].draw(draw, strategies, cells)
        amount = self.parts["amount"]
        currency = self.parts["currency"].read(Cells(cells, omits_absent=True), Report(NOBODY, ""))
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
