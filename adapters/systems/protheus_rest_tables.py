"""Protheus's tables, read through the generic query of its REST framework."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field, frozen

from acl.conditions import AnyOf, Comparison, Condition, Where
from acl.mapping import Mapping
from acl.protheus.rest.rows import NOT_IN_THE_DICTIONARY, Row, TableRows, cells, rows_of
from adapters.rest.page_styles import NumberedPages, Record
from adapters.rest.service import RestService
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Drifted, Misconfigured, Refused

QUERY = "api/framework/v1/genericQuery"
_SOME = 40
"""How many keys are asked for at once; more would make an address too long for some servers."""
_ONE = NumberedPages(size=("pageSize", 1))


@frozen(kw_only=True)
class ProtheusTable:
    """One table of one company, as one branch sees it.

    *key* names the columns that tell its documents apart, *branch* the column of the branch, blank where all branches
    share the table, if it may be *shared*. *sort* is the order of the rows, *live* the conditions that a row meets
    which counts at all.
    """

    rows: TableRows
    key: tuple[str, ...]
    branch: str
    sort: tuple[str, ...]
    shared: bool = False
    live: tuple[Where, ...] = ()


def supplier_table(mapping: Mapping[Supplier]) -> ProtheusTable:
    """Give the suppliers' table; it may be shared by all branches (PRO-FIL-01)."""
    key = ("A2_COD", "A2_LOJA")
    return ProtheusTable(rows=rows_of(mapping), key=key, branch="A2_FILIAL", sort=key, shared=True)


def order_table(mapping: Mapping[PurchaseOrder]) -> ProtheusTable:
    """Give the orders' table; delivery authorisations are none (PRO-PO-06)."""
    return ProtheusTable(
        rows=rows_of(mapping),
        key=("C7_NUM",),
        branch="C7_FILIAL",
        sort=("C7_NUM", "C7_ITEM"),
        live=(Condition("C7_TIPO", Comparison.NE, 2),),
    )


@frozen(kw_only=True)
class ProtheusTables:
    """The tables of one company and *branch*.

    The framework filters rows. A document is read with all its rows or not at all, so conditions on anything but its
    key are first asked for the keys alone, and then all rows of those are read: nobody is shown a part of an order, or
    one of two twins.

    Source: PRO-DEL-01, PRO-DEL-02, PRO-PO-07.
    """

    service: RestService
    branch: str
    pages: NumberedPages = field(factory=NumberedPages)

    def cells(
        self, table: ProtheusTable, columns: Sequence[str], where: Sequence[Where]
    ) -> Iterator[list[tuple[object, ...]]]:
        """Give what `read` does, as a mapping of these *columns* takes it."""
        for rows in self.read(table, where):
            yield cells(rows, columns)

    def read(self, table: ProtheusTable, where: Sequence[Where]) -> Iterator[list[Row]]:
        """Give all rows of the documents that have a row which meets *where*, and of some others, sorted by their key.

        Raises:
            Drifted: a field did not come.
            Misconfigured: rows of another branch came.
            AccessDenied, Refused, Unavailable, Unintelligible: see `adapters.rest.faults`.
        """
        if all(_columns(each) <= set(table.key) for each in where):
            yield from self._rows(table, where)
            return
        wanted = self._keys(table, where)
        for start in range(0, len(wanted), _SOME):
            some = (Condition(table.key[0], Comparison.EQ, each) for each in wanted[start : start + _SOME])
            yield from self._rows(table, [AnyOf(tuple(some))])

    def check(self, table: ProtheusTable) -> None:
        """Ask for one row; it raises what `read` does."""
        next(self._rows(table, [], _ONE), None)

    def lacks(self, table: ProtheusTable, column: str) -> bool:
        """Say whether the framework does not know a *column* of a table.

        Raises:
            AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.rest.faults`.
        """
        try:
            records = next(self._asked(table, (column,), [], _ONE), [])
        except Refused:  # some versions leave out what they do not know, others say no
            return True
        return not all(column.lower() in record for record in records)

    def _keys(self, table: ProtheusTable, where: Sequence[Where]) -> list[str]:
        """Give the first part of the keys of what meets *where*, sorted."""
        columns = (*table.key, table.branch)
        found = set()
        for records in self._asked(table, columns, where, self.pages):
            found |= {_key(table, self._ours(table, _cells(table, each, columns))) for each in records}
        return sorted(found)

    def _rows(
        self, table: ProtheusTable, where: Sequence[Where], pages: NumberedPages | None = None
    ) -> Iterator[list[Row]]:
        columns = tuple(dict.fromkeys((*table.rows.columns, table.branch)))
        for records in self._asked(table, columns, where, pages or self.pages):
            yield [table.rows.row(self._ours(table, _cells(table, each, columns))) for each in records]

    def _asked(
        self, table: ProtheusTable, columns: Sequence[str], where: Sequence[Where], pages: NumberedPages
    ) -> Iterator[list[Record]]:
        params = {
            "tables": table.rows.table,
            "fields": ",".join(column.lower() for column in columns if column != NOT_IN_THE_DICTIONARY),
            "order": ",".join(column.lower() for column in table.sort),
        }
        return self.service.pages(QUERY, params=params, where=[*table.live, *where], page_style=pages)

    def _ours(self, table: ProtheusTable, row: Row) -> Row:
        """Refuse what stands in another branch: the right form, and somebody else's data (PREST-02, PRO-FIL-01)."""
        branch = row[table.branch]
        ours = ("", self.branch.rstrip(" ")) if table.shared else (self.branch.rstrip(" "),)
        if not isinstance(branch, str) or branch.rstrip(" ") not in ours:
            told = f"the API answered for branch {branch!r} and not for {self.branch!r}"
            raise Misconfigured(f"{told}; correct company and branch, or the branches that our user may see")
        return row


def _cells(table: ProtheusTable, record: Record, columns: Sequence[str]) -> Row:
    """Give the fields of a record by their columns' names."""
    asked = [column for column in columns if column != NOT_IN_THE_DICTIONARY]
    lacking = [column for column in asked if column.lower() not in record]
    if lacking:
        told = f"the answer about {table.rows.table} lacks {', '.join(lacking)}"
        raise Drifted(f"{told}: the dictionary does not have it, or our user may not see it")
    return {column: record[column.lower()] for column in asked}


def _columns(where: Where) -> set[str]:
    conditions = where.conditions if isinstance(where, AnyOf) else (where,)
    return {each.column for each in conditions}


def _key(table: ProtheusTable, row: Row) -> str:
    key = row[table.key[0]]
    if not isinstance(key, str):
        raise Drifted(f"a row of {table.rows.table} came without its key {', '.join(table.key)}")
    return key
