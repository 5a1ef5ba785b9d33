"""Rows of our own beside the few of FrontAccounting's demo company: good ones of every kind, and broken ones."""

from __future__ import annotations

from domain.identifiers import PurchaseOrderId, SupplierId
from ports.errors import ProblemKind

SCRIPT = """
SET SESSION sql_mode = 'ALLOW_INVALID_DATES';

INSERT INTO `0_suppliers` (supplier_id, supp_name, supp_ref, address, supp_address, notes, curr_code, inactive) VALUES
(11, 'Käthe Müller & Söhne', 'Müller', 'Hafenstr. 1\r\nHaus B', '', '', 'EUR', 1),
(12, 'Nihon Kagu', '', '', '', '', 'JPY', 0),
(13, 'Ends with a blank ', '', '', '', '', 'EUR', 0),
(14, 'Half inactive', '', '', '', '', 'EUR', 2),
(15, '', '', '', '', '', 'EUX', 0);

INSERT INTO `0_purch_orders` (order_no, supplier_id, ord_date, reference, delivery_address) VALUES
(11, 11, '2024-02-29', 'SPRING', ''), (12, 12, '2024-03-01', '', ''), (13, 1, '2024-03-01', 'spring', ''),
(21, 1, '0000-00-00', '', ''), (22, 1, '2024-02-30', '', ''), (23, 99, '2024-03-01', '', ''),
(24, 1, '2024-03-01', '', ''), (25, 1, '2024-03-01', '', ''), (26, 1, '2024-03-01', '', ''),
(27, 15, '2024-03-01', '', ''), (28, 12, '2024-03-01', '', ''), (29, 1, '2024-03-01', '', ''),
(30, 1, '2024-03-01', '', '');

INSERT INTO `0_purch_order_details` (po_detail_item, order_no, item_code, description, delivery_date, qty_invoiced,
  unit_price, quantity_ordered, quantity_received) VALUES
(11, 11, '202', 'Maintenance', '0000-00-00', 0, 80.125, 2.5, 1), (12, 11, '101', 'iPad', '2024-04-01', 1, 0.1, 3, 3),
(13, 12, '101', 'iPad', '2024-04-01', 0, 31500, 2, 0), (14, 13, '102', 'iPhone', '2024-04-01', 6, 150, 6, 7),
(21, 21, '101', 'iPad', '2024-04-01', 0, 200, 1, 0), (22, 22, '101', 'iPad', '2024-04-31', 0, 200, 1, 0),
(23, 23, '101', 'iPad', '2024-04-01', 0, 200, 1, 0), (25, 25, '999', 'Gone', '2024-04-01', 0, 200, 1, 0),
(26, 26, '101', 'iPad', '2024-04-01', 0, 200, 0, 0), (27, 27, '101', 'iPad', '2024-04-01', 0, 200, 1, 0),
(28, 28, '101', 'iPad', '2024-04-01', 0, 31500.5, 1, 0), (29, 29, '101', 'iPad', '2024-04-01', 0, 0.123456, 1, 0),
(30, 30, '101', NULL, '2024-04-01', 0, 200, 1, -1);
"""

_KIND = ProblemKind
_LINE = "0_purch_order_details"
_NO_LINE = [
    f"{_LINE}.{column}"
    for column in "po_detail_item description quantity_ordered quantity_received qty_invoiced unit_price".split()
]
SPOILED_SUPPLIERS: dict[str, set[tuple[str, str, ProblemKind]]] = {
    "13": {("supp_name", "'Ends with a blank '", _KIND.RULE)},
    "14": {("inactive", "2", _KIND.INVALID_CODE)},
    "15": {("supp_name", "''", _KIND.MISSING)},
}
SPOILED_ORDERS: dict[str, set[tuple[str, str, ProblemKind]]] = {
    "21": {("ord_date", "'0000-00-00'", _KIND.MISSING)},
    "22": {
        ("ord_date", "'2024-02-30'", _KIND.INVALID_DATE),
        (f"{_LINE}.delivery_date", "'2024-04-31'", _KIND.INVALID_DATE),
    },
    "23": {("0_suppliers.curr_code", "None", _KIND.MISSING)},
    "24": {(column, "None", _KIND.MISSING) for column in (*_NO_LINE, "0_stock_master.units")}
    | {(column, "None", _KIND.INVALID_NUMBER) for column in (f"{_LINE}.unit_price", f"{_LINE}.quantity_received")},
    "25": {("0_stock_master.units", "None", _KIND.MISSING)},
    "26": {(f"{_LINE}.quantity_ordered, 0_stock_master.units", "0.0, 'each'", _KIND.RULE)},
    "27": {("0_suppliers.curr_code", "'EUX'", _KIND.CURRENCY)},
    "28": {(f"{_LINE}.unit_price, {_LINE}.quantity_ordered", "31500.5, 1.0", _KIND.CURRENCY)},
    "29": {(f"{_LINE}.unit_price", "0.123456", _KIND.INVALID_NUMBER)},
    "30": {(f"{_LINE}.description", "None", _KIND.MISSING)},
}
"""What must be told of each broken record: column, raw value, kind."""

REFUSED_SUPPLIERS: dict[str, SupplierId | None] = {key: SupplierId(key) for key in SPOILED_SUPPLIERS}
REFUSED_ORDERS: dict[str, PurchaseOrderId | None] = {key: PurchaseOrderId(key) for key in SPOILED_ORDERS}
