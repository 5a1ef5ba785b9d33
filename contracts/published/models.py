"""pydantic models of what leaves the house, made from the domain's classes and not written a second time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, cast, get_args, get_origin

from attrs import has
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    create_model,
)

from contracts.published.meanings import summary_of
from contracts.published.shapes import PublishedField, Shape, published_fields
from domain.currency import Currency
from domain.dates import OpenEnd
from domain.identifiers import Identifier
from domain.places import Country
from domain.units import Unit

DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
"""An exact decimal in full: no exponent, no blank, no separator of thousands."""
_CODES = {Currency: r"^[A-Z]{3}$", Country: r"^[A-Z]{2}$", Unit: r"^[A-Z0-9]{2,3}$"}
_PLAIN = (str, int, bool, date)
_CLOSED = "The list is closed: another value comes only with another version."
_MORE = "The list may grow: take a value that is not in it for unknown, and go on."


class Published(BaseModel):
    """What all models have: readers go on when a field is added; nothing is changed once it is told."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def _in_full(text: object) -> str:
    """Admit what stands in JSON, and no binary number that has already been rounded."""
    if not isinstance(text, str) or re.fullmatch(DECIMAL, text) is None:
        raise ValueError(f"{text!r} is no decimal written in full")
    return text


Exact = Annotated[
    Decimal,
    BeforeValidator(_in_full),
    PlainSerializer(lambda number: f"{number:f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": DECIMAL}),
]


class Models:
    """The models of one version; *open_lists* are the lists of values to which a version may add."""

    def __init__(self, shapes: Iterable[Shape], open_lists: Set[type[Enum]]) -> None:
        self._shapes = {shape.kind: shape for shape in shapes}
        self._open = open_lists
        self._made: dict[object, type[Published]] = {}

    def of(self, form: object) -> type[Published]:
        """Give the model of a class of the domain, or of a generic one with its arguments.

        Raises:
            TypeError: it holds something for which no form was decided.
        """
        if form not in self._made:
            kind = cast("type", get_origin(form) or form)
            name = "".join(each.__name__ for each in (*get_args(form), kind))
            described = {
                each.name: (self._annotation(each.holds), Field(description=self._meaning(each) or None))
                for each in published_fields(form, self._shapes.get(kind))
            }
            made = create_model(name, __base__=Published, __doc__=summary_of(kind), **described)  # type: ignore[call-overload]  # fields whose names are known at run time
            self._made[form] = made
        return self._made[form]

    def _meaning(self, each: PublishedField) -> str:
        """Say of a list of values whether a reader must be ready for more."""
        among = (each.holds, *get_args(each.holds))
        lists = [kind for kind in among if isinstance(kind, type) and issubclass(kind, Enum) and kind is not OpenEnd]
        return " ".join([each.meaning, *(_MORE if kind in self._open else _CLOSED for kind in lists)])

    def _annotation(self, holds: object) -> object:
        if holds in _PLAIN or holds is NoneType:
            return holds
        if holds is Decimal:
            return Exact
        if holds is datetime:
            return AwareDatetime
        if get_origin(holds) in (Union, UnionType):
            return reduce(or_, map(self._annotation, get_args(holds)))
        if get_origin(holds) is tuple:
            return tuple[self._annotation(get_args(holds)[0]), ...]  # type: ignore[misc]  # a type that is known at run time
        return self._of_class(holds)

    def _of_class(self, holds: object) -> object:
        if holds is OpenEnd:
            return Literal[OpenEnd.OPEN_END.value]
        kind = holds if isinstance(holds, type) else cast("type", get_origin(holds))
        if issubclass(kind, Enum):
            listed = "x-extensible-enum" if kind in self._open else "enum"
            told = WithJsonSchema({"type": "string", listed: [member.value for member in kind]})
            return Annotated[str if kind in self._open else kind, told]
        if issubclass(kind, Identifier):
            return Annotated[str, Field(min_length=1)]
        if kind in _CODES:
            return Annotated[str, Field(pattern=_CODES[kind])]
        if has(kind):
            return self.of(holds)
        raise TypeError(f"no form was decided for {holds}")
