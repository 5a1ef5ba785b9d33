"""The form in which values of the domain leave the house: texts, whole numbers, lists, booleans and null.

Amounts are texts in full ("1250.00"), days are ISO 8601, closed lists stand by their value ("partly_received"),
identifiers and codes by their text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import NoReturn

from attrs import has
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from contracts.published.shapes import Shape
from domain.currency import Currency
from domain.identifiers import Identifier
from domain.places import Country
from domain.units import Unit

Record = dict[str, object]


def forms(shapes: Iterable[Shape]) -> Converter:
    """Make the converter that brings values of the domain into the form that *shapes* give them.

    It raises `TypeError` for a value for which no form was decided.
    """
    by_kind = {shape.kind: shape for shape in shapes}
    converter = Converter(unstructure_fallback_factory=lambda _: _refuse)

    def whole(kind: type) -> Callable[[object], Record]:
        return _of_class(converter, by_kind.get(kind, Shape(kind)))

    converter.register_unstructure_hook_factory(has, whole)
    for plain in (str, int, bool, type(None)):
        converter.register_unstructure_hook(plain, _as_it_is)
    converter.register_unstructure_hook(Decimal, lambda number: f"{number:f}")
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(Enum, lambda member: member.value)
    for coded in (Identifier, Currency, Country, Unit):
        converter.register_unstructure_hook(coded, str)
    return converter


def _of_class(converter: Converter, shape: Shape) -> Callable[[object], Record]:
    left_out = {name: override(omit=True) for name in shape.without}
    own: Callable[[object], Record] = make_dict_unstructure_fn(shape.kind, converter, **left_out)  # type: ignore[arg-type]  # its other options are named and not among these
    if not shape.told:
        return own
    return lambda value: {**own(value), **{each.name: converter.unstructure(each.of(value)) for each in shape.told}}


def _as_it_is(value: object) -> object:
    return value


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"no form was decided for {type(value).__name__}")
