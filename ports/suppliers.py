"""Asking an ERP for its suppliers."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from domain.identifiers import SupplierId
from domain.places import Country
from domain.suppliers import Supplier, SupplierBlock
from domain.tax import TaxId
from ports.queries import after, contains, equals
from ports.reads import Reads


@frozen(kw_only=True)
class SupplierQuery:
    """Which suppliers; what is left out is not asked."""

    tax_id: TaxId | None = equals("tax_ids")
    name: str | None = contains("name")
    country: Country | None = equals("address.country")
    block: SupplierBlock | None = equals("block")
    after: SupplierId | None = after("id")


class Suppliers(Reads[SupplierId, SupplierQuery, Supplier], Protocol):
    """The suppliers of one company in one ERP."""
