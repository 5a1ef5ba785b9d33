"""The field that notes where a record was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from attrs import frozen

from acl.engine.construction import Slot, construct
from acl.engine.emitter import Emitter
from acl.engine.fields import Field, Lineage, Raws
from acl.engine.records import OMITTED, Bad, Cells, Report
from domain.provenance import SourceRef
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn


@frozen(kw_only=True)
class Provenance(Field):
    """The `SourceRef` of the record itself, its key made of the raw *columns* with a slash between them."""

    columns: tuple[str, ...]
    read_only: str | None = "it says where the record was read"

    @property
    def produces(self) -> tuple[type, ...]:
        return (SourceRef,)

    def read(self, cells: Cells, report: Report) -> SourceRef | Bad:
        if lacking := [column for column in self.columns if cells[column] is OMITTED]:
            return report.add(lacking, [OMITTED] * len(lacking), ProblemKind.DRIFT, "the record lacks the column", None)
        key = "/".join(str(cells[column]).strip() for column in self.columns)
        return SourceRef(report.origin.system, report.record, key, report.origin.read_at)

    def write(self, value: object, raws: Raws) -> None:
        return

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        key = " + '/' + ".join(f"str({cells[column]}).strip()" for column in self.columns)
        given = {"system": "system", "record": repr(emitter.record), "key": key, "read_at": "read_at"}
        return construct(emitter, SourceRef, {name: Slot(text, (), (), False) for name, text in given.items()})

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        for column in self.columns:
            cells.setdefault(column, draw(strategies.sampled_from(("0000001", "0000002"))))

    def lineage(self, path: str) -> Iterator[Lineage]:
        yield Lineage(path, self.columns, "provenance", (), False, self.read_only)
