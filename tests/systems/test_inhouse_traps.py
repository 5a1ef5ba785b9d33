"""Rows that a careless statement loses, multiplies or guesses, written into a copy of the in-house system."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text, update

from adapters.erp import Codes, Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.systems.inhouse import inhouse
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import OrderStatus
from ports.errors import Drifted, NotFound, ProblemKind, TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.suppliers import SupplierQuery
from sandbox.inhouse.duplicates import duplicates
from sandbox.inhouse.rows import Row
from sandbox.inhouse.store import install
from sandbox.inhouse.tables import FORNECEDORES, PEDIDOS, PEDIDOS_ITENS
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of

SUPPLIERS = sorted(map(supplier_of, scenario().suppliers), key=lambda supplier: supplier.id)
ORDERS = sorted(map(purchase_order_of, scenario().orders), key=lambda order: order.id)


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Connection]:
    """A sandbox of the test's own, in a transaction that `opened` ends."""
    place = f"sqlite:///{tmp_path / 'erp.db'}"
    install(place)
    engine = create_engine(place)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def opened(writer: Connection, quarantine: InMemoryQuarantine) -> Erp:
    """Open what the test has written."""
    writer.commit()
    return inhouse("inhouse", SqlDatabase(SqlConnection(str(writer.engine.url))), quarantine, {})


def refusal_of(quarantine: InMemoryQuarantine, key: str) -> Refusal:
    (found,) = (refusal for refusal in quarantine.refusals if refusal.source.key == key)
    return found


def master(code: object, **cells: object) -> dict[str, object]:
    """Give a sound master under another number."""
    sound: Row = {"NOME": "ACME", "ENDERECO": "Rua A, 1", "CIDADE": "Avaré", "PAIS": "BRASIL", "SITUACAO": 1}
    return {**dict.fromkeys(FORNECEDORES.columns.keys()), **sound, "COD": code, **cells}


def header(number: object, **cells: object) -> dict[str, object]:
    """Give a sound header from a supplier that is there."""
    supplier = str(int(SUPPLIERS[0].id.text))
    sound: Row = {"COD_FORN": supplier, "DT_EMISSAO": "31/12/2023", "MOEDA": "R$", "STATUS": 2, "EXCLUIDO": 0}
    return {**dict.fromkeys(PEDIDOS.columns.keys()), **sound, "NUMERO": number, **cells}


def item(number: object, **cells: object) -> dict[str, object]:
    """Give a sound line."""
    sound: Row = {"SEQ": 10, "DESCRICAO": "Parafuso", "UNID": "UN", "QTD": "2", "QTD_REC": "0", "QTD_FAT": "0"}
    priced: Row = {"PRECO": "1,5", "FATOR": 1, "TOTAL": "3", "SIT": 0}
    return {**dict.fromkeys(PEDIDOS_ITENS.columns.keys()), **sound, **priced, "NUMERO": number, **cells}


def test_a_mark_that_is_null_leaves_nothing_out(writer: Connection, quarantine: InMemoryQuarantine) -> None:
    writer.execute(FORNECEDORES.insert(), [master(80000001, SITUACAO=None), master(None)])
    writer.execute(PEDIDOS.insert(), [header("800001", EXCLUIDO=None), header("800002", STATUS=None)])
    writer.execute(PEDIDOS_ITENS.insert(), [item("800001"), item("800002")])

    with opened(writer, quarantine) as erp:
        _read_everything(erp)

    columns = {key: refusal_of(quarantine, key).problems[0].column for key in ("80000001", "", "800001", "800002")}
    assert columns == {"80000001": "SITUACAO", "": "COD", "800001": "EXCLUIDO", "800002": "STATUS"}


def test_a_duplicate_of_nobody_is_refused_and_one_of_a_principal_is_left_out(
    writer: Connection, quarantine: InMemoryQuarantine
) -> None:
    principal = int(SUPPLIERS[0].id.text)
    chain = [master(80000002, COD_PRINC=principal), master(80000003, COD_PRINC=80000002)]
    writer.execute(FORNECEDORES.insert(), [master(80000001, COD_PRINC=55), *chain, master(80000004, COD_PRINC=-1)])

    with opened(writer, quarantine) as erp:
        _read_everything(erp)
        with pytest.raises(NotFound):
            erp.suppliers.get(SupplierId("80000002"))

    refused = [refusal for refusal in quarantine.refusals if refusal.source.key.startswith("8")]
    assert [refusal.source.key for refusal in refused] == ["80000001", "80000003", "80000004"]
    assert {refusal.problems[0].column for refusal in refused} == {"COD_PRINC"}
    assert {refusal.problems[0].quirk for refusal in refused} == {"INH-KEY-01"}


def test_two_masters_of_one_number_that_differ_are_ambiguous(
    writer: Connection, quarantine: InMemoryQuarantine
) -> None:
    writer.execute(FORNECEDORES.insert(), [master(80000001), master(80000001, NOME="Outra Firma")])

    with opened(writer, quarantine) as erp:
        assert list(erp.suppliers.find(SupplierQuery())) == SUPPLIERS

    assert refusal_of(quarantine, "80000001").problems[0].kind is ProblemKind.AMBIGUOUS


