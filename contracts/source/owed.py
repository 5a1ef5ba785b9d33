"""What a vendor's side owes us: the columns that a mapping reads or writes, and the form in which they must stay."""

from __future__ import annotations

from enum import IntEnum

from attrs import frozen

from contracts.source.schema import Form


class Use(IntEnum):
    """How much depends on a column; the higher, the more."""

    OPTIONAL_READ = 1
    """Read, and it may be absent."""
    READ = 2
    """Read into something that is always there, or it decides which records count."""
    WRITE = 3
    """Read, and a write needs it."""


@frozen(kw_only=True)
class Facets:
    """What is understood in one column, and what it must have room for; the defaults ask for nothing.

    *forms* are those in which its values can be read; empty if any will do. *nullable* says whether null is understood;
    ``None`` means: wherever the value may be absent. *length* and *scale* are the most characters and places that a
    written or compared value takes, ``None`` if there is no limit; *exact* says that a longer or finer value is refused
    when it is read, too. *codes* are the values that are understood, as texts; ``None`` if they are no closed list.
    *inside* names columns of the records that stand in this one, if the value is told by them as well.
    """

    forms: tuple[Form, ...] = ()
    nullable: bool | None = None
    length: int | None = None
    scale: int | None = None
    exact: bool = False
    codes: tuple[str, ...] | None = None
    inside: tuple[str, ...] = ()


ANYTHING = Facets(nullable=True)
"""Of a column nothing is asked but that it is there."""


@frozen(kw_only=True)
class OwedColumn:
    """One column of the vendor's record *record*, at *path*, and what hangs on it.

    *fields* are the domain attributes made of it, empty if it only decides which records count.
    """

    record: str
    path: str
    fields: tuple[str, ...] = ()
    use: Use = Use.READ
    facets: Facets = ANYTHING


@frozen(kw_only=True)
class SourceContract:
    """What one port on one kind of system relies on; *port* is its name, such as ``suppliers``.

    *by_name* says that each column is asked for by its name, so that nothing can be read once one of them is gone.
    """

    kind: str
    port: str
    columns: tuple[OwedColumn, ...]
    by_name: bool = True
