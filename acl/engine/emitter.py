"""Writing the source of a reader: lines, names and the objects that they refer to."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

_SPOKEN_FOR = frozenset({
    "records", "origin", "replay", "system", "read_at", "found", "keep", "record", "first", "agreed", "other",
    *keyword.kwlist, *dir(builtins),
})  # fmt: skip
"""Names that mean something in every reader, or in Python: no column may take them."""


class Emitter:
    """Collects lines of Python and the constants that they name."""

    def __init__(self, record: str, columns: Sequence[str], *, omits_absent: bool) -> None:
        self.record = record
        self.positions = {column: place for place, column in enumerate(columns)}
        self.omits_absent = omits_absent
        self.constants: dict[str, object] = {}
        self._lines: list[str] = []
        self._depth = 0
        self._taken = set(_SPOKEN_FOR)
        self._names: dict[int, str] = {}
        self._known: list[dict[object, str]] = [{}]

    @property
    def source(self) -> str:
        """What was written so far."""
        return "\n".join(self._lines) + "\n"

    def put(self, line: str) -> None:
        """Write one line at the present depth."""
        self._lines.append("    " * self._depth + line)

    def cells(self, record: str, columns: Sequence[str]) -> dict[str, str]:
        """Take each column out of the keyed record in the variable *record*; give the variables by column."""
        if self.omits_absent:
            return {column: self.let(column, f"{record}.get({column!r})") for column in columns}
        return {column: self.let(column, f"{record}[{column!r}]") for column in columns}

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Write *head*, and what follows one step deeper."""
        self.put(head)
        self._depth += 1
        self._known.append({})
        yield
        self._known.pop()
        self._depth -= 1

    def once(self, key: object, emit: Callable[[], str]) -> str:
        """Give the variable that *emit* filled for the same *key* in this block or round it; else call *emit*."""
        for known in self._known:
            if key in known:
                return known[key]
        self._known[-1][key] = name = emit()
        return name

    def fresh(self, hint: str) -> str:
        """Give a name that no other line uses, whatever a vendor calls its column."""
        clean = "".join(char if char.isascii() and char.isalnum() else "_" for char in hint).strip("_") or "value"
        clean = f"c_{clean}" if clean[0].isdigit() else clean
        name, count = clean, 1
        while name in self._taken:
            count += 1
            name = f"{clean}_{count}"
        self._taken.add(name)
        return name

    def constant(self, value: object, hint: str) -> str:
        """Give the name under which the code finds *value*; the same object has one name."""
        if id(value) not in self._names:
            name = self.fresh(f"k_{hint}")
            self._names[id(value)] = name
            self.constants[name] = value
        return self._names[id(value)]

    def let(self, hint: str, expression: str) -> str:
        """Assign an expression to a fresh variable and give its name."""
        name = self.fresh(hint)
        self.put(f"{name} = {expression}")
        return name
