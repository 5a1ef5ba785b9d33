"""What the values of a column are, told by the type that SQLAlchemy's inspector gives."""

from __future__ import annotations

from attrs import frozen
from sqlalchemy import Dialect, types
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.exc import CompileError
from sqlalchemy.types import TypeEngine

from contracts.source.schema import Form

_FORMS: tuple[tuple[type[object], Form], ...] = (
    (mysql.SET, Form.OTHER),
    (mysql.YEAR, Form.INTEGER),
    (types.String, Form.TEXT),
    (types.Boolean, Form.BOOLEAN),
    (types.Integer, Form.INTEGER),
    (types.Float, Form.FLOAT),
    (types.Numeric, Form.DECIMAL),
    (types.DateTime, Form.TIMESTAMP),
    (types.Date, Form.DATE),
    (types.Time, Form.TIME),
    (types.LargeBinary, Form.BINARY),
    (types.BINARY, Form.BINARY),
    (types.VARBINARY, Form.BINARY),
)
"""The first that fits; some are kinds of a later one."""


@frozen
class ColumnType:
    """What a type says of a column."""

    native: str
    form: Form
    many: bool = False
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    codes: tuple[str, ...] | None = None


def column_type(kind: TypeEngine[object], dialect: Dialect) -> ColumnType:
    """Say what *kind* is in neutral words; a domain is what stands behind it, an array a list of its elements."""
    native = _native(kind, dialect)
    element = kind.item_type if isinstance(kind, types.ARRAY) else kind
    while isinstance(element, postgresql.DOMAIN):
        element = element.data_type
    form = next((form for known, form in _FORMS if isinstance(element, known)), Form.OTHER)
    exact = element if isinstance(element, types.Numeric) and form is Form.DECIMAL else None
    return ColumnType(
        native,
        form,
        many=isinstance(kind, types.ARRAY),
        length=_length(element) if form in (Form.TEXT, Form.BINARY) else None,
        precision=None if exact is None else exact.precision,
        scale=None if exact is None else exact.scale,
        codes=tuple(element.enums) if isinstance(element, types.Enum) else None,
    )


def _length(kind: TypeEngine[object]) -> int | None:
    """Give the most characters or bytes; that of an enumeration follows from its codes."""
    if isinstance(kind, types.Enum):
        return None
    return kind.length if isinstance(kind, types.String | types.LargeBinary | types.BINARY | types.VARBINARY) else None


def _native(kind: TypeEngine[object], dialect: Dialect) -> str:
    """Spell the type as the database does; empty if it has none (SQLite), or one that SQLAlchemy does not know."""
    try:
        return kind.compile(dialect)
    except CompileError:
        return ""
