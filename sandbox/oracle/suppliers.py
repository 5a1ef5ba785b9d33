"""Suppliers as the supplier service gives them.

``Supplier``, its elements in this order; "optional" means left out, empty or nil, all three meaning the same:

- ``SupplierId`` the row's own id, fifteen digits, never seen by people
- ``SupplierNumber`` the business number, eight digits
- ``SupplierName`` legal name · ``Alias`` trade name, optional
- ``TaxOrganizationType`` ``CORPORATION`` or ``INDIVIDUAL``, optional
- ``TaxpayerCountry`` country of the next element, optional
- ``TaxpayerId`` CNPJ (of a corporation) or CPF (of an individual) without punctuation; left out if there is none
- ``TaxRegistrationNumber`` VAT number of the EU with its country, optional
- ``BusinessRelationship`` always ``SPEND_AUTHORIZED``
- ``InactiveDate`` the past day on which the supplier was deleted; left out or nil on a live one
- ``HoldAllPaymentsFlag`` blocked for payment · ``PurchasingHoldFlag`` blocked for purchasing; both: blocked for all.
  ``true``, ``false``, ``1`` or ``0``
- ``SupplierAddress`` exactly one: ``AddressLine1`` street with number, ``City``, ``State`` optional, ``PostalCode``
  optional, ``Country`` ISO 3166-1 alpha-2, ``EmailAddress`` optional
- ``BankAccount`` at most one: ``BankNumber``, ``BranchNumber`` optional, ``AccountNumber``, ``IBAN`` optional
- ``CustomerNumber`` what the supplier calls us, optional
- ``DFF`` the descriptive flexfield, left out while it is empty: ``dragomanReference``, a customer's segment
"""

from __future__ import annotations

from lxml.etree import _Element

from sandbox.oracle.rows import Scribe, scattered
from sandbox.oracle.schema import SUPPLIER
from sandbox.scenario import Supplier

_TYPES = {"CNPJ": "CORPORATION", "CPF": "INDIVIDUAL", "VAT": "CORPORATION"}


def supplier_element(supplier: Supplier, position: int) -> _Element:
    """Write *supplier*; *position* among all makes its id and decides on its spellings."""
    mix = scattered(position)
    scribe = Scribe.begin(SUPPLIER, mix)
    scribe.put("SupplierId", 300_000_000_000_000 + mix * 1_000_003)
    scribe.put("SupplierNumber", supplier.number)
    scribe.put("SupplierName", supplier.name)
    scribe.text("Alias", supplier.trade_name)
    _tax(scribe, supplier)
    scribe.put("BusinessRelationship", "SPEND_AUTHORIZED")
    scribe.day("InactiveDate", "2021-06-30" if supplier.deleted else None)
    yes, no = ("1", "0") if mix % 4 == 3 else ("true", "false")
    scribe.put("HoldAllPaymentsFlag", yes if supplier.block in ("payment", "all") else no)
    scribe.put("PurchasingHoldFlag", yes if supplier.block in ("purchasing", "all") else no)
    _address(scribe.child("SupplierAddress"), supplier)
    if supplier.bank is not None:
        account = scribe.child("BankAccount")
        account.put("BankNumber", supplier.bank.bank)
        account.text("BranchNumber", supplier.bank.branch)
        account.put("AccountNumber", supplier.bank.account)
        account.text("IBAN", supplier.bank.iban)
    return scribe.element


def _tax(scribe: Scribe, supplier: Supplier) -> None:
    kind, number = supplier.tax or (None, None)
    brazilian = kind in ("CNPJ", "CPF")
    scribe.text("TaxOrganizationType", None if kind is None else _TYPES[kind])
    scribe.text("TaxpayerCountry", "BR" if brazilian else None)
    if brazilian and number is not None:
        scribe.put("TaxpayerId", number)
    scribe.text("TaxRegistrationNumber", number if kind == "VAT" else None)


def _address(scribe: Scribe, supplier: Supplier) -> None:
    scribe.put("AddressLine1", supplier.street)
    scribe.put("City", supplier.city)
    scribe.text("State", supplier.region)
    scribe.text("PostalCode", supplier.postal_code)
    scribe.put("Country", supplier.country)
    scribe.text("EmailAddress", supplier.email)
