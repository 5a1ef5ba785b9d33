"""Loading a WSDL, strictly, and from nowhere but where it may come from."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml.etree import LxmlError
from zeep.exceptions import DTDForbidden, EntitiesForbidden
from zeep.exceptions import Error as ZeepError
from zeep.settings import Settings
from zeep.wsdl import Document

from adapters.http.retries import repeated
from adapters.soap.asked import Asked
from adapters.soap.connection import SoapConnection, host_of
from adapters.soap.faults import status_error
from adapters.soap.operations import Operations
from adapters.soap.schema import schema_of
from adapters.soap.transport import Transport
from contracts.source.schema import Schema
from ports.errors import Misconfigured, Unintelligible


def load_operations(connection: SoapConnection, transport: Transport) -> Operations:
    """Read the WSDL of *connection* and all that it imports.

    Raises:
        Misconfigured: it is not there, or imports from a host or folder that is not allowed.
        Unintelligible: it, or what it imports, is no WSDL or schema, or holds a DTD.
        AccessDenied, Unavailable: see `ports.errors`.
    """
    settings = Settings(strict=True, forbid_dtd=True, forbid_entities=True, xml_huge_tree=False, force_https=False)
    documents = _Documents(connection, transport)
    where = connection.wsdl if documents.root is None else str(documents.root)
    try:
        return Operations(Document(where, documents, settings=settings), connection)
    except (DTDForbidden, EntitiesForbidden):
        raise Unintelligible(f"the WSDL {where}: it, or a schema of it, holds a DTD, which is not read") from None
    except (ZeepError, LxmlError, AttributeError, LookupError, TypeError, ValueError) as error:
        # zeep falls over malformed documents in all these ways
        raise Unintelligible(f"the WSDL {where} cannot be understood ({type(error).__name__})") from error


def published(connection: SoapConnection, transport: Transport) -> Schema:
    """Read the WSDL of *connection* for what it publishes of the service's records.

    Raises:
        AccessDenied, Misconfigured, Unavailable, Unintelligible: as in `load_operations`.
    """
    documents = _Documents(connection, transport)
    return schema_of(connection.wsdl if documents.root is None else str(documents.root), documents.load)


class _Documents:
    """Gives zeep the documents that it asks for, if they may be read; what zeep calls a transport."""

    def __init__(self, connection: SoapConnection, transport: Transport) -> None:
        self._connection = connection
        self._transport = transport
        self.root = None if host_of(connection.wsdl) is not None else Path(connection.wsdl).absolute()

    def load(self, url: str) -> bytes:
        """Read one document; zeep calls this with absolute locations."""
        if urlsplit(url).scheme in ("http", "https"):
            return self._from_web(url)
        return self._from_folder(Path(unquote(urlsplit(url).path)) if url.startswith("file:") else Path(url))

    def _from_web(self, url: str) -> bytes:
        if not self._connection.allows(url):
            save_it = "save that beside it and name the file there, or " if self.root is not None else ""
            raise Misconfigured(
                f"the WSDL {self._connection.wsdl} imports {url}, which is on another host; "
                f"{save_it}name {host_of(url)} in allowed_hosts if that is right"
            )
        asked = Asked(f"reading {url.partition('?')[0]}", host_of(url) or url)

        def fetched() -> bytes:
            answer, content = self._transport.fetched(url, asked)
            if answer.status_code != 200:
                raise status_error(answer, asked)
            return content

        return repeated(fetched)

    def _from_folder(self, path: Path) -> bytes:
        if self.root is None or not path.resolve().is_relative_to(self.root.resolve().parent):
            raise Misconfigured(
                f"the WSDL {self._connection.wsdl} imports the file {path}, which does not lie beside or below it"
            )
        try:
            return path.read_bytes()
        except OSError as error:
            raise Misconfigured(f"the file {path} cannot be read; check the path in wsdl") from error
