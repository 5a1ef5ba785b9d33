"""The fields of a mapping: how one attribute of a domain class stands in a vendor's record.

A field reads and writes slowly and exactly (`read`, `write`), emits the fast path (`emit`), turns a criterion into
conditions (`conditions`), tells its lineage and draws valid records. The engine knows no other kind than these.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, cast

from attrs import frozen

from acl.conditions import AnyOf, Comparison, Condition, Narrowing, Where
from acl.engine.codec import Codec, Unreadable
from acl.engine.emitter import Emitter
from acl.engine.records import OMITTED, Cells, Report
from domain.errors import DomainError
from ports.errors import ProblemKind
from ports.queries import Operator

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

Raws = dict[str, object]
"""Raw values by column."""


class Slow(Exception):
    """The fast path does not recognise a value; the record is read again slowly."""


@frozen
class Lineage:
    """Where one domain attribute comes from: its columns, the codec between them, the quirks it absorbs."""

    field: str
    columns: tuple[str, ...]
    codec: str
    quirks: tuple[str, ...]
    optional: bool
    read_only: str | None
    """Why it is never written; ``None`` if it is."""


@frozen(kw_only=True)
class Field(ABC):
    """What every field knows; *read_only* is the reason why it is never written, ``None`` if it is."""

    optional: bool = False
    read_only: str | None = None

    @property
    def may_be_none(self) -> bool:
        """Whether a value may be ``None``."""
        return self.optional

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """The record's own columns that the field reads, each once."""

    @property
    @abstractmethod
    def produces(self) -> tuple[type, ...]:
        """The exact types of the field's values apart from ``None``; empty if not known."""

    @property
    def proves(self) -> tuple[Callable[..., None], ...]:
        """Validators that every value but ``None`` is known to pass."""
        return ()

    @abstractmethod
    def read(self, cells: Cells, report: Report) -> object:
        """Give the domain value, or `BAD` after every problem was reported."""

    @abstractmethod
    def write(self, value: object, raws: Raws) -> None:
        """Put the raw values of a domain value into *raws*.

        Raises:
            Unreadable: the vendor cannot hold the value.
        """

    def is_absent(self, cells: Cells) -> bool:
        """Say whether none of the field's columns holds anything."""
        return False

    def absent_test(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        """Give the expression that says the same as `is_absent` on the fast path."""
        return "False"

    @abstractmethod
    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        """Emit the fast path for the columns in the named variables, and give the expression of the value."""

    @abstractmethod
    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        """Draw canonical raw values for those of the field's columns that *cells* does not hold yet."""

    @abstractmethod
    def lineage(self, path: str) -> Iterator[Lineage]:
        """Tell where the attribute at *path*, and each attribute inside it, comes from."""

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        """Give the conditions that every matching record meets; ``None`` if the vendor cannot be asked.

        Raises:
            Unreadable: no record of this vendor can match.
        """
        return None

    def patch(self, before: object, after: object, raws: Raws) -> None:
        """Put into *raws* what changes between two values.

        Raises:
            Unreadable: the change cannot be written.
        """
        old: Raws = {}
        new: Raws = {}
        self.write(before, old)
        self.write(after, new)
        raws.update({column: raw for column, raw in new.items() if not same(raw, old[column])})


SLOPPY = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a codec may raise for a raw value of a type that it did not expect."""


@frozen(kw_only=True)
class Scalar(Field):
    """One value from one column, or from several together, through a codec."""

    codec: Codec[object]
    columns: tuple[str, ...]

    @property
    def produces(self) -> tuple[type, ...]:
        return self.codec.produces

    @property
    def proves(self) -> tuple[Callable[..., None], ...]:
        return self.codec.proves

    def is_absent(self, cells: Cells) -> bool:
        return bool(self.codec.absent) and all(self._means_absent(cells[column]) for column in self.columns)

    def _means_absent(self, raw: object) -> bool:
        if any(same(raw, absent) for absent in self.codec.absent):
            return True
        try:
            return self.codec.blank is not None and self.codec.blank(raw)
        except SLOPPY:
            return False

    def read(self, cells: Cells, report: Report) -> object:
        raws = [cells[column] for column in self.columns]
        if any(raw is OMITTED for raw in raws):
            return report.add(self.columns, raws, ProblemKind.DRIFT, "the record lacks the column", self._quirk)
        if self.is_absent(cells):
            if self.optional:
                return None
            return report.add(self.columns, raws, ProblemKind.MISSING, "a value is required here", self._quirk)
        try:
            return self.codec.decode(*raws)
        except Unreadable as error:
            return report.failed(self.columns, raws, error, self._quirk)
        except DomainError as error:
            return report.add(self.columns, raws, self.codec.kind, str(error), self._quirk)
        except SLOPPY as error:
            return report.add(self.columns, raws, ProblemKind.DRIFT, f"unexpected form: {error}", self._quirk)

    @property
    def _quirk(self) -> str | None:
        return self.codec.quirks[0] if self.codec.quirks else None

    def write(self, value: object, raws: Raws) -> None:
        if value is None and self.codec.absent:
            encoded: object = (
                self.codec.absent[0] if len(self.columns) == 1 else (self.codec.absent[0],) * len(self.columns)
            )
        else:
            encoded = self.codec.encode(value)
        each = (encoded,) if len(self.columns) == 1 else cast("tuple[object, ...]", encoded)
        for column, raw in zip(self.columns, each, strict=True):
            put(raws, column, raw)

    def absent_test(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        return " and ".join(self._absent_cell(emitter, cells[column], self.codec.blank) for column in self.columns)

    def _absent_cell(self, emitter: Emitter, cell: str, blank: Callable[[object], bool] | None) -> str:
        if self.codec.absent == (None,):
            tests = [f"{cell} is None"]
        elif all(raw is None or type(raw) is str for raw in self.codec.absent):
            tests = [f"{cell} in {emitter.constant(self.codec.absent, 'absent')}"]
        else:  # a zero is equal to False, and not the same
            alike, told = emitter.constant(same, "same"), [emitter.constant(raw, "absent") for raw in self.codec.absent]
            tests = [f"{alike}({cell}, {each})" for each in told]
        if blank is not None:
            tests.append(f"{emitter.constant(blank, 'is_blank')}({cell})")
        return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        raws = tuple(cells[column] for column in self.columns)
        return emitter.once((id(self), raws), lambda: self._emit(emitter, cells, raws))

    def _emit(self, emitter: Emitter, cells: Mapping[str, str], raws: tuple[str, ...]) -> str:
        if self.codec.memo:
            remembered = emitter.constant(_Memo(self), f"{self.codec.name}_of")
            return emitter.let("value", f"{remembered}[{', '.join(raws)}]")
        if not self.codec.absent or (self.codec.inline is not None and not self.optional):
            return emitter.let("value", self._decoded(emitter, raws))
        value = emitter.fresh("value")
        blank = self.codec.blank if self.codec.inline is None else None  # the inlined path recognises no blank
        absent = " and ".join(self._absent_cell(emitter, raw, blank) for raw in raws)
        with emitter.block(f"if {absent}:"):
            emitter.put(f"{value} = None" if self.optional else f"raise {emitter.constant(Slow, 'slow')}")
        with emitter.block("else:"):
            emitter.put(f"{value} = {self._decoded(emitter, raws)}")
        return value

    def _decoded(self, emitter: Emitter, raws: tuple[str, ...]) -> str:
        if self.codec.inline is not None:
            return self.codec.inline(emitter, raws)
        return f"{emitter.constant(self.codec.decode, self.codec.name)}({', '.join(raws)})"

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        if all(column in cells for column in self.columns):
            return
        strategy = self.codec.raws(strategies)
        if self.optional:
            blank = self.codec.absent[0]
            strategy = strategies.just(blank if len(self.columns) == 1 else (blank,) * len(self.columns)) | strategy
        drawn = draw(strategy)
        values = (drawn,) if len(self.columns) == 1 else cast("tuple[object, ...]", drawn)
        for column, raw in zip(self.columns, values, strict=True):
            cells.setdefault(column, raw)

    def lineage(self, path: str) -> Iterator[Lineage]:
        yield Lineage(path, self.columns, self.codec.name, self.codec.quirks, self.optional, self.read_only)

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        if path or value is None:
            return None
        if operator is Operator.EQUALS:
            return self._equal(value)
        if operator not in _RANGES or not self.codec.ordered:
            return None
        column, raw = self.columns[0], self.codec.encode(value)
        if len(self.columns) > 1:  # the first column alone narrows; the criterion itself is checked after the fetch
            first = cast("tuple[object, ...]", raw)[0]
            comparison = Comparison.LE if operator is Operator.AT_MOST else Comparison.GE
            return Narrowing((Condition(column, comparison, first, self.codec.sorts_by),))
        bound = Condition(column, _RANGES[operator], raw, self.codec.sorts_by)
        blanks = [raw for raw in self.codec.absent if raw is not None] if operator is Operator.AT_MOST else []
        return (bound, *(Condition(column, Comparison.NE, raw) for raw in blanks))

    def _equal(self, value: object) -> tuple[Where, ...] | None:
        if self.codec.spellings is None:
            return None if self.codec.narrows is None else Narrowing(self.codec.narrows(value))
        spellings = self.codec.spellings(value)
        if len(self.columns) == 1:
            each = tuple(Condition(self.columns[0], Comparison.EQ, raw) for raw in spellings)
            return each if len(each) == 1 else (AnyOf(each),)
        if len(spellings) != 1:
            return None
        raws = cast("tuple[object, ...]", spellings[0])
        return tuple(Condition(column, Comparison.EQ, raw) for column, raw in zip(self.columns, raws, strict=True))


_RANGES = {Operator.AT_LEAST: Comparison.GE, Operator.AT_MOST: Comparison.LE, Operator.AFTER: Comparison.GT}


class _Memo(dict[object, object]):
    """Decoded values by raw text; a raw value that cannot be decoded is not remembered and raises."""

    __slots__ = ("_field",)

    def __init__(self, scalar: Scalar) -> None:
        super().__init__()
        self._field = scalar

    def __missing__(self, key: object) -> object:
        raws = key if isinstance(key, tuple) else (key,)
        if self._field.is_absent(Cells(dict(zip(self._field.columns, raws, strict=True)), omits_absent=False)):
            if not self._field.optional:
                raise Slow
            value = None
        else:
            value = self._field.codec.decode(*raws)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[key] = value
        return value


_REMEMBERED = 65_536
"""How many values one field remembers; beyond that it starts anew, so that hostile data cannot fill the memory."""


def put(raws: Raws, column: str, raw: object) -> None:
    """Put one raw value into a record that is being written.

    Raises:
        Unreadable: another attribute has already put another value into the same column.
    """
    if column in raws and not same(raws[column], raw):
        told = f"{column} would have to hold {raws[column]!r} for one attribute and {raw!r} for another"
        raise Unreadable(ProblemKind.RULE, told, column=column, raw=raw)
    raws[column] = raw


def same(left: object, right: object) -> bool:
    """Say whether two raw values are the same; ``0``, ``False`` and ``0.0`` are three."""
    return type(left) is type(right) and left == right
