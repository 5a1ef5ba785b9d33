"""What a vendor publishes about its records, in one neutral form: ``$metadata``, a WSDL, tables, an OpenAPI document.

Names are the vendor's own and compared as they stand. A column may lead to other records (`Column.of`), as a navigation
of OData or an element of a complex type does; a path such as ``to_Address/CityName`` follows such columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from attrs import field, frozen

from domain.errors import InvalidValue


class Form(Enum):
    """What the values of a column are, whatever the vendor calls it."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timestamp"
    BINARY = "binary"
    RECORD = "record"
    OTHER = "other"


@frozen(kw_only=True)
class Column:
    """One column; what is ``None`` the vendor does not say.

    *native* is the type in the vendor's own word, such as ``Edm.Decimal``. *length* counts characters or bytes, *scale*
    the places after the point. *codes* are all values that it may hold, if they are a closed list. *many* tells a list;
    *of* is the name of the record that stands in it, for the form `Form.RECORD`. *creatable* and *updatable* are false
    where the vendor says that it takes no value when a record is made, or none afterwards.
    """

    name: str
    form: Form
    native: str
    nullable: bool | None = None
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    codes: tuple[str, ...] | None = None
    many: bool = False
    of: str | None = None
    creatable: bool = True
    updatable: bool = True


@frozen
class Reference:
    """A foreign key: *columns* of the record hold the *target_columns* of the record *target*."""

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


@frozen(kw_only=True)
class Record:
    """One kind of record: an entity set, a complex type, a table or view; *key* is empty if none is published."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    def column(self, name: str) -> Column | None:
        """Give the column of that name; ``None`` if there is none."""
        return next((column for column in self.columns if column.name == name), None)


def _by_name(records: Sequence[Record]) -> Mapping[str, Record]:
    if twice := _twice(record.name for record in records):
        raise InvalidValue(f"the record {twice} stands in it twice")
    for record in records:
        if twice := _twice(column.name for column in record.columns):
            raise InvalidValue(f"the column {record.name}/{twice} stands in it twice")
    return {record.name: record for record in records}


def _twice(names: Iterable[str]) -> str | None:
    return next((name for name, times in Counter(names).items() if times > 1), None)


@frozen
class Schema:
    """Everything that one system publishes; *origin* says in words where it was read.

    It raises `InvalidValue` if two records, or two columns of a record, have one name.
    """

    origin: str
    records: Mapping[str, Record] = field(converter=_by_name)

    def column(self, record: str, path: str) -> Column | None:
        """Give the column at *path* of a record, following what leads to other records; ``None`` if there is none."""
        found = self.records.get(record)
        *steps, last = path.split("/")
        for step in steps:
            way = None if found is None else found.column(step)
            found = None if way is None or way.of is None else self.records.get(way.of)
        return None if found is None else found.column(last)
