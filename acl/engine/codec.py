"""A codec: two inverse functions between a vendor's raw value and a domain value, and what is known about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import field, frozen

from acl.conditions import itself
from contracts.source.owed import ANYTHING, Facets
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from acl.conditions import Where
    from acl.engine.emitter import Emitter

T = TypeVar("T")


class Unreadable(Exception):
    """A raw value that has no domain value, or a domain value that has no raw one.

    A codec of several columns may name the one *column* that is to blame, and its *raw* value.
    """

    def __init__(
        self, kind: ProblemKind, reason: str, quirk: str | None = None, *, column: str | None = None, raw: object = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.quirk = quirk
        self.column = column
        self.raw = raw


class Unwritable(Unreadable):
    """Several attributes that the vendor cannot hold, each by its path."""

    def __init__(self, failures: Sequence[tuple[str, Unreadable]]) -> None:
        first = failures[0][1]
        super().__init__(first.kind, "; ".join(f"{path}: {error.reason}" for path, error in failures), first.quirk)
        self.failures = tuple(failures)


def at(path: str, error: Unreadable) -> list[tuple[str, Unreadable]]:
    """Give the failures behind *error*, each with *path* before its own."""
    if not isinstance(error, Unwritable):
        return [(path, error)]
    return [(f"{path}{'' if inner.startswith('[') else '.'}{inner}", each) for inner, each in error.failures]


def never_written(value: object) -> object:
    """Stand in for the inverse of a codec whose fields are all read only.

    Raises:
        Unreadable: always.
    """
    raise Unreadable(ProblemKind.RULE, f"{value} follows from other columns and is never written")


def _no_raws(_: ModuleType) -> SearchStrategy[object]:
    raise NotImplementedError("this codec does not say which raw values are valid, so no records can be generated")


@frozen(kw_only=True)
class Codec(Generic[T]):
    """How one vendor notion is read and written; bound to columns it becomes a field of a mapping.

    *decode* takes one raw value per column. It is never called when all columns are absent, and raises `Unreadable` (or
    a `DomainError`) for whatever it cannot translate with certainty. *encode* is its inverse: the raw value, or
    a tuple for several columns. The rest is what the engine may rely on.
    """

    name: str
    decode: Callable[..., T]
    encode: Callable[[T], object]
    kind: ProblemKind
    """What a value is called that breaks a rule of the domain class which *decode* builds."""
    absent: tuple[object, ...] = (None,)
    """The raw values that mean "nothing known"; the first is the one that is written."""
    blank: Callable[[object], bool] | None = None
    """Recognises further raw values that mean "nothing known", if they cannot be listed."""
    quirks: tuple[str, ...] = ()
    """Rows of the quirk catalogue that the codec absorbs; the first explains its failures."""
    produces: tuple[type, ...] = ()
    """The exact types of decoded values; empty if the engine may not rely on any."""
    proves: tuple[Callable[..., None], ...] = ()
    """Validators of domain attributes that every decoded value is known to pass."""
    spellings: Callable[[T], tuple[object, ...]] | None = None
    """All raw values that decode to a value; ``None`` if they cannot be listed, so equality is checked here only."""
    narrows: Callable[[T], tuple[Where, ...]] | None = None
    """Conditions that every record with a value meets, for a codec whose equality the vendor cannot be asked."""
    ordered: bool = False
    """The vendor sorts raw values as the domain values sort, so ranges can be asked of it."""
    sorts_by: Callable[[object], object] = itself
    """What the vendor sorts a raw value by, if it is no number, no day and no text that stands for itself."""
    memo: bool = False
    """Values repeat and raw values are hashable texts: decoded values are remembered."""
    inline: Callable[[Emitter, tuple[str, ...]], str] | None = None
    """Emits the fast path of *decode* for raw values in the named variables; it raises anything at all for a
    value that it does not recognise, absent ones included, and never gives another result than *decode*."""
    inline_places: Callable[[Emitter, str, int, str], str] | None = None
    """For numbers: emits the fast path that reads the variable as a decimal of exactly so many places; for a value that
    it does not recognise it evaluates the expression that is given last."""
    facets: tuple[Facets, ...] = (ANYTHING,)
    """What each column must stay like, in their order, one alone standing for all; by default nothing is asked."""
    raws: Callable[[ModuleType], SearchStrategy[object]] = field(default=_no_raws, repr=False)
    """A Hypothesis strategy of canonical raw values; its argument is the module of strategies."""
    raws_of_places: Callable[[ModuleType, int], SearchStrategy[object]] | None = field(default=None, repr=False)
    """For numbers: canonical raw values of at most so many places."""
    table: dict[object, T] | None = field(default=None, repr=False, eq=False)
    """The code table, for codecs that a site may extend."""
    rebuilt: Callable[[dict[object, T]], Codec[T]] | None = field(default=None, repr=False, eq=False)
    """Makes the same codec with another code table."""
