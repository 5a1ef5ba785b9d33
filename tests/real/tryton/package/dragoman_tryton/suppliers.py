"""Suppliers (party_party) as Supplier."""

from acl.codecs.iso import iso_country
from acl.codecs.relational import serial
from acl.codecs.taxes import tax_id
from acl.codecs.text import text
from acl.conditions import Comparison, Condition
from acl.mapping import (
    Shape,
    column,
    embedded,
    gathered,
    mapping,
    never,
    optional,
    provenance,
    read_only,
)
from adapters.sql.tables import Integer, Join, Tables
from domain.identifiers import SupplierId
from domain.places import Address
from domain.suppliers import Supplier, SupplierBlock
from domain.tax import TaxIdKind

from .codecs import REGION, STREET


def _of_type(name: str) -> tuple[Condition, ...]:
    return (Condition("type", Comparison.EQ, name),)


SUPPLIERS = Tables(
    root="party_party",
    key=(Integer("id"),),
    joins=(
        Join("party_address", on={"party": "id"}),
        Join("country_country", on={"id": "party_address.country"}),
        Join("country_subdivision", on={"id": "party_address.subdivision"}),
        Join("party_contact_mechanism", name="email", on={"party": "id"}, counts=_of_type("email")),
        Join("party_identifier", name="eu_vat", on={"party": "id"}, counts=_of_type("eu_vat")),
        Join("party_identifier", name="br_vat", on={"party": "id"}, counts=_of_type("br_vat")),
    ),
    counts=(Condition("active", Comparison.EQ, True),),
)
"""A party with two addresses, or two of another of these, comes twice, and is refused until somebody chooses."""

SUPPLIER = mapping(Supplier, record="party_party", shape=Shape.ROW)(
    id=serial("id", into=SupplierId),
    name=text("name", width=255),
    trade_name=never(None, because="a party has one name"),
    tax_ids=gathered(
        optional(column(tax_id(TaxIdKind.EU_VAT), "eu_vat.code_compact")),
        optional(column(tax_id(TaxIdKind.CNPJ), "br_vat.code_compact")),
    ),
    address=embedded(Address)(
        street=read_only(
            optional(
                column(
                    STREET,
                    "party_address.street_name",
                    "party_address.building_number",
                    "party_address.street_unstructured",
                )
            ),
            because="it may stand in either of two ways",
        ),
        city=optional(text("party_address.city", width=255)),
        region=read_only(optional(column(REGION, "country_subdivision.code")), because="it is a row of another table"),
        postal_code=optional(text("party_address.postal_code", width=255)),
        country=iso_country("country_country.code"),
    ),
    email=optional(text("email.value", width=255)),
    bank_accounts=never((), because="the module of bank accounts is not installed"),
    block=never(SupplierBlock.NONE, because="a party is active or gone"),
    source=provenance("id"),
)
