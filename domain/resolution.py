"""What became of a mention: the one record that was meant, several that may have been, or none.

A `Resolved` cannot be constructed, copied into another, or unpickled: `domain.minting` is the one door, and an import
contract names who may open it. So whatever holds a `Resolved` holds a record that the resolver stood for.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Generic, NoReturn, Self, SupportsIndex, TypeVar, final

from attrs import Attribute, field, frozen, validators

from domain.dates import instant
from domain.errors import InvalidValue
from domain.identifiers import Identifier
from domain.scope import Scope
from domain.text import words

T = TypeVar("T", bound=Identifier)
T_co = TypeVar("T_co", bound=Identifier, covariant=True)


def share(_: object, attribute: Attribute[Decimal], value: Decimal) -> None:
    """Admit an exact part of one, ends included.

    Raises:
        InvalidValue: it is not a decimal, or not from 0 to 1.
    """
    if type(value) is not Decimal or not value.is_finite() or not 0 <= value <= 1:
        raise InvalidValue(f"{attribute.name} must be a decimal from 0 to 1, not {value!r}")


def factor(_: object, attribute: Attribute[Decimal], value: Decimal) -> None:
    """Admit a positive factor.

    Raises:
        InvalidValue: it is not a decimal, or not above 0.
    """
    if type(value) is not Decimal or not value.is_finite() or value <= 0:
        raise InvalidValue(f"{attribute.name} must be a decimal above 0, not {value!r}")


def identifier(_: object, __: Attribute[T], value: T) -> None:
    """Admit a key.

    Raises:
        InvalidValue: it is a bare text, or something else.
    """
    if not isinstance(value, Identifier):
        raise InvalidValue(f"a record is known by an identifier, not by {value!r}")


@frozen
class Evidence:
    """How one field spoke for or against a candidate: "tax id", "equal"; "name", "differs in legal form".

    *odds* tells how many times likelier it makes the candidate, below 1 how much less likely; ``None`` where nobody
    weighs it, as with an identifier, which settles or halts.
    """

    about: str = field(validator=words)
    verdict: str = field(validator=words)
    odds: Decimal | None = field(default=None, validator=validators.optional(factor))


@frozen(kw_only=True)
class Candidate(Generic[T_co]):
    """One record that may have been meant; *label* is its name as the ERP writes it, for a person to read."""

    id: T_co = field(validator=identifier)
    label: str = field(validator=words)
    score: Decimal = field(validator=share)
    evidence: tuple[Evidence, ...] = field(validator=validators.deep_iterable(validators.instance_of(Evidence)))


@final
@frozen(init=False, getstate_setstate=False)
class Resolved(Generic[T_co]):
    """The one record that was meant, and what that rests on; only the resolver makes it.

    It counts in its *scope* alone, and until *expires_at*. *others* are the candidates that it won against, *index* is
    the version of the index that was searched.
    """

    chosen: Candidate[T_co] = field(validator=validators.instance_of(Candidate))
    scope: Scope = field(validator=validators.instance_of(Scope))
    mention: str
    others: tuple[Candidate[T_co], ...]
    index: str = field(validator=words)
    expires_at: datetime = field(validator=instant)

    def __init__(self) -> None:
        raise TypeError("only the resolver makes a Resolved; ask it what was meant")

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("Resolved has no subclasses: one of another making could stand in for it")

    @property
    def id(self) -> T_co:
        """The ERP's own key of the record."""
        return self.chosen.id

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: dict[int, object]) -> Self:
        return self

    def __reduce_ex__(self, _: SupportsIndex) -> NoReturn:
        raise TypeError("a Resolved is not pickled: whoever can write the bytes could forge it")

    def __str__(self) -> str:
        return f"{self.chosen.label} ({self.id})"


@frozen(kw_only=True)
class Ambiguous(Generic[T_co]):
    """Several records may have been meant, and nobody guesses; *ask_for* names the field that would settle it."""

    mention: str
    candidates: tuple[Candidate[T_co], ...] = field(validator=validators.min_len(1))
    because: str = field(validator=words)
    ask_for: str | None = field(validator=validators.optional(words))


@frozen(kw_only=True)
class Unknown:
    """No record is known that the mention could mean."""

    mention: str
    because: str = field(validator=words)


initialise = Resolved.__attrs_init__
"""What attrs wrote to fill a `Resolved`, for `domain.minting` alone."""
del Resolved.__attrs_init__  # an instance could be refilled with it
