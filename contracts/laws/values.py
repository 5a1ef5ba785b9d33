"""Laws of what is inside a record: exact types, true absence, provenance, and no way to change it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType

from attrs import exceptions, fields, has

from contracts.laws.anatomy import parts
from contracts.laws.applicability import stated
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, by_key
from contracts.laws.verdicts import require
from domain.provenance import SourceRef

_EXACT = (str, Decimal, date, bool, NoneType, tuple)
_SENTINELS = {
    date(1, 1, 1),
    date(1753, 1, 1),
    date(1899, 12, 30),
    date(1900, 1, 1),
    date(1970, 1, 1),
    date(9999, 12, 31),
}


class ValueLaws(Suite[K, Q, T]):
    """What records are made of."""

    def test_what_is_absent_is_none(self, subject: Subject[K, Q, T]) -> None:
        """Where nothing is known stands ``None``: no blank, no zero, no first day of some epoch."""
        due = by_key(stated(subject))
        for record in self.whole(subject):
            inside = dict(parts(record))
            expected = due.get(record.id.text)
            for path, value in () if expected is None else parts(expected):
                if value is None and path in inside:
                    require(inside[path] is None, f"in {record.id}, {path} is absent, not {inside[path]!r}")

    def test_no_blank_and_no_sentinel_stands_for_absence(self, subject: Subject[K, Q, T]) -> None:
        """A vendor's way to write "nothing" or "for ever" never reaches a caller as a value."""
        for record in self.whole(subject):
            for path, value in parts(record):
                if isinstance(value, str):
                    require(value.strip() != "", f"in {record.id}, {path} is blank")
                if isinstance(value, date):
                    real = value not in _SENTINELS
                    require(real, f"in {record.id}, {path} is {value}, which stands for nothing or for ever")

    def test_every_value_is_of_a_type_of_the_model_exactly(self, subject: Subject[K, Q, T]) -> None:
        """Amounts are `Decimal`, days are `date`, texts are `str`: no driver's subclass, no float, passes."""
        for record in self.whole(subject):
            for path, value in parts(record):
                kind = type(value)
                ours = kind.__module__.startswith("domain.") and (has(kind) or isinstance(value, Enum))
                require(ours or kind in _EXACT, f"in {record.id}, {path or 'the record'} is a {kind.__qualname__}")

    def test_records_cannot_be_changed(self, subject: Subject[K, Q, T]) -> None:
        """A record may be shared by threads and kept by callers, so nothing in it can be assigned."""
        for record in self.whole(subject):
            for path, value in parts(record):
                if has(kind := type(value)):
                    name = fields(kind)[0].name
                    require(_is_frozen(value, name), f"in {record.id}, {f'{path}.{name}'.lstrip('.')} can be assigned")

    def test_every_record_says_where_it_was_read(self, subject: Subject[K, Q, T]) -> None:
        """Each figure leads back to one record of one system at one instant."""
        seen: dict[tuple[str, str, str], str] = {}
        for record in self.whole(subject):
            source = record.source
            for part in ("system", "record", "key"):
                require(bool(getattr(source, part).strip()), f"the source of {record.id} names no {part}")
            aware = isinstance(source.read_at, datetime) and source.read_at.utcoffset() == timedelta(0)
            require(aware, f"{record.id} was read at {source.read_at!r}, which is not an instant in UTC")
            first = seen.setdefault((source.system, source.record, source.key), record.id.text)
            require(first == record.id.text, f"{first} and {record.id} claim one source, {source}")

    def test_where_it_was_read_takes_no_part_in_equality(self, subject: Subject[K, Q, T]) -> None:
        """The same facts from two systems, or read twice, are equal and hash alike."""
        elsewhere = SourceRef("another system", "another record", "another key", datetime(2001, 2, 3, tzinfo=UTC))
        for record in self.whole(subject):
            moved = self.read_elsewhere(record, elsewhere)
            require(moved == record, f"{record.id} read elsewhere is not equal to itself")
            require(hash(moved) == hash(record), f"{record.id} read elsewhere hashes differently")


def _is_frozen(value: object, name: str) -> bool:
    try:
        setattr(value, name, getattr(value, name))
    except exceptions.FrozenInstanceError:
        return True
    return False
