"""How a class of the domain stands in one version of the contracts: its attributes, but for what is said here.

A version follows the domain by itself. When the domain moves on and the version must not, a `Shape` keeps them apart:
it leaves an attribute out, or tells a field that the class does not have (any more), and says how to make it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from types import MappingProxyType
from typing import Generic, TypeVar, cast, get_args, get_origin, get_type_hints

from attrs import AttrsInstance, fields_dict, frozen

from contracts.published.meanings import field_meaning

T = TypeVar("T")
_NONE: Mapping[str, str] = MappingProxyType({})


@frozen
class Told(Generic[T]):
    """A field that is no attribute of the class; *holds* is its type, *of* makes its value of an object."""

    name: str
    holds: object
    meaning: str
    of: Callable[[T], object]


@frozen
class Shape:
    """What a version does otherwise than the class *kind*; *meanings* are those that the class leaves unsaid."""

    kind: type
    told: tuple[Told[object], ...] = ()
    without: Set[str] = frozenset()
    meanings: Mapping[str, str] = _NONE


@frozen
class PublishedField:
    """One field as it is published; *holds* is the type of the domain that stands in it."""

    name: str
    holds: object
    meaning: str


def shape(kind: type[T], *told: Told[T], without: Set[str] = frozenset(), meanings: Mapping[str, str] = _NONE) -> Shape:
    """Say what a version does otherwise than *kind*.

    Raises:
        TypeError: it leaves out what is not there, or tells what is already there.
    """
    there = _attributes(kind)
    wrong = (without - there) | ({each.name for each in told} & (there - without))
    if wrong:
        raise TypeError(
            f"{', '.join(sorted(wrong))} of {kind.__name__} is left out although it is absent, or told twice"
        )
    return Shape(kind, cast("tuple[Told[object], ...]", told), without, meanings)


def told_by(kind: type[T], name: str) -> Told[T]:
    """Tell a property of *kind* as if it were an attribute: its type and meaning are its own.

    Raises:
        TypeError: it is no property.
    """
    found = vars(kind)[name]
    if not isinstance(found, property) or found.fget is None:
        raise TypeError(f"{kind.__name__}.{name} is no property")
    return Told(name, get_type_hints(found.fget)["return"], " ".join((found.__doc__ or "").split()), found.fget)


def published_fields(form: object, shape: Shape | None) -> Iterator[PublishedField]:
    """Give the fields of *form*, a class or a generic one with its arguments, as *shape* has them."""
    kind = cast("type", get_origin(form) or form)
    given = dict(zip(getattr(kind, "__parameters__", ()), get_args(form), strict=True))
    hints, mine = get_type_hints(kind), Shape(kind) if shape is None else shape
    for name in _attributes(kind):
        if name not in mine.without:
            holds = _filled(hints[name], given)
            yield PublishedField(name, holds, mine.meanings.get(name) or field_meaning(kind, name, holds))
    for each in mine.told:
        yield PublishedField(each.name, each.holds, each.meaning)


def _attributes(kind: type) -> Set[str]:
    return fields_dict(cast("type[AttrsInstance]", kind)).keys()


def _filled(hint: object, given: Mapping[object, object]) -> object:
    """Put the arguments of a generic class in the place of its parameters."""
    if hint in given:
        return given[hint]
    open_ = tuple(given[each] for each in getattr(hint, "__parameters__", ()))
    return hint[open_] if open_ else hint  # type: ignore[index]  # what has parameters takes arguments
