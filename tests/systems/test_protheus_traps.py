"""What a Protheus table should never hold, and does: nothing of it is lost, and nothing is taken for the truth."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.systems.protheus import ProtheusScope, protheus
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.places import Country
from ports.errors import TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from sandbox.protheus.store import install
from sandbox.scenario import scenario

FIRM = next(each for each in scenario().suppliers if each.country == "BR")
ORDER = next(each for each in scenario().orders if len(each.lines) > 3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "erp.db"
    install(f"sqlite:///{path}")
    return path


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(file: Path, quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    database = SqlDatabase(SqlConnection(f"sqlite:///{file}"))
    with protheus("protheus", database, ProtheusScope("01", "01"), quarantine, {}) as opened:
        yield opened


def change(file: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(file)) as writer:
        assert writer.execute(statement, values).rowcount > 0
        writer.commit()


def a_twin(file: Path, **cells: object) -> None:
    """Put a second live row under the firm's key, with other cells."""
    with closing(sqlite3.connect(file)) as writer:
        writer.row_factory = sqlite3.Row
        query = "select * from SA2010 where A2_COD = ? and D_E_L_E_T_ = ' '"
        row = dict(writer.execute(query, (FIRM.number[:6],)).fetchone()) | {"R_E_C_N_O_": 999_999} | cells
        marks = ", ".join("?" for _ in row)
        writer.execute(f"insert into SA2010 ({', '.join(row)}) values ({marks})", tuple(row.values()))  # noqa: S608  # own columns
        writer.commit()


def test_of_two_live_rows_under_one_key_no_condition_picks_one(
    file: Path, erp: Erp, quarantine: InMemoryQuarantine
) -> None:
    a_twin(file, A2_PAIS="249", A2_EST="EX", A2_CGC=" " * 14)

    for query in (SupplierQuery(), SupplierQuery(country=Country("BR")), SupplierQuery(country=Country("US"))):
        assert SupplierId(FIRM.number) not in {each.id for each in erp.suppliers.find(query)}
    with pytest.raises(TranslationError, match="several live records carry this key"):
        erp.suppliers.get(SupplierId(FIRM.number))


def test_a_sound_row_beside_a_broken_one_is_not_the_truth_either(
    file: Path, erp: Erp, quarantine: InMemoryQuarantine
) -> None:
    a_twin(file, A2_PAIS="999")

    assert SupplierId(FIRM.number) not in {each.id for each in erp.suppliers.find(SupplierQuery())}
    with pytest.raises(TranslationError, match="'999' is not one of the known codes"):
        erp.suppliers.get(SupplierId(FIRM.number))


def test_a_line_with_a_strange_mark_of_deletion_is_refused_with_its_order(
    file: Path, erp: Erp, quarantine: InMemoryQuarantine
) -> None:
    """PRO-DEL-01: leaving it out would give the order without one of its lines."""
    where = "C7_NUM = ? and C7_ITEM = '0020' and D_E_L_E_T_ = ' ' and C7_FILIAL = '01' and C7_TIPO = 1"
    change(file, f"update SC7010 set D_E_L_E_T_ = '' where {where}", ORDER.number)  # noqa: S608  # our own words

    with pytest.raises(TranslationError, match="says neither deleted nor alive"):
        erp.purchase_orders.get(PurchaseOrderId(ORDER.number))


def test_a_byte_that_is_no_character_refuses_one_record_and_not_the_stream(
    file: Path, erp: Erp, quarantine: InMemoryQuarantine
) -> None:
    change(file, "update SA2010 set A2_EMAIL = cast(x'61c3' as text) where A2_COD = ?", FIRM.number[:6])

    found = list(erp.suppliers.find(SupplierQuery()))

    assert len(found) == len(scenario().suppliers) - 1
    (refusal,) = [each for each in quarantine.refusals if each.source.key == f"{FIRM.number[:6]}/{FIRM.number[6:]}"]
    assert refusal.problems[0].column == "A2_EMAIL"
    assert refusal.raw.encode()


def test_a_key_wider_than_its_column_is_refused_rather_than_found_and_then_lost(
    file: Path, erp: Erp, quarantine: InMemoryQuarantine
) -> None:
    change(file, "update SC7010 set C7_NUM = 'ABCDEF789' where C7_NUM = ?", ORDER.number)

    found = {str(each.id) for each in erp.purchase_orders.find(PurchaseOrderQuery())}

    assert "ABCDEF789" not in found
    assert "ABCDEF789" in {each.source.key for each in quarantine.refusals}


def test_a_cursor_that_no_order_can_have_still_has_a_place(erp: Erp) -> None:
    assert len(list(erp.purchase_orders.find(PurchaseOrderQuery(after=PurchaseOrderId("!" * 12))))) == 220
