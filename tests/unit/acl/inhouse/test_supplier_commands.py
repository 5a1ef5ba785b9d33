"""Commands about suppliers as calls of the in-house system's programs."""

from __future__ import annotations

import pytest
from attrs import evolve

from acl.inhouse.commands.catalogue import record_of
from acl.inhouse.commands.programs import ORDERS, SUPPLIERS
from domain.commands.catalogue import COMMANDS
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.places import Country
from domain.suppliers import SupplierBlock
from domain.tax import TaxId, TaxIdKind
from tests.governed.examples import ACCOUNT, ADDRESS, resolved
from tests.unit.acl.inhouse.asking import INHOUSE, MARK, SUPPLIER, asked, nothing_asked, problem

KEY = int(SUPPLIER.id.text)
TARGET = resolved(SUPPLIER.id)
VAT, OTHER = TaxId(TaxIdKind.EU_VAT, "DE136695976"), TaxId(TaxIdKind.CNPJ, "11222333000181")
CREATE = CreateSupplier(name="Açúcar União", trade_name=None, tax_ids=(VAT,), address=ADDRESS, email=None)


def test_only_what_the_programs_do_is_offered() -> None:
    assert {command for command in COMMANDS if INHOUSE.offers(command)} == {
        CreateSupplier,
        ChangeSupplier,
        BlockSupplier,
        ChangeBankDetails,
        PlacePurchaseOrder,
        ChangePurchaseOrderLine,
        StartApprovalRouting,
        ApprovePurchaseOrder,
        ClosePurchaseOrder,
        CancelPurchaseOrder,
    }


def test_a_new_supplier_is_all_that_was_said_and_what_is_not_known_is_blank() -> None:
    """INH-NULL-01: a blank text is among the tokens of every column that may be empty."""
    call = asked(CREATE)

    assert (call.program.name, call.seen) == ("FORNECEDOR_INCLUIR", None)
    assert call.arguments(MARK) == (
        *(MARK.text, None, "Açúcar União", "", "DE136695976"),
        *("Am Hafen, 3", "Bremen", "", "", "ALEMANHA", ""),
    )


def test_a_change_holds_what_changes_and_leaves_the_rest_alone() -> None:
    """Null leaves a column as it is, which no blank does."""
    rename = asked(ChangeSupplier(supplier=TARGET, name="Outra"), SUPPLIER)
    silenced = asked(ChangeSupplier(supplier=TARGET, email=None), evolve(SUPPLIER, email="a@example.com"))

    assert rename.arguments(MARK) == (MARK.text, "v", KEY, "Outra", *(None,) * 7)
    assert silenced.arguments(MARK) == (MARK.text, "v", KEY, *(None,) * 7, "")


@pytest.mark.parametrize(("block", "number"), [(SupplierBlock.PURCHASING, 2), (SupplierBlock.ALL, 4)])
def test_a_block_is_a_number(block: SupplierBlock, number: int) -> None:
    call = asked(BlockSupplier(supplier=TARGET, block=block), evolve(SUPPLIER, block=SupplierBlock.NONE))

    assert (call.program.name, call.arguments(MARK)) == ("FORNECEDOR_SITUAR", (MARK.text, "v", KEY, number))


def test_a_supplier_is_paid_to_one_account_or_none() -> None:
    one = asked(ChangeBankDetails(supplier=TARGET, accounts=(ACCOUNT,)), SUPPLIER)
    none = asked(ChangeBankDetails(supplier=TARGET, accounts=()), SUPPLIER)

    assert one.arguments(MARK)[3:] == ("37040044", "", "532013000", "DE89370400440532013000")
    assert none.arguments(MARK)[3:] == ("", "", "", "")
    told = problem(ChangeBankDetails(supplier=TARGET, accounts=(ACCOUNT, evolve(ACCOUNT, account="1"))), SUPPLIER)
    assert (told.field, "no place for" in told.reason) == ("bank_accounts", True)


def test_what_stands_as_it_shall_is_not_asked_for() -> None:
    for command in (
        ChangeSupplier(supplier=TARGET, name=SUPPLIER.name),
        BlockSupplier(supplier=TARGET, block=SUPPLIER.block),
        ChangeBankDetails(supplier=TARGET, accounts=SUPPLIER.bank_accounts),
    ):
        assert nothing_asked(command, SUPPLIER)


@pytest.mark.parametrize(
    ("command", "field", "quirk"),
    [
        (evolve(CREATE, name="x" * 256), "name", "INH-LEN-01"),
        (evolve(CREATE, name="N/A"), "name", "INH-NULL-01"),
        (evolve(CREATE, name="Ã£o"), "name", "INH-ENC-01"),
        (evolve(CREATE, tax_ids=(VAT, OTHER)), "tax_ids", None),
        (evolve(CREATE, address=evolve(ADDRESS, country=Country("FR"))), "address.country", "INH-CODE-01"),
        (evolve(CREATE, address=evolve(ADDRESS, street=None)), "address.street", "INH-NULL-01"),
        (evolve(CREATE, address=evolve(ADDRESS, postal_code="01310100")), "address.postal_code", "INH-NULL-01"),
    ],
)
def test_what_the_old_tables_cannot_hold_is_not_asked_for(
    command: CreateSupplier, field: str, quirk: str | None
) -> None:
    told = problem(command)

    assert told.field == field
    assert quirk is None or told.quirk == quirk


def test_a_key_that_a_program_gives_is_the_domains() -> None:
    """INH-KEY-04: the master has no leading zeros."""
    assert record_of(SUPPLIERS, "4711") == SupplierId("00004711")
    assert record_of(ORDERS, "45C045") == PurchaseOrderId("45C045")
    nothing = ((SUPPLIERS, "x"), (SUPPLIERS, "0"), (ORDERS, " "), ("pedidos", "4711"), ("TITULOS", "4711"))
    assert [record_of(table, key) for table, key in nothing] == [None] * len(nothing)