@pytest.mark.parametrize("spelled", ["{0}", "  {0}", "{0}  ", "000{0}", " 0{0} "])
def test_a_supplier_is_found_however_its_number_was_typed(
    writer: Connection, quarantine: InMemoryQuarantine, spelled: str
) -> None:
    duplicate, principal = next(iter(duplicates().items()))
    typed = spelled.format(duplicate)
    writer.execute(PEDIDOS.insert(), [header("800001", COD_FORN=typed)])
    writer.execute(PEDIDOS_ITENS.insert(), [item("800001")])

    with opened(writer, quarantine) as erp:
        order = erp.purchase_orders.get(PurchaseOrderId("800001"))
        assert order.supplier == SupplierId(principal.number)
        assert order in list(erp.purchase_orders.find(PurchaseOrderQuery(supplier=order.supplier)))
        assert typed in erp.purchase_orders.raw(order.id)[0]


@pytest.mark.parametrize(
    ("typed", "quirk"),
    [("55", "INH-KEY-03"), ("-1", "INH-PHANTOM-01"), ("000", "INH-PHANTOM-01"), ("12A", "INH-KEY-04"),
     ("100 0101", "INH-KEY-04"), ("+10000101", "INH-KEY-04"), ("1\u00b2", "INH-KEY-04")],
)  # fmt: skip
def test_an_order_from_nobody_in_the_master_is_refused(
    writer: Connection, quarantine: InMemoryQuarantine, typed: str, quirk: str
) -> None:
    writer.execute(FORNECEDORES.insert(), [master(10000101)])
    writer.execute(PEDIDOS.insert(), [header("800001", COD_FORN=typed)])
    writer.execute(PEDIDOS_ITENS.insert(), [item("800001")])

    with opened(writer, quarantine) as erp, pytest.raises(TranslationError) as caught:
        erp.purchase_orders.get(PurchaseOrderId("800001"))

    (found,) = caught.value.problems
    assert (found.column, found.raw, found.quirk) == ("COD_FORN", repr(typed), quirk)


def test_headers_and_lines_without_a_number_are_refused_and_not_lost(
    writer: Connection, quarantine: InMemoryQuarantine
) -> None:
    writer.execute(PEDIDOS.insert(), [header(None)])
    writer.execute(PEDIDOS_ITENS.insert(), [item(None)])

    with opened(writer, quarantine) as erp:
        assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == ORDERS

    assert refusal_of(quarantine, "").problems[0].column == "NUMERO"


def test_two_headers_of_one_number_are_refused(writer: Connection, quarantine: InMemoryQuarantine) -> None:
    writer.execute(PEDIDOS.insert(), [header("800001"), header("800001", REF="X"), header("800002"), header("800002")])
    writer.execute(PEDIDOS_ITENS.insert(), [item("800001"), item("800002")])

    with opened(writer, quarantine) as erp:
        assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == ORDERS

    assert refusal_of(quarantine, "800001").problems[0].column == "REF"
    assert refusal_of(quarantine, "800002").problems[0].kind is ProblemKind.RULE


def test_a_deleted_header_beside_a_living_one_of_the_same_number_is_left_out(
    writer: Connection, quarantine: InMemoryQuarantine
) -> None:
    writer.execute(PEDIDOS.insert(), [header("800001"), header("800001", REF="X", EXCLUIDO=-1)])
    writer.execute(PEDIDOS_ITENS.insert(), [item("800001")])

    with opened(writer, quarantine) as erp:
        assert erp.purchase_orders.get(PurchaseOrderId("800001")).reference is None


def test_a_line_without_its_sequence_is_blamed_on_the_sequence(
    writer: Connection, quarantine: InMemoryQuarantine
) -> None:
    of_the_first = PEDIDOS_ITENS.c["NUMERO"].in_([ORDERS[0].id.text])
    writer.execute(update(PEDIDOS_ITENS).where(of_the_first).values(SEQ=None))

    with opened(writer, quarantine) as erp, pytest.raises(TranslationError) as caught:
        erp.purchase_orders.get(ORDERS[0].id)

    assert {problem.column for problem in caught.value.problems} == {"SEQ"}


def test_a_check_passes_on_the_sandbox_and_names_what_a_changed_table_lacks(
    writer: Connection, quarantine: InMemoryQuarantine
) -> None:
    with opened(writer, quarantine) as erp:
        erp.check()

        writer.execute(text("ALTER TABLE PEDIDOS RENAME COLUMN DT_FIM TO DT_VENC"))
        writer.commit()

        with pytest.raises(Drifted, match="PEDIDOS has no DT_FIM"):
            erp.check()


def test_a_site_gives_its_own_codes(writer: Connection, quarantine: InMemoryQuarantine) -> None:
    writer.commit()
    codes: dict[str, Codes] = {"purchase_orders": {"status": {6: OrderStatus.PENDING_APPROVAL}}}
    database = SqlDatabase(SqlConnection(str(writer.engine.url)))

    with inhouse("inhouse", database, quarantine, codes) as erp:
        order = erp.purchase_orders.get(PurchaseOrderId("900004"))

    assert order.status is OrderStatus.PENDING_APPROVAL


def _read_everything(erp: Erp) -> None:
    assert list(erp.suppliers.find(SupplierQuery())) == SUPPLIERS
    assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == ORDERS
