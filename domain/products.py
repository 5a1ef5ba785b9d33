"""Products: what is bought."""

from __future__ import annotations

from attrs import field, frozen, validators

from domain.identifiers import ProductId
from domain.provenance import SourceRef
from domain.text import words
from domain.units import Unit


@frozen(kw_only=True)
class Product:
    """One product master record; *base_unit* is the unit that stock is counted in."""

    id: ProductId = field(validator=validators.instance_of(ProductId))
    description: str = field(validator=words)
    base_unit: Unit = field(validator=validators.instance_of(Unit))
    source: SourceRef = field(validator=validators.instance_of(SourceRef), eq=False)
