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
class OwedColumn:
    """One column of the vendor's record *record*, at *path*, and what hangs on it.

    *fields* are the domain attributes made of it, empty if it only decides which records count. *forms* are those in
    which its values can be read; empty if any will do. *nullable* says whether null is understood. *length* is the most
    that a written or compared value takes, ``None`` if there is no limit. *codes* are the values that are understood,
    ``None`` if they are no closed list.
    """

    record: str
    path: str
    fields: tuple[str, ...]
    use: Use
    forms: tuple[Form, ...] = ()
    nullable: bool = True
    length: int | None = None
    codes: tuple[str, ...] | None = None


@frozen(kw_only=True)
class SourceContract:
    """What one port on one kind of system relies on; *port* is its name, such as ``suppliers``."""

    kind: str
    port: str
    columns: tuple[OwedColumn, ...]
