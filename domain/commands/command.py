"""What every command declares: its targets, what it sets, how it is undone, and how careful one must be with it.

A command is an attrs value whose fields say what they are: `target()` names a record, `sets()` a field of the domain
that the command writes. From these declarations come the preview, the proof, the drift check and the key of the intent.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from attrs import Attribute, evolve, field, fields, frozen, has, validators

from domain.classification import ActionClass, Impact, Reversibility, classified
from domain.errors import InvalidValue
from domain.identifiers import Identifier
from domain.images import NOTHING, UNREAD, Image, NotRead
from domain.resolution import Resolved
from domain.text import words

T_co = TypeVar("T_co", bound=Identifier, covariant=True)
C = TypeVar("C", bound="Command")
Validator: TypeAlias = "Callable[[Any, Attribute[Any], Any], object]"  # as attrs takes it
_SETS = "dragoman.sets"
_NAMES: dict[type, tuple[str, ...]] = {}


class Unchanged(Enum):
    """The value of a field that a command leaves as it is; its one member is `UNCHANGED`."""

    UNCHANGED = "unchanged"

    def __repr__(self) -> str:
        return "UNCHANGED"


UNCHANGED: Literal[Unchanged.UNCHANGED] = Unchanged.UNCHANGED


@frozen
class Made(Generic[T_co]):
    """The record that an earlier step of the same saga will have made."""

    step: str = field(validator=words)


Target = Resolved[T_co] | Made[T_co]
"""What a command is about: a record that the resolver stood for, or one that the same saga makes first."""


def target(kind: type[Identifier], *, sets: str | None = None, optional: bool = False) -> Any:  # as attrs.field()
    """Declare the record that a command is about, or refers to; *sets* if its key is also written, and where."""

    def resolved(_: object, attribute: Attribute[object], value: object) -> None:
        if isinstance(value, Made) or (isinstance(value, Resolved) and isinstance(value.id, kind)):
            return
        if not (optional and value is None):
            raise InvalidValue(f"{attribute.name} must be a resolved {kind.__name__}, not {value!r}")

    return field(validator=resolved, metadata={} if sets is None else {_SETS: sets})


def sets(path: str, validator: Validator, *, changeable: bool = False) -> Any:  # as attrs.field()
    """Declare a field of the domain, by its *path*, that the command writes.

    A *changeable* one is left as it is unless a value is given; ``None`` is a value, and empties it.
    """
    if not changeable:
        return field(validator=validator, metadata={_SETS: path})

    def changed(command: object, attribute: Attribute[Any], value: object) -> None:
        if value is not UNCHANGED:
            validator(command, attribute, value)

    return field(default=UNCHANGED, validator=changed, metadata={_SETS: path})


class LocatedBy(Enum):
    """How one sees afterwards whether a command was carried out."""

    REFERENCE = "reference"
    """By our reference, which the ERP must keep in a field that can be searched: a second one would look the same."""
    EFFECT = "effect"
    """By what stands in the target: carrying it out twice sets the same fields to the same values."""


@frozen
class NoUndo:
    """Nothing of ours takes the command back, *because* of this."""

    because: str = field(validator=words)


@frozen(kw_only=True)
class Terms:
    """What holds for every command of one class.

    *action* is its name in policies and audit records. *aggregate* is the port whose records it writes, *creates* the
    kind of key that a new record gets. *states* are values that it sets whatever its fields say. *facts* are the
    figures that the approval card shows, *reads* further fields that its undo and its proof stand on.
    """

    action: str = field(validator=words)
    aggregate: str = field(validator=words)
    reversibility: Reversibility = field(validator=validators.instance_of(Reversibility))
    impact: Impact = field(validator=validators.instance_of(Impact))
    located_by: LocatedBy = field(validator=validators.instance_of(LocatedBy))
    facts: tuple[str, ...]
    creates: type[Identifier] | None = None
    states: Image = NOTHING
    reads: tuple[str, ...] = ()

    @property
    def by_default(self) -> ActionClass:
        """The class of the action where no policy says more."""
        return classified(self.reversibility, self.impact)


@frozen(kw_only=True)
class Command:
    """Something that an ERP is asked to do; only its subclasses are used, and `catalogue` lists them."""

    terms: ClassVar[Terms]

    @property
    def effect(self) -> Image:
        """What shall stand in the record afterwards, by path."""
        return Image.of({**dict(self.terms.states.fields), **dict(_written(self, ""))})

    @property
    def targets(self) -> tuple[Target[Identifier], ...]:
        """Every record that the command names, in the order of its fields."""
        return tuple(_targets(self))

    @property
    def subjects(self) -> tuple[Target[Identifier], ...]:
        """The records that it is about; those that only its parts name, as a line its product, are left out."""
        found = (getattr(self, name) for name in _names(type(self)))
        return tuple(value for value in found if isinstance(value, Resolved | Made))

    @abstractmethod
    def undo(self, was: Image, made: Target[Identifier] | None) -> Command | NoUndo:
        """Give the command that takes this one back.

        *was* is the target as it stood before; *made* the record that this command created, ``None`` if there is none.

        Raises:
            NotRead: *was* lacks what must be put back.
        """

    @classmethod
    def stands_on(cls) -> frozenset[str]:
        """Give the domain paths whose drift must stop this command; a path stands for all that lies under it."""
        return frozenset((*_paths(cls), *(path for path, _ in cls.terms.states.fields), *cls.terms.reads))


def a_command(_: object, attribute: Attribute[Any], value: object) -> None:
    """Admit a command.

    Raises:
        InvalidValue: anything else.
    """
    if not isinstance(value, Command):
        raise InvalidValue(f"{attribute.name} must be a command, not {value!r}")


def put_back(command: C, was: Image) -> C:
    """Give the command of the same class that sets what *command* sets to what stood there.

    Raises:
        NotRead: a field was not read before it was written.
    """
    before: dict[str, Any] = {}  # as evolve() takes it; the validators of the class look at every value
    for attribute in _written_by(type(command)):
        if getattr(command, attribute.name) is UNCHANGED:
            continue
        path = attribute.metadata[_SETS]
        before[attribute.name] = was.value(path)
        if before[attribute.name] is UNREAD:
            raise NotRead(f"{path} was not read, so nobody knows what to put back", about=(path,))
    return evolve(command, **before)


def _written_by(kind: type) -> tuple[Attribute[Any], ...]:
    return tuple(each for each in fields(kind) if _SETS in each.metadata) if has(kind) else ()


def _written(value: object, prefix: str) -> Iterator[tuple[str, object]]:
    for attribute in _written_by(type(value)):
        path, inner = prefix + attribute.metadata[_SETS], getattr(value, attribute.name)
        if isinstance(inner, tuple) and inner and _written_by(type(inner[0])):
            for number, part in enumerate(inner, start=1):
                yield from _written(part, f"{path}[{number}].")
        elif inner is not UNCHANGED:
            yield path, inner.id if isinstance(inner, Resolved) else inner


def _targets(value: object) -> Iterator[Target[Identifier]]:
    if isinstance(value, Resolved | Made):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _targets(part)
    else:
        for name in _names(type(value)):
            yield from _targets(getattr(value, name))


def _names(kind: type) -> tuple[str, ...]:
    """Give the names of a class's attributes; none if it is not of attrs. It is asked several times in every write."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(attribute.name for attribute in fields(kind)) if has(kind) else ()
    return _NAMES[kind]


def _paths(kind: type) -> Iterator[str]:
    return (attribute.metadata[_SETS] for attribute in _written_by(kind))
