"""Somebody who talks to the Oracle sandbox without any of our drivers."""

from __future__ import annotations

from typing import Self

import requests
import zeep
from lxml import etree
from lxml.etree import _Element

from sandbox.oracle.schema import ADF, PURCHASE_ORDER, SUPPLIER
from sandbox.web import Server

NAMESPACE = {"Supplier": SUPPLIER, "PurchaseOrder": PURCHASE_ORDER}
KEY = {"Supplier": "SupplierNumber", "PurchaseOrder": "OrderNumber"}


class Integrator:
    """Speaks to one server with the right password."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.auth = ("dragoman", "sandbox")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def url(self, record: str) -> str:
        return f"{self.server.url}/fscmService/{record}Service"

    def zeep(self, record: str) -> zeep.proxy.ServiceProxy:
        transport = zeep.Transport(session=self.session)
        client = zeep.Client(f"{self.url(record)}?WSDL", transport=transport, settings=zeep.Settings(strict=True))
        return client.create_service(f"{{{NAMESPACE[record]}}}{record}ServiceSoapHttp", self.url(record))

    def post(self, record: str, body: bytes | str) -> requests.Response:
        data = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        return self.session.post(self.url(record), data=data, headers=headers, timeout=10)

    def call(self, record: str, content: str) -> _Element:
        """Send *content*, in which p is the service's namespace and a ADF's; gives the message in the body."""
        answer = self.post(record, envelope(record, content))
        return etree.fromstring(answer.content)[-1][0]

    def find(self, record: str, criteria: str = "") -> list[str]:
        """Give the keys of what is found, in the order of the answer."""
        content = f"<p:find{record}><p:findCriteria>{criteria}</p:findCriteria></p:find{record}>"
        return [row.findtext(f"{{*}}{KEY[record]}", "") for row in self.call(record, content)]


def envelope(record: str, content: str) -> str:
    """Give a request, in which p is the service's namespace and a ADF's."""
    return (
        f'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:p="{NAMESPACE[record]}"'
        f' xmlns:a="{ADF}"><e:Body>{content}</e:Body></e:Envelope>'
    )
