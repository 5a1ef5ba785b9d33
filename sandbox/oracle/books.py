"""What one environment holds: its rows, what waits for an approver, and the journal of what it has committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock

from lxml.etree import _Element

from sandbox.oracle.journal import Commit
from sandbox.oracle.rows import Row
from sandbox.oracle.sheets import Sheet

KEYS = {"Supplier": ("SupplierId", "SupplierNumber"), "PurchaseOrder": ("POHeaderId", "OrderNumber")}
Decision = Callable[[bool], None]
"""What happens to a document when its approver says yes or no."""


@dataclass(frozen=True)
class _State:
    rows: dict[str, dict[str, Row]]
    waiting: dict[str, Decision]


class Books:
    """The books of one environment, which several threads may use.

    *approves_after* makes the approvers say yes once a document that waits for them has been looked at so often;
    without it they wait for `decide`. Without *flexfields* no customer has added a segment to keep a reference in; one
    that is not *searchable* is there, and no criterion may name it.
    """

    def __init__(self, *, approves_after: int | None = None, flexfields: bool = True, searchable: bool = True) -> None:
        self.flexfields = flexfields
        self.searchable = flexfields and searchable
        self.journal: list[Commit] = []
        self._approves_after = approves_after
        self._looks: dict[str, int] = {}
        self._rows: dict[str, dict[str, Row]] = {}
        self._waiting: dict[str, Decision] = {}
        self._lock = RLock()

    def begin(self, record: str, rows: dict[str, Row]) -> None:
        """Fill in what stands there when the environment starts."""
        self._rows[record] = dict(rows)

    def rows(self, record: str) -> list[Row]:
        """Give every row of that kind."""
        with self._lock:
            return list(self._rows[record].values())

    def find(self, record: str, key: str) -> Row | None:
        """Give one row by its key."""
        with self._lock:
            return self._rows[record].get(key)

    def sheet(self, record: str, key: str) -> Sheet:
        """Take a copy of a row, to change it.

        Raises:
            KeyError: there is none.
        """
        with self._lock:
            return Sheet.of(self._rows[record][key].xml, record)

    def keep(self, record: str, element: _Element) -> Row:
        """Put a record in the place of the one that has its key, or add it."""
        id_name, key_name = KEYS[record]
        row = Row.of(element, id_name=id_name, key_name=key_name)
        with self._lock:
            self._rows[record][row.key] = row
        return row

    def wait(self, order: str, decision: Decision) -> None:
        """Hand an order to its approvers."""
        with self._lock:
            self._waiting[order] = decision
            self._looks[order] = 0

    def waits(self, order: str) -> bool:
        """Say whether an order was handed to its approvers, and they have not decided."""
        with self._lock:
            return order in self._waiting

    def withdraw(self, order: str) -> None:
        """Take an order back from its approvers."""
        with self._lock:
            self._waiting.pop(order, None)

    def decide(self, *, approve: bool = True) -> None:
        """Have every approver decide now."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            for decision in waiting.values():
                decision(approve)

    def looked_at(self, order: str) -> None:
        """Note that somebody has asked for an order; patience may be at its end."""
        with self._lock:
            if self._approves_after is None or order not in self._waiting:
                return
            self._looks[order] += 1
            if self._looks[order] > self._approves_after:
                self._waiting.pop(order)(True)

    @contextmanager
    def unit_of_work(self, *, commits: bool) -> Iterator[None]:
        """Take everything back that was written inside, if it ends in an error or shall not be committed."""
        with self._lock:
            before = _State({name: dict(rows) for name, rows in self._rows.items()}, dict(self._waiting))
            written = len(self.journal)
            done = False
            try:
                yield
                done = commits
            finally:
                if not done:
                    self._rows, self._waiting = before.rows, before.waiting
                    del self.journal[written:]
