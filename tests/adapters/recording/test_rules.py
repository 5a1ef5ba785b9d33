"""What is personal, and what is read, by the mappings."""

from __future__ import annotations

import pytest

from acl.codecs.text import text
from acl.mapping import Shape, mapping, never
from acl.oracle.purchase_orders import PURCHASE_ORDER as ORACLE_ORDER
from acl.sap.purchase_orders import PURCHASE_ORDER as SAP_ORDER
from acl.sap.suppliers import SUPPLIER as SAP_SUPPLIER
from adapters.recording.rules import PERSONAL, rules_of
from domain.suppliers import BankAccount, Supplier
from ports.errors import Misconfigured
from tests.real.northwind import SUPPLIER as NORTHWIND


def test_personal_columns_are_found_in_records_inside_of_the_record() -> None:
    rules = rules_of(SAP_SUPPLIER)

    assert {place: [unit.columns for unit in units] for place, units in rules.units.items()} == {
        "": [("BusinessPartnerFullName",), ("SearchTerm1",)],
        "to_BusinessPartnerTax/": [("BPTaxType", "BPTaxNumber")],
        "to_BusinessPartnerAddress/": [("StreetName", "HouseNumber"), ("PostalCode",)],
        "to_BusinessPartnerAddress/to_EmailAddress/": [("EmailAddress",)],
        "to_BusinessPartnerBank/": [("BankCountryKey", "BankNumber", "BankAccount", "IBAN")],
    }


def test_every_personal_attribute_of_a_supplier_is_found_in_every_system_that_knows_it() -> None:
    found = {unit.attribute for units in rules_of(SAP_SUPPLIER).units.values() for unit in units}

    assert found == set(PERSONAL[Supplier])


def test_an_attribute_that_the_system_does_not_know_needs_no_rule() -> None:
    found = {unit.attribute for units in rules_of(NORTHWIND).units.values() for unit in units}

    assert found == {"name", "address.street", "address.postal_code"}


def test_an_order_holds_nothing_personal() -> None:
    assert rules_of(SAP_ORDER).units == {}


def test_what_is_read_is_told_from_what_only_leads_there() -> None:
    rules = rules_of(ORACLE_ORDER)

    assert rules.reads("OrderNumber")
    assert rules.reads("PurchaseOrderLine/PurchaseOrderSchedule/Quantity@unitCode")
    assert not rules.reads("PurchaseOrderLine/PurchaseOrderSchedule")
    assert not rules.reads("BuyerName")
    assert "PurchaseOrderLine/PurchaseOrderSchedule" in rules.ways


def test_a_list_that_a_codec_reads_whole_is_read_by_the_columns_that_others_name() -> None:
    rules = rules_of(SAP_ORDER)

    assert not rules.reads("to_PurchaseOrderItem")
    assert rules.reads("to_PurchaseOrderItem/OrderQuantity")
    assert not rules.reads("to_PurchaseOrderItem/PurchasingInfoRecord")


def test_an_aggregate_of_which_nobody_has_said_what_is_personal_is_not_recorded() -> None:
    account = mapping(BankAccount, record="ACCOUNTS", shape=Shape.ROW)(
        bank=text("BANK", width=8),
        branch=never(None, because="it has none"),
        account=text("ACCOUNT", width=8),
        iban=never(None, because="it has none"),
    )

    with pytest.raises(Misconfigured, match="a BankAccount cannot be recorded: nobody has said what in it is personal"):
        rules_of(account)


def test_a_key_that_is_a_tax_number_cannot_be_recorded() -> None:
    keyed = SAP_SUPPLIER.with_(name=text("Supplier", width=10))

    with pytest.raises(Misconfigured, match="its key Supplier is also name, which is personal"):
        rules_of(keyed)
