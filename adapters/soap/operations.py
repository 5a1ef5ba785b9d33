"""The operations of a service: how a request is written, and what its answer looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from attrs import frozen
from lxml import etree
from lxml.etree import _Element
from zeep.exceptions import Error as ZeepError
from zeep.exceptions import ValidationError
from zeep.wsdl import Document
from zeep.wsdl.bindings.soap import Soap12Binding, SoapBinding

from adapters.soap.arguments import writable
from adapters.soap.connection import SoapConnection
from adapters.soap.forms import Child, Form, Forms
from ports.errors import Drifted, Misconfigured, Refused, Unintelligible


class _Body(Protocol):
    """The element in the SOAP body; as all the protocols here, what is read of an object of zeep."""

    type: object
    qname: etree.QName


class _Message(Protocol):
    body: _Body | None


class _Serialized(Protocol):
    content: _Element


class _Operation(Protocol):
    soapaction: str | None
    input: _Message
    output: _Message | None

    def create(self, **arguments: object) -> _Serialized: ...


class _Binding(Protocol):
    def get(self, key: str) -> _Operation: ...


class _Port(Protocol):
    name: str
    binding: _Binding
    binding_options: Mapping[str, str]


@frozen
class Message:
    """A request, ready to be sent."""

    headers: Mapping[str, str]
    body: bytes


@frozen
class Answer:
    """What is known beforehand about the answer of an operation.

    *response* is the local name of the element in the SOAP body, ``None`` if the operation answers nothing; *record* is
    what the schema says about the records.
    """

    response: str | None
    record: Child


class Operations:
    """What a WSDL offers, through one of its SOAP ports for each operation."""

    def __init__(self, document: Document, connection: SoapConnection) -> None:
        self._document = document
        self._connection = connection
        self._forms = Forms()

    def endpoint(self, operation: str) -> str:
        """Give the address that *operation* is posted to.

        Raises:
            Misconfigured: the WSDL's own address may not be used, and no other is configured.
            Drifted: there is no such operation.
        """
        if self._connection.endpoint is not None:
            return self._connection.endpoint
        address = self._port(operation).binding_options["address"]
        if not self._connection.allows(address):
            raise Misconfigured(
                f"{operation}: the WSDL sends calls to {address}, which is on another host; "
                "give the real address as endpoint"
            )
        return address

    def message(self, operation: str, arguments: Mapping[str, object]) -> Message:
        """Write the request, checked against the schema; *arguments* as `adapters.soap.arguments` says.

        Raises:
            Drifted: the schema has no such operation or argument.
            Refused: an argument is missing or cannot be written; nothing was sent.
        """
        binding = self._port(operation).binding
        try:
            # the operation's own, as create_message of zeep 4.3 needs a client
            envelope = binding.get(operation).create(**self._writable(operation, arguments)).content
        except ValidationError as error:
            raise Refused(
                f"{operation}: {error.message} ({'.'.join(map(str, error.path))}); nothing was sent"
            ) from error
        except TypeError as error:  # zeep's way of saying so; its text goes on to list the whole signature
            raise Drifted(f"{operation}: {str(error).partition('. Signature')[0]}; nothing was sent") from None
        except (ZeepError, ValueError, AttributeError, ArithmeticError) as error:
            # control characters (SOAP-18), and values that are not of the schema's type
            raise Refused(f"{operation}: an argument cannot be written as XML; nothing was sent") from error
        action = binding.get(operation).soapaction or ""
        if isinstance(binding, Soap12Binding):
            headers = {"Content-Type": f'application/soap+xml; charset=utf-8; action="{action}"'}
        else:
            headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{action}"'}
        return Message(headers, etree.tostring(envelope, xml_declaration=True, encoding="utf-8"))

    def _writable(self, operation: str, arguments: Mapping[str, object]) -> dict[str, object]:
        body = self._port(operation).binding.get(operation).input.body
        return writable(operation, arguments, None if body is None else self._forms.of(body.type))

    def answer(self, operation: str, record: str) -> Answer:
        """Say what the answer of *operation* looks like.

        Raises:
            Drifted: there is no such operation, or its answer holds no element *record*.
        """
        output = self._port(operation).binding.get(operation).output
        if output is None or output.body is None:
            return Answer(None, Child(record, None, repeats=True))
        response = self._forms.of(output.body.type)
        if response is None or record not in response.children:
            raise Drifted(f"{operation}: its answer holds no {record} according to the WSDL")
        return Answer(output.body.qname.localname, response.children[record])

    def missing(self, operation: str, record: str, paths: Sequence[str]) -> tuple[str, ...]:
        """Give those of *paths* (``Line/Price@currencyCode``, the attribute not looked at) that the schema lacks.

        Raises:
            Drifted: there is no such operation, or its answer holds no element *record*.
        """
        form = self.answer(operation, record).record.form
        return tuple(path for path in paths if not _has(form, path.partition("@")[0].split("/")))

    def derived(self, name: etree.QName) -> Form | None:
        """Give the form of a type that an answer names in ``xsi:type``; ``None`` if the WSDL has none of that name."""
        try:
            return self._forms.of(self._document.types.get_type(name))
        except ZeepError:
            return None

    def _port(self, operation: str) -> _Port:
        ports = [port for service in self._document.services.values() for port in service.ports.values()]
        speaking = [port for port in ports if isinstance(port.binding, SoapBinding)]
        if len(speaking) == 0:
            raise Unintelligible(f"the WSDL {self._connection.wsdl} offers nothing over SOAP")
        named = [port for port in speaking if self._connection.port in (None, port.name)]
        if len(named) == 0:
            there = ", ".join(port.name for port in speaking)
            raise Misconfigured(f"the WSDL has no SOAP port {self._connection.port}; its ports are {there}")
        for port in named:
            if _offers(port.binding, operation):
                found: _Port = port
                return found
        raise Drifted(f"the WSDL has no operation {operation}")


def _has(form: Form | None, names: Sequence[str]) -> bool:
    if names[0] == "":  # an attribute of the record itself
        return True
    child = None if form is None else form.children.get(names[0])
    if child is None:
        return False
    return len(names) == 1 or _has(child.form, names[1:])


def _offers(binding: _Binding, operation: str) -> bool:
    try:
        return binding.get(operation) is not None
    except ValueError:  # zeep's way of saying no
        return False
