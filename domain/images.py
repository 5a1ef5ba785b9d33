"""A record as it stood, field by field, and how it differs from another look at it.

Paths are the domain's own (`block`, `lines[2].price`) and values are the domain's own. A path that is missing was not
read; ``None`` under a path was read and is absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum
from typing import Literal, TypeVar

from attrs import Attribute, field, frozen, validators

from domain.errors import DomainError, InvalidValue
from domain.provenance import SourceRef
from domain.text import words

T = TypeVar("T")


class NotRead(DomainError):
    """A rule needs a field that was not read."""


class Unread(Enum):
    """The value of what was not read; its one member is `UNREAD`."""

    UNREAD = "not read"


UNREAD: Literal[Unread.UNREAD] = Unread.UNREAD


def _by_path(_: object, __: Attribute[tuple[tuple[str, object], ...]], fields: tuple[tuple[str, object], ...]) -> None:
    paths = [path for path, _value in fields]
    if paths != sorted(set(paths)):
        raise InvalidValue("an image names each path once, in their order")


@frozen
class Image:
    """What was read of a record, or is to stand in it, ordered by path."""

    fields: tuple[tuple[str, object], ...] = field(validator=_by_path)

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Image:
        """Make an image of *values*, which stand under their paths."""
        return cls(tuple(sorted(values.items(), key=lambda entry: entry[0])))

    def value(self, path: str) -> object:
        """Give what stands under *path*, or `UNREAD`."""
        for each, value in self.fields:
            if each == path:
                return value
        return UNREAD

    def get(self, path: str, kind: type[T]) -> T:
        """Give what stands under *path*, which is of that *kind*.

        Raises:
            NotRead: it was not read, or is something else.
        """
        value = self.value(path)
        if not isinstance(value, kind):
            raise NotRead(f"{path} should hold a {kind.__name__}, and holds {value!r}", about=(path,))
        return value


NOTHING = Image(())
"""The image of what does not exist."""


@frozen
class Change:
    """One field before and after; *before* is `UNREAD` where nothing stood or nobody looked.

    Several values under one path, as tax numbers or accounts, stand in no order: every ERP lists them in its own.
    """

    path: str
    before: object
    after: object

    @property
    def is_none(self) -> bool:
        """The field stays as it is."""
        if isinstance(self.before, tuple) and isinstance(self.after, tuple):
            return Counter(self.before) == Counter(self.after)
        return self.before == self.after


def changes(before: Image, after: Image) -> tuple[Change, ...]:
    """Give every field of *after*, changed or not: what was asked for may not vanish from the preview."""
    return tuple(Change(path, before.value(path), value) for path, value in after.fields)


def missing(wanted: Image, found: Image) -> tuple[Change, ...]:
    """Give what should stand in a record and does not: wanted is *after*, found is *before*."""
    return tuple(change for change in changes(found, wanted) if not change.is_none)


@frozen
class Fact:
    """One figure that an approver sees and a threshold looks at, and the record that it was read from."""

    name: str = field(validator=words)
    value: object
    source: SourceRef = field(validator=validators.instance_of(SourceRef), eq=False)


@frozen
class Version:
    """The state of a record in the ERP's own terms: an ETag, a change stamp, a checksum. Only equality counts."""

    text: str = field(validator=words)

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True)
class Observation:
    """What a command's target looked like at one moment.

    *version* changes whenever anything changes that the command stands on; ``None`` if there is nothing yet that it
    could stand on. *before* holds the fields that the command
    sets and needs, as they stood; it is empty for what does not exist yet. *facts* are read from the ERP and never
    taken from the caller.
    """

    version: Version | None
    before: Image
    facts: tuple[Fact, ...]

    def stands(self, now: Observation) -> bool:
        """Say whether the target still is what was seen: same version, or same fields if there is none."""
        return now.version == self.version if self.version is not None else not missing(self.before, now.before)

    def fact(self, name: str) -> object:
        """Give the value of the fact of that *name*, or `UNREAD`."""
        return next((fact.value for fact in self.facts if fact.name == name), UNREAD)
