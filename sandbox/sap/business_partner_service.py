"""The business partner service: partners, their addresses, banks and tax numbers, and the supplier role."""

from __future__ import annotations

from sandbox.sap.model import EntitySet, Navigation, Service, day, flag, text

BUSINESS_PARTNER = EntitySet(
    "A_BusinessPartner",
    (
        text("BusinessPartner", 10, "Business Partner", key=True, alpha=True),
        text("BusinessPartnerCategory", 1, "Category"),
        text("BusinessPartnerGrouping", 4, "Grouping"),
        text("BusinessPartnerFullName", 81, "Full Name", nullable=False, own=True),
        text("OrganizationBPName1", 40, "Name 1"),
        text("OrganizationBPName2", 40, "Name 2"),
        text("SearchTerm1", 20, "Search Term 1"),
        text("BusinessPartnerIDByExtSystem", 20, "External BP Number"),
        text("Supplier", 10, "Supplier", alpha=True, own=True),
        flag("IsMarkedForArchiving", "Central Archiving Flag"),
        day("LastChangeDate", "Changed On"),
    ),
    (
        Navigation("to_BusinessPartnerAddress", "A_BusinessPartnerAddress", many=True),
        Navigation("to_BusinessPartnerBank", "A_BusinessPartnerBank", many=True),
        Navigation("to_BusinessPartnerRole", "A_BusinessPartnerRole", many=True),
        Navigation("to_BusinessPartnerTax", "A_BusinessPartnerTaxNumber", many=True),
        Navigation("to_Supplier", "A_Supplier", many=False),
    ),
    creatable=True,
)

ADDRESS = EntitySet(
    "A_BusinessPartnerAddress",
    (
        text("BusinessPartner", 10, "Business Partner", key=True, alpha=True),
        text("AddressID", 10, "Address Number", key=True, alpha=True),
        text("StreetName", 60, "Street"),
        text("HouseNumber", 10, "House Number"),
        text("CityName", 40, "City"),
        text("Region", 3, "Region"),
        text("PostalCode", 10, "Postal Code"),
        text("Country", 3, "Country", nullable=False),
    ),
    (Navigation("to_EmailAddress", "A_AddressEmailAddress", many=True),),
)

EMAIL_ADDRESS = EntitySet(
    "A_AddressEmailAddress",
    (
        text("AddressID", 10, "Address Number", key=True, alpha=True),
        text("Person", 10, "Person Number", key=True, alpha=True),
        text("OrdinalNumber", 3, "Sequence Number", key=True, alpha=True),
        text("EmailAddress", 241, "E-Mail Address"),
    ),
    creatable=True,
    deletable=True,
)

BANK = EntitySet(
    "A_BusinessPartnerBank",
    (
        text("BusinessPartner", 10, "Business Partner", key=True, alpha=True),
        text("BankIdentification", 4, "Bank Details ID", key=True),
        text("BankCountryKey", 3, "Bank Country"),
        text("BankNumber", 15, "Bank Key"),
        text("BankAccount", 18, "Bank Account"),
        text("IBAN", 34, "IBAN", filterable=False),
    ),
    creatable=True,
    deletable=True,
)

TAX_NUMBER = EntitySet(
    "A_BusinessPartnerTaxNumber",
    (
        text("BusinessPartner", 10, "Business Partner", key=True, alpha=True),
        text("BPTaxType", 4, "Tax Number Category", key=True),
        text("BPTaxNumber", 20, "Tax Number", nullable=False),
    ),
)

ROLE = EntitySet(
    "A_BusinessPartnerRole",
    (
        text("BusinessPartner", 10, "Business Partner", key=True, alpha=True),
        text("BusinessPartnerRole", 6, "BP Role", key=True),
    ),
)

SUPPLIER = EntitySet(
    "A_Supplier",
    (
        text("Supplier", 10, "Supplier", key=True, alpha=True),
        text("SupplierName", 80, "Name of Supplier"),
        flag("PurchasingIsBlocked", "Purchasing Block"),
        flag("PaymentIsBlockedForSupplier", "Payment Block"),
        flag("DeletionIndicator", "Deletion Flag"),
    ),
)

BUSINESS_PARTNER_SERVICE = Service(
    "API_BUSINESS_PARTNER", (BUSINESS_PARTNER, ADDRESS, EMAIL_ADDRESS, BANK, TAX_NUMBER, ROLE, SUPPLIER)
)
