"""Declaring the fields of a mapping; each function returns, at type level, the domain value that the field gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from traceback import extract_stack
from typing import ParamSpec, TypeVar, cast, final, overload

from attrs import evolve

from acl.engine.amounts import MoneyPart
from acl.engine.codec import Codec, Unreadable
from acl.engine.fields import Field, Scalar
from acl.engine.gathered import Gathered, Never
from acl.engine.mapping import Mapping as RecordMapping
from acl.engine.nested import Envelope, Many, Only
from acl.engine.parts import Part
from acl.engine.provenance import Provenance
from acl.engine.rows import EachRow, OverRows
from domain.currency import Currency
from domain.money import Money
from domain.provenance import SourceRef
from ports.errors import ProblemKind

P = ParamSpec("P")
T = TypeVar("T")


def column(codec: Codec[T], *columns: str) -> T:
    """Read one value from one column, or from several together, through *codec*."""
    return cast("T", Scalar(codec=cast("Codec[object]", codec), columns=columns))


def optional(value: T) -> T | None:
    """Let the field be absent: what its codec calls absent becomes ``None``."""
    return cast("T", evolve(_field(value), optional=True))


def read_only(value: T, *, because: str) -> T:
    """Never write the field; *because* is shown to whoever tries."""
    return cast("T", evolve(_field(value), read_only=because))


def embedded(target: Callable[P, T]) -> Callable[P, T]:
    """Build a value object from fields of the same record: call the result with one field per attribute."""

    def declare(*positional: P.args, **fields: P.kwargs) -> T:
        if positional:
            raise TypeError(f"the fields of {getattr(target, '__name__', target)} are given by name")
        parts = cast("dict[str, Field]", dict(fields))
        return cast("T", Part(target=cast("type", target), parts=parts))

    return declare


def money(amount: Decimal, *, currency: Currency) -> Money:
    """Build money with exactly the currency's places; an amount that is finer is refused, never rounded."""
    parts = {"currency": _field(currency), "amount": _field(amount)}
    return cast("Money", MoneyPart(target=Money, parts=parts))


def gathered(*members: T | None) -> tuple[T, ...]:
    """Give a tuple of those members that hold something."""
    return cast("tuple[T, ...]", Gathered(members=tuple(map(_field, members))))


def never(value: T, *, because: str) -> T:
    """Say that this system does not know the attribute: it is always *value*."""
    return cast("T", Never(value=value, because=because))


@final
class Unsure:
    """What stands in for a field that nobody has decided: no value of any domain class, so the type checker says so."""


def unsure(*candidates: str) -> Unsure:
    """Leave a field undecided between *candidates*, each a column and how likely it is it.

    A type checker names every place where this stands; without one the import fails at the first. There must be an
    answer before anything is read: a column, or `never` if this system does not know the attribute.

    Raises:
        TypeError: always, with the place and the candidates.
    """
    (caller, _) = extract_stack(limit=2)
    among = f"among {', '.join(candidates)}" if candidates else "and nothing here looks like it"
    raise TypeError(f"{Path(caller.filename).name}, line {caller.lineno}: a field is undecided {among}; choose one")


def provenance(*columns: str) -> SourceRef:
    """Note where the record was read; its key is made of *columns*."""
    return cast("SourceRef", Provenance(columns=columns))


def _no_list(raw: object) -> Sequence[object]:
    if isinstance(raw, list):
        return raw
    raise Unreadable(ProblemKind.DRIFT, "a list of records is expected")


LIST = Envelope(unwrap=_no_list, wrap=lambda items: items)
"""A list that stands in its column as it is."""


@overload
def many(
    column: str, item: RecordMapping[T], *, envelope: Envelope = ..., key: str | None = ..., searchable: bool = ...,
    repeats: Mapping[str, str] | None = ...
) -> tuple[T, ...]: ...  # fmt: skip
@overload
def many(
    column: str, item: T, *, envelope: Envelope = ..., key: str | None = ..., searchable: bool = ...,
    repeats: Mapping[str, str] | None = ...
) -> tuple[T, ...]: ...  # fmt: skip
def many(
    column: str,
    item: object,
    *,
    envelope: Envelope = LIST,
    key: str | None = None,
    searchable: bool = False,
    repeats: Mapping[str, str] | None = None,
) -> object:
    """Read each record of a list inside the record, by another mapping or by one field.

    *key* names the attribute by which a changed item is found again. *searchable* says that the vendor can be asked
    for records with a matching item. *repeats* names columns of the item that repeat one of the outer record.
    """
    return Many(
        column=column, item=_field(item), envelope=envelope, key=key, searchable=searchable, repeats=dict(repeats or {})
    )


@overload
def only(column: str, item: RecordMapping[T], *, envelope: Envelope = ..., searchable_as: str | None = ...) -> T: ...
@overload
def only(column: str, item: T, *, envelope: Envelope = ..., searchable_as: str | None = ...) -> T: ...
def only(column: str, item: object, *, envelope: Envelope = LIST, searchable_as: str | None = None) -> object:
    """Read the one record of a list inside the record; several are accepted when they say the same.

    *searchable_as* is the path, with its separator, under which the vendor can be asked about the item.
    """
    return Only(column=column, item=_field(item), envelope=envelope, repeats={}, searchable_as=searchable_as)


def each_row(item: RecordMapping[T], *, key: str, searchable: bool = False) -> tuple[T, ...]:
    """Read each row of a row set; *key* names the attribute that tells the rows apart.

    *searchable* promises that the system asks for a condition on a row as "has such a row", and reads all rows of it.
    """
    return cast("tuple[T, ...]", EachRow(item=item.root, key=key, searchable=searchable))


def over_rows(codec: Codec[T], *columns: str, because: str) -> T:
    """Read one value from the same columns of all rows of a row set; it is never written, *because* says why."""
    return cast("T", OverRows(codec=cast("Codec[object]", codec), columns=columns, read_only=because))


def _field(value: object) -> Field:
    if isinstance(value, RecordMapping):
        return value.root
    if isinstance(value, Field):
        return value
    raise TypeError(f"{value!r} is a value; a mapping is made of fields")
