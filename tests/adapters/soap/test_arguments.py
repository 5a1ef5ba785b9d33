"""Arguments are written as records are read, and what is nil, empty, and not there stays three things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from lxml import etree
from pydantic import SecretStr

from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from ports.errors import Drifted, Refused
from sandbox.oracle import oracle_server
from sandbox.web import PASSWORD, USER, Server

Sent = Callable[[str, Mapping[str, object]], str]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with oracle_server() as running:
        yield running


@pytest.fixture
def sent(server: Server) -> Iterator[Sent]:
    """What leaves when an operation is called with these arguments: the message in the body, without its prefixes."""

    def called(operation: str, arguments: Mapping[str, object]) -> str:
        service = opened["Supplier" if "Supplier" in operation else "PurchaseOrder"]
        try:
            list(service.call(operation, arguments, record="result", writing=True))
        except Refused as no:
            if "nothing was sent" in str(no):
                raise
        message = etree.fromstring(server.seen[-1].body)[-1][0]
        for element in message.iter():
            element.tag = etree.QName(element).localname
        text = "".join(etree.tostring(each, encoding="unicode") for each in message[0])
        return re.sub(' xmlns(:[a-z0-9-]+)?="[^"]*"', "", text)

    opened = {}
    for name in ("Supplier", "PurchaseOrder"):
        url = f"{server.url}/fscmService/{name}Service"
        connection = SoapConnection(wsdl=f"{url}?WSDL", endpoint=url, user=USER, password=SecretStr(PASSWORD))
        opened[name] = SoapService(connection)
    yield called
    for service in opened.values():
        service.close()


def supplier(**texts: object) -> Mapping[str, object]:
    return {"supplierRow": {"SupplierNumber": "1", **texts}}


def test_nil_empty_and_not_there_are_three_things(sent: Sent) -> None:
    """SOAP-01, SOAP-02."""
    assert sent("updateSupplier", supplier()) == "<SupplierNumber>1</SupplierNumber>"
    assert sent("updateSupplier", supplier(Alias="")).endswith("<Alias/>")
    assert sent("updateSupplier", supplier(Alias=None)).endswith('<Alias xsi:nil="true"/>')


def test_a_record_inside_stands_alone_or_in_a_list_of_one(sent: Sent) -> None:
    address = {"Operation": "UPDATE", "City": "Köln & <Bonn>"}
    alone = sent("updateSupplier", supplier(SupplierAddress=address))

    assert alone.endswith("<City>Köln &amp; &lt;Bonn&gt;</City></SupplierAddress>")
    assert sent("updateSupplier", supplier(SupplierAddress=[address])) == alone
    for several in ([], [address, address]):
        with pytest.raises(Refused, match=f"{len(several)} SupplierAddress stand where the WSDL has one"):
            sent("updateSupplier", supplier(SupplierAddress=several))


def test_attributes_stand_beside_their_element_and_records_repeat(sent: Sent) -> None:
    lines = [{"LineNumber": str(number), "Price": "2.50", "Price@currencyCode": "EUR"} for number in (1, 2)]
    told = sent("changePurchaseOrder", {"changeOrderEntry": {"PurchaseOrderEntryLine": lines}})

    assert told == "".join(
        f"<PurchaseOrderEntryLine><LineNumber>{number}</LineNumber>"
        '<Price currencyCode="EUR">2.50</Price></PurchaseOrderEntryLine>'
        for number in (1, 2)
    )


def test_what_the_schema_does_not_have_is_not_sent(sent: Sent) -> None:
    with pytest.raises(Drifted, match="Colour"):
        sent("updateSupplier", supplier(Colour="red"))
