"""The scenario's suppliers as the business partner service stores them."""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.sap.business_partner_service import (
    ADDRESS,
    BANK,
    BUSINESS_PARTNER,
    EMAIL_ADDRESS,
    ROLE,
    SUPPLIER,
    TAX_NUMBER,
)
from sandbox.sap.edm import ticks
from sandbox.sap.model import Entity, Json
from sandbox.scenario import Bank, Supplier

_TAX_TYPES = {"CNPJ": "BR1", "CPF": "BR2", "VAT": "DE0"}
ROLES = ("FLVN00", "FLVN01")
"""Who is paid, and who is ordered from."""
_FIRST_CHANGE = date(2022, 3, 1)


def partner_entity(index: int, supplier: Supplier) -> Entity:
    """Write one supplier as the partner who plays that role; *index* gives the partner its own number."""
    number = f"{10100001 + index * 3}"
    person = supplier.tax is not None and supplier.tax[0] == "CPF"
    values: dict[str, Json] = {
        "BusinessPartner": number,
        "BusinessPartnerCategory": "1" if person else "2",
        "BusinessPartnerGrouping": "BP02",
        "BusinessPartnerFullName": supplier.name,
        "OrganizationBPName1": "" if person else supplier.name,
        "OrganizationBPName2": "",
        "SearchTerm1": "" if supplier.trade_name is None else supplier.trade_name,
        "BusinessPartnerIDByExtSystem": "",
        "Supplier": supplier.number,
        "IsMarkedForArchiving": supplier.deleted,
        "LastChangeDate": ticks(_FIRST_CHANGE + timedelta(days=index)),
    }
    return Entity(
        BUSINESS_PARTNER,
        values,
        {
            "to_BusinessPartnerAddress": [_address(number, f"{20001 + index}", supplier)],
            "to_BusinessPartnerBank": [] if supplier.bank is None else [_bank(number, supplier.country, supplier.bank)],
            "to_BusinessPartnerRole": [_in_role(number, role) for role in ROLES],
            "to_BusinessPartnerTax": [] if supplier.tax is None else [_tax(number, *supplier.tax)],
            "to_Supplier": [_role(supplier)],
        },
    )


def _address(partner: str, number: str, supplier: Supplier) -> Entity:
    street, _, house = supplier.street.partition(", ")
    values: dict[str, Json] = {
        "BusinessPartner": partner,
        "AddressID": number,
        "StreetName": street,
        "HouseNumber": house,
        "CityName": supplier.city,
        "Region": "" if supplier.region is None else supplier.region,
        "PostalCode": "" if supplier.postal_code is None else supplier.postal_code,
        "Country": supplier.country,
    }
    emails = [] if supplier.email is None else [_email(number, supplier.email)]
    return Entity(ADDRESS, values, {"to_EmailAddress": emails})


def _email(address: str, email: str) -> Entity:
    return Entity(EMAIL_ADDRESS, {"AddressID": address, "Person": "", "OrdinalNumber": "1", "EmailAddress": email})


def _bank(partner: str, country: str, bank: Bank) -> Entity:
    values: dict[str, Json] = {
        "BusinessPartner": partner,
        "BankIdentification": "0001",
        "BankCountryKey": country,
        "BankNumber": bank.bank if bank.branch is None else f"{bank.bank}{bank.branch}",
        "BankAccount": bank.account,
        "IBAN": "" if bank.iban is None else bank.iban,
    }
    return Entity(BANK, values)


def _tax(partner: str, kind: str, number: str) -> Entity:
    return Entity(TAX_NUMBER, {"BusinessPartner": partner, "BPTaxType": _TAX_TYPES[kind], "BPTaxNumber": number})


def _in_role(partner: str, role: str) -> Entity:
    return Entity(ROLE, {"BusinessPartner": partner, "BusinessPartnerRole": role})


def _role(supplier: Supplier) -> Entity:
    return Entity(
        SUPPLIER,
        {
            "Supplier": supplier.number,
            "SupplierName": supplier.name,
            "PurchasingIsBlocked": supplier.block in ("purchasing", "all"),
            "PaymentIsBlockedForSupplier": supplier.block in ("payment", "all"),
            "DeletionIndicator": supplier.deleted,
        },
    )
