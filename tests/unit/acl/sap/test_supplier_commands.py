"""Commands about suppliers as what SAP is asked to write: entity by entity, and never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl.conditions import Comparison, Condition
from acl.sap.codecs import BANK
from acl.sap.commands.suppliers import _account, _names
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.suppliers import BankAccount, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.errors import NotWritable
from tests.governed.examples import ACCOUNT, ADDRESS
from tests.unit.acl.sap.asking import (
    MARK,
    SAP,
    SUPPLIER_ID,
    a_stored_partner,
    asked,
    told,
)
from tests.unit.acl.sap.records import a_bank, an_address


@pytest.mark.parametrize(
    ("block", "purchasing", "payment"),
    [(SupplierBlock.ALL, True, True), (SupplierBlock.PAYMENT, None, True), (SupplierBlock.PURCHASING, True, None)],
)
def test_a_block_writes_the_flags_that_change(
    block: SupplierBlock, purchasing: bool | None, payment: bool | None
) -> None:
    (write,) = asked(BlockSupplier(supplier=SUPPLIER_ID, block=block), a_stored_partner())

    flags = {"PurchasingIsBlocked": purchasing, "PaymentIsBlockedForSupplier": payment}
    changed = {name: value for name, value in flags.items() if value is not None}
    assert told(write) == ("A_Supplier", ["10000101"], changed)


def test_what_stands_already_is_not_written() -> None:
    assert asked(BlockSupplier(supplier=SUPPLIER_ID, block=SupplierBlock.NONE), a_stored_partner()) == []


def test_a_change_of_a_supplier_goes_to_every_entity_that_it_touches_and_to_no_other() -> None:
    change = ChangeSupplier(supplier=SUPPLIER_ID, name="Schrauben KG", trade_name=None, address=ADDRESS, email="a@b.de")

    assert sorted(map(told, asked(change, a_stored_partner())), key=lambda write: write[0]) == [
        ("A_AddressEmailAddress", ["20001", "", "1"], {"EmailAddress": "a@b.de"}),
        (
            "A_BusinessPartner",
            ["10100001"],
            {"SearchTerm1": "", "OrganizationBPName1": "Schrauben KG", "OrganizationBPName2": ""},
        ),
        (
            "A_BusinessPartnerAddress",
            ["10100001", "20001"],
            {
                "StreetName": "Am Hafen",
                "HouseNumber": "3",
                "CityName": "Bremen",
                "Region": "",
                "PostalCode": "",
                "Country": "DE",
            },
        ),
    ]


def test_an_email_that_was_not_there_is_created_and_one_that_goes_is_deleted() -> None:
    without = a_stored_partner(
        to_BusinessPartnerAddress={
            "results": [an_address(BusinessPartner="1", AddressID="20001", to_EmailAddress={"results": []})]
        }
    )
    (created,) = asked(ChangeSupplier(supplier=SUPPLIER_ID, email="a@b.de"), without)
    (deleted,) = asked(ChangeSupplier(supplier=SUPPLIER_ID, email=None), a_stored_partner())

    body = {"AddressID": "20001", "Person": "", "OrdinalNumber": "1", "EmailAddress": "a@b.de"}
    assert told(created) == ("A_AddressEmailAddress", [], body)
    assert told(deleted) == ("A_AddressEmailAddress", ["20001", "", "1"], None)


def test_the_name_of_a_person_is_left_to_sap() -> None:
    person = a_stored_partner(BusinessPartnerCategory="1")
    with pytest.raises(NotWritable, match="person"):
        asked(ChangeSupplier(supplier=SUPPLIER_ID, name="João Sá"), person)

    assert asked(ChangeSupplier(supplier=SUPPLIER_ID, email="a@b.de"), person)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Schrauben KG", ("Schrauben KG", "")),
        ("x" * 40, ("x" * 40, "")),
        (f"{'x' * 40} {'y' * 40}", ("x" * 40, "y" * 40)),
        (
            "Vereinigte Schrauben und Muttern Handelsgesellschaft",
            ("Vereinigte Schrauben und Muttern", "Handelsgesellschaft"),
        ),
    ],
)
def test_a_name_is_parted_at_a_blank(name: str, parts: tuple[str, str]) -> None:
    assert tuple(_names(name).values()) == parts


@pytest.mark.parametrize(
    "name", ["x" * 41, f"a {'y' * 41}", f"{'x' * 39}  {'y' * 10}", f"{'x' * 30} {'y' * 20} {'z' * 31}"]
)
def test_a_name_that_sap_would_put_together_otherwise_is_refused(name: str) -> None:
    with pytest.raises(NotWritable, match="40 characters"):
        _names(name)


@given(st.lists(st.text("ab", min_size=1, max_size=30), min_size=1, max_size=6).map(" ".join))
def test_a_name_that_is_parted_comes_together_again(name: str) -> None:
    try:
        first, second = map(str, _names(name).values())
    except NotWritable:
        assert len(name) > 40
        return
    assert " ".join(part for part in (first, second) if part) == name
    assert max(len(first), len(second)) <= 40


def test_accounts_that_stay_are_left_alone_and_the_others_go_and_come_together() -> None:
    stays = a_bank(BusinessPartner="10100001", BankIdentification="0002", BankNumber="0341111", BankAccount="9")
    goes = a_bank(BusinessPartner="10100001", BankIdentification="0001")
    stands = a_stored_partner(to_BusinessPartnerBank={"results": [goes, stays]})
    kept = BankAccount(bank="034", branch="1111", account="9", iban=None)
    gone, come = asked(ChangeBankDetails(supplier=SUPPLIER_ID, accounts=(kept, ACCOUNT)), stands)

    assert told(gone) == ("A_BusinessPartnerBank", ["10100001", "0001"], None)
    assert told(come) == (
        "A_BusinessPartnerBank",
        [],
        {
            "BusinessPartner": "10100001",
            "BankIdentification": "0003",
            "BankCountryKey": "DE",
            "BankNumber": "37040044",
            "BankAccount": "532013000",
            "IBAN": "DE89370400440532013000",
        },
    )


@pytest.mark.parametrize(
    "account",
    [
        BankAccount(bank="37040044", branch=None, account="532013000", iban=None),
        BankAccount(bank="37040044", branch="11", account="532013000", iban="DE89370400440532013000"),
        BankAccount(bank="00012", branch="1", account="9", iban=None),
    ],
)
def test_an_account_whose_country_cannot_be_told_is_refused(account: BankAccount) -> None:
    with pytest.raises(NotWritable, match="bank_accounts"):
        asked(ChangeBankDetails(supplier=SUPPLIER_ID, accounts=(account,)), a_stored_partner())


@pytest.mark.parametrize("account", [ACCOUNT, BankAccount(bank="001", branch="1827", account="705307-4", iban=None)])
def test_an_account_that_is_written_is_read_back_the_same(account: BankAccount) -> None:
    assert BANK.decode(*_account(account).values()) == account


def test_a_new_supplier_is_one_document_with_our_reference_in_it() -> None:
    command = CreateSupplier(
        name="Schrauben KG",
        trade_name="SKG",
        tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"),),
        address=ADDRESS,
        email="a@b.de",
    )
    (write,) = asked(command)

    assert told(write)[:2] == ("A_BusinessPartner", [])
    assert write.body == {
        "BusinessPartnerCategory": "2",
        "BusinessPartnerGrouping": "BP02",
        "BusinessPartnerIDByExtSystem": "ABCDEFGHIJ23",
        "OrganizationBPName1": "Schrauben KG",
        "OrganizationBPName2": "",
        "SearchTerm1": "SKG",
        "to_BusinessPartnerTax": {"results": [{"BPTaxType": "DE0", "BPTaxNumber": "DE136695976"}]},
        "to_BusinessPartnerAddress": {
            "results": [
                {
                    "StreetName": "Am Hafen",
                    "HouseNumber": "3",
                    "CityName": "Bremen",
                    "Region": "",
                    "PostalCode": "",
                    "Country": "DE",
                    "to_EmailAddress": {"results": [{"EmailAddress": "a@b.de"}]},
                }
            ]
        },
        "to_BusinessPartnerRole": {"results": [{"BusinessPartnerRole": "FLVN00"}, {"BusinessPartnerRole": "FLVN01"}]},
    }
    assert SAP.under(command, MARK) == (Condition("BusinessPartnerIDByExtSystem", Comparison.EQ, "ABCDEFGHIJ23"),)


def test_a_person_is_not_created() -> None:
    person = CreateSupplier(
        name="João Sá",
        trade_name=None,
        tax_ids=(TaxId(TaxIdKind.CPF, "52998224725"),),
        address=ADDRESS,
        email=None,
    )
    with pytest.raises(NotWritable, match="person"):
        asked(person)
