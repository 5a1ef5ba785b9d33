"""Protheus suppliers through their mapping: what one row becomes, and how a bad one is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from acl.protheus.suppliers import SUPPLIER
from domain.identifiers import SupplierId
from domain.places import Address, Country
from domain.provenance import SourceRef
from domain.suppliers import BankAccount, Supplier, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.errors import ProblemKind
from tests.unit.acl.laws import LAW
from tests.unit.acl.protheus.records import Row, a_supplier_row
from tests.unit.acl.reading import ORIGIN, READ_AT, both_paths, needs_no_slow_path, refusal_of, spoilt_columns

_SUPPLIER = Supplier(
    id=SupplierId("10001701"),
    name="Metalúrgica São Jorge Ltda.",
    trade_name="São Jorge",
    tax_ids=(TaxId(TaxIdKind.CNPJ, "11222333000181"),),
    address=Address(
        street="Rua das Flores, 100", city="São Paulo", region="SP", postal_code="01310-100", country=Country("BR")
    ),
    email="vendas@example.com",
    bank_accounts=(BankAccount(bank="001", branch="1827", account="705307-4", iban=None),),
    block=SupplierBlock.NONE,
    source=SourceRef("test", "SA2", "100017/01", READ_AT),
)


def _read(row: Row) -> Supplier:
    return SUPPLIER.read(row, origin=ORIGIN)


def test_a_row_becomes_the_business_object() -> None:
    read = _read(a_supplier_row())

    assert read == _SUPPLIER
    assert read.source == _SUPPLIER.source


def test_blank_columns_are_not_known() -> None:
    """PRO-PAD-02."""
    read = _read(
        a_supplier_row(
            A2_NREDUZ=" " * 20,
            A2_CGC=" " * 14,
            A2_END="",
            A2_CEP=" " * 8,
            A2_EST="  ",
            A2_EMAIL=" ",
            A2_BANCO=" " * 8,
            A2_AGENCIA=" " * 5,
            A2_NUMCON="",
        )
    )

    assert (read.trade_name, read.email, read.tax_ids, read.bank_accounts) == (None, None, (), ())
    assert read.address == Address(street=None, city="São Paulo", region=None, postal_code=None, country=Country("BR"))


@pytest.mark.parametrize(
    ("changes", "tax_id"),
    [
        ({"A2_CGC": "52998224725   "}, TaxId(TaxIdKind.CPF, "52998224725")),
        ({"A2_CGC": "12ABC34501DE35"}, TaxId(TaxIdKind.CNPJ, "12ABC34501DE35")),
        ({"A2_CGC": " " * 14, "A2_NIFEX": "DE136695976".ljust(18)}, TaxId(TaxIdKind.EU_VAT, "DE136695976")),
    ],
    ids=["PRO-ID-02", "PRO-ID-03", "PRO-ID-02 abroad"],
)
def test_a_tax_number_is_told_by_its_column_and_its_length(changes: dict[str, object], tax_id: TaxId) -> None:
    assert _read(a_supplier_row(**changes)).tax_ids == (tax_id,)


_FAULTS = [
    ("PRO-ID-02", "A2_CGC", "11222333000182", "tax_ids[0]", ProblemKind.INVALID_IDENTIFIER),
    ("PRO-ID-02", "A2_CGC", "12abc34501de35", "tax_ids[0]", ProblemKind.INVALID_IDENTIFIER),
    ("PRO-CODE-02", "A2_MSBLQL", "3", "block", ProblemKind.INVALID_CODE),
    ("PRO-CODE-01", "A2_XBLOQ", "Z", "block", ProblemKind.INVALID_CODE),
    ("PRO-PAD-02", "A2_NREDUZ", None, "trade_name", ProblemKind.DRIFT),
    ("INH-ENC-01", "A2_NOME", "Concei\ufffd\ufffdo".ljust(40), "name", ProblemKind.ENCODING),
    ("PRO-CODE-03", "A2_PAIS", "999", "address.country", ProblemKind.INVALID_CODE),
    ("PRO-ID-01", "A2_LOJA", "  ", "id", ProblemKind.INVALID_IDENTIFIER),
    ("PRO-PAD-01", "A2_NOME", " " * 40, "name", ProblemKind.MISSING),
    ("PRO-PAD-01", "A2_NUMCON", " " * 14, "bank_accounts[0].account", ProblemKind.MISSING),
]


@pytest.mark.parametrize(
    ("quirk", "column", "raw", "field", "kind"), _FAULTS, ids=[f"{row[0]} {row[1]} {row[2]!r}" for row in _FAULTS]
)
def test_a_bad_column_is_told_by_field_column_kind_and_quirk(
    quirk: str, column: str, raw: object, field: str, kind: ProblemKind
) -> None:
    (problem,) = refusal_of(lambda: _read(a_supplier_row(**{column: raw})))

    assert (problem.field, problem.column, problem.raw) == (field, column, repr(raw))
    assert (problem.kind, problem.quirk) == (kind, quirk)


def test_a_supplier_is_written_back_as_it_was_read_but_for_the_region() -> None:
    written = SUPPLIER.write(_SUPPLIER)

    of = dict(zip(SUPPLIER.columns, a_supplier_row(), strict=True))
    assert written == {column: raw for column, raw in of.items() if column not in ("A2_EST", "A2_XREGIAO")}


@LAW
@given(st.data())
def test_both_paths_say_the_same_of_a_spoilt_row(data: DataObject) -> None:
    both_paths(SUPPLIER, data.draw(spoilt_columns(a_supplier_row())))


@LAW
@given(SUPPLIER.records())
def test_a_drawn_row_is_read_by_the_generated_reader(record: object) -> None:
    needs_no_slow_path(SUPPLIER, record)
