"""An Oracle Fusion whose suppliers and orders are read, and what the scenario says of them."""

from __future__ import annotations

from pydantic import SecretStr

from adapters.erp import Codes, Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from adapters.systems.oracle import oracle
from sandbox.scenario import scenario
from sandbox.web import PASSWORD, USER, Server
from tests.builders import purchase_order_of, supplier_of

SUPPLIERS = sorted(map(supplier_of, scenario().suppliers), key=lambda supplier: supplier.id)
ORDERS = sorted(map(purchase_order_of, scenario().orders), key=lambda order: order.id)
HOSTILE = ("O'Neil'; DROP TABLE PO", "]]><x/>", "&amp;", "<!DOCTYPE x>", "%", "*", "x" * 999)


def opened(
    server: Server, quarantine: InMemoryQuarantine, *, password: str = PASSWORD, codes: dict[str, Codes] | None = None
) -> Erp:
    """Open the sandbox as a site would; the WSDL's own address leads nowhere."""
    suppliers, orders = (
        SoapService(connection_to(server, name, password)) for name in ("SupplierService", "PurchaseOrderService")
    )
    return oracle("fusion", suppliers, orders, quarantine, codes or {})


def connection_to(server: Server, name: str, password: str = PASSWORD) -> SoapConnection:
    endpoint = f"{server.url}/fscmService/{name}"
    return SoapConnection(wsdl=f"{endpoint}?WSDL", user=USER, password=SecretStr(password), endpoint=endpoint)


def posted(server: Server) -> list[bytes]:
    """Give what was asked of the services so far; documents that were fetched do not count."""
    return [request.body for request in server.seen if request.method == "POST"]
