"""Oracle Fusion in small: a supplier and a purchase order service over SOAP 1.1, with Fusion's habits.

Two services under ``/fscmService/``, each with its WSDL (``SupplierService?WSDL``, ``PurchaseOrderService?WSDL``) and
XSDs beside it (``SupplierService.xsd``, ``PurchaseOrderService.xsd``, ``Adf.xsd``); the address in the WSDLs is one of
an internal network and leads nowhere. Basic authentication, requests must fit the XSD, no DTD is accepted. What only
REST can stands in `sandbox.oracle.actions`.

Operations of each (``Supplier`` and ``PurchaseOrder`` in the place of ``X``):

- ``findX(findCriteria)`` gives a ``result`` for each row found; what the criteria may say stands in
  `sandbox.oracle.criteria`. At most *page_limit* rows come, whatever was asked, and nothing says that more exist.
- ``getSupplier(SupplierNumber)``, ``getPurchaseOrder(OrderNumber)`` give one ``result``, or a fault.
- ``createSupplier``, ``updateSupplier``, ``createPurchaseOrder``, ``changePurchaseOrder`` write; their answers stand in
  `sandbox.oracle.writes`, what becomes of an order in `sandbox.oracle.approving`.

A fault has status 500. What the service refuses is ``Server`` with a ``ServiceErrorMessage`` (``code``, ``message``,
``severity``, more of them nested as ``detail``) in its detail: ``JBO-25020`` no such row, ``JBO-25058`` no such
attribute, ``JBO-25009`` a value that is none of the attribute's type, ``JBO-26061`` an operator or range that makes no
sense, ``JBO-26030`` a row that somebody is editing, ``JBO-27024`` a rule of the business, which is named further in. A
request that cannot be read is ``Client`` and has no detail.

The elements are described where they are made: `sandbox.oracle.suppliers`, `sandbox.oracle.orders`.
"""

from sandbox.oracle.books import Books
from sandbox.oracle.journal import Commit
from sandbox.oracle.orders import LEGAL_ENTITY
from sandbox.oracle.schema import SEGMENT
from sandbox.oracle.server import oracle_server
from sandbox.oracle.spoilt import broken

__all__ = ["LEGAL_ENTITY", "SEGMENT", "Books", "Commit", "broken", "oracle_server"]
