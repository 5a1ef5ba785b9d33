"""The JSON of a write: exact decimals as numbers, or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from ports.errors import NotWritable, Problem, ProblemKind


def sent_body(body: object) -> bytes:
    """Write *body* as JSON in UTF-8.

    A decimal becomes the number with its digits. The servers read numbers into binary floats, so one with more digits
    than such a float keeps would arrive as another one, and is refused.

    Raises:
        NotWritable: a number has so many digits.
    """
    return json.dumps(_plain(body, ""), ensure_ascii=False, allow_nan=False).encode()


def _plain(value: object, path: str) -> object:
    match value:
        case Decimal():
            return _number(value, path)
        case Mapping():
            return {key: _plain(each, f"{path}.{key}" if path else str(key)) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each, f"{path}[{place}]") for place, each in enumerate(value, start=1)]
    return value


def _number(value: Decimal, path: str) -> float:
    number = float(value) if value.is_finite() else 0.0
    if not value.is_finite() or Decimal(repr(number)) != value:
        reason = f"{value} would be read as another number"
        raise NotWritable([Problem(path, path, str(value), ProblemKind.INVALID_NUMBER, reason, "PRO-NUM-01")])
    return number
