"""Reading what a vendor publishes, from a file that was saved or from a database."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree
from pydantic import SecretStr

from adapters.odata.schema import schema_of as schema_of_edmx
from adapters.rest.openapi import schema_of as schema_of_openapi
from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from adapters.sql.catalogue import catalogue
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from contracts.source.schema import Schema
from ports.errors import Misconfigured

_MOST_BYTES = 64 * 1024 * 1024
_SQLITE = b"SQLite format 3\0"
_XML_SCHEMA = b'"http://www.w3.org/2001/XMLSchema"'


class _Kind(Enum):
    """A kind of file: what it is called, and the option that reads it."""

    EDMX = "$metadata of OData", "--from-edmx"
    WSDL = "a WSDL or an XML Schema", "--from-wsdl"
    OPENAPI = "an OpenAPI document", "--from-openapi"
    DATABASE = "a SQLite database", "--from-db sqlite:///PATH"
    YAML = "YAML", "--from-openapi with the same document in JSON"
    PAGE = "a web page, as a logon sends it", "the document itself"

    def __init__(self, what: str, option: str) -> None:
        self.what, self.option = what, option


_ROOTS = {
    "Edmx": _Kind.EDMX,
    "definitions": _Kind.WSDL,
    "schema": _Kind.WSDL,
    "html": _Kind.PAGE,
    "HTML": _Kind.PAGE,
}


def from_edmx(path: Path) -> Schema:
    """Read ``$metadata`` of an OData service, saved as a file.

    Raises:
        Misconfigured: the file cannot be read, or is of another kind.
        Unintelligible: it is damaged, or declares a document type.
    """
    return schema_of_edmx(_content(path, _Kind.EDMX), origin=str(path))


def from_wsdl(path: Path) -> Schema:
    """Read a WSDL, or a bare XML Schema; what it imports must lie beside or below it.

    Raises:
        Misconfigured: a file cannot be read, or lies elsewhere, or is of another kind.
        Unintelligible: one is damaged, or holds a DTD.
    """
    _content(path, _Kind.WSDL)
    with SoapService(SoapConnection(wsdl=str(path), user="", password=SecretStr(""))) as service:
        found = service.schema()
    return Schema(str(path), tuple(found.records.values()))


def from_openapi(path: Path) -> Schema:
    """Read an OpenAPI document in JSON; what it refers to is looked for in its folder, and never fetched.

    Raises:
        Misconfigured: the file cannot be read, or is of another kind.
        Unintelligible: it, or a file that it refers to, is damaged, or describes no record.
    """
    body = _content(path, _Kind.OPENAPI)
    folder = path.resolve().parent

    def beside(address: str) -> tuple[str, bytes] | None:
        found = _found(folder, address)
        return None if found is None else (str(found.relative_to(folder)), _content(found, _Kind.OPENAPI))

    return schema_of_openapi(path.name, body, origin=str(path), beside=beside)


def from_file(path: Path) -> Schema:
    """Read a file of any of these kinds, told by how it begins.

    Raises:
        Misconfigured: it cannot be read, or is of no kind that is read.
        Unintelligible: it is damaged.
    """
    kind = _kind_of(_bytes(path))
    read = None if kind is None else _READERS.get(kind)
    if read is None:
        what = "nothing that a system publishes" if kind is None else kind.what
        raise Misconfigured(
            f"the file {path} is {what}; give $metadata of OData, a WSDL, an XML Schema, or OpenAPI in JSON"
        )
    return read(path)


_READERS = {_Kind.EDMX: from_edmx, _Kind.WSDL: from_wsdl, _Kind.OPENAPI: from_openapi}


def from_db(url: str, tables: Collection[str] | None = None) -> Schema:
    """Read the tables and views of a database, or those named.

    Raises:
        Misconfigured: the URL cannot be used, or a table is not there.
        AccessDenied, Unavailable, Unintelligible: see `ports.errors`.
    """
    with SqlDatabase(SqlConnection(url)) as database:
        found = catalogue(database, tables)
    missing = [] if tables is None else [each for each in tables if each not in found.records]
    if len(missing) > 0:
        raise Misconfigured(
            f"{found.origin} has no table or view {', '.join(missing)}; names count as they are written"
        )
    return found


def _found(folder: Path, address: str) -> Path | None:
    """Give the file in *folder* or below that ends as *address* does, the longest match first; ``None`` if none."""
    try:
        steps = [step for step in unquote(urlsplit(address).path).split("/") if step not in ("", ".", "..")]
        for first in range(len(steps)):
            found = folder.joinpath(*steps[first:])
            if found.resolve().is_relative_to(folder) and found.is_file():
                return found
    except (OSError, RuntimeError, ValueError):  # no name that a file could have, or a link to itself
        return None
    return None


def _content(path: Path, wanted: _Kind) -> bytes:
    body = _bytes(path)
    kind = _kind_of(body)
    if kind is not None and kind is not wanted:
        raise Misconfigured(f"the file {path} is {kind.what}, not {wanted.what}; use {kind.option}")
    return body


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Misconfigured(f"the file {path} cannot be read: {error.strerror}; check the path") from error
    except ValueError:
        raise Misconfigured("a path with a null character names no file") from None
    if len(body) > _MOST_BYTES:
        raise Misconfigured(f"the file {path} is larger than {_MOST_BYTES // 1024**2} MB; no description is that long")
    return body


def _kind_of(body: bytes) -> _Kind | None:
    """Tell by the beginning what a file is; ``None`` if it is nothing known."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if body.startswith(_SQLITE):
        return _Kind.DATABASE
    if start.startswith((b"{", b"[")):
        return _Kind.OPENAPI
    if start.startswith((b"openapi:", b"swagger:", b"---")):
        return _Kind.YAML
    if start[:14].lower() == b"<!doctype html":
        return _Kind.PAGE
    try:
        _, root = next(iter(etree.iterparse(BytesIO(body), ("start",), resolve_entities=False, no_network=True)))
    except (etree.XMLSyntaxError, StopIteration):
        return None
    is_data_set = _XML_SCHEMA in start  # one of .NET has a root of its own, and brings its schema along
    return _ROOTS.get(etree.QName(root).localname, _Kind.WSDL if is_data_set else None)
