"""Tryton's own database, as it comes: the same business on both engines, with the traps that a mapping must know."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Connection, create_engine, text

from domain.tax import TaxId, TaxIdKind

TABLES = {
    "party_party": "id, code, name, active",
    "party_address": "id, party, street_name, building_number, street_unstructured, postal_code, city, country, "
    "subdivision, sequence",
    "party_identifier": "id, party, type, code, code_compact",
    "party_contact_mechanism": "id, party, type, value",
    "country_country": "id, code, code3, code_numeric",
    "country_subdivision": "id, code, country",
    "currency_currency": "id, code, digits, rounding",
    "product_product": "id, code, template",
    "product_template": "id, name, default_uom",
    "purchase_purchase": "id, number, reference, party, currency, state, invoice_state, shipment_state, "
    "invoice_method, total_amount_cache, untaxed_amount_cache",
    "purchase_line": "id, purchase, type, product, quantity, unit, unit_price, description",
    "stock_move": "id, origin, product, quantity, unit, state",
    "account_invoice_line": "id, origin, quantity, unit_price",
}


@pytest.fixture
def sqlite(tryton_sqlite: str) -> Iterator[Connection]:
    yield from opened(tryton_sqlite)


@pytest.fixture
def postgresql(tryton_postgresql: str) -> Iterator[Connection]:
    yield from opened(tryton_postgresql)


def opened(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return [tuple(map(_plain, row)) for row in connection.execute(text(query))]


def _plain(value: object) -> object:
    """Give what both engines mean by a value: SQLite keeps decimals as bytes of digits, and flags as numbers."""
    return Decimal(value.decode()) if isinstance(value, bytes) else value


@pytest.mark.parametrize("table", TABLES)
def test_both_engines_hold_the_same_business(sqlite: Connection, postgresql: Connection, table: str) -> None:
    query = f"SELECT {TABLES[table]} FROM {table} ORDER BY id"  # noqa: S608  # names from the table above
    here, there = rows(sqlite, query), rows(postgresql, query)

    assert here == there
    assert len(here) > 2


def test_there_are_enough_suppliers_and_orders_in_every_state(sqlite: Connection) -> None:
    assert rows(sqlite, "SELECT count(DISTINCT party) FROM purchase_purchase") == [(14,)]
    states = "SELECT state, shipment_state, invoice_state, count(*) FROM purchase_purchase GROUP BY 1, 2, 3"
    assert sorted(rows(sqlite, states), key=str) == [
        ("cancelled", "none", "none", 4),
        ("done", "received", "paid", 4),
        ("draft", "none", "none", 4),
        ("processing", "partially shipped", "pending", 4),
        ("processing", "received", "pending", 4),
        ("processing", "waiting", "awaiting payment", 4),
        ("processing", "waiting", "none", 4),
        ("quotation", "none", "none", 4),
    ]


def test_identifiers_carry_check_digits_that_our_own_domain_accepts(sqlite: Connection) -> None:
    kinds = {"eu_vat": TaxIdKind.EU_VAT, "br_vat": TaxIdKind.CNPJ}
    found = rows(sqlite, "SELECT type, code_compact FROM party_identifier ORDER BY id")
    read = [TaxId.parse(kinds[str(kind)], str(code)) for kind, code in found if kind in kinds]

    assert len(read) == 8
    assert {kind for kind, _ in found if kind not in kinds} == {"fr_siren", "gb_vat", "us_ein", "ch_uid", None}


def test_sqlite_keeps_amounts_as_bytes_that_no_number_is_less_than(sqlite: Connection) -> None:
    assert rows(sqlite, "SELECT DISTINCT typeof(unit_price) FROM purchase_line WHERE type = 'line'") == [("blob",)]
    every = rows(sqlite, "SELECT count(*) FROM purchase_line WHERE type = 'line'")
    assert rows(sqlite, "SELECT count(*) FROM purchase_line WHERE unit_price > 1000000") == every


def test_a_total_is_not_known_before_an_order_is_confirmed_or_cancelled(postgresql: Connection) -> None:
    query = "SELECT DISTINCT state FROM purchase_purchase WHERE total_amount_cache IS NULL ORDER BY state"

    assert rows(postgresql, query) == [("draft",), ("quotation",)]


def test_lines_that_are_no_lines_stand_among_the_lines(postgresql: Connection) -> None:
    found = rows(postgresql, "SELECT type, count(*), count(product), count(quantity) FROM purchase_line GROUP BY 1")

    assert sorted(found, key=str) == [("comment", 11, 0, 0), ("line", 83, 80, 83), ("title", 6, 0, 0)]
