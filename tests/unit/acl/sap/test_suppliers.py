"""SAP business partners through their mapping: what one record becomes, and how a bad one is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from acl.sap.suppliers import SUPPLIER
from domain.identifiers import SupplierId
from domain.places import Address, Country
from domain.provenance import SourceRef
from domain.suppliers import BankAccount, Supplier, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.errors import NotWritable, ProblemKind
from tests.unit.acl.laws import LAW
from tests.unit.acl.reading import ORIGIN, READ_AT, both_paths, needs_no_slow_path, refusal_of, spoilt_columns
from tests.unit.acl.sap.records import Record, a_bank, a_partner, a_partner_at, an_address

_SUPPLIER = Supplier(
    id=SupplierId("10000101"),
    name="Metalúrgica São Jorge Ltda.",
    trade_name="São Jorge",
    tax_ids=(TaxId(TaxIdKind.CNPJ, "11222333000181"),),
    address=Address(
        street="Rua das Flores, 100", city="São Paulo", region="SP", postal_code="01310-100", country=Country("BR")
    ),
    email="vendas@example.com",
    bank_accounts=(BankAccount(bank="001", branch="1827", account="705307-4", iban=None),),
    block=SupplierBlock.NONE,
    source=SourceRef("test", "A_BusinessPartner", "0010000101", READ_AT),
)


def _read(record: Record) -> Supplier:
    return SUPPLIER.read(record, origin=ORIGIN)


def test_a_partner_becomes_the_business_object() -> None:
    read = _read(a_partner())

    assert read == _SUPPLIER
    assert read.source == _SUPPLIER.source


def test_the_key_is_the_number_of_the_supplier_not_of_the_partner() -> None:
    """SAP-ID-09: one firm has one number for each of its roles."""
    read = _read(a_partner(BusinessPartner="10100001", Supplier="17300001"))

    assert read.id == SupplierId("17300001")


def test_what_sap_leaves_empty_is_not_known() -> None:
    blank = an_address(StreetName="", HouseNumber=None, CityName=None, Region="", PostalCode="")
    nobody = {"results": list[Record]()}
    read = _read(
        a_partner_at(
            blank | {"to_EmailAddress": nobody},
            SearchTerm1="",
            to_BusinessPartnerTax=nobody,
            to_BusinessPartnerBank=nobody,
        )
    )

    assert read.address == Address(street=None, city=None, region=None, postal_code=None, country=Country("BR"))
    assert (read.trade_name, read.email, read.tax_ids, read.bank_accounts) == (None, None, (), ())


_X: Record = {"PurchasingIsBlocked": "X", "PaymentIsBlockedForSupplier": False}


@pytest.mark.parametrize(
    ("quirk", "record", "field", "column", "kind"),
    [
        ("G2", a_partner_at(an_address(Country="XX")), "address.country",
         "to_BusinessPartnerAddress/Country", ProblemKind.INVALID_CODE),
        ("SAP-CODE-01", a_partner(to_Supplier=_X), "block",
         "to_Supplier/PurchasingIsBlocked", ProblemKind.INVALID_CODE),
        ("SAP-HTTP-10", a_partner(to_Supplier={"__deferred": {}}), "block", "to_Supplier", ProblemKind.DRIFT),
        (None, a_partner(to_Supplier=None), "block", "to_Supplier", ProblemKind.MISSING),
        ("SAP-HTTP-10", a_partner(to_BusinessPartnerTax={"__deferred": {}}), "tax_ids", "to_BusinessPartnerTax",
         ProblemKind.DRIFT),
        ("G2", a_partner(to_BusinessPartnerTax=[{"BPTaxType": "ZZ9", "BPTaxNumber": "1"}]), "tax_ids[0]",
         "to_BusinessPartnerTax/BPTaxType", ProblemKind.INVALID_CODE),
        (None, a_partner(to_BusinessPartnerBank=[a_bank(IBAN="DE00")]), "bank_accounts[0]",
         ", ".join(f"to_BusinessPartnerBank/{name}" for name in a_bank()),
         ProblemKind.INVALID_IDENTIFIER),
        ("G5", a_partner(BusinessPartnerFullName=""), "name", "BusinessPartnerFullName", ProblemKind.MISSING),
    ],
)  # fmt: skip
def test_a_bad_column_is_told_by_field_column_kind_and_quirk(
    quirk: str | None, record: Record, field: str, column: str, kind: ProblemKind
) -> None:
    (problem,) = refusal_of(lambda: _read(record))

    assert (problem.field, problem.column) == (field, column)
    assert (problem.kind, problem.quirk) == (kind, quirk)


def test_two_addresses_that_differ_are_ambiguous() -> None:
    homes = {"results": [an_address(), an_address(CityName="Campinas")]}

    problems = refusal_of(lambda: _read(a_partner(to_BusinessPartnerAddress=homes)))

    assert {problem.kind for problem in problems} == {ProblemKind.AMBIGUOUS}


def test_a_supplier_is_written_back_into_the_nested_records() -> None:
    assert SUPPLIER.write(_SUPPLIER) == {
        "Supplier": "0010000101",
        "SearchTerm1": "São Jorge",
        "to_BusinessPartnerTax": {"results": [{"BPTaxType": "BR1", "BPTaxNumber": "11222333000181"}]},
        "to_BusinessPartnerAddress": {"results": [an_address()]},
        "to_Supplier": {"PurchasingIsBlocked": False, "PaymentIsBlockedForSupplier": False},
    }


def test_a_changed_name_is_refused_as_sap_puts_it_together_itself() -> None:
    changed = _read(a_partner(BusinessPartnerFullName="Metalúrgica São Jorge S.A."))

    with pytest.raises(NotWritable) as caught:
        SUPPLIER.patch(_SUPPLIER, changed)

    (problem,) = caught.value.problems
    assert problem.field == "name"
    assert problem.reason.endswith("puts the full name together from the names of a firm or a person")


def test_a_changed_account_is_refused_with_the_reason() -> None:
    changed = _read(a_partner(to_BusinessPartnerBank={"results": list[Record]()}))

    with pytest.raises(NotWritable) as caught:
        SUPPLIER.patch(_SUPPLIER, changed)

    (problem,) = caught.value.problems
    assert problem.reason.endswith("cannot be written: an account here has a country, which the domain does not know")


@LAW
@given(st.data())
def test_both_paths_say_the_same_of_a_spoilt_partner(data: DataObject) -> None:
    both_paths(SUPPLIER, data.draw(spoilt_columns(a_partner())))


@LAW
@given(SUPPLIER.records())
def test_a_drawn_partner_is_read_by_the_generated_reader(record: object) -> None:
    needs_no_slow_path(SUPPLIER, record)
