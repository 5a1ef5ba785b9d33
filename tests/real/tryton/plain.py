"""What stands in Tryton's tables, asked plainly: past every driver, codec and mapping of ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from attrs import evolve
from sqlalchemy import create_engine
from sqlalchemy.sql import text

from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from domain.tax import TaxId, TaxIdKind
from tests.real.expectations import PlainRow, orders_of, supplier_of

_SUPPLIERS = """
SELECT p.id, p.name, NULL AS trade_name, c.code AS country, a.city, 'none' AS block,
  CASE WHEN s.code IS NULL THEN NULL ELSE substr(s.code, 4) END AS region,
  CASE WHEN a.postal_code = '' THEN NULL ELSE a.postal_code END AS postal_code,
  CASE WHEN a.street_name IS NOT NULL THEN a.street_name || ', ' || a.building_number
    WHEN a.street_unstructured = '' THEN NULL ELSE a.street_unstructured END AS street,
  (SELECT code_compact FROM party_identifier i WHERE i.party = p.id AND i.type = 'eu_vat') AS eu_vat,
  (SELECT code_compact FROM party_identifier i WHERE i.party = p.id AND i.type = 'br_vat') AS br_vat,
  (SELECT value FROM party_contact_mechanism m WHERE m.party = p.id AND m.type = 'email') AS email
FROM party_party p JOIN party_address a ON a.party = p.id JOIN country_country c ON c.id = a.country
LEFT JOIN country_subdivision s ON s.id = a.subdivision
WHERE p.name NOT LIKE 'O''Neil%' ORDER BY p.id
"""
_ORDERS = """
SELECT o.id, o.party AS supplier, CAST(o.purchase_date AS TEXT) AS ordered_on, c.code AS currency, o.reference,
  CASE o.state WHEN 'draft' THEN 'draft' WHEN 'quotation' THEN 'pending_approval' WHEN 'cancelled' THEN 'cancelled'
    WHEN 'processing' THEN 'open' ELSE 'closed' END AS status,
  l.id AS line, l.product, t.name AS description, l.quantity AS ordered, CAST(l.unit_price AS TEXT) AS price,
  CASE u.name WHEN 'Unit' THEN 'H87' WHEN 'Kilogram' THEN 'KGM' WHEN 'Meter' THEN 'MTR' WHEN 'Liter' THEN 'LTR' END
    AS unit,
  COALESCE((SELECT SUM(m.quantity) FROM stock_move m
    WHERE m.origin = 'purchase.line,' || l.id AND m.state = 'done'), 0) AS received,
  COALESCE((SELECT SUM(il.quantity) FROM account_invoice_line il JOIN account_invoice i ON i.id = il.invoice
    WHERE il.origin = 'purchase.line,' || l.id AND i.state IN ('posted', 'paid')), 0) AS invoiced,
  CAST(l.delivery_date_store AS TEXT) AS due_on, c.digits,
  CASE o.state WHEN 'cancelled' THEN 'cancelled' WHEN 'done' THEN 'received' ELSE 'open' END AS line_status
FROM purchase_purchase o JOIN purchase_line l ON l.purchase = o.id AND l.type = 'line'
JOIN currency_currency c ON c.id = o.currency JOIN product_product p ON p.id = l.product
JOIN product_template t ON t.id = p.template JOIN product_uom u ON u.id = l.unit
WHERE o.invoice_state <> 'pending'
  AND NOT EXISTS (SELECT 1 FROM purchase_line n WHERE n.purchase = o.id AND n.type = 'line' AND n.unit IS NULL)
ORDER BY o.id, l.id
"""


def suppliers(url: str) -> tuple[Supplier, ...]:
    """Give all active parties with one address in some country."""
    return tuple(map(_supplier, _rows(url, _SUPPLIERS)))


def _supplier(row: PlainRow) -> Supplier:
    numbers = ((TaxIdKind.EU_VAT, row["eu_vat"]), (TaxIdKind.CNPJ, row["br_vat"]))
    tax_ids = tuple(TaxId(kind, str(number)) for kind, number in numbers if number is not None)
    email = None if row["email"] is None else str(row["email"])
    return evolve(supplier_of(row), tax_ids=tax_ids, email=email)


def purchase_orders(url: str) -> tuple[PurchaseOrder, ...]:
    """Give all purchases of which it is known how much came; receipts are those of the stock, not of the order."""
    return orders_of([row | _computed(row) for row in _rows(url, _ORDERS)])


def _computed(row: PlainRow) -> PlainRow:
    worth = Decimal(str(row["price"])) * Decimal(str(row["ordered"]))
    due_on = None if row["due_on"] is None else date.fromisoformat(str(row["due_on"]))
    return {
        "ordered_on": date.fromisoformat(str(row["ordered_on"])),
        "due_on": due_on,
        "worth": worth.quantize(Decimal(1).scaleb(-int(str(row["digits"]))), ROUND_HALF_EVEN),
    }


def _rows(url: str, query: str) -> Sequence[PlainRow]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(text(query)).mappings()]
    engine.dispose()
    return found
