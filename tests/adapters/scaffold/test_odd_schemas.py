"""What is guessed of a schema that is unlike those of the house: German names, keys of several columns, one price."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.scaffold.sources import from_database

SCHEMA = """
create table "Lieferant" ("Mandant" char(3), "Lieferanten-Nr" varchar(10), "Firma" varchar(60) not null,
 "Straße" varchar(60), "UStIdNr" varchar(20), primary key ("Mandant", "Lieferanten-Nr"));
create table "Bestellung" ("Mandant" char(3), "BestellNr" integer, "Lieferanten-Nr" varchar(10) not null,
 primary key ("Mandant", "BestellNr"), foreign key ("Mandant", "Lieferanten-Nr") references "Lieferant");
create table "Bestellposition" ("Mandant" char(3), "BestellNr" integer, "PosNr" integer, "Artikel" varchar(18),
 "Menge" numeric(13, 3), "ME" char(3), "Preis" numeric(13, 4), primary key ("Mandant", "BestellNr", "PosNr"),
 foreign key ("Mandant", "BestellNr") references "Bestellung");
insert into "Lieferant" values
 ('100', 'L-1', 'Müller', 'Ring 1', 'DE136695976'), ('100', 'L-2', 'Huber', 'Ring 2', 'ATU13585627');
insert into "Bestellung" values ('100', 1, 'L-1'), ('100', 2, 'L-2');
insert into "Bestellposition" values ('100', 1, 1, 'A', 10, 'STK', 12.05), ('100', 1, 2, 'A', 1, 'STK', 10),
 ('100', 2, 1, 'B', 5, 'KG', 1);
"""


@pytest.fixture
def modules(tmp_path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(tmp_path / "lager.db")) as made, made:
        made.executescript(SCHEMA)
    return dict(from_database("lager", f"sqlite:///{tmp_path}/lager.db", ("suppliers", "purchase_orders"), {}).files)


def test_one_column_of_a_key_of_several_is_never_the_key(modules: dict[str, str]) -> None:
    """Every supplier seen is of one client, so that his number alone looks like a key."""
    module = modules["dragoman_lager/suppliers.py"]

    assert '    id=unsure("Lieferanten-Nr (0.79)", "Mandant (0.49)"),' in module.splitlines()
    assert 'key=(Text("Mandant"), Text("Lieferanten-Nr"))' in module


def test_a_price_is_not_what_it_is_per(modules: dict[str, str]) -> None:
    module = modules["dragoman_lager/purchase_orders.py"]

    assert 'amount=floating("Bestellposition.Preis", places=4)' in module
    assert '        per=unsure("Bestellposition.Preis (0.85)"),' in module.splitlines()


def test_german_names_are_known(modules: dict[str, str]) -> None:
    suppliers, orders = modules["dragoman_lager/suppliers.py"], modules["dragoman_lager/purchase_orders.py"]

    assert 'street=optional(text("Straße", width=60))' in suppliers
    assert 'tax_id(TaxIdKind.EU_VAT), "UStIdNr"' in suppliers
    assert 'supplier=text("Lieferanten-Nr", width=10, into=SupplierId)' in orders
    assert '_UNIT = code("Bestellposition.ME"' in orders
