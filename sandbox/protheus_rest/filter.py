"""The framework's filter: comparisons of fields with literals, joined by and, or, and brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from operator import eq, ge, gt, le, lt, ne

from sandbox.protheus.rows import Cell, Row
from sandbox.protheus_rest.errors import fault

Test = Callable[[Row], bool]
_TOKEN = re.compile(
    r"\s*(?:(?P<sign>[()])|'(?P<text>(?:[^']|'')*)'|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>\w+))", re.ASCII
)
_COMPARE: dict[str, Callable[..., bool]] = {"eq": eq, "ne": ne, "ge": ge, "gt": gt, "le": le, "lt": lt}


def parsed(source: str, fields: Collection[str]) -> Test:
    """Read a filter.

    Raises:
        RestFault: it cannot be read, or names no field of the dictionary.
    """
    parser = _Parser(source, fields)
    found = parser.either()
    parser.end()
    return found


class _Parser:
    def __init__(self, source: str, fields: Collection[str]) -> None:
        self._fields = fields
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while source[at:].strip():
            match = _TOKEN.match(source, at)
            if match is None or match.lastgroup is None:
                raise fault(400, "Filtro invalido", source[at:])
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()

    def either(self) -> Test:
        tests = [self._both()]
        while self._taken("or"):
            tests.append(self._both())
        return lambda row: any(test(row) for test in tests)

    def end(self) -> None:
        if self._tokens:
            raise fault(400, "Filtro invalido", self._tokens[0][1])

    def _both(self) -> Test:
        tests = [self._one()]
        while self._taken("and"):
            tests.append(self._one())
        return lambda row: all(test(row) for test in tests)

    def _one(self) -> Test:
        if self._taken("("):
            inner = self.either()
            if not self._taken(")"):
                raise fault(400, "Filtro invalido", "parentese")
            return inner
        (_, name), (_, operator), (kind, literal) = self._next(), self._next(), self._next()
        field, compare = name.upper(), _COMPARE.get(operator)
        if field not in self._fields or compare is None or kind not in ("text", "number"):
            raise fault(400, "Filtro invalido", f"{name} {operator}")
        wanted: Cell = float(literal) if kind == "number" else literal.replace("''", "'").rstrip(" ")
        return lambda row: _compared(compare, row[field], wanted)

    def _next(self) -> tuple[str, str]:
        if not self._tokens:
            raise fault(400, "Filtro invalido", "fim")
        return self._tokens.pop(0)

    def _taken(self, word: str) -> bool:
        if self._tokens and self._tokens[0][0] in ("sign", "word") and self._tokens[0][1] == word:
            self._tokens.pop(0)
            return True
        return False


def _compared(compare: Callable[..., bool], stored: Cell, wanted: Cell) -> bool:
    """Compare as a database does: null with nothing, texts without the blanks that fill them up."""
    if stored is None or isinstance(stored, str) is not isinstance(wanted, str):
        return False
    return compare(stored.rstrip(" ") if isinstance(stored, str) else stored, wanted)
