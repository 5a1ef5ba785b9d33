"""What a few hundred rows of each table look like; the values themselves are forgotten as soon as they are judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen
from sqlalchemy import column, select, table

from adapters.sql.database import SqlDatabase
from contracts.source.schema import Form, Record
from domain.currency import Currency
from domain.errors import DomainError
from domain.places import Country
from domain.tax import TaxId, TaxIdKind

ROWS = 300
_MOST_CODES = 40
_LONGEST_CODE = 24

Samples = Mapping[str, Mapping[str, Sequence[object]]]
"""Values by table and column, in the order of the rows; nothing of what was not sampled."""


def sampled(database: SqlDatabase, records: Sequence[Record]) -> Samples:
    """Read some rows of each table, in read-only transactions.

    Raises:
        AccessDenied, Drifted, Misconfigured, Unavailable: see `ports.errors`.
    """
    found: dict[str, Mapping[str, Sequence[object]]] = {}
    for record in records:
        names = [each.name for each in record.columns if each.form is not Form.BINARY]
        source = table(record.name, *map(column, names))
        statement = select(*source.c).order_by(*(source.c[name] for name in record.key)).limit(ROWS)
        rows = [row for page in database.pages(statement, size=ROWS) for row in page]
        found[record.name] = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return found


@frozen
class Look:
    """What the sampled values of one column are like; *values* are those that are not null."""

    values: tuple[object, ...]
    rows: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was seen, be it that nothing stands there or that nobody looked."""
        return len(self.values) == 0

    @property
    def is_unknown(self) -> bool:
        """Whether nobody looked."""
        return self.rows == 0

    @property
    def is_key(self) -> bool:
        """Whether each row has a value, and each another."""
        return self.rows == len(self.values) == len(set(map(repr, self.values)))

    @property
    def has_gaps(self) -> bool:
        """Whether some rows have no value."""
        return len(self.values) < self.rows

    def share(self, is_so: Callable[[object], bool]) -> float:
        """Say of how much of the values *is_so* holds, from 0 to 1; of none, 0."""
        told = [is_so(value) for value in self.values]
        return sum(told) / len(told) if told else 0.0

    def codes(self, *, repeated: bool = True) -> tuple[str | int, ...] | None:
        """Give the different values, the commonest first, if they may be codes of a list: few, short, *repeated*."""
        plain = [value for value in self.values if isinstance(value, str | int)]
        counted = Counter(plain)
        most = max(2, self.rows // 2) if repeated else self.rows
        if not counted or len(plain) != len(self.values) or len(counted) > min(_MOST_CODES, most):
            return None
        if any(isinstance(value, str) and len(value) > _LONGEST_CODE for value in counted):
            return None
        return tuple(value for value, _ in sorted(counted.items(), key=lambda pair: (-pair[1], str(pair[0]))))


def look(record: Record, name: str, samples: Samples) -> Look:
    """Judge the column *name* by the samples."""
    values = samples.get(record.name, {}).get(name, ())
    return Look(tuple(value for value in values if value is not None), len(values))


def is_country(value: object) -> bool:
    """Say whether *value* is two letters of ISO 3166."""
    return isinstance(value, str) and _holds(Country, value)


def is_currency(value: object) -> bool:
    """Say whether *value* is three letters of ISO 4217."""
    return isinstance(value, str) and _holds(Currency, value)


def is_email(value: object) -> bool:
    """Say whether *value* has the form of an e-mail address."""
    name, at, host = str(value).strip().partition("@")
    return isinstance(value, str) and at == "@" and name != "" and "." in host and " " not in value.strip()


def tax_kinds(look_: Look) -> tuple[TaxIdKind, ...]:
    """Give the kinds of tax numbers by which all values, but blank ones, pass their check digits."""
    told = [value.strip() for value in look_.values if isinstance(value, str) and value.strip() != ""]
    kinds = [kind for value in told for kind in TaxIdKind if _is_tax_id(kind, value)]
    of_any = [value for value in told if any(_is_tax_id(kind, value) for kind in TaxIdKind)]
    return tuple(kind for kind in TaxIdKind if kind in kinds) if told and len(of_any) >= 0.9 * len(told) else ()


def _is_tax_id(kind: TaxIdKind, value: str) -> bool:
    try:
        TaxId(kind, value)
    except DomainError:
        return False
    return True


def _holds(domain: type[Country] | type[Currency], value: str) -> bool:
    try:
        domain(value)
    except DomainError:
        return False
    return True
