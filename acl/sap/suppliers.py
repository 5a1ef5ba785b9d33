"""SAP business partners in their role as suppliers (A_BusinessPartner) as Supplier."""

from acl.codecs.iso import iso_country
from acl.codecs.keys import zero_filled
from acl.codecs.text import text
from acl.mapping import column, embedded, many, mapping, only, optional, provenance, read_only
from acl.sap.codecs import BANK, BLOCK, RESULTS, SINGLE, STREET, TAX
from domain.identifiers import SupplierId
from domain.places import Address
from domain.suppliers import Supplier

_ADDRESS = embedded(Address)(
    street=optional(column(STREET, "StreetName", "HouseNumber")),
    city=optional(text("CityName", width=40)),
    region=optional(text("Region", width=3)),
    postal_code=optional(text("PostalCode", width=10)),
    country=iso_country("Country"),
)
_EMAIL = optional(only("to_EmailAddress", text("EmailAddress", width=241), envelope=RESULTS))

SUPPLIER = mapping(Supplier, record="A_BusinessPartner")(
    id=zero_filled("Supplier", width=10, into=SupplierId),
    name=read_only(
        text("BusinessPartnerFullName", width=81),
        because="SAP puts the full name together from the names of a firm or a person",
    ),
    trade_name=optional(text("SearchTerm1", width=20)),
    tax_ids=many("to_BusinessPartnerTax", column(TAX, "BPTaxType", "BPTaxNumber"), envelope=RESULTS),
    address=only("to_BusinessPartnerAddress", _ADDRESS, envelope=RESULTS),
    email=only("to_BusinessPartnerAddress", _EMAIL, envelope=RESULTS),
    bank_accounts=read_only(
        many(
            "to_BusinessPartnerBank",
            column(BANK, "BankCountryKey", "BankNumber", "BankAccount", "IBAN"),
            envelope=RESULTS,
        ),
        because="an account here has a country, which the domain does not know",
    ),
    block=only(
        "to_Supplier",
        column(BLOCK, "PurchasingIsBlocked", "PaymentIsBlockedForSupplier"),
        envelope=SINGLE,
        searchable_as="to_Supplier/",
    ),
    source=provenance("Supplier"),
)
