"""Protheus's documents as commands need them: read whole, with the version and the reference that their rows tell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, groupby
from typing import cast

from attrs import evolve, field, frozen

from acl.conditions import Comparison, Condition, Where
from acl.mapping import Mapping as RecordMapping
from acl.mapping import Origin, Shape
from acl.protheus.commands.writes import Stored
from acl.protheus.rest.rows import Row, cells
from adapters.systems.executing import only_looking
from adapters.systems.protheus_rest_tables import ProtheusTable, ProtheusTables
from domain.identifiers import Identifier
from domain.images import Version
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Drifted, NotFound, TranslationError
from ports.queries import Operator

WIDTH = 12
"""How many characters of ours a field must keep."""


@frozen(kw_only=True)
class Document:
    """One kind of document: its rows, what they mean, and the field for our reference, ``None`` if there is none."""

    table: ProtheusTable
    mapping: RecordMapping[Supplier] | RecordMapping[PurchaseOrder]
    reference: str | None

    def key_in(self, fields: Mapping[str, object]) -> Identifier:
        """Read the key alone from the fields that an answer names.

        Raises:
            TranslationError: it is missing, or cannot be one.
        """
        row = tuple(fields.get(column) for column in self.mapping.columns)
        return cast("Identifier", self.mapping.read_key([row] if self._has_several_rows else row))

    @property
    def marked(self) -> ProtheusTable:
        """The table with the field for our reference."""
        rows = self.table.rows
        more = () if self.reference is None else (self.reference,)
        return evolve(self.table, rows=evolve(rows, columns=(*rows.columns, *more)))

    def marks(self, rows: Sequence[Row]) -> set[str]:
        """Give what stands in the field for our reference, in any row."""
        return {str(row[str(self.reference)]).rstrip(" ") for row in rows}

    def documents(self, rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
        """Put sorted rows together; of a table with one row each, two that share a key stay apart."""
        if not self._has_several_rows:
            return ((row,) for row in rows)
        return (tuple(each) for _, each in groupby(rows, key=lambda row: [row[column] for column in self.table.key]))

    def read(self, rows: Sequence[Row], origin: Origin) -> Stored[object]:
        """Translate one document.

        Raises:
            Drifted: it cannot be translated.
        """
        told = cells(rows, self.mapping.columns)
        try:
            value = self.mapping.read(told if self._has_several_rows else told[0], origin=origin)
        except TranslationError as error:
            story = f"{error}; it is neither looked at nor written before somebody has mended it"
            raise Drifted(story) from error
        return Stored(rows=tuple(rows), value=value)

    @property
    def _has_several_rows(self) -> bool:
        return self.mapping.shape is Shape.ROW_SET


@frozen(kw_only=True)
class ProtheusDocuments:
    """The documents of one company and branch; *name* is the site's own name for the system."""

    name: str
    kinds: Mapping[type[Identifier], Document]
    tables: ProtheusTables
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def read(self, key: Identifier) -> Stored[object]:
        """Read one document.

        Raises:
            NotFound: it is not there, or not there for us.
            Drifted: it cannot be translated, or there are several.
            AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.rest.faults`.
        """
        document = self.kinds[type(key)]
        where = document.mapping.key.conditions((), Operator.EQUALS, key) or ()
        found = [each for each in self.found(document, where) if cast("Supplier", each.value).id == key]
        if not found:
            raise NotFound(f"{self.name} has no {document.mapping.target.__name__} {key}")
        if len(found) > 1:
            raise Drifted(f"{self.name} has several live rows of {document.table.rows.table} {key}; a person must look")
        return found[0]

    def found(self, document: Document, where: Sequence[Where], *, marked: bool = False) -> list[Stored[object]]:
        """Read all documents that meet *where*, with the field for our reference if they shall be *marked*.

        It raises what `read` does, but for NotFound.
        """
        origin = Origin(self.name, self.now())
        return [document.read(rows, origin) for rows in self._rows(document, where, marked=marked)]

    def under(self, document: Document, reference: str) -> tuple[Identifier, ...]:
        """Give the keys of all documents that carry a *reference*, whatever else is wrong with them.

        Raises:
            Drifted: one of them has no key.
            AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.rest.faults`.
        """
        found = self._rows(document, (Condition(str(document.reference), Comparison.EQ, reference),), marked=True)
        try:
            return tuple(document.key_in(rows[0]) for rows in found if reference in document.marks(rows))
        except TranslationError as error:
            raise Drifted(str(error)) from error

    def _rows(self, document: Document, where: Sequence[Where], *, marked: bool) -> list[tuple[Row, ...]]:
        with only_looking():
            rows = chain.from_iterable(self.tables.read(document.marked if marked else document.table, where))
            return list(document.documents(rows))

    def lacking(self, document: Document) -> str | None:
        """Say what must be created before a write of this kind can be found again; ``None`` if nothing.

        Raises:
            AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.rest.faults`.

        Source: X-REF-05.
        """
        table, reference = document.table.rows.table, document.reference
        if reference is None:
            return f"create a field for our reference in {table}, {WIDTH} characters and indexed, and name it to us"
        if self.tables.lacks(document.table, reference):
            return f"create the field {reference} in {table}, {WIDTH} characters and indexed, and let our user see it"
        return None


def version(rows: Sequence[Row]) -> Version:
    """Give the state of a document, which is all that was read of it."""
    return Version(hashlib.sha256(json.dumps(rows, sort_keys=True, default=str).encode()).hexdigest())
