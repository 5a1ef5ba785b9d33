"""Domain objects from the records that `dragoman find --json` writes: exactly that form, and nothing like it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

from attrs import fields, has
from cattrs import Converter

from domain.currency import Currency
from domain.dates import OPEN_END, OpenEnd
from domain.errors import ErpError
from domain.identifiers import Identifier
from domain.places import Country
from domain.purchasing import PurchaseOrder
from domain.units import Unit

T = TypeVar("T")
Make = Callable[[object, object], object]
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_TOLD: dict[type, str] = {PurchaseOrder: "total"}
"""What a class tells of itself beside its fields."""


class Unfit(Exception):
    """A record is not of the form: *path* leads to the value, *reason* says what is wrong with it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason

    def inside(self, step: str) -> Unfit:
        """Say the same from one step further outside."""
        dot = "." if self.path and not self.path.startswith("[") else ""
        return Unfit(f"{step}{dot}{self.path}", self.reason)


def structured(record: object, kind: type[T]) -> T:
    """Make a domain object of a record.

    Raises:
        Unfit: naming the first value that is not of the form.
    """
    return _converter().structure(record, kind)


@cache
def _converter() -> Converter:
    converter = Converter(detailed_validation=False)
    converter.register_structure_hook_factory(has, lambda kind: _whole(kind, converter))
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _each(get_args(kind)[0], converter))
    converter.register_structure_hook_func(_is_enum, lambda raw, kind: _made(kind, raw))
    converter.register_structure_hook_func(_is_coded, lambda raw, kind: _made(kind, _text(raw)))
    converter.register_structure_hook(str, lambda raw, _: _text(raw))
    converter.register_structure_hook(Decimal, lambda raw, _: _decimal(raw))
    converter.register_structure_hook(date, lambda raw, _: _made(date.fromisoformat, _text(raw)))
    converter.register_structure_hook(datetime, lambda raw, _: _made(datetime.fromisoformat, _text(raw)))
    converter.register_structure_hook(date | OpenEnd | None, lambda raw, _: _end(raw))
    return converter


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _is_coded(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, (Identifier, Currency, Country, Unit))


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _whole(kind: type, converter: Converter) -> Make:
    hints = get_type_hints(kind)
    names = [attribute.name for attribute in fields(kind) if attribute.init]
    told = _TOLD.get(kind)

    def make(raw: object, _: object) -> object:
        if not isinstance(raw, Mapping):
            raise Unfit("", f"{raw!r} is not a {kind.__name__} as an object of JSON")
        for name in names:
            if name not in raw:
                raise Unfit(name, "is missing")
        for name in raw:
            if name not in names and name != told:
                raise Unfit(str(name), f"a {kind.__name__} has no such field")
        values = {name: _field(name, converter, raw[name], hints[name]) for name in names}
        return _consistent(_made(lambda given: kind(**given), values), raw, told, converter)

    return make


def _field(name: str, converter: Converter, raw: object, hint: object) -> object:
    try:
        return converter.structure(raw, cast("type", hint))
    except Unfit as error:
        raise error.inside(name) from None


def _consistent(value: object, raw: Mapping[object, object], told: str | None, converter: Converter) -> object:
    """Refuse a record that tells of itself what does not follow from its fields."""
    if told is not None and told in raw:
        follows = getattr(value, told)
        if _field(told, converter, raw[told], type(follows)) != follows:
            raise Unfit(told, f"{raw[told]!r} does not follow from the record, which gives {follows}")
    return value


def _each(kind: object, converter: Converter) -> Make:
    def make(raw: object, _: object) -> object:
        if not isinstance(raw, list):
            raise Unfit("", f"{raw!r} is not a list")
        return tuple(_field(f"[{place}]", converter, each, kind) for place, each in enumerate(raw))

    return make


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise Unfit("", f"{raw!r} is not a text")
    return raw


def _decimal(raw: object) -> Decimal:
    text = _text(raw)
    if _DECIMAL.fullmatch(text) is None:
        raise Unfit("", f"{text!r} is not a decimal in full, such as '1250.00'")
    return Decimal(text)


def _end(raw: object) -> object:
    if raw is None or raw == OPEN_END.value:
        return None if raw is None else OPEN_END
    return _made(date.fromisoformat, _text(raw))


def _made(make: Callable[[T], object], raw: T) -> object:
    try:
        return make(raw)
    except (ErpError, TypeError, ValueError) as error:
        raise Unfit("", str(error)) from None
