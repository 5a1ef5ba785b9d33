"""The HTTP server: documents by GET, operations by POST, and the REST actions beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from lxml import etree
from lxml.etree import _Element

from sandbox.misbehaviour import Misbehaviour
from sandbox.oracle.actions import ROOT
from sandbox.oracle.actions import answer as actions
from sandbox.oracle.books import Books
from sandbox.oracle.criteria import read_criteria
from sandbox.oracle.faults import ENVELOPE, SoapFault, no_such_row, not_readable
from sandbox.oracle.moods import Voice, written
from sandbox.oracle.orders import order_element
from sandbox.oracle.rows import Row
from sandbox.oracle.schema import PURCHASE_ORDER, SUPPLIER, Form, documents
from sandbox.oracle.spoilt import spoilt
from sandbox.oracle.suppliers import supplier_element
from sandbox.oracle.writes import WRITES, wrong
from sandbox.oracle.writes import carry_out as done
from sandbox.scenario import scenario
from sandbox.web import Request, Response, Server, html_page, serve

_ROOT = "/fscmService/"
_XML = (("Content-Type", "text/xml; charset=utf-8"),)


@dataclass(frozen=True)
class Service:
    """One service: what its rows are when it starts, and what its messages must look like."""

    record: str
    namespace: str
    rows: Mapping[str, Row]
    form: Form

    def message(self, body: bytes) -> _Element:
        """Read what *body* asks for.

        Raises:
            SoapFault: it is not of the service's form.
        """
        message = _message(body)
        objection = self.form.objection(message)
        if objection is not None:
            raise not_readable(objection)
        return message

    def read(self, books: Books, message: _Element, page_limit: int) -> bytes:
        """Carry out an operation that reads, and give the body of the answer.

        Raises:
            SoapFault: the service says no.
        """
        operation = etree.QName(message).localname
        if operation == f"find{self.record}":
            criteria = read_criteria(self.record, message[0], flexfields=books.searchable)
            results = criteria.select(books.rows(self.record), page_limit)
        elif operation == f"get{self.record}":
            results = [self._row(books, message[0].text or "")]
        else:
            raise not_readable(f"{operation} is no operation of this service.")
        for row in results if self.record == "PurchaseOrder" else ():
            books.looked_at(row.key)
        content = b"".join(self._row(books, row.key).xml for row in results)
        name = f"ns0:{operation}Response".encode()
        return b'<%s xmlns:ns0="%s">%s</%s>' % (name, self.namespace.encode(), content, name)

    def _row(self, books: Books, key: str) -> Row:
        row = books.find(self.record, key)
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


@dataclass(frozen=True)
class Environment:
    """The app of the sandbox server: both services and the REST actions of one environment."""

    services: Mapping[str, Service]
    books: Books
    misbehaviour: Misbehaviour
    page_limit: int

    def __call__(self, request: Request) -> Response | None:
        if request.path.startswith(ROOT):
            return actions(self.books, self.misbehaviour, request)
        if not request.path.startswith(_ROOT):
            return html_page(404, "Not Found")
        name = request.path.removeprefix(_ROOT)
        service = self.services.get(name)
        if request.method == "GET":
            document = f"{name}.wsdl" if service is not None and request.query.lower() == "wsdl" else name
            content = documents(flexfields=self.books.flexfields).get(document)
            return html_page(404, "Not Found") if content is None else Response(200, _XML, content)
        if service is None:
            return html_page(404, "Not Found")
        if request.method != "POST":
            return html_page(405, "Method Not Allowed", "", ("Allow", "GET, POST"))
        if not (request.header("content-type") or "").lower().startswith("text/xml"):
            return html_page(415, "Unsupported Media Type")
        return self._called(service, request.body)

    def _called(self, service: Service, body: bytes) -> Response | None:
        try:
            message = service.message(body)
            if etree.QName(message).localname not in WRITES:
                return _answer(service.read(self.books, message, self.page_limit))
        except SoapFault as fault:
            return _no(fault)
        return self._written(service, message)

    def _written(self, service: Service, message: _Element) -> Response | None:
        operation = etree.QName(message).localname

        def carry_out(commits: bool) -> Response:
            return _answer(done(self.books, message, service.namespace, commits=commits))

        voice = Voice(
            no=_no,
            inner_error=lambda: _answer(wrong(service.namespace, operation)),
            complaining=lambda answer: replace(answer, body=answer.body.replace(b"SUCCESS", b"WARNING")),
        )
        return written(self.misbehaviour.next_write(), self.misbehaviour, carry_out, voice)


def _no(fault: SoapFault) -> Response:
    return Response(500, _XML, fault.envelope())


def _answer(body: bytes) -> Response:
    start = b'<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="%s"><env:Header/><env:Body>'
    return Response(200, _XML, start % ENVELOPE.encode() + body + b"</env:Body></env:Envelope>")


def oracle_server(
    *, misbehaviour: Misbehaviour | None = None, page_limit: int = 100, books: Books | None = None, port: int = 0
) -> Server:
    """Make the sandbox's server, which starts with ``with``.

    No answer holds more than *page_limit* rows; raise it to have everything in one. *books* are filled with the
    scenario; whoever gives them can look into them, and decide what waits for an approver. *port* 0 takes a free one.
    """
    if page_limit < 1:
        raise ValueError(f"a page holds one row or more, not {page_limit}")
    bad_days, kept = Misbehaviour() if misbehaviour is None else misbehaviour, Books() if books is None else books
    known = services() if kept.flexfields else _without_flexfields()
    for service in known.values():
        kept.begin(service.record, dict(service.rows))
    app = Environment(known, kept, bad_days, page_limit)
    return serve(app, misbehaviour=bad_days, realm="Oracle Fusion", port=port)


@cache
def _without_flexfields() -> Mapping[str, Service]:
    return {name: replace(each, form=Form(name, flexfields=False)) for name, each in services().items()}
