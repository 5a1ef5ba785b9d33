"""The one place that touches pyodata: the library has no types, so what leaves here has ours.

Only its parts that bring nothing of their own are used: the model of ``$metadata`` and the making of a request. Its
``execute`` would log bodies and cookies, knows no time-out and rejects the ``__next`` of another host name; its proxies
turn nulls into values (Source: SAP-DATE-04, SAP-PAGE-02).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, cast

from attrs import frozen
from pyodata.exceptions import PyODataException
from pyodata.v2.model import Config, MetadataBuilder
from pyodata.v2.service import QueryRequest

from adapters.odata.documents import NotADocument
from adapters.odata.edm import EntityType, Metadata, Navigation, Property


class _Name(Protocol):
    """A name with its namespace, which is None for the built-in types."""

    name: str
    namespace: str | None


class _Property(Protocol):
    name: str
    type_info: _Name
    nullable: bool


class _Role(Protocol):
    entity_type_info: _Name
    multiplicity: str

    @property
    def entity_type(self) -> _EntityType: ...


class _Navigation(Protocol):
    name: str
    to_role: _Role


class _EntityType(Protocol):
    name: str
    key_proprties: list[_Property]
    nav_proprties: list[_Navigation]

    def proprties(self) -> list[_Property]: ...


class _EntitySet(Protocol):
    name: str
    entity_type_info: _Name
    entity_type: _EntityType


@frozen
class Request:
    """A reading request as pyodata puts it together: what to append to the service's address, and what to send."""

    path: str
    options: Mapping[str, str]
    headers: Mapping[str, str]


def declared(edmx: bytes) -> Metadata:
    """Let pyodata understand ``$metadata`` that was cleaned before.

    Raises:
        NotADocument: pyodata does not understand it.
    """
    try:
        schema = MetadataBuilder(edmx, config=Config(retain_null=True)).build()
    # pyodata lets whatever its own statements raise escape, besides its own errors
    except (PyODataException, AttributeError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise NotADocument(f"pyodata does not understand it ({type(error).__name__})") from error
    sets = list(cast("Iterable[_EntitySet]", schema.entity_sets))
    types: dict[str, EntityType] = {}
    for each in sets:
        _collect(each.entity_type, _qualified(each.entity_type_info), types)
    return Metadata(types, {each.name: _qualified(each.entity_type_info) for each in sets})


def _collect(kind: _EntityType, name: str, types: dict[str, EntityType]) -> None:
    """Note a type, and those that navigations lead to from it."""
    if name in types:
        return
    ways = kind.nav_proprties
    types[name] = EntityType(
        kind.name,
        tuple(key.name for key in kind.key_proprties),
        {each.name: Property(each.name, _qualified(each.type_info), each.nullable) for each in kind.proprties()},
        {each.name: Navigation(each.name, _target(each), each.to_role.multiplicity == "*") for each in ways},
    )
    for way in ways:
        _collect(way.to_role.entity_type, _target(way), types)


def _target(way: _Navigation) -> str:
    return _qualified(way.to_role.entity_type_info)


def _qualified(name: _Name) -> str:
    return name.name if name.namespace is None else f"{name.namespace}.{name.name}"


def query_request(entity_set: str, *, select: str, expand: str, where: str, order_by: str) -> Request:
    """Put a query together; an empty text leaves its option out."""
    request = QueryRequest("", None, None, entity_set)
    for put, text in (
        (request.select, select),
        (request.expand, expand),
        (request.filter, where),
        (request.order_by, order_by),
    ):
        if text != "":
            put(text)
    return Request(
        cast("str", request.get_path()),
        cast("dict[str, str]", request.get_query_params()),
        cast("dict[str, str]", request.get_headers()),
    )
