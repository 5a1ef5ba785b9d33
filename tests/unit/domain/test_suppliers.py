"""Suppliers, their addresses, accounts and blocks; and products."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from domain.errors import InvalidValue
from domain.identifiers import ProductId, PurchaseOrderId
from domain.places import Address
from domain.products import Product
from domain.provenance import SourceRef
from domain.suppliers import BankAccount, Supplier, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from tests.unit.domain.orders import PIECE, SOURCE, a_supplier, an_account, an_address

_PRODUCT = Product(id=ProductId("P-1"), description="Screw M8", base_unit=PIECE, source=SOURCE)


@pytest.mark.parametrize(
    ("block", "purchasing", "payment"),
    [
        (SupplierBlock.NONE, False, False),
        (SupplierBlock.PURCHASING, True, False),
        (SupplierBlock.PAYMENT, False, True),
        (SupplierBlock.ALL, True, True),
    ],
)
def test_a_block_says_what_it_stops(block: SupplierBlock, purchasing: bool, payment: bool) -> None:
    assert (block.stops_purchasing, block.stops_payment) == (purchasing, payment)


def test_a_supplier_knows_its_tax_ids() -> None:
    assert a_supplier().has_tax_id(TaxId(TaxIdKind.EU_VAT, "DE136695976"))
    assert not a_supplier().has_tax_id(TaxId(TaxIdKind.CPF, "52998224725"))


@pytest.mark.parametrize(
    ("iban", "told"),
    [
        ("DE89 3704 0044 0532 0130 00", "is not an IBAN in canonical form, which has no blanks"),
        ("de89370400440532013000", "is not an IBAN in canonical form, which has no blanks"),
        ("DE88370400440532013000", "is not a valid IBAN: The number's checksum or check digit is invalid."),
        ("", "is not a valid IBAN: The number has an invalid format."),
    ],
)
def test_an_iban_has_right_check_digits_and_no_blanks(iban: str, told: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        evolve(an_account(), iban=iban)

    assert str(caught.value) == f"{iban!r} {told}"


def test_where_it_was_read_takes_no_part_in_equality() -> None:
    elsewhere = SourceRef("other", "LFA1", "7", datetime(2020, 1, 1, tzinfo=UTC))

    assert evolve(a_supplier(), source=elsewhere) == a_supplier()
    assert evolve(_PRODUCT, source=elsewhere) == _PRODUCT
    assert evolve(_PRODUCT, description="Screw M10") != _PRODUCT


def test_a_source_is_shown_so_that_the_record_can_be_found() -> None:
    assert str(SourceRef("sap", "A_PurchaseOrder", "4500000001", datetime(2026, 1, 1, tzinfo=UTC))) == (
        "A_PurchaseOrder 4500000001 of sap"
    )


_TEXTS = ["", " ", " a", "a ", "a\n", "a\x00b", "a\ufffd", 5]
_WRONG = [
    *((an_address(), name, text) for name in ("street", "city", "region", "postal_code") for text in _TEXTS),
    *((an_account(), name, text) for name in ("bank", "branch", "account") for text in _TEXTS),
    *((a_supplier(), name, text) for name in ("name", "trade_name", "email") for text in _TEXTS),
    *((_PRODUCT, "description", text) for text in [*_TEXTS, None]),
    (an_address(), "country", "DE"),
    (an_address(), "country", None),
    (an_account(), "bank", None),
    (an_account(), "account", None),
    (an_account(), "iban", 5),
    (a_supplier(), "id", "100017"),
    (a_supplier(), "id", PurchaseOrderId("100017")),
    (a_supplier(), "name", None),
    (a_supplier(), "tax_ids", [TaxId(TaxIdKind.CPF, "52998224725")]),
    (a_supplier(), "tax_ids", ("52998224725",)),
    (a_supplier(), "tax_ids", None),
    (a_supplier(), "address", None),
    (a_supplier(), "bank_accounts", ("DE89370400440532013000",)),
    (a_supplier(), "bank_accounts", [an_account()]),
    (a_supplier(), "block", "none"),
    (a_supplier(), "block", None),
    (a_supplier(), "source", None),
    (_PRODUCT, "id", "P-1"),
    (_PRODUCT, "base_unit", "H87"),
    (_PRODUCT, "source", None),
]


@pytest.mark.parametrize(
    ("valid", "name", "value"), _WRONG, ids=[f"{type(v).__name__}.{n} {x!r:.40}" for v, n, x in _WRONG]
)
def test_every_attribute_is_validated_at_birth(
    valid: Address | BankAccount | Supplier | Product, name: str, value: object
) -> None:
    changes = {name: value}
    with pytest.raises((TypeError, InvalidValue), match=f"{name}|IBAN"):
        evolve(valid, **changes)  # type: ignore[arg-type]  # what the type checker refuses is refused at run time too


@pytest.mark.parametrize("value", [an_address(), an_account(), a_supplier(), _PRODUCT, SOURCE])
def test_master_data_is_frozen_and_slotted(value: object) -> None:
    with pytest.raises(FrozenInstanceError):
        value.source = None  # type: ignore[attr-defined]  # some have none, and all are frozen
    assert not hasattr(value, "__dict__")
