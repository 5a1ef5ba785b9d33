"""Statements as one kind of database understands them, rendered once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from weakref import WeakKeyDictionary

from attrs import frozen
from sqlalchemy import ClauseElement, Dialect

from adapters.ledger.rows import Value

Bound: TypeAlias = "Sequence[Value] | Mapping[str, Value]"


@frozen
class _Rendered:
    """A statement's text; *order* names its values, if they are bound by position."""

    text: str
    order: Sequence[str] | None
    constants: Mapping[str, Value]


class Rendering:
    """Renders for one *dialect*, and forgets a statement with whoever made it.

    Every value is bound, as ever; what is saved is SQLAlchemy's work on each execution, which is more than the
    database's own work on a row.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self.kept = WeakKeyDictionary[ClauseElement, _Rendered]()

    def __call__(self, statement: ClauseElement, values: Mapping[str, Value]) -> tuple[str, Bound]:
        """Give the words of *statement* and its *values* as the driver takes them."""
        rendered = self.kept.get(statement) or self._render(statement)
        bound = {**rendered.constants, **values} if rendered.constants else values
        return rendered.text, bound if rendered.order is None else [bound[name] for name in rendered.order]

    def _render(self, statement: ClauseElement) -> _Rendered:
        compiled = statement.compile(dialect=self._dialect)
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        order = getattr(compiled, "positiontup", None)
        self.kept[statement] = _Rendered(str(compiled), order, constants)
        return self.kept[statement]
