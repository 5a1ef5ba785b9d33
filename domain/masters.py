"""Master records as they are recognised: what of a supplier people say, and what is wrong with the masters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import frozen

from domain.identifiers import Identifier, ProductId, SupplierId
from domain.matching import MasterRecord
from domain.mentions import Nature, Trait
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier, SupplierBlock
from domain.tax import TaxId, TaxIdKind, readings

T = TypeVar("T", bound=Identifier)

CITY, REGION, POSTAL_CODE, STREET, COUNTRY, EMAIL = "city", "region", "postal code", "street", "country", "e-mail"
_ROOT = 8
"""The digits of a CNPJ that all branches of one firm share."""


def of_supplier(supplier: Supplier) -> MasterRecord[SupplierId]:
    """Give what a supplier is recognised by; one that is blocked for everything is recognised, and never chosen."""
    address = supplier.address
    told = {
        CITY: address.city,
        REGION: address.region,
        POSTAL_CODE: address.postal_code,
        STREET: address.street,
        COUNTRY: address.country.code,
        EMAIL: supplier.email,
    }
    names = (supplier.name, *(() if supplier.trade_name is None else (supplier.trade_name,)))
    return MasterRecord(
        id=supplier.id,
        names=names,
        tax_numbers=tuple(each.number for each in supplier.tax_ids),
        facts=tuple(Trait(about, value) for about, value in told.items() if value is not None),
        nature=_nature(supplier.tax_ids),
        usable=supplier.block is not SupplierBlock.ALL,
        group=group_of(supplier.tax_ids),
    )


def of_products(orders: Iterable[PurchaseOrder]) -> Iterator[MasterRecord[ProductId]]:
    """Give the products that stand on *orders*, each with all that it was called there; all orders are read first."""
    called: dict[ProductId, dict[str, None]] = {}
    for order in orders:
        for line in order.lines:
            if line.product is not None:
                called.setdefault(line.product, {})[line.description] = None
    return (MasterRecord(id=product, names=tuple(names)) for product, names in called.items())


def group_of(numbers: Iterable[TaxId]) -> str | None:
    """Give what the branches of one firm have in common, ``None`` if their numbers do not tell."""
    return next((f"cnpj {each.number[:_ROOT]}" for each in numbers if each.kind is TaxIdKind.CNPJ), None)


def _nature(numbers: Sequence[TaxId]) -> Nature | None:
    kinds = {each.kind for each in numbers}
    if kinds == {TaxIdKind.CPF}:
        return Nature.PERSON
    return Nature.ORGANISATION if TaxIdKind.CNPJ in kinds else None


@frozen(kw_only=True)
class Quality:
    """What makes records hard to tell apart: each entry names the records that share something.

    *numbers* are tax numbers that several records have, *names* are names that several have, *branches* are firms with
    several records. *unchecked* are records with a tax number whose check digits fail.
    """

    numbers: tuple[tuple[Identifier, ...], ...]
    names: tuple[tuple[Identifier, ...], ...]
    branches: tuple[tuple[Identifier, ...], ...]
    unchecked: tuple[Identifier, ...]


def quality(records: Iterable[MasterRecord[T]]) -> Quality:
    """Say what is wrong with *records*."""
    every = tuple(records)
    return Quality(
        numbers=_shared(every, lambda record: dict.fromkeys(record.tax_numbers)),
        names=_shared(every, lambda record: dict.fromkeys(map(_folded, record.names))),
        branches=_shared(every, lambda record: () if record.group is None else (record.group,)),
        unchecked=tuple(one.id for one in every if any(not readings(number) for number in one.tax_numbers)),
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _shared(
    records: Iterable[MasterRecord[T]], said: Callable[[MasterRecord[T]], Iterable[Hashable]]
) -> tuple[tuple[Identifier, ...], ...]:
    found: defaultdict[Hashable, list[Identifier]] = defaultdict(list)
    for record in records:
        for value in said(record):
            found[value].append(record.id)
    return tuple(tuple(keys) for keys in found.values() if len(keys) > 1)
