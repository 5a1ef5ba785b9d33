"""A schema as a file: JSON in which a change of one column is a change of one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TypeVar, get_origin

from attrs import frozen
from cattrs import BaseConverter, BaseValidationError, Converter, transform_error
from cattrs.cols import homogenous_tuple_structure_factory
from cattrs.dispatch import StructureHook

from contracts.source.schema import Record, Schema
from domain.errors import InvalidValue
from ports.errors import Misconfigured

T = TypeVar("T")
_FORMAT = 1
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@frozen
class _File:
    """What stands in the file."""

    format: int
    origin: str
    records: tuple[Record, ...]


def text_of(schema: Schema) -> str:
    """Write a schema: records in the order of their names, columns and references in their own, each on its line."""
    records = sorted(schema.records.values(), key=lambda record: record.name)
    told = (f'"format": {_FORMAT}', f'"origin": {_json(schema.origin)}', f'"records": {_lines(map(_record, records))}')
    return "{\n" + ",\n".join(told) + "\n}\n"


def schema_from(text: str, *, place: str) -> Schema:
    """Read what `text_of` wrote; *place* names the file for people.

    Raises:
        Misconfigured: it is damaged, or was written in another format.
    """
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        raise Misconfigured(f"{place} is no complete JSON document; write it anew") from None
    version = found.get("format") if isinstance(found, dict) else None
    if type(version) is not int or version != _FORMAT:
        raise Misconfigured(f"{place} is not a schema in the format {_FORMAT}; write it anew")
    try:
        file = _CONVERTER.structure(found, _File)
    except BaseValidationError as error:
        raise Misconfigured(f"{place} is damaged: {transform_error(error)[0]}; write it anew") from error
    try:
        return Schema(file.origin, file.records)
    except InvalidValue as error:
        raise Misconfigured(f"{place} is damaged: {error}; write it anew") from error


def _record(record: Record) -> str:
    told = _CONVERTER.unstructure(record)
    listed = {name: told.pop(name) for name in ("references", "columns") if name in told}
    parts = [f"{_json(name)}: {_json(value)}" for name, value in told.items()]
    parts += [f"{_json(name)}: {_lines(map(_json, each))}" for name, each in listed.items()]
    return "{" + ", ".join(parts) + "}"


def _lines(values: Iterable[str]) -> str:
    return "[\n" + ",\n".join(values) + "\n]"


def _json(value: object) -> str:
    """Write on one line, readable in any language; what UTF-8 cannot hold is escaped."""
    return _LONE_SURROGATE.sub(lambda each: f"\\u{ord(each[0]):04x}", json.dumps(value, ensure_ascii=False))


def _exactly(raw: object, kind: type[T]) -> T:
    """Take a value of the very type: True is no number here, and 1 no text."""
    if type(raw) is not kind:
        raise TypeError(f"{json.dumps(raw)} is no {kind.__name__}")
    return raw


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _from_list(kind: type, converter: BaseConverter) -> StructureHook:
    """Read a tuple from a list alone; a text would become a tuple of its letters."""
    read = homogenous_tuple_structure_factory(kind, converter)
    return lambda raw, _: read(_exactly(raw, list), kind)


def _strict() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook_factory(_is_tuple, _from_list)
    return converter


_CONVERTER = _strict()
