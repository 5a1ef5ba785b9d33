"""Fusion suppliers, one notion at a time."""

from __future__ import annotations

import pytest
from attrs import evolve

from acl.conditions import AnyOf, Comparison, Condition
from acl.oracle.suppliers import SUPPLIER
from domain.places import Country
from domain.suppliers import BankAccount, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.errors import NotWritable, ProblemKind
from ports.suppliers import SupplierQuery
from tests.unit.acl.oracle.records import GONE, Record, a_supplier, an_address
from tests.unit.acl.oracle.refusing import the_problem
from tests.unit.acl.reading import both_paths, needs_no_slow_path

PERSON = TaxId(TaxIdKind.CPF, "52998224725")
VAT = TaxId(TaxIdKind.EU_VAT, "DE136695976")
ACCOUNT: Record = {"BankNumber": "001", "BranchNumber": "", "AccountNumber": "705307-4"}


@pytest.mark.parametrize("absent", [GONE, "", None], ids=["left out", "empty", "nil"])
def test_an_absent_text_is_left_out_or_empty_or_nil(absent: object) -> None:
    """SOAP-01."""
    read = SUPPLIER.read(a_supplier(Alias=absent, SupplierAddress=[an_address(State=absent, EmailAddress=absent)]))

    assert (read.trade_name, read.address.region, read.email) == (None, None, None)


@pytest.mark.parametrize("absent", [GONE, "", None], ids=["left out", "empty", "nil"])
def test_a_name_that_is_not_there_is_missing(absent: object) -> None:
    problem = the_problem(SUPPLIER, a_supplier(SupplierName=absent))

    assert (problem.column, problem.kind, problem.quirk) == ("SupplierName", ProblemKind.MISSING, "SOAP-01")


@pytest.mark.parametrize(
    ("column", "raws"), [("Alias", ["A", "B"]), ("SupplierName", ["A", "A"]), ("SupplierNumber", ["1", "2"]),
    ("TaxpayerId", ["11222333000181", "11222333000181"]), ("TaxRegistrationNumber", ["", "DE136695976"]),
    ("PurchasingHoldFlag", ["true", "false"])],
)  # fmt: skip
def test_a_text_that_stands_twice_is_refused(column: str, raws: list[str]) -> None:
    """SOAP-11."""
    problem = the_problem(SUPPLIER, a_supplier(**{column: raws}))

    assert column in problem.column
    assert (problem.kind, problem.quirk, problem.raw) == (ProblemKind.DRIFT, "SOAP-11", repr(raws))


@pytest.mark.parametrize(
    ("payments", "purchasing", "block"),
    [("false", "0", SupplierBlock.NONE), ("true", "false", SupplierBlock.PAYMENT),
     ("0", "1", SupplierBlock.PURCHASING), ("1", "true", SupplierBlock.ALL)],
)  # fmt: skip
def test_two_holds_make_a_block(payments: str, purchasing: str, block: SupplierBlock) -> None:
    read = SUPPLIER.read(a_supplier(HoldAllPaymentsFlag=payments, PurchasingHoldFlag=purchasing))
    written = SUPPLIER.write(read)

    assert read.block is block
    assert isinstance(written, dict)
    assert SUPPLIER.read(written).block is block
    assert written["HoldAllPaymentsFlag"] == ("true" if block.stops_payment else "false")


@pytest.mark.parametrize(
    ("raw", "kind", "quirk"),
    [("X", ProblemKind.INVALID_CODE, "SOAP-05"), ("Y", ProblemKind.INVALID_CODE, "SOAP-05"),
     ("", ProblemKind.INVALID_CODE, "SOAP-05"), (None, ProblemKind.MISSING, "SOAP-02"),
     (GONE, ProblemKind.MISSING, "SOAP-02")],
)  # fmt: skip
def test_a_hold_that_is_no_flag_is_never_taken_for_false(raw: object, kind: ProblemKind, quirk: str) -> None:
    problem = the_problem(SUPPLIER, a_supplier(HoldAllPaymentsFlag=raw))

    assert (problem.column, problem.kind, problem.quirk) == ("HoldAllPaymentsFlag", kind, quirk)


@pytest.mark.parametrize("raw", ["0000-00-00", "", "soon"])
def test_a_supplier_of_which_nobody_knows_whether_it_is_deleted_is_refused(raw: str) -> None:
    problem = the_problem(SUPPLIER, a_supplier(InactiveDate=raw))

    assert (problem.column, problem.raw, problem.kind) == ("InactiveDate", repr(raw), ProblemKind.INVALID_DATE)


