"""Suppliers in memory."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.memory.records import InMemoryRecords
from domain.identifiers import SupplierId
from domain.suppliers import Supplier
from ports.quarantine import Quarantine, Refusal
from ports.suppliers import SupplierQuery, Suppliers


class InMemorySuppliers(InMemoryRecords[SupplierId, SupplierQuery, Supplier], Suppliers):
    """The given *suppliers*, in the order of their keys; a refusal's source key is the supplier's key."""

    def __init__(
        self, suppliers: Iterable[Supplier], *, refused: Iterable[Refusal] = (), quarantine: Quarantine
    ) -> None:
        super().__init__(suppliers, ((SupplierId(each.source.key), each) for each in refused), quarantine)
