"""Oracle Fusion in small: a supplier and a purchase order service over SOAP 1.1, with Fusion's habits.

Two services under ``/fscmService/``, each with its WSDL (``SupplierService?WSDL``, ``PurchaseOrderService?WSDL``) and
XSDs beside it (``SupplierService.xsd``, ``PurchaseOrderService.xsd``, ``Adf.xsd``); the address in the WSDLs is one of
an internal network and leads nowhere. Basic authentication, requests must fit the XSD, no DTD is accepted.

Operations of each (``Supplier`` and ``PurchaseOrder`` in the place of ``X``):

- ``findX(findCriteria)`` gives a ``result`` for each row found; what the criteria may say stands in
  `sandbox.oracle.criteria`. At most *page_limit* rows come, whatever was asked, and nothing says that more exist.
- ``getSupplier(SupplierNumber)``, ``getPurchaseOrder(OrderNumber)`` give one ``result``, or a fault.

A fault has status 500. What the service refuses is ``Server`` with a ``ServiceErrorMessage`` (``code``, ``message``,
``severity``, more of them nested as ``detail``) in its detail: ``JBO-25020`` no such row, ``JBO-25058`` no such
attribute, ``JBO-25009`` a value that is none of the attribute's type, ``JBO-26061`` an operator or range that makes no
sense. A request that cannot be read is ``Client`` and has no detail.

The elements are described where they are made: `sandbox.oracle.suppliers`, `sandbox.oracle.orders`.
"""

from sandbox.oracle.server import oracle_server
from sandbox.oracle.spoilt import broken

__all__ = ["broken", "oracle_server"]
