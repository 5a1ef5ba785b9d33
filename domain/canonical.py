"""The canonical JSON of our own values, and the digests made of it.

The bytes are those of RFC 8785, for what is written here: texts, integers below 2**53, true, false, null, lists, and
objects with ASCII names. There are no floats. A value that JSON does not know is an object that names its ``type``, so
that nothing is taken for anything else: the text "10" and the decimal 10 have different digests.

Each class gets a writer of its own, made once, with its names in their order: this runs before every call to an ERP and
must cost little. A class may keep its canonical text as `canonical_text`; it is then written as it stands.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, TypeAlias

from attrs import field, fields, frozen, has, validators

from domain.errors import InvalidValue

Writer: TypeAlias = "Callable[[Any], str]"  # each is called with values of its own class alone
KEPT = "canonical_text"
_LARGEST = 2**53
_DIGITS = 1000


@frozen
class Digest:
    """The SHA-256 of a canonical form, in hexadecimal."""

    text: str = field(validator=validators.matches_re("[0-9a-f]{64}"))

    def __str__(self) -> str:
        return self.text


def canonical(value: object) -> bytes:
    """Write *value* as canonical JSON.

    Raises:
        InvalidValue: it holds something of a kind that has no canonical form, or half a character.
    """
    try:
        return text(value).encode()
    except UnicodeEncodeError:
        raise InvalidValue("a text holds half a character, and has no canonical form") from None


def digest(value: object) -> Digest:
    """Give the digest of *value*'s canonical form."""
    return Digest(hashlib.sha256(canonical(value)).hexdigest())


def text(value: object) -> str:
    """Write *value* as canonical JSON, not yet encoded.

    Raises:
        InvalidValue: it holds something of a kind that has no canonical form.
    """
    return _WRITERS[type(value)](value)


class _Writers(dict[type, Writer]):
    """The writer of each class, made when the class is first met."""

    def __missing__(self, kind: type) -> Writer:
        self[kind] = writer = _made(kind)
        return writer


def text_of(value: object) -> str:
    """Write an attrs object from its fields, also where its class keeps its text.

    Raises:
        InvalidValue: it holds something of a kind that has no canonical form.
    """
    kind: type = type(value)
    return _object(kind)(value)


def _made(kind: type) -> Writer:
    if hasattr(kind, KEPT):
        return attrgetter(KEPT)
    if issubclass(kind, Enum):
        return {member: _typed(kind.__name__, text(member.value)) for member in kind}.__getitem__
    if not has(kind):
        raise InvalidValue(f"a {kind.__name__} has no canonical form")
    return _object(kind)


@cache
def _object(kind: type) -> Writer:
    """Make the writer of an attrs class: what stands between its values is put together once."""
    names = {each.alias or each.name: each.name for each in fields(kind) if each.init}
    prefixes, before = [], "{"
    for name in sorted({*names, "type"}):
        if name == "type":
            before += f'"type":"{kind.__name__}",'
        else:
            prefixes.append(f'{before}"{name}":')
            before = ","
    after = f"{before.removesuffix(',')}}}" if before != "," else "}"
    values = [attrgetter(names[name]) for name in sorted(names)]
    parts = tuple(zip(prefixes, values, strict=True))

    def write(value: object) -> str:
        told = []
        for prefix, get in parts:
            inner = get(value)
            told.append(prefix)
            told.append(_WRITERS[type(inner)](inner))
        told.append(after)
        return "".join(told)

    return write


def _tuple(value: tuple[object, ...]) -> str:
    return f"[{','.join([_WRITERS[type(part)](part) for part in value])}]"


def _typed(kind: str, value: str) -> str:
    return f'{{"type":"{kind}","value":{value}}}'


def _int(value: int) -> str:
    if -_LARGEST < value < _LARGEST:
        return str(value)
    raise InvalidValue(f"{value} has no canonical form: it is too large")


def _decimal(value: Decimal) -> str:
    """Write equal decimals alike: 1.50 is 1.5, and nothing is rounded."""
    if not value.is_finite() or abs(value.adjusted()) >= _DIGITS:
        raise InvalidValue(f"{value} has no canonical form")
    shown = f"{value:f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return _typed("Decimal", f'"{"0" if shown == "-0" else shown}"')


def _datetime(value: datetime) -> str:
    if value.tzinfo is not UTC:  # as almost every one is
        if value.utcoffset() != timedelta(0):
            raise InvalidValue(f"{value!r} has no canonical form: it is not in UTC")
        value = value.astimezone(UTC)
    return _typed("datetime", f'"{value.isoformat(timespec="microseconds")}"')


_WRITERS = _Writers(
    {
        type(None): lambda _: "null",
        bool: lambda value: "true" if value else "false",
        str: encode_basestring,
        int: _int,
        tuple: _tuple,
        Decimal: _decimal,
        datetime: _datetime,
        date: lambda value: _typed("date", f'"{value.isoformat()}"'),
        timedelta: lambda value: _typed("timedelta", f'"{value // timedelta(microseconds=1)}"'),
        bytes: lambda value: _typed("bytes", f'"{b64encode(value).decode("ascii")}"'),
        type: lambda value: _typed("Kind", f'"{value.__name__}"'),
    }
)
