"""The canonical JSON of our own values, and the digests made of it.

The bytes are those of RFC 8785, for what is written here: texts, integers below 2**53, true, false, null, lists, and
objects with ASCII names. There are no floats. A value that JSON does not know is an object that names its ``type``, so
that nothing is taken for anything else: the text "10" and the decimal 10 have different digests.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TypeAlias

from attrs import field, fields, frozen, has, validators

from domain.errors import InvalidValue

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
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
        return json.dumps(
            plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
        ).encode()
    except UnicodeEncodeError:
        raise InvalidValue("a text holds half a character, and has no canonical form") from None


def digest(value: object) -> Digest:
    """Give the digest of *value*'s canonical form."""
    return Digest(hashlib.sha256(canonical(value)).hexdigest())


def plain(value: object) -> Json:
    """Give *value* as what JSON knows.

    Raises:
        InvalidValue: it holds something of a kind that has no canonical form.
    """
    kind: type = type(value)
    if value is None or kind is str or kind is bool:
        return value  # type: ignore[return-value]  # one of the three, as just seen
    if kind is tuple:
        return [plain(part) for part in value]  # type: ignore[attr-defined]  # a tuple, as just seen
    if names := _names(kind):
        return {"type": kind.__name__} | {name: plain(getattr(value, attribute)) for attribute, name in names}
    return _scalar(value)


def _scalar(value: object) -> Json:
    kind = type(value).__name__
    if isinstance(value, Enum):
        return {"type": kind, "value": plain(value.value)}
    if isinstance(value, bool | int) and -_LARGEST < value < _LARGEST:
        return value
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < _DIGITS:
        return {"type": "Decimal", "value": _shortest(value)}
    if isinstance(value, datetime) and value.utcoffset() == timedelta(0):
        return {"type": "datetime", "value": value.astimezone(UTC).isoformat(timespec="microseconds")}
    if type(value) is date:
        return {"type": "date", "value": value.isoformat()}
    if isinstance(value, timedelta):
        return {"type": "timedelta", "value": str(value // timedelta(microseconds=1))}
    if isinstance(value, bytes):
        return {"type": "bytes", "value": b64encode(value).decode("ascii")}
    if has(type(value)):  # without fields
        return {"type": kind}
    raise InvalidValue(f"a {kind} has no canonical form")


def _shortest(number: Decimal) -> str:
    """Write equal decimals alike: 1.50 is 1.5, and nothing is rounded."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@cache
def _names(kind: type) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, each.alias or each.name) for each in fields(kind) if each.init) if has(kind) else ()
