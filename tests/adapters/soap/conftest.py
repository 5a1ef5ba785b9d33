"""A small service on loopback whose answers a test writes itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import pytest
import stamina
from attrs import Factory, define
from pydantic import SecretStr

from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from sandbox.web import PASSWORD, USER, Request, Response, Server, serve

SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
XML = "text/xml; charset=utf-8"
SCHEMA = """
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:test" targetNamespace="urn:test"
    elementFormDefault="qualified">
  <xsd:element name="find"><xsd:complexType><xsd:sequence>
    <xsd:element name="start" type="xsd:int" minOccurs="0"/>
    <xsd:element name="name" type="xsd:string"/>
  </xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="findResponse"><xsd:complexType><xsd:sequence>
    <xsd:element name="row" type="t:Row" minOccurs="0" maxOccurs="unbounded"/>
  </xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="tell"><xsd:complexType/></xsd:element>
  <xsd:element name="tellResponse"><xsd:complexType><xsd:sequence>
    <xsd:element name="tellResult" type="xsd:string" minOccurs="0"/>
  </xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="post"><xsd:complexType/></xsd:element>
  <xsd:complexType name="Row"><xsd:sequence>
    <xsd:element name="code" type="xsd:string"/>
    <xsd:element name="name" type="xsd:string" minOccurs="0" nillable="true"/>
    <xsd:element name="since" type="xsd:date" minOccurs="0"/>
    <xsd:element name="total" type="t:Amount" minOccurs="0"/>
    <xsd:element name="note" type="t:Note" minOccurs="0" maxOccurs="unbounded"/>
    <xsd:element name="address" type="t:Address" minOccurs="0" nillable="true"/>
    <xsd:element name="line" type="t:Line" minOccurs="0" maxOccurs="unbounded"/>
    <xsd:choice minOccurs="0" maxOccurs="unbounded">
      <xsd:element name="phone" type="xsd:string"/><xsd:element name="mail" type="xsd:string"/>
    </xsd:choice>
    <xsd:element name="extra" type="t:Extra" minOccurs="0"/>
    <xsd:element name="free" type="xsd:anyType" minOccurs="0"/>
    <xsd:element name="above" type="t:Row" minOccurs="0"/>
  </xsd:sequence><xsd:attribute name="id" type="xsd:string"/></xsd:complexType>
  <xsd:complexType name="Amount"><xsd:simpleContent><xsd:extension base="xsd:decimal">
    <xsd:attribute name="currency" type="xsd:string"/></xsd:extension></xsd:simpleContent></xsd:complexType>
  <xsd:complexType name="Note"><xsd:simpleContent><xsd:extension base="xsd:string">
    <xsd:attribute name="lang" type="xsd:string"/></xsd:extension></xsd:simpleContent></xsd:complexType>
  <xsd:complexType name="Address"><xsd:sequence>
    <xsd:element name="city" type="xsd:string" minOccurs="0"/></xsd:sequence></xsd:complexType>
  <xsd:complexType name="ForeignAddress"><xsd:complexContent><xsd:extension base="t:Address"><xsd:sequence>
    <xsd:element name="country" type="xsd:string"/>
  </xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType>
  <xsd:complexType name="Line"><xsd:sequence>
    <xsd:element name="number" type="xsd:int"/></xsd:sequence></xsd:complexType>
  <xsd:complexType name="Extra"><xsd:sequence>
    <xsd:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xsd:sequence></xsd:complexType>
</xsd:schema>"""


def operation(name: str) -> str:
    output = "" if name == "post" else f'<output message="t:{name}Out"/>'
    return f'<operation name="{name}"><input message="t:{name}In"/>{output}</operation>'


def bound(name: str) -> str:
    output = "" if name == "post" else '<output><s:body use="literal"/></output>'
    body = f'<input><s:body use="literal"/></input>{output}'
    return f'<operation name="{name}"><s:operation soapAction="urn:test/{name}"/>{body}</operation>'


def wsdl(*, address: str = "http://erp-internal:8000/service", schema: str = SCHEMA, soap: str = "soap") -> str:
    """Give a WSDL with the operations find, tell and, one-way, post; *soap* is ``soap`` or ``soap12``."""
    names = ("find", "tell", "post")
    messages = "".join(
        f'<message name="{name}In"><part name="parameters" element="t:{name}"/></message>'
        + ("" if name == "post" else f'<message name="{name}Out"><part name="p" element="t:{name}Response"/></message>')
        for name in names
    )
    return f"""<?xml version="1.0"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/{soap}/"
    xmlns:t="urn:test" targetNamespace="urn:test">
  <types>{schema}</types>
  {messages}
  <portType name="Test">{"".join(map(operation, names))}</portType>
  <binding name="TestSoap" type="t:Test">
    <s:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>{"".join(map(bound, names))}
  </binding>
  <service name="Test"><port name="TestPort" binding="t:TestSoap"><s:address location="{address}"/></port></service>
</definitions>"""


def envelope(body: str, soap: str = SOAP11) -> bytes:
    namespaces = 'xmlns:t="urn:test" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    return (
        f'<?xml version="1.0"?><e:Envelope xmlns:e="{soap}" {namespaces}><e:Body>{body}</e:Body></e:Envelope>'.encode()
    )


def found(*rows: str) -> Response:
    """Give the answer of find with these rows, each the content of one."""
    content = "".join(f"<t:row>{row}</t:row>" for row in rows)
    return answer(envelope(f"<t:findResponse>{content}</t:findResponse>"))


def answer(body: bytes, status: int = 200, kind: str = XML, **headers: str) -> Response:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(status, (("Content-Type", kind), *named), body)


@define
class Script:
    """The documents that are served, and the answers to posts, in their order; the last is given again and again."""

    documents: dict[str, Response] = Factory(dict)
    answers: deque[Response] = Factory(deque)
    server: Server | None = None

    def __call__(self, request: Request) -> Response:
        if request.method == "GET":
            return self.documents.get(request.path, Response(404))
        return self.answers[0] if len(self.answers) == 1 else self.answers.popleft()

    @property
    def url(self) -> str:
        assert self.server is not None
        return self.server.url

    def posts(self) -> list[Request]:
        assert self.server is not None
        return [request for request in self.server.seen if request.method == "POST"]


@pytest.fixture(autouse=True)
def _impatient() -> Iterator[None]:
    """Retries happen, but nobody waits for them."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def script() -> Iterator[Script]:
    """A running server with the WSDL in place."""
    written = Script({"/wsdl": answer(wsdl().encode())})
    with serve(written) as server:
        written.server = server
        yield written


Opened = Callable[..., SoapService]


def connection(url: str, **settings: object) -> SoapConnection:
    given: dict[str, object] = {"wsdl": f"{url}/wsdl", "endpoint": f"{url}/service", **settings}
    return SoapConnection(user=USER, password=SecretStr(PASSWORD), **given)  # type: ignore[arg-type]  # by test


@pytest.fixture
def service(script: Script) -> Iterator[SoapService]:
    """The service as the driver opens it."""
    with SoapService(connection(script.url), not_found=frozenset({"NO-ROW"})) as opened:
        yield opened
