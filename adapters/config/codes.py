"""A site's own codes: from texts in the file to the domain's values, through the mapping that they extend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from attrs import has

from acl.engine.fields import Field, Scalar
from acl.engine.nested import Many, Only
from acl.engine.parts import Part
from acl.engine.rows import EachRow
from acl.mapping import Mapping as RecordMapping
from adapters.config.complaints import dotted, unknown
from adapters.erp import Codes
from domain.errors import DomainError
from ports.errors import Misconfigured

T = TypeVar("T")


def codes_for(mapping: RecordMapping[T], given: Mapping[str, object], place: str) -> Codes:
    """Give *given* the types of the tables that they extend; *place* is where in which file they stand.

    A path may be written in one (``"lines.ordered.unit"``) or as TOML nests it.

    Raises:
        Misconfigured: there is no such attribute, no code table behind it, or the domain knows no such value.
    """
    return {path: _typed(mapping, path, table, f"{place}.{path}") for path, table in _tables("", given, place)}


def _tables(path: str, given: Mapping[str, object], place: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for key, value in given.items():
        below = f"{path}.{key}" if path != "" else key
        if not isinstance(value, dict):
            raise Misconfigured(f'{place}.{below} is no table of codes; write one as {{ "09" = "open" }}')
        if all(isinstance(each, dict) for each in value.values()):
            yield from _tables(below, value, place)
        else:
            yield below, value


def _typed(mapping: RecordMapping[T], path: str, table: Mapping[str, object], place: str) -> Mapping[object, object]:
    known = _table_at(mapping.root, path.split("."))
    if known is None:
        try:
            mapping.with_codes({path: {}})
        except Misconfigured as error:
            raise Misconfigured(f"{place}: {error}") from None
        raise Misconfigured(f"{place}: it is not read through a code table, so it cannot be given codes")
    return {_raw(known, raw, place): _meaning(known, raw, value, place) for raw, value in table.items()}


def _table_at(field: Field, path: list[str]) -> Mapping[object, object] | None:
    if isinstance(field, Many | Only | EachRow):
        return _table_at(field.item, path)
    if path and isinstance(field, Part):
        return _table_at(field.parts[path[0]], path[1:]) if path[0] in field.parts else None
    return field.codec.table if isinstance(field, Scalar) and not path else None


def _raw(known: Mapping[object, object], text: str, place: str) -> object:
    """Give a code the type of the vendor's own: TOML has no keys but texts."""
    types = {type(raw) for raw in known}
    if str in types:
        return text
    try:
        return int(text)
    except ValueError:
        raise Misconfigured(f"{place}: the code {text!r} is not a whole number, as the others are") from None


def _meaning(known: Mapping[object, object], raw: str, value: object, place: str) -> object:
    told = f"{place}.{dotted([raw])}"
    kind = next(type(meaning) for meaning in known.values() if meaning is not None)
    if type(value) is kind:
        return value
    if not isinstance(value, str):
        raise Misconfigured(f"{told}: give the value as a text")
    if issubclass(kind, Enum):
        values = {str(member.value): member for member in kind}
        if value not in values:
            raise Misconfigured(f"{told}: {unknown(repr(value), value, values)}")
        return values[value]
    return _built(kind, value, told)


def _built(kind: type, text: str, told: str) -> object:
    make: Callable[[str], object] = kind
    if not (has(kind) or kind is Decimal):  # bool("false") is true: what is not of the domain is not made from text
        raise Misconfigured(f"{told}: the value must be a {kind.__name__}, not a text")
    try:
        return make(text)
    except DomainError as error:
        raise Misconfigured(f"{told}: {error}") from None
    except (InvalidOperation, TypeError):
        raise Misconfigured(f"{told}: {text!r} is no {kind.__name__}") from None
