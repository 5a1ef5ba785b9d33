"""The form of an element as the schema tells it: which of its children are texts, which are records, which repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Protocol

from attrs import frozen
from zeep.xsd import Any as AnyParticle
from zeep.xsd import ComplexType, Element
from zeep.xsd.types.any import AnyType as ZeepAnyType


class Particle(Protocol):
    """What is read of zeep's elements, groups and sequences."""

    name: str
    accepts_multiple: bool
    type: object

    @property
    def elements_nested(self) -> Iterable[tuple[str | None, Particle]]: ...


@frozen(eq=False)
class Child:
    """One element that may stand in another; *form* is ``None`` for a text.

    *is_free* says that the schema leaves its content open.
    """

    name: str
    form: Form | None
    repeats: bool
    is_free: bool = False


class Form:
    """The children of one complex type, by local name; namespaces are not looked at. Source: SOAP-13.

    *is_open* says that the schema lets other elements stand there too.
    """

    def __init__(self, forms: Forms, particles: Callable[[], Iterator[tuple[Particle, bool]]]) -> None:
        self._forms = forms
        self._particles = particles

    @cached_property
    def children(self) -> dict[str, Child]:
        """The declared children in the order of the schema."""
        return {
            particle.name: self._forms.child(particle, repeats=repeats)
            for particle, repeats in self._particles()
            if not isinstance(particle, AnyParticle)
        }

    @cached_property
    def is_open(self) -> bool:
        return any(isinstance(particle, AnyParticle) for particle, _ in self._particles())


class Forms:
    """The forms of a WSDL's types, each made once, as types may hold themselves."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, Form | None]] = {}

    def of(self, kind: object) -> Form | None:
        """Give the form of a complex type; ``None`` for a simple one, with or without attributes."""
        if not isinstance(kind, ComplexType):
            return None
        if id(kind) not in self._known:
            self._known[id(kind)] = kind, None if _is_simple(kind) else Form(self, lambda: _particles(kind))
        return self._known[id(kind)][1]

    def child(self, particle: Particle, *, repeats: bool) -> Child:
        """Give what the schema says about one element."""
        is_free = type(particle.type) is ZeepAnyType
        return Child(particle.name, self.of(particle.type), repeats, is_free)


def _is_simple(kind: Particle) -> bool:
    """Whether zeep has put a text with attributes into a complex type, as its only element."""
    particles = [particle for particle, _ in _particles(kind)]
    return len(particles) == 1 and isinstance(particles[0], Element) and particles[0].name == "_value_1"


def _particles(kind: Particle) -> Iterator[tuple[Particle, bool]]:
    for _, particle in kind.elements_nested:
        yield from _flat(particle, repeats=False)


def _flat(particle: Particle, *, repeats: bool) -> Iterator[tuple[Particle, bool]]:
    """Give the elements below sequences, choices and groups; what repeats as a group repeats one by one."""
    several = repeats or particle.accepts_multiple
    if isinstance(particle, (Element, AnyParticle)):
        yield particle, several
        return
    for _, inner in particle.elements_nested:
        yield from _flat(inner, repeats=several)
