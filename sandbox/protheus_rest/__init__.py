"""TOTVS Protheus behind its REST framework: generic query, the supplier's model, and a site's own order service.

``tables`` says what the dictionary holds beside the standard's own, ``orders`` what the site's service does.
"""

from sandbox.protheus.store import broken
from sandbox.protheus_rest.orders import PATH as ORDERS
from sandbox.protheus_rest.server import TokenServer, protheus_rest_server
from sandbox.protheus_rest.tables import ORDER_REFERENCE, SUPPLIER_REFERENCE, Commit

__all__ = [
    "ORDERS",
    "ORDER_REFERENCE",
    "SUPPLIER_REFERENCE",
    "Commit",
    "TokenServer",
    "broken",
    "protheus_rest_server",
]
