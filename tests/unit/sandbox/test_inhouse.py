"""The in-house sandbox holds the scenario in every spelling it promises, and spoils exactly what it says."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.broken import Broken
from sandbox.inhouse.rows import COUNTRIES, CURRENCIES, UNITS
from sandbox.inhouse.store import broken, install
from sandbox.scenario import scenario
from tests.unit.sandbox.inhouse_reader import (
    ABSENT,
    MONTHS,
    NOT_KNOWN,
    PATTERNS,
    lines_in,
    order_from,
    principals_in,
    repaired,
    supplier_from,
    tax_from,
)

SPOILED = {fault.key for fault in broken()}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("inhouse") / "erp.db"
    install(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def _column(database: sqlite3.Connection, table: str, column: str) -> list[str | None]:
    return [row[0] for row in database.execute(f"SELECT {column} FROM {table}")]  # noqa: S608 - names of our own


def test_every_supplier_of_the_scenario_can_be_read_back(database: sqlite3.Connection) -> None:
    principals = principals_in(database)
    rows = database.execute("SELECT * FROM FORNECEDORES WHERE COD > 0 AND SITUACAO <> 9 ORDER BY COD")
    suppliers = [row for row in rows if principals[row["COD"]] == row["COD"] and str(row["COD"]) not in SPOILED]

    assert tuple(map(supplier_from, suppliers)) == scenario().suppliers


def test_every_order_of_the_scenario_can_be_read_back(database: sqlite3.Connection) -> None:
    principals, lines = principals_in(database), lines_in(database)
    headers = database.execute("SELECT * FROM PEDIDOS WHERE STATUS <> 9 AND EXCLUIDO <> -1")
    read = {
        row["NUMERO"]: order_from(row, lines[row["NUMERO"]], principals)
        for row in headers
        if row["NUMERO"] not in SPOILED
    }

    assert read == {order.number: order for order in scenario().orders}


def test_exactly_twenty_records_are_spoiled_under_keys_of_their_own() -> None:
    faults = broken()
    facts = scenario()
    known = {supplier.number for supplier in facts.suppliers + facts.deleted_suppliers}
    known |= {order.number for order in facts.orders + facts.deleted_orders}

    assert len(faults) == len({(fault.kind, fault.key) for fault in faults}) == 20
    assert sum(fault.kind == "supplier" for fault in faults) == 7
    assert not known & SPOILED


@pytest.mark.parametrize("fault", broken(), ids=lambda fault: f"{fault.key}-{fault.column}-{fault.quirk}")
def test_the_spoiled_value_stands_in_its_column(database: sqlite3.Connection, fault: Broken) -> None:
    if fault.kind == "supplier":
        rows = database.execute("SELECT * FROM FORNECEDORES WHERE COD = ?", (int(fault.key),)).fetchall()
    else:
        rows = database.execute("SELECT * FROM PEDIDOS WHERE NUMERO = ?", (fault.key,)).fetchall()
        rows += lines_in(database)[fault.key]

    assert fault.raw in [row[fault.column] for row in rows if fault.column in row.keys()]  # noqa: SIM118 - a Row holds values


def test_one_header_has_no_lines_and_one_order_no_header(database: sqlite3.Connection) -> None:
    headers = set(_column(database, "PEDIDOS", "NUMERO"))
    lines = set(_column(database, "PEDIDOS_ITENS", "NUMERO"))
    alone = {fault.raw for fault in broken() if fault.column == "NUMERO"}

    assert headers ^ lines == alone
    assert len(headers - lines) == len(lines - headers) == 1


def test_deleted_orders_keep_their_lines_and_are_marked_in_every_way(database: sqlite3.Connection) -> None:
    marks, lines = set(), lines_in(database)
    for order in scenario().deleted_orders:
        (row,) = database.execute("SELECT * FROM PEDIDOS WHERE NUMERO = ?", (order.number,)).fetchall()
        marks.add((row["STATUS"] == 9, row["EXCLUIDO"] == -1))
        assert len(lines[order.number]) == len(order.lines)

    assert marks == {(True, True), (True, False), (False, True)}


def test_deleted_suppliers_and_phantoms_are_there(database: sqlite3.Connection) -> None:
    gone = database.execute("SELECT COD FROM FORNECEDORES WHERE SITUACAO = 9 ORDER BY COD").fetchall()
    phantoms = database.execute("SELECT COD, NOME FROM FORNECEDORES WHERE COD <= 0 ORDER BY COD").fetchall()

    assert [f"{code:08d}" for (code,) in gone] == [supplier.number for supplier in scenario().deleted_suppliers]
    assert [tuple(row) for row in phantoms] == [(-1, "TESTE"), (0, "NÃO INFORMADO")]


def test_some_suppliers_stand_two_or_three_times_and_orders_name_their_duplicates(
    database: sqlite3.Connection,
) -> None:
    masters = {row["COD"]: row for row in database.execute("SELECT * FROM FORNECEDORES WHERE COD > 0")}
    copies: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for code, principal in principals_in(database).items():
        if principal != code:
            copies[principal].append(masters[code])

    assert {len(rows) for rows in copies.values()} == {1, 2}
    for principal, rows in copies.items():
        original = masters[principal]
        assert tax_from(original["CPF_CNPJ"]) is not None
        for row in rows:
            assert row["NOME"] == repaired(original["NOME"]).upper()
            assert row["CPF_CNPJ"] != original["CPF_CNPJ"]
            assert tax_from(row["CPF_CNPJ"]) == tax_from(original["CPF_CNPJ"])
    named = {
        int(text)
        for text in _column(database, "PEDIDOS", "COD_FORN")
        if text is not None and text.strip().isdigit() and text != "0"
    }
    assert named & {row["COD"] for rows in copies.values() for row in rows}


def test_every_date_pattern_and_sentinel_occurs(database: sqlite3.Connection) -> None:
    raws = set(_column(database, "PEDIDOS_ITENS", "DT_ENTREGA"))
    known = {raw for raw in raws if raw is not None and raw not in NOT_KNOWN}

    assert raws >= set(NOT_KNOWN)
    assert all(any(re.fullmatch(shape, raw) for raw in known) for shape in PATTERNS)
    assert {raw[:3] for raw in known if raw[0].isalpha()} == set(MONTHS)
    assert set(_column(database, "PEDIDOS", "DT_FIM")) >= {*NOT_KNOWN, "06/06/2079"}


@pytest.mark.parametrize(
    ("table", "column", "tokens"),
    [
        ("FORNECEDORES", "FANTASIA", ABSENT),
        ("FORNECEDORES", "CPF_CNPJ", (None, "", "0", "00000000000000")),
        ("FORNECEDORES", "UF", (None, "", "-")),
        ("FORNECEDORES", "IBAN", (None, "", "-")),
        ("PEDIDOS", "REF", ABSENT),
        ("PEDIDOS_ITENS", "PRODUTO", ABSENT),
        ("PEDIDOS", "MOEDA", [word for words in CURRENCIES.values() for word in words]),
        ("PEDIDOS_ITENS", "UNID", [word for words in UNITS.values() for word in words]),
        ("FORNECEDORES", "PAIS", [word for words in COUNTRIES.values() for word in words]),
    ],
)
def test_every_token_and_word_of_a_column_occurs(
    database: sqlite3.Connection, table: str, column: str, tokens: Iterable[str | None]
) -> None:
    assert set(_column(database, table, column)) >= set(tokens)


def test_numbers_are_spelled_short_full_and_with_thousands_dots(database: sqlite3.Connection) -> None:
    quantities = [raw or "" for raw in _column(database, "PEDIDOS_ITENS", "QTD")]
    totals = [raw or "" for raw in _column(database, "PEDIDOS_ITENS", "TOTAL")]

    for shape in (r"\d{4}", r"\d{4},\d{3}", r"\d\.\d{3},\d{3}"):
        assert any(re.fullmatch(shape, raw) for raw in quantities)
    assert 100 < sum(raw.startswith("R$ ") for raw in totals) < len(totals) / 2


def test_a_third_of_the_texts_with_accents_is_garbled_and_all_can_be_undone(database: sqlite3.Connection) -> None:
    raws = [raw or "" for raw in _column(database, "PEDIDOS_ITENS", "DESCRICAO")]
    accented = [raw for raw in raws if not raw.isascii()]
    garbled = [raw for raw in accented if repaired(raw) != raw]
    twice = [raw for raw in garbled if raw.encode("cp1252").decode() != repaired(raw)]

    assert 0.25 < len(garbled) / len(accented) < 0.42
    assert 0.05 < len(twice) / len(garbled) < 0.4
    assert {repaired(raw) for raw in raws} == {line.description for order in scenario().orders for line in order.lines}


def test_supplier_numbers_in_orders_are_padded_in_every_way(database: sqlite3.Connection) -> None:
    raws = [raw or "" for raw in _column(database, "PEDIDOS", "COD_FORN")]

    for shape in (r"\d{8}", r"  \d{8}", r"00\d{8}", r"\d{8} "):
        assert any(re.fullmatch(shape, raw) for raw in raws)


def test_installing_again_replaces_what_was_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'erp.db'}"
    install(url)
    install(url)

    with closing(sqlite3.connect(tmp_path / "erp.db")) as connection:
        assert connection.execute("SELECT count(*) FROM PEDIDOS").fetchone() == (220 + 8 + 13 - 1,)


def test_the_command_installs_and_says_where(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox.inhouse", f"sqlite:///{tmp_path / 'erp.db'}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command

    assert done.stdout.startswith("# Installed FORNECEDORES, PEDIDOS and PEDIDOS_ITENS at sqlite:///")
    assert (tmp_path / "erp.db").exists()
