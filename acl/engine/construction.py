"""Building frozen domain objects quickly and no less safely than their constructor does.

A frozen attrs object is slow to build because its own ``__setattr__`` refuses: the constructor must go round it. A
*twin* is a subclass without that refusal and with the same layout. The generated code fills a twin with plain stores,
runs every validator that the fields have not proven already, runs the class's own post-init, and only then turns the
twin into the real class. What the constructor would refuse is refused here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Generic, cast

import attrs
from attrs import Attribute, evolve, frozen, validators

from acl.engine.emitter import Emitter
from domain.errors import DomainError

_INSTANCE_OF: type = type(validators.instance_of(int))
_OPTIONAL: type = type(validators.optional(validators.instance_of(int)))
_AND: type = type(validators.and_(validators.instance_of(int), validators.instance_of(int)))


@frozen
class Slot:
    """The expression that gives one attribute, and what is proven about its value."""

    expression: str
    produces: tuple[type, ...]
    """The exact types of the value, if known."""
    proves: tuple[Callable[..., None], ...]
    """Validators that the value is known to pass."""
    optional: bool
    """The value may be ``None`` instead; then only validators that admit ``None`` are proven."""


def construct(emitter: Emitter, target: type, slots: Mapping[str, Slot]) -> str:
    """Emit the building of one *target* and give the variable that holds it."""
    if not _has_twin(target):
        arguments = ", ".join(f"{name}={slot.expression}" for name, slot in slots.items())
        return emitter.let(target.__name__.lower(), f"{emitter.constant(target, target.__name__)}({arguments})")
    built = emitter.let(target.__name__.lower(), f"{emitter.constant(_twin(target), f'new_{target.__name__}')}()")
    for name, slot in slots.items():
        emitter.put(f"{built}.{name} = {slot.expression}")
    for attribute in attrs.fields(target):
        for check in _unproven(attribute.validator, slots[attribute.name]):
            where = emitter.constant(attribute, f"{target.__name__}_{attribute.name}")
            emitter.put(f"{emitter.constant(check, 'check')}({built}, {where}, {built}.{attribute.name})")
    post_init = getattr(target, "__attrs_post_init__", None)
    if post_init is not None:
        emitter.put(f"{emitter.constant(post_init, f'{target.__name__}_rules')}({built})")
    emitter.put(f"{built}.__class__ = {emitter.constant(target, target.__name__)}")
    return built


def blame(target: type, values: Mapping[str, object]) -> tuple[str, ...]:
    """Give the attributes whose own validators refuse their *values*; empty if none of them does."""
    if not _has_twin(target):
        return ()
    twin = _twin(target)()
    for name, value in values.items():
        setattr(twin, name, value)
    blamed = []
    for attribute in attrs.fields(target):
        try:
            if attribute.validator is not None:
                attribute.validator(twin, attribute, values[attribute.name])
        except (DomainError, TypeError, ValueError):
            blamed.append(attribute.name)
    return tuple(blamed)


def _unproven(validator: object, slot: Slot) -> Iterator[object]:
    if isinstance(validator, _OPTIONAL):
        if next(_unproven(_inside(validator), evolve(slot, optional=False)), None) is not None:
            yield validator
    elif isinstance(validator, _AND):
        for each in cast("tuple[object, ...]", _inside(validator)):
            yield from _unproven(each, slot)
    elif validator is not None and (slot.optional or not _is_proven(validator, slot)):
        yield validator


def _is_proven(validator: object, slot: Slot) -> bool:
    if isinstance(validator, _INSTANCE_OF):
        allowed = cast("type", _inside(validator))
        return bool(slot.produces) and all(issubclass(each, allowed) for each in slot.produces)
    return validator in slot.proves


def _inside(validator: object) -> object:
    """Give the one thing that a validator of attrs is made of: its types, its validator or its validators."""
    return attrs.astuple(cast("attrs.AttrsInstance", validator), recurse=False)[0]


@cache
def _twin(target: type) -> type:
    free = {"__init__": object.__init__, "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(f"_{target.__name__}Twin", (target,), {"__slots__": (), **free})


def _has_twin(target: type) -> bool:
    """Say whether plain stores do all that the constructor does, apart from validators and post-init."""
    if not attrs.has(target) or target.__new__ is not object.__new__ or _NOT_PLAIN.intersection(dir(target)):
        return False
    if any("__init_subclass__" in vars(each) for each in target.__mro__ if each not in (object, Generic)):
        return False
    return all(_is_plain(attribute) for attribute in attrs.fields(target))


_NOT_PLAIN = frozenset({"__dict__", "__attrs_pre_init__", "__attrs_init__", "_attrs_cached_hash"})
"""What a class has that is not slotted, prepares its birth, has a constructor of its own, or remembers its hash."""


def _is_plain(attribute: Attribute[object]) -> bool:
    return attribute.init and attribute.converter is None