@pytest.mark.parametrize(
    ("changes", "tax_ids"),
    [
        pytest.param({}, (TaxId(TaxIdKind.CNPJ, "11222333000181"),), id="PRO-ID-02-company"),
        pytest.param({"TaxpayerId": "52998224725"}, (PERSON,), id="PRO-ID-02-person"),
        pytest.param({"TaxpayerId": "12ABC34501DE35"}, (TaxId(TaxIdKind.CNPJ, "12ABC34501DE35"),), id="PRO-ID-03"),
        pytest.param({"TaxpayerId": GONE}, (), id="none"),
        pytest.param({"TaxpayerId": GONE, "TaxRegistrationNumber": VAT.number}, (VAT,), id="VAT"),
        pytest.param({"TaxRegistrationNumber": VAT.number}, (TaxId(TaxIdKind.CNPJ, "11222333000181"), VAT), id="both"),
    ],
)  # fmt: skip
def test_tax_numbers_are_told_apart_by_element_and_length(changes: Record, tax_ids: tuple[TaxId, ...]) -> None:
    read = SUPPLIER.read(a_supplier(**changes))
    written = SUPPLIER.write(read)

    assert read.tax_ids == tax_ids
    assert isinstance(written, dict)
    assert SUPPLIER.read(written) == read


@pytest.mark.parametrize(
    ("column", "raw", "kind"),
    [("TaxpayerId", "11222333000182", ProblemKind.INVALID_IDENTIFIER),
     ("TaxpayerId", "12abc34501de35", ProblemKind.INVALID_IDENTIFIER),
     ("TaxpayerId", "11222333000181 ", ProblemKind.INVALID_IDENTIFIER),
     ("TaxpayerId", "123456789", ProblemKind.INVALID_IDENTIFIER),
     ("TaxpayerId", "  ", ProblemKind.INVALID_IDENTIFIER),
     ("TaxpayerCountry", "FR", ProblemKind.INVALID_CODE),
     ("TaxRegistrationNumber", "136695976", ProblemKind.INVALID_IDENTIFIER),
     ("TaxRegistrationNumber", "DE136695976 ", ProblemKind.INVALID_IDENTIFIER)],
)  # fmt: skip
def test_a_wrong_tax_number_is_refused_where_it_stands(column: str, raw: str, kind: ProblemKind) -> None:
    problem = the_problem(SUPPLIER, a_supplier(**{column: raw}))

    assert (problem.column, problem.raw, problem.kind, problem.quirk) == (column, repr(raw), kind, "PRO-ID-02")


@pytest.mark.parametrize(("count", "kind"), [(0, ProblemKind.MISSING), (2, ProblemKind.DRIFT)])
def test_a_supplier_has_exactly_one_address(count: int, kind: ProblemKind) -> None:
    found = both_paths(SUPPLIER, a_supplier(SupplierAddress=[an_address()] * count))

    assert isinstance(found, tuple)
    assert {(problem.column, problem.kind) for problem in found} == {("SupplierAddress", kind)}


def test_a_country_that_does_not_exist_is_refused_by_its_path() -> None:
    problem = the_problem(SUPPLIER, a_supplier(SupplierAddress=[an_address(Country="XX")]))

    assert (problem.field, problem.column, problem.raw) == ("address.country", "SupplierAddress/Country", "'XX'")


def test_a_bank_account_is_read_where_there_is_one() -> None:
    assert SUPPLIER.read(a_supplier()).bank_accounts == ()
    assert SUPPLIER.read(a_supplier(BankAccount=[ACCOUNT])).bank_accounts == (an_account("705307-4"),)


def an_account(number: str) -> BankAccount:
    """Give the account of a bank of which nothing else is known."""
    return BankAccount(bank="001", branch=None, account=number, iban=None)


def test_a_second_bank_account_is_refused() -> None:
    problem = the_problem(SUPPLIER, a_supplier(BankAccount=[ACCOUNT, {**ACCOUNT, "AccountNumber": "2"}]))

    assert (problem.column, problem.quirk) == ("BankAccount", "SOAP-11")


def test_a_second_bank_account_is_never_written() -> None:
    read = SUPPLIER.read(a_supplier(BankAccount=[ACCOUNT]))

    with pytest.raises(NotWritable, match="has no place for"):
        SUPPLIER.write(evolve(read, bank_accounts=(an_account("1"), an_account("2"))))


def test_an_ordinary_supplier_needs_no_slow_path() -> None:
    needs_no_slow_path(SUPPLIER, a_supplier(BankAccount=[ACCOUNT]))


def _equal(column: str, value: str) -> Condition:
    return Condition(column, Comparison.EQ, value)


@pytest.mark.parametrize(
    ("query", "pushed"),
    [
        (SupplierQuery(tax_id=VAT), (AnyOf((_equal("TaxRegistrationNumber", "DE136695976"),)),)),
        (SupplierQuery(tax_id=PERSON), (AnyOf((_equal("TaxpayerId", "52998224725"),)),)),
        (SupplierQuery(country=Country("DE")), (_equal("SupplierAddress.Country", "DE"),)),
        (
            SupplierQuery(block=SupplierBlock.PAYMENT),
            (_equal("HoldAllPaymentsFlag", "true"), _equal("PurchasingHoldFlag", "false")),
        ),
        (SupplierQuery(name="açúcar"), ()),
    ],
)
def test_what_the_vendor_can_be_asked_is_pushed(query: SupplierQuery, pushed: tuple[object, ...]) -> None:
    assert SUPPLIER.plan(query).pushed == pushed
