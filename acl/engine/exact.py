"""The slow, exact reading of one record: it finds every problem, and can name and show the record that has them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, localcontext
from typing import cast

from attrs import frozen

from acl.engine.fields import Field
from acl.engine.parts import Part
from acl.engine.reader import different, header_columns, row_sets
from acl.engine.records import Cells, Origin, Report, Shape, key_text
from domain.provenance import SourceRef
from ports.errors import Drifted, ProblemKind, TranslationError

ARITHMETIC = Context(prec=28)
"""Decimal arithmetic of the readers, whatever the caller has set."""


@frozen
class ExactReader:
    """Reads records of one *shape*; *key* is the field that tells one from another."""

    record: str
    shape: Shape
    root: Part
    key: Field

    def read(self, record: object, origin: Origin) -> object:
        """Translate one record.

        Raises:
            TranslationError: naming every bad field.
        """
        report = Report(origin, self.record)
        cells = self._cells(record)
        with localcontext(ARITHMETIC):
            self._tell_disagreements(cells, report)
            value = self.root.read(cells, report)
        return self._good(value, record, report)

    def read_key(self, record: object, origin: Origin) -> object:
        """Translate the key of a record alone.

        Raises:
            TranslationError: it is missing, or cannot be one.
        """
        report = Report(origin, self.record)
        return self._good(self.key.read(self._cells(record), report), record, report)

    def assembled(self, pages: Iterable[Sequence[object]]) -> Iterable[Sequence[object]]:
        """Put the rows of row sets together; pages of other shapes pass as they are."""
        if self.shape is not Shape.ROW_SET:
            return pages
        columns = self.root.columns
        return row_sets(map(self._of_our_width, pages), [columns.index(column) for column in self.key.columns])

    def shown(self, record: object) -> str:
        """Give a raw record as text, field by field, for a person."""
        cells = self._cells(record)
        raw = [row.values for row in cells.siblings] or cells.values
        text = json.dumps(raw, default=repr, ensure_ascii=False)
        return text.encode("utf-8", "backslashreplace").decode()  # bytes that are no characters can be shown, too

    def _good(self, value: object, record: object, report: Report) -> object:
        if report.problems:
            stands = self.root.parts.get("source", self.key)
            key = key_text(self._cells(record), stands.columns)
            source = SourceRef(report.origin.system, self.record, key, report.origin.read_at)
            raise TranslationError(source, report.problems)
        return value

    def _cells(self, record: object) -> Cells:
        if self.shape is Shape.ROW:
            return Cells(self._by_column(record), omits_absent=False)
        if self.shape is Shape.ROW_SET:
            rows = [Cells(self._by_column(row), omits_absent=False) for row in cast("Sequence[object]", record)]
            return Cells(rows[0].values, omits_absent=False, siblings=rows)
        if not isinstance(record, Mapping):
            raise Drifted(f"a record of {self.record} is a {type(record).__name__}, not columns by their names")
        return Cells(record, omits_absent=self.shape is Shape.ELEMENT)

    def _by_column(self, row: object) -> Mapping[str, object]:
        values = cast("Sequence[object]", row)
        self._check_width(len(values))
        return dict(zip(self.root.columns, values, strict=True))

    def _of_our_width(self, rows: Sequence[object]) -> Sequence[object]:
        for width in set(map(len, cast("Sequence[Sequence[object]]", rows))):
            self._check_width(width)
        return rows

    def _check_width(self, width: int) -> None:
        if width != len(self.root.columns):
            raise Drifted(f"a row of {self.record} has {width} columns, the mapping knows {len(self.root.columns)}")

    def _tell_disagreements(self, cells: Cells, report: Report) -> None:
        for column in header_columns(self.root) if len(cells.siblings) > 1 else ():
            raws = different([row[column] for row in cells.siblings])
            if len(raws) > 1:
                reason = f"the rows of one document disagree: {', '.join(map(repr, raws))}"
                report.add((column,), (raws[1],), ProblemKind.AMBIGUOUS, reason, None)
