"""Commands as what SAP is asked to write: entity by entity, whole where it must be, and never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from acl.conditions import AnyOf, Comparison, Condition
from acl.sap.codecs import BANK
from acl.sap.commands.catalogue import Codes, SapCommands, sap_commands
from acl.sap.commands.entities import EntityWrite, Stored
from acl.sap.commands.purchase_orders import Purchasing
from acl.sap.commands.suppliers import _account, _names
from acl.sap.purchase_orders import PURCHASE_ORDER
from acl.sap.suppliers import SUPPLIER
from domain.commands.catalogue import COMMANDS
from domain.commands.command import Command, Made
from domain.commands.purchase_orders import (
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
)
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.currency import Currency
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.outcomes import Reference
from domain.quantity import Quantity
from domain.suppliers import BankAccount, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit
from ports.errors import NotWritable
from tests.governed.examples import ACCOUNT, ADDRESS, resolved
from tests.unit.acl.sap.records import Record, a_bank, a_partner, a_sap_order, an_address, an_item, an_order_of

WHO = Purchasing(company="1010", organisation="1020", group="001", plant="1030")
SAP = sap_commands(WHO, grouping="BP02", codes={})
MARK = Reference("ABCDEFGHIJ23")
SUPPLIER_ID, ORDER_ID = resolved(SupplierId("10000101")), resolved(PurchaseOrderId("4500000001"))
EUR, PIECE = Currency("EUR"), Unit("H87")
PRICE = Price(EUR, Decimal("11.35"), Quantity(Decimal(100), PIECE))


def a_stored_partner(**changes: object) -> Stored[object]:
    """Give a firm that stands in SAP, with the keys of all that it is made of."""
    mail = {"AddressID": "20001", "Person": "", "OrdinalNumber": "1", "EmailAddress": "vendas@example.com"}
    address = an_address(BusinessPartner="10100001", AddressID="20001", to_EmailAddress={"results": [mail]})
    bank = a_bank(BusinessPartner="10100001", BankIdentification="0001")
    record = a_partner(
        BusinessPartnerCategory="2",
        to_BusinessPartnerAddress={"results": [address]},
        to_BusinessPartnerBank={"results": [bank]},
        to_Supplier={"Supplier": "10000101", "PurchasingIsBlocked": False, "PaymentIsBlockedForSupplier": False},
    )
    record.update(changes)
    return Stored(raw=record, value=SUPPLIER.read(record))


def a_stored_order(*items: Record, **changes: object) -> Stored[object]:
    """Give an order that stands in SAP; without *items*, one of a single line."""
    record = an_order_of(*items, **changes) if items else a_sap_order(**changes)
    return Stored(raw=record, value=PURCHASE_ORDER.read(record))


def a_stored_item(number: str, **changes: object) -> Record:
    """Give an item with its keys, and two schedule lines."""
    key = {"PurchasingDocument": "4500000001", "PurchasingDocumentItem": number.zfill(5)}
    lines = [{**key, "ScheduleLine": each, "ScheduleLineDeliveryDate": "/Date(1706745600000)/"} for each in "12"]
    return an_item(
        PurchaseOrder="4500000001", PurchaseOrderItem=number, **{"to_ScheduleLine": {"results": lines}, **changes}
    )


def asked(command: Command, stands: Stored[object] | None = None, commands: SapCommands = SAP) -> list[EntityWrite]:
    return list(commands.writes(command, stands, MARK))


def told(write: EntityWrite) -> tuple[str, list[object], object]:
    """Give a write as its set, its key, and its body."""
    return write.entity_set, [] if write.record is None else [write.record[key] for key in write.keys], write.body


def test_only_what_the_released_services_do_is_offered() -> None:
    offered = {command for command in COMMANDS if SAP.offers(command)}

    assert offered == {
        CreateSupplier,
        ChangeSupplier,
        BlockSupplier,
        ChangeBankDetails,
        PlacePurchaseOrder,
        ChangePurchaseOrderLine,
        ClosePurchaseOrder,
        CancelPurchaseOrder,
    }


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


def an_order_to_place(**line: object) -> PlacePurchaseOrder:
    """Give the command to order one thing."""
    each = OrderedLine(
        product=resolved(ProductId("21")), ordered=Quantity(Decimal("2.5"), PIECE), price=PRICE, due_on=date(2026, 4, 1)
    )
    return PlacePurchaseOrder(
        supplier=SUPPLIER_ID,
        ordered_on=date(2026, 3, 2),
        currency=EUR,
        reference="REQ-17",
        lines=(evolve(each, **line), evolve(each, due_on=None)),  # type: ignore[arg-type]  # a test's own changes
    )


def test_an_order_is_placed_in_one_document_with_both_references_in_it() -> None:
    """SAP-WR-01, SAP-WR-05, SAP-NUM-07."""
    (write,) = asked(an_order_to_place())

    assert write.entity_set == "A_PurchaseOrder"
    item = {
        "PurchaseOrderItem": "00010",
        "Material": "000000000000000021",
        "OrderQuantity": "2.500",
        "PurchaseOrderQuantityUnit": "PC",
        "NetPriceAmount": "11.3500",
        "NetPriceQuantity": "100",
        "OrderPriceUnit": "PC",
        "Plant": "1030",
    }
    assert write.body == {
        "CompanyCode": "1010",
        "PurchaseOrderType": "NB",
        "PurchasingOrganization": "1020",
        "PurchasingGroup": "001",
        "CorrespncExternalReference": "ABCDEFGHIJ23",
        "CorrespncInternalReference": "REQ-17",
        "Supplier": "0010000101",
        "PurchaseOrderDate": "/Date(1772409600000)/",
        "DocumentCurrency": "EUR",
        "to_PurchaseOrderItem": {
            "results": [
                {**item, "to_ScheduleLine": {"results": [{"ScheduleLineDeliveryDate": "/Date(1775001600000)/"}]}},
                {**item, "PurchaseOrderItem": "00020"},
            ]
        },
    }


def test_an_order_is_searched_by_its_reference_and_among_those_of_its_day() -> None:
    company, supplier, either = SAP.under(an_order_to_place(), MARK)

    assert company == Condition("CompanyCode", Comparison.EQ, "1010")
    assert supplier == Condition("Supplier", Comparison.EQ, "0010000101")
    assert isinstance(either, AnyOf)
    assert {each.column: each.value for each in either.conditions} == {
        "CorrespncExternalReference": "ABCDEFGHIJ23",
        "PurchaseOrderDate": "/Date(1772409600000)/",
    }


@pytest.mark.parametrize(
    ("spoilt", "path"),
    [
        ({"ordered": Quantity(Decimal("0.0001"), PIECE)}, "ordered"),
        ({"ordered": Quantity(Decimal(1), Unit("KT"))}, "ordered"),
        ({"price": Price(EUR, Decimal("1.23456"), Quantity(Decimal(1), PIECE))}, "price"),
        ({"product": resolved(ProductId("x" * 41))}, "product"),
        ({"product": Made("new product")}, "not been made"),
    ],
)
def test_what_sap_cannot_hold_is_not_sent(spoilt: dict[str, object], path: str) -> None:
    with pytest.raises(NotWritable, match=path):
        asked(an_order_to_place(**spoilt))


def test_a_changed_line_is_its_item_and_all_its_schedule_lines() -> None:
    change = ChangePurchaseOrderLine(
        order=ORDER_ID,
        line=LineNumber("20"),
        ordered=Quantity(Decimal(7), PIECE),
        due_on=date(2026, 4, 1),
    )
    writes = asked(change, a_stored_order(a_stored_item("10"), a_stored_item("20")))

    day = {"ScheduleLineDeliveryDate": "/Date(1775001600000)/"}
    assert list(map(told, writes)) == [
        ("A_PurchaseOrderItem", ["4500000001", "20"], {"OrderQuantity": "7.000"}),
        ("A_PurchaseOrderScheduleLine", ["4500000001", "00020", "1"], day),
        ("A_PurchaseOrderScheduleLine", ["4500000001", "00020", "2"], day),
    ]


def test_a_line_that_is_not_there_is_not_changed() -> None:
    change = ChangePurchaseOrderLine(order=ORDER_ID, line=LineNumber("30"), due_on=None)
    with pytest.raises(NotWritable, match="no line 30"):
        asked(change, a_stored_order(a_stored_item("10")))


def test_an_order_is_closed_by_every_item_that_expects_goods() -> None:
    gone = a_stored_item("20", PurchasingDocumentDeletionCode="L")
    some = a_stored_item("30", YY1_ReceivedQuantity_PDI="2.000")
    writes = asked(ClosePurchaseOrder(order=ORDER_ID), a_stored_order(a_stored_item("10"), gone, some))

    assert [(key[1], body) for _, key, body in map(told, writes)] == [
        ("10", {"IsCompletelyDelivered": True}),
        ("30", {"IsCompletelyDelivered": True}),
    ]


def test_an_order_is_cancelled_by_deleting_every_item_that_is_left() -> None:
    gone = a_stored_item("20", PurchasingDocumentDeletionCode="L")
    writes = asked(CancelPurchaseOrder(order=ORDER_ID), a_stored_order(a_stored_item("10"), gone))

    assert list(map(told, writes)) == [("A_PurchaseOrderItem", ["4500000001", "10"], None)]


@pytest.mark.parametrize(
    ("command", "stands", "because"),
    [
        (ClosePurchaseOrder(order=ORDER_ID), {"PurchasingProcessingStatus": "03"}, "cannot become closed"),
        (CancelPurchaseOrder(order=ORDER_ID), {"came": "2.000"}, "cannot become cancelled"),
        (CancelPurchaseOrder(order=ORDER_ID), {"PurchasingProcessingStatus": "03"}, "not released"),
        (ClosePurchaseOrder(order=ORDER_ID), {"came": "5.000"}, "came in full"),
    ],
)
def test_what_sap_would_take_for_something_else_is_not_sent(
    command: Command, stands: dict[str, str], because: str
) -> None:
    came = {"YY1_ReceivedQuantity_PDI": stands.get("came", "0.000")}
    header = {name: value for name, value in stands.items() if name != "came"}
    with pytest.raises(NotWritable, match=because):
        asked(command, a_stored_order(a_stored_item("10", **came), a_stored_item("20"), **header))


def test_a_site_speaks_with_its_own_codes() -> None:
    kits: Mapping[str, Codes] = {"purchase_orders": {"lines.ordered.unit": {"KIT": Unit("KT")}}}
    (write,) = asked(
        an_order_to_place(ordered=Quantity(Decimal(3), Unit("KT"))), commands=sap_commands(WHO, grouping="", codes=kits)
    )

    assert "'PurchaseOrderQuantityUnit': 'KIT'" in str(write.body)


def test_both_documents_ask_for_every_key_that_writing_needs() -> None:
    partner, order = SAP.documents[SupplierId].columns, SAP.documents[PurchaseOrderId].columns

    assert {"BusinessPartner", "to_Supplier/Supplier", "to_BusinessPartnerAddress/AddressID"} < set(partner)
    assert {"to_BusinessPartnerAddress/to_EmailAddress/OrdinalNumber", "BusinessPartnerIDByExtSystem"} < set(partner)
    assert {"to_PurchaseOrderItem/PurchaseOrder", "to_PurchaseOrderItem/to_ScheduleLine/ScheduleLine"} < set(order)
    assert "to_PurchaseOrderItem" not in order
