"""What stands in the in-house system's tables, as commands need it: whole records, their versions, our references."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

from attrs import field, frozen
from sqlalchemy import GenerativeSelect, column, select, table

from acl.conditions import Where
from acl.inhouse.commands.catalogue import TABLES, record_of
from acl.inhouse.commands.programs import ORDERS, SUPPLIERS, Row, Stored
from acl.inhouse.commands.versions import version_of
from acl.mapping import Mapping as Mapped
from acl.mapping import Origin, Shape
from adapters.sql.database import SqlDatabase
from adapters.systems.inhouse_tables import order_statement, supplier_statement
from domain.identifiers import Identifier
from domain.outcomes import Reference
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Drifted, NotFound, TranslationError
from ports.queries import Operator

_STATEMENTS: Mapping[str, Callable[[Sequence[Where]], GenerativeSelect]] = {
    SUPPLIERS: supplier_statement,
    ORDERS: order_statement,
}
_REFERENCES = table("acl_ref", column("id"), column("table"), column("key"))
LACKING = (
    "create the table acl_ref (id, table, key), and let every program write its reference there in the same transaction"
)
"""Without it a write whose answer is lost cannot be found again (X-REF-11)."""


@frozen(kw_only=True)
class InHouseRecords:
    """The records of one database; *name* is the site's own name for the system."""

    name: str
    database: SqlDatabase
    mappings: Mapping[type[Identifier], Mapped[Supplier] | Mapped[PurchaseOrder]]
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def read(self, key: Identifier) -> Stored[object]:
        """Read one record.

        Raises:
            NotFound: it is not there, or does not count.
            Drifted: it cannot be translated, or there are several.
            AccessDenied, Misconfigured, Refused, Unavailable, Unintelligible: see `adapters.sql.faults`.
        """
        mapping, kept = self.mappings[type(key)], TABLES[type(key)]
        where = mapping.key.conditions((), Operator.EQUALS, key) or ()
        pages = self.database.pages(_STATEMENTS[kept](where))
        rows = [row for page in pages for row in page]
        if not rows:
            raise NotFound(f"{self.name} has no {mapping.target.__name__} {key}")
        if mapping.shape is Shape.ROW and len(set(rows)) > 1:
            raise Drifted(f"{self.name} has several {kept} of the number {key}; a person must look")
        value = self._read(mapping, rows)
        return Stored(value=value, version=version_of(kept, mapping.columns, rows))

    def _read(self, mapping: Mapped[Supplier] | Mapped[PurchaseOrder], rows: list[Row]) -> object:
        record = rows[0] if mapping.shape is Shape.ROW else rows
        try:
            return mapping.read(record, origin=Origin(self.name, self.now()))
        except TranslationError as error:
            raise Drifted(f"{error}; it is neither looked at nor written before somebody has mended it") from error

    def under(self, reference: Reference) -> tuple[Identifier, ...] | None:
        """Give the records that were written under *reference*; ``None`` if no such thing is kept here.

        Raises:
            AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.sql.faults`.
        """
        kept = _REFERENCES.c
        wanted = select(kept.table, kept.key).where(kept.id == reference.text)
        try:
            rows = [row for page in self.database.pages(wanted) for row in page]
        except Drifted:
            return None
        return tuple(dict.fromkeys(self._named(cast("tuple[str, str]", row)) for row in rows))

    def _named(self, row: tuple[str, str]) -> Identifier:
        found = record_of(*row)
        if found is None:
            raise Drifted(f"{self.name}: acl_ref names the record {row[1]!r} of {row[0]}, and there can be none")
        return found
