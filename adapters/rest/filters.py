"""Conditions as the filter of TOTVS's framework, which takes a part of OData's language."""

from __future__ import annotations

from collections.abc import Sequence

from acl.conditions import AnyOf, Comparison, Condition, Where

_OPERATORS = {
    Comparison.EQ: "eq", Comparison.NE: "ne", Comparison.GE: "ge", Comparison.GT: "gt", Comparison.LE: "le",
    Comparison.LT: "lt",
}  # fmt: skip


def totvs_filter(where: Sequence[Where]) -> dict[str, str]:
    """Write conditions as query parameters; texts lose the blanks that fill them up, but for one in an empty one.

    Raises:
        TypeError: a value is neither text nor number.

    Source: PRO-PAD-01, PRO-PAD-02.
    """
    told = " and ".join(_conjunct(each) for each in where)
    return {"filter": told} if where else {}


def _conjunct(where: Where) -> str:
    if isinstance(where, AnyOf):
        return f"({' or '.join(map(_comparison, where.conditions))})"
    return _comparison(where)


def _comparison(condition: Condition) -> str:
    return f"{condition.column.lower()} {_OPERATORS[condition.comparison]} {_literal(condition.value)}"


def _literal(value: object) -> str:
    if isinstance(value, str):
        text = (value.rstrip(" ") or " ").replace("'", "''")
        return f"'{text}'"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    raise TypeError(f"{value!r} is neither text nor number")
