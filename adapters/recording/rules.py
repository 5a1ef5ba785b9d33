"""Which columns of a vendor's record hold personal data, and which are read at all: the mapping tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from attrs import field, frozen

from acl.engine.fields import Field
from acl.engine.gathered import Gathered
from acl.engine.nested import Many, Only
from acl.engine.parts import OfRows, Part
from acl.mapping import Lineage, Shape
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Misconfigured

PERSONAL: Mapping[type, tuple[str, ...]] = {
    Supplier: (
        "name", "trade_name", "tax_ids", "email", "bank_accounts", "address.street", "address.postal_code",
    ),
    PurchaseOrder: (),
}  # fmt: skip
"""What identifies somebody, by the attributes of each aggregate; all that is inside of one is personal, too."""


class Declared(Protocol):
    """What is needed of a mapping."""

    record: str
    shape: Shape
    root: Part

    @property
    def target(self) -> type: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def key(self) -> Field: ...
    @property
    def lineage(self) -> tuple[Lineage, ...]: ...


@frozen(eq=False)
class Unit:
    """One personal value of the domain, and the columns of one record, or inner record, that hold it.

    *attribute* is the one of `PERSONAL`, *place* leads to the inner record (``to_BusinessPartnerTax/``) or is empty.
    """

    attribute: str
    place: str
    field: Field

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the value, without the place."""
        return self.field.columns


@frozen(eq=False)
class Rules:
    """What is known of one kind of record.

    *columns* are those of the record itself, in the order of a row, and *key* those by which it is recognised. *read*
    are the paths of all that the mapping reads, *units* the personal values by the place where they stand.
    """

    record: str
    shape: Shape
    columns: tuple[str, ...]
    key: tuple[str, ...]
    read: frozenset[str]
    units: Mapping[str, tuple[Unit, ...]]
    ways: frozenset[str] = field(init=False)
    """The paths that lead to a column inside of an inner record."""

    @ways.default
    def _ways(self) -> frozenset[str]:
        steps = (path.split("/") for path in self.read)
        return frozenset("/".join(each[:end]) for each in steps for end in range(1, len(each)))

    def reads(self, path: str) -> bool:
        """Say whether *path* is a column that is read, with all that is in it."""
        return path in self.read and path not in self.ways


def rules_of(mapping: Declared) -> Rules:
    """Make the rules for the records of one mapping.

    Raises:
        Misconfigured: nobody has said what is personal in what the mapping makes, or a personal value is the key.
    """
    if mapping.target not in PERSONAL:
        raise Misconfigured(f"a {mapping.target.__name__} cannot be recorded: nobody has said what in it is personal")
    units: dict[str, tuple[Unit, ...]] = {}
    for unit in _units(mapping.root, "", "", PERSONAL[mapping.target]):
        keys = [column for column in unit.columns if unit.place == "" and column in mapping.key.columns]
        if keys:
            raise Misconfigured(
                f"{mapping.record} cannot be recorded: its key {keys[0]} is also {unit.attribute}, which is personal"
            )
        units[unit.place] = (*units.get(unit.place, ()), unit)
    read = frozenset(column for each in mapping.lineage for column in each.columns)
    return Rules(mapping.record, mapping.shape, mapping.columns, mapping.key.columns, read, units)


def _units(each: Field, path: str, place: str, personal: tuple[str, ...]) -> Iterator[Unit]:
    """Find the fields of the personal attributes, each as large as one record holds it."""
    attribute = next((name for name in personal if path == name or path.startswith(f"{name}.")), None)
    match each:
        case Many() | Only():
            yield from _units(each.item, path, f"{place}{each.column}/", personal)
        case OfRows():
            yield from _units(each.item, path, place, personal)
        case Gathered():
            for member in each.members:
                yield from _units(member, path, place, personal)
        case Part() if attribute is None or _holds_records(each):
            for name, inner in each.parts.items():
                yield from _units(inner, f"{path}.{name}" if path else name, place, personal)
        case _ if attribute is not None and len(each.columns) > 0:
            yield Unit(attribute, place, each)
        case _:
            return


def _holds_records(part: Part) -> bool:
    return any(
        isinstance(each, Many | Only | OfRows | Gathered) or (isinstance(each, Part) and _holds_records(each))
        for each in part.parts.values()
    )
