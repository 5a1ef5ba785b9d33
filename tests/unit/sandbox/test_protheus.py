"""The Protheus sandbox holds the scenario, hides what is dead, and spoils exactly what it says."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.broken import Broken
from sandbox.protheus.rows import COUNTRIES, CURRENCIES, UNITS, padded
from sandbox.protheus.store import broken, install
from sandbox.protheus.tables import SA2, SC7
from sandbox.scenario import PLACES, Bank, Block, Line, LineStatus, Order, Status, Supplier, scenario

LIVE = "D_E_L_E_T_ = ' ' AND C7_FILIAL = '01' AND C7_TIPO = 1"
COUNTRY_OF = {code: country for country, code in COUNTRIES.items()}
CURRENCY_OF = {number: currency for currency, number in CURRENCIES.items()}
UNIT_OF = {letters: unit for unit, letters in UNITS.items()}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("protheus") / "erp.db"
    install(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def _suppliers(database: sqlite3.Connection, deleted: str = " ") -> list[sqlite3.Row]:
    return database.execute("SELECT * FROM SA2010 WHERE D_E_L_E_T_ = ? ORDER BY A2_COD, A2_LOJA", (deleted,)).fetchall()


def _orders(database: sqlite3.Connection) -> dict[str, list[sqlite3.Row]]:
    orders: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in database.execute(f"SELECT * FROM SC7010 WHERE {LIVE} ORDER BY C7_NUM, C7_ITEM"):  # noqa: S608 - a constant
        orders[row["C7_NUM"]].append(row)
    return orders


def _text(padded_text: str) -> str | None:
    return padded_text.rstrip() or None


def _day(digits: str) -> date | None:
    return None if digits == " " * 8 else date.fromisoformat(digits)


def _exact(number: float, places: int) -> Decimal:
    exact = Decimal(repr(number)).quantize(Decimal(1).scaleb(-places))
    assert abs(float(exact) - number) <= 1e-6 * abs(number)
    return exact


def _supplier(row: sqlite3.Row) -> Supplier:
    tax, vat, postal_code = row["A2_CGC"].rstrip(), row["A2_NIFEX"].rstrip(), _text(row["A2_CEP"])
    brazilian = row["A2_PAIS"] == "105"
    blocks: dict[tuple[str, str], Block] = {("1", " "): "all"}
    for free in "2 ":
        blocks |= {(free, " "): "none", (free, "C"): "purchasing", (free, "P"): "payment"}
    assert row["A2_TIPO"] == ("X" if not brazilian else "F" if len(tax) == 11 else "J")
    if brazilian and postal_code is not None:
        postal_code = f"{postal_code[:5]}-{postal_code[5:]}"
    bank = Bank(row["A2_BANCO"].rstrip(), _text(row["A2_AGENCIA"]), row["A2_NUMCON"].rstrip(), _text(row["A2_XIBAN"]))
    return Supplier(
        number=row["A2_COD"] + row["A2_LOJA"],
        name=row["A2_NOME"].rstrip(),
        trade_name=_text(row["A2_NREDUZ"]),
        tax=("VAT", vat) if vat else ("CNPJ" if len(tax) == 14 else "CPF", tax) if tax else None,
        street=row["A2_END"].rstrip(),
        city=row["A2_MUN"].rstrip(),
        region=row["A2_EST"] if brazilian else _text(row["A2_XREGIAO"]),
        postal_code=postal_code,
        country=COUNTRY_OF[row["A2_PAIS"]],
        email=_text(row["A2_EMAIL"]),
        bank=bank if bank.bank else None,
        block=blocks[row["A2_MSBLQL"], row["A2_XBLOQ"]],
    )


def _line_status(row: sqlite3.Row) -> LineStatus:
    received, ordered = row["C7_QUJE"], row["C7_QUANT"]
    if row["C7_RESIDUO"] == "S":
        return "closed" if received else "cancelled"
    return "open" if not received else "received" if received == ordered else "partly_received"


def _line(row: sqlite3.Row) -> Line:
    return Line(
        number=int(row["C7_ITEM"]),
        product=_text(row["C7_PRODUTO"]),
        description=row["C7_DESCRI"].rstrip(),
        unit=UNIT_OF[row["C7_UM"]],
        ordered=_exact(row["C7_QUANT"], 3),
        received=_exact(row["C7_QUJE"], 3),
        invoiced=_exact(row["C7_XQTFAT"], 3),
        price=_exact(row["C7_PRECO"], 4),
        price_per=int(row["C7_XPRBAS"]),
        amount=_exact(row["C7_TOTAL"], PLACES[CURRENCY_OF[row["C7_MOEDA"]]]),
        due_on=_day(row["C7_DATPRF"]),
        status=_line_status(row),
    )


def _status(row: sqlite3.Row, lines: tuple[Line, ...]) -> Status:
    if row["C7_XRASC"] == "S":
        return "draft"
    if row["C7_CONAPRO"] in "BR":
        return "pending_approval" if row["C7_CONAPRO"] == "B" else "rejected"
    statuses = {line.status for line in lines}
    return statuses.pop() if len(statuses) == 1 else "partly_received"


def _order(rows: list[sqlite3.Row]) -> Order:
    first, lines, day = rows[0], tuple(map(_line, rows)), _day(rows[0]["C7_EMISSAO"])
    assert day is not None
    return Order(
        number=first["C7_NUM"],
        supplier=first["C7_FORNECE"] + first["C7_LOJA"],
        ordered_on=day,
        currency=CURRENCY_OF[first["C7_MOEDA"]],
        status=_status(first, lines),
        reference=_text(first["C7_XREF"]),
        valid_from=_day(first["C7_XVALDE"]),
        valid_until="open end" if first["C7_XVALAT"] == "99991231" else _day(first["C7_XVALAT"]),
        lines=lines,
    )


def test_every_supplier_of_the_scenario_can_be_read_back(database: sqlite3.Connection) -> None:
    spoiled = {fault.key for fault in broken()}
    rows = [row for row in _suppliers(database) if row["A2_COD"] + row["A2_LOJA"] not in spoiled]

    assert tuple(map(_supplier, rows)) == scenario().suppliers


def test_every_order_of_the_scenario_can_be_read_back(database: sqlite3.Connection) -> None:
    orders = _orders(database)
    for fault in broken():
        orders.pop(fault.key, None)

    assert {number: _order(rows) for number, rows in orders.items()} == {o.number: o for o in scenario().orders}


def test_the_header_of_a_sound_order_is_the_same_on_all_its_rows(database: sqlite3.Connection) -> None:
    spoiled = {fault.key for fault in broken()}
    header = "C7_FORNECE C7_LOJA C7_EMISSAO C7_MOEDA C7_TXMOEDA C7_CONAPRO C7_XREF C7_XVALDE C7_XVALAT C7_XRASC".split()
    disagreeing = {
        number
        for number, rows in _orders(database).items()
        if len({tuple(row[column] for column in header) for row in rows}) > 1
    }

    assert disagreeing & spoiled
    assert not disagreeing - spoiled


def test_exactly_twenty_records_are_spoiled_under_keys_of_their_own() -> None:
    faults = broken()
    facts = scenario()
    known = {supplier.number for supplier in facts.suppliers + facts.deleted_suppliers}
    known |= {order.number for order in facts.orders + facts.deleted_orders}

    assert len(faults) == len({(fault.kind, fault.key) for fault in faults}) == 20
    assert sum(fault.kind == "supplier" for fault in faults) == 7
    assert not known & {fault.key for fault in faults}


@pytest.mark.parametrize("fault", broken(), ids=lambda fault: f"{fault.key}-{fault.column}-{fault.quirk}")
def test_the_spoiled_value_stands_in_its_column(database: sqlite3.Connection, fault: Broken) -> None:
    rows = (
        [row for row in _suppliers(database) if row["A2_COD"] + row["A2_LOJA"] == fault.key]
        if fault.kind == "supplier"
        else _orders(database)[fault.key]
    )

    assert fault.raw in [row[fault.column] for row in rows]


def test_no_standard_text_is_null_except_the_spoiled_one_and_each_fills_its_column(
    database: sqlite3.Connection,
) -> None:
    nulls = [fault.column for fault in broken() if fault.raw is None]
    found = []
    for table in (SA2, SC7):
        widths = {column.name: getattr(column.type, "length", None) for column in table.columns}
        for row in database.execute(f"SELECT * FROM {table.name}"):  # noqa: S608 - our own table's name
            found += [name for name in widths if row[name] is None]
            assert all(len(row[name]) == width for name, width in widths.items() if width and row[name] is not None)

    assert found == nulls == ["A2_NREDUZ"]


def test_a_deleted_row_repeats_its_row_number_and_a_live_one_has_zero(database: sqlite3.Connection) -> None:
    for table in ("SA2010", "SC7010"):
        marks = database.execute(
            f"SELECT D_E_L_E_T_, R_E_C_D_E_L_ - R_E_C_N_O_, R_E_C_D_E_L_ FROM {table}"  # noqa: S608 - a constant
        ).fetchall()

        assert {mark for mark, _, _ in marks} == {" ", "*"}
        assert all(distance == 0 if mark == "*" else again == 0 for mark, distance, again in marks)


def test_live_keys_are_repeated_by_dead_rows_other_branches_and_other_documents(database: sqlite3.Connection) -> None:
    live = {order.number for order in scenario().orders}

    def shadows(condition: str) -> set[str]:
        return {row[0] for row in database.execute(f"SELECT C7_NUM FROM SC7010 WHERE {condition}")}  # noqa: S608 - constants

    assert shadows("D_E_L_E_T_ = '*'") & live
    assert shadows("C7_FILIAL = '02'") & live
    assert shadows("C7_TIPO = 2") & live
    dead = {row["A2_COD"] + row["A2_LOJA"] for row in _suppliers(database, "*")}
    assert dead & {supplier.number for supplier in scenario().suppliers}
    assert dead >= {supplier.number for supplier in scenario().deleted_suppliers}


def test_deleted_orders_are_there_and_marked(database: sqlite3.Connection) -> None:
    for order in scenario().deleted_orders:
        marks = database.execute("SELECT D_E_L_E_T_ FROM SC7010 WHERE C7_NUM = ?", (order.number,)).fetchall()

        assert [mark for (mark,) in marks] == ["*"] * len(order.lines)


def test_some_amounts_are_not_the_double_that_was_meant(database: sqlite3.Connection) -> None:
    for column, places in (("C7_PRECO", 4), ("C7_TOTAL", 3)):
        amounts = [row[0] for row in database.execute(f"SELECT {column} FROM SC7010 WHERE {LIVE}")]  # noqa: S608 - constants
        drifted = [amount for amount in amounts if amount != round(amount, places)]

        assert 50 < len(drifted) < len(amounts) / 2


def test_every_way_to_say_free_and_released_occurs(database: sqlite3.Connection) -> None:
    assert {row["A2_MSBLQL"] for row in _suppliers(database)} == {"1", "2", " ", "3"}
    approvals = database.execute(f"SELECT DISTINCT C7_CONAPRO FROM SC7010 WHERE {LIVE}")  # noqa: S608 - a constant
    assert {approval for (approval,) in approvals} == {"B", "L", "R", " ", "X"}


def test_a_text_too_long_for_its_column_is_refused_and_never_cut() -> None:
    with pytest.raises(ValueError, match="A2_COD does not hold '1234567'"):
        padded(SA2, {"A2_COD": "1234567"})


def test_installing_again_replaces_what_was_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'erp.db'}"
    install(url)
    install(url)

    with closing(sqlite3.connect(tmp_path / "erp.db")) as connection:
        assert connection.execute("SELECT count(*) FROM SA2010 WHERE D_E_L_E_T_ = ' '").fetchone() == (48 + 7,)


def test_the_command_installs_and_says_where(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox.protheus", f"sqlite:///{tmp_path / 'erp.db'}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command

    assert done.stdout.startswith("# Installed SA2010 and SC7010 at sqlite:///")
    assert (tmp_path / "erp.db").exists()
