"""The HTTP server: documents by GET, operations by POST."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from lxml import etree
from lxml.etree import _Element

from sandbox.misbehaviour import Misbehaviour
from sandbox.oracle.criteria import read_criteria
from sandbox.oracle.faults import ENVELOPE, SoapFault, no_such_row, not_readable
from sandbox.oracle.orders import order_element
from sandbox.oracle.rows import Row
from sandbox.oracle.schema import PURCHASE_ORDER, SUPPLIER, Form, documents
from sandbox.oracle.spoilt import spoilt
from sandbox.oracle.suppliers import supplier_element
from sandbox.scenario import scenario
from sandbox.web import Request, Response, Server, html_page, serve

_ROOT = "/fscmService/"
_XML = (("Content-Type", "text/xml; charset=utf-8"),)


@dataclass(frozen=True)
class Service:
    """One service: what its rows are, and what its messages must look like."""

    record: str
    namespace: str
    rows: Mapping[str, Row]
    form: Form

    def perform(self, message: _Element, page_limit: int) -> bytes:
        """Carry out the operation that *message* asks for; gives the body of the answer.

        Raises:
            SoapFault: the message is not of the service's form, or the service says no.
        """
        objection = self.form.objection(message)
        if objection is not None:
            raise not_readable(objection)
        operation = etree.QName(message).localname
        if operation == f"find{self.record}":
            results = read_criteria(self.record, message[0]).select(self.rows.values(), page_limit)
        elif operation == f"get{self.record}":
            results = [self._row(message[0].text or "")]
        else:
            raise not_readable(f"{operation} is no operation of this service.")
        content = b"".join(row.xml for row in results)
        name = f"ns0:{operation}Response".encode()
        return b'<%s xmlns:ns0="%s">%s</%s>' % (name, self.namespace.encode(), content, name)

    def _row(self, key: str) -> Row:
        row = self.rows.get(key)
        if row is None:
            raise no_such_row(self.record, key)
        return row


@cache
def services() -> Mapping[str, Service]:
    """Give the services by the last part of their path."""
    facts = scenario()
    suppliers = [supplier_element(s, n) for n, s in enumerate((*facts.suppliers, *facts.deleted_suppliers))]
    orders = [order_element(order, n) for n, order in enumerate((*facts.orders, *facts.deleted_orders))]
    for record, fault in spoilt():
        (suppliers if fault.kind == "supplier" else orders).append(record)
    supplier_rows = [Row.of(record, id_name="SupplierId", key_name="SupplierNumber") for record in suppliers]
    order_rows = [Row.of(record, id_name="POHeaderId", key_name="OrderNumber") for record in orders]
    return {
        "SupplierService": Service(
            "Supplier", SUPPLIER, {row.key: row for row in supplier_rows}, Form("SupplierService")
        ),
        "PurchaseOrderService": Service(
            "PurchaseOrder", PURCHASE_ORDER, {row.key: row for row in order_rows}, Form("PurchaseOrderService")
        ),
    }


def _message(body: bytes) -> _Element:
    """Give the one element in the SOAP body of *body*; no entity is resolved, no DTD accepted."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        envelope = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise not_readable("it is no well-formed XML.") from None
    if envelope.getroottree().docinfo.internalDTD is not None:
        raise not_readable("a DTD is not accepted.")
    content = envelope.find(f"{{{ENVELOPE}}}Body") if envelope.tag == f"{{{ENVELOPE}}}Envelope" else None
    if content is None or len(content) != 1:
        raise not_readable("it is no SOAP 1.1 envelope with one message.")
    return content[0]


def _call(service: Service, page_limit: int, body: bytes) -> Response:
    try:
        answer = service.perform(_message(body), page_limit)
    except SoapFault as fault:
        return Response(500, _XML, fault.envelope())
    start = b'<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="%s"><env:Header/><env:Body>'
    return Response(200, _XML, start % ENVELOPE.encode() + answer + b"</env:Body></env:Envelope>")


def _answer(known: Mapping[str, Service], page_limit: int, request: Request) -> Response:
    if not request.path.startswith(_ROOT):
        return html_page(404, "Not Found")
    name = request.path.removeprefix(_ROOT)
    service = known.get(name)
    if request.method == "GET":
        document = f"{name}.wsdl" if service is not None and request.query.lower() == "wsdl" else name
        content = documents().get(document)
        return html_page(404, "Not Found") if content is None else Response(200, _XML, content)
    if service is None:
        return html_page(404, "Not Found")
    if request.method != "POST":
        return html_page(405, "Method Not Allowed", "", ("Allow", "GET, POST"))
    if not (request.header("content-type") or "").lower().startswith("text/xml"):
        return html_page(415, "Unsupported Media Type")
    return _call(service, page_limit, request.body)


def oracle_server(*, misbehaviour: Misbehaviour | None = None, page_limit: int = 100, port: int = 0) -> Server:
    """Make the sandbox's server, which starts with ``with``.

    No answer holds more than *page_limit* rows; raise it to have everything in one. *port* 0 takes a free one.
    """
    if page_limit < 1:
        raise ValueError(f"a page holds one row or more, not {page_limit}")
    return serve(partial(_answer, services(), page_limit), misbehaviour=misbehaviour, realm="Oracle Fusion", port=port)
