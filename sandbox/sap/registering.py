"""Creating a business partner who is a supplier, in one call, and what hangs below one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sandbox.sap import rules
from sandbox.sap.bodies import inner, properties, without_inner
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
from sandbox.sap.model import Entity, EntitySet, Json
from sandbox.sap.partners import ROLES
from sandbox.sap.store import Store, key_of

_UNSET: dict[str, Json] = {
    "BusinessPartnerCategory": "2",
    "OrganizationBPName1": "",
    "OrganizationBPName2": "",
    "SearchTerm1": "",
    "BusinessPartnerIDByExtSystem": "",
    "IsMarkedForArchiving": False,
}
_NO_ADDRESS: dict[str, Json] = {
    "StreetName": "", "HouseNumber": "", "CityName": "", "Region": "", "PostalCode": "", "Country": ""
}  # fmt: skip


def registered(partners: Store, fields: Mapping[str, Json]) -> Entity:
    """Create a partner, and the supplier that it is by its roles.

    Raises:
        GatewayError: something is missing or not of its type, or a rule of the business says no.
    """
    given = properties(BUSINESS_PARTNER, without_inner(BUSINESS_PARTNER, fields))
    for name in ("BusinessPartnerGrouping", "OrganizationBPName1"):
        if given.get(name, "") == "":
            raise rules.refused("R11/124", f"Enter {name}")
    number = str(max(int(str(each.values["BusinessPartner"])) for each in partners.entities(BUSINESS_PARTNER)) + 1)
    roles = [str(each.get("BusinessPartnerRole", "")) for each in inner(fields, "to_BusinessPartnerRole")]
    supplier = _next_supplier(partners) if set(ROLES) <= set(roles) else ""
    values: dict[str, Json] = {
        **_UNSET,
        **given,
        "BusinessPartner": number,
        "Supplier": supplier,
        "LastChangeDate": ticks(datetime.now(UTC).date()),
    }
    values["BusinessPartnerFullName"] = full_name(values)
    partner = Entity(
        BUSINESS_PARTNER,
        values,
        {
            "to_BusinessPartnerAddress": [
                _address(partners, number, each) for each in inner(fields, "to_BusinessPartnerAddress")
            ],
            "to_BusinessPartnerBank": [],
            "to_BusinessPartnerRole": [
                Entity(ROLE, {"BusinessPartner": number, "BusinessPartnerRole": role}) for role in roles
            ],
            "to_BusinessPartnerTax": [
                Entity(TAX_NUMBER, {**properties(TAX_NUMBER, each), "BusinessPartner": number})
                for each in inner(fields, "to_BusinessPartnerTax")
            ],
            "to_Supplier": [] if supplier == "" else [_supplier(supplier, values)],
        },
    )
    partners.add(partner)
    return partner


def full_name(partner: Mapping[str, Json]) -> str:
    """Put an organisation's name together."""
    return " ".join(str(partner[name]) for name in ("OrganizationBPName1", "OrganizationBPName2") if partner[name])


def _next_supplier(partners: Store) -> str:
    taken = [str(each.values["Supplier"]) for each in partners.entities(SUPPLIER)]
    return str(max(int(number) for number in taken if number.isdigit() and int(number) < 99_000_000) + 1)


def _address(partners: Store, partner: str, fields: Mapping[str, Json]) -> Entity:
    given = properties(ADDRESS, without_inner(ADDRESS, fields))
    if given.get("Country", "") == "":
        raise rules.refused("AM/009", "Enter a country")
    number = str(max(int(str(each.values["AddressID"])) for each in partners.entities(ADDRESS)) + 1)
    values: dict[str, Json] = {**_NO_ADDRESS, **given, "BusinessPartner": partner, "AddressID": number}
    emails = [
        Entity(
            EMAIL_ADDRESS,
            {**properties(EMAIL_ADDRESS, each), "AddressID": number, "Person": "", "OrdinalNumber": str(place)},
        )
        for place, each in enumerate(inner(fields, "to_EmailAddress"), start=1)
    ]
    return Entity(ADDRESS, values, {"to_EmailAddress": emails})


def _supplier(number: str, partner: Mapping[str, Json]) -> Entity:
    return Entity(
        SUPPLIER,
        {
            "Supplier": number,
            "SupplierName": partner["BusinessPartnerFullName"],
            "PurchasingIsBlocked": False,
            "PaymentIsBlockedForSupplier": False,
            "DeletionIndicator": False,
        },
    )


_BELOW: dict[str, tuple[EntitySet, tuple[str, ...], str]] = {
    BANK.name: (BUSINESS_PARTNER, ("BusinessPartner",), "to_BusinessPartnerBank"),
    EMAIL_ADDRESS.name: (ADDRESS, ("AddressID",), "to_EmailAddress"),
}


def added(partners: Store, kind: EntitySet, fields: Mapping[str, Json]) -> Entity:
    """Put an account or an e-mail address below the partner whose key was sent with it.

    Raises:
        GatewayError: there is no such partner, or already such an entity.
    """
    above, keys, by = _BELOW[kind.name]
    values = properties(kind, fields)
    for declared in kind.keys:
        if declared.name not in values:
            raise rules.refused("R11/124", f"Enter {declared.name}")
    parent = next(
        (each for each in partners.entities(above) if all(each.values[key] == values[key] for key in keys)), None
    )
    if parent is None:
        raise rules.refused("R1/102", "The business partner does not exist")
    if partners.find(kind, dict(zip([each.name for each in kind.keys], key_of(kind, values), strict=True))) is not None:
        raise rules.refused("R1/103", "The entity exists already")
    entity = Entity(kind, {**{each.name: "" for each in kind.properties}, **values})
    partners.add(entity, below=parent, by=by)
    return entity
