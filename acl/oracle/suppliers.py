"""Fusion suppliers (SupplierService) as Supplier."""

from acl.codecs.iso import iso_country
from acl.codecs.taxes import tax_id
from acl.codecs.text import text
from acl.codecs.xsd import ELEMENT
from acl.mapping import Shape, column, embedded, gathered, mapping, only, optional, provenance
from acl.oracle.codecs import BLOCK, TAXPAYER
from domain.identifiers import SupplierId
from domain.places import Address
from domain.suppliers import BankAccount, Supplier
from domain.tax import TaxIdKind

_ADDRESS = embedded(Address)(
    street=optional(text("AddressLine1", width=240)),
    city=optional(text("City", width=60)),
    region=optional(text("State", width=60)),
    postal_code=optional(text("PostalCode", width=60)),
    country=iso_country("Country"),
)
_ACCOUNT = embedded(BankAccount)(
    bank=text("BankNumber", width=30),
    branch=optional(text("BranchNumber", width=30)),
    account=text("AccountNumber", width=100),
    iban=optional(text("IBAN", width=50)),
)

SUPPLIER = mapping(Supplier, record="Supplier", shape=Shape.ELEMENT)(
    id=text("SupplierNumber", width=30, into=SupplierId, quirk="SOAP-27"),
    name=text("SupplierName", width=360, quirk="SOAP-01"),
    trade_name=optional(text("Alias", width=360)),
    tax_ids=gathered(
        column(TAXPAYER, "TaxpayerCountry", "TaxpayerId"),
        optional(column(tax_id(TaxIdKind.EU_VAT), "TaxRegistrationNumber")),
    ),
    address=only("SupplierAddress", _ADDRESS, envelope=ELEMENT, searchable_as="SupplierAddress."),
    email=only("SupplierAddress", optional(text("EmailAddress", width=320)), envelope=ELEMENT),
    bank_accounts=gathered(optional(only("BankAccount", _ACCOUNT, envelope=ELEMENT))),
    block=column(BLOCK, "HoldAllPaymentsFlag", "PurchasingHoldFlag", "InactiveDate"),
    source=provenance("SupplierNumber"),
)
