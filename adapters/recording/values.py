"""Values of databases as JSON, exactly: what is read back is equal and of the same type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from ports.errors import Misconfigured

_WRITE: Mapping[type, Callable[..., str]] = {
    Decimal: str,
    float: float.hex,
    bytes: bytes.hex,
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: lambda value: f"{value.days} {value.seconds} {value.microseconds}",
    UUID: str,
}
_READ: Mapping[str, Callable[[str], object]] = {
    "Decimal": Decimal,
    "float": float.fromhex,
    "bytes": bytes.fromhex,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda text: timedelta(*map(int, text.split(" "))),
    "UUID": UUID,
}


def written(value: object) -> object:
    """Give *value* as JSON knows it; what it does not know stands under the name of its type.

    Raises:
        Misconfigured: it is of a type that cannot be recorded.
    """
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, list | tuple):
        return {type(value).__name__: [written(each) for each in value]}
    write = _WRITE.get(type(value))
    if write is None:
        raise Misconfigured(f"a value of the type {type(value).__name__} cannot be recorded")
    return {type(value).__name__: write(value)}


def read(stored: object) -> object:
    """Give the value that was written.

    Raises:
        ValueError: it is none that `written` gives.
    """
    if stored is None or isinstance(stored, str | int):
        return stored
    if not isinstance(stored, dict) or len(stored) != 1:
        raise ValueError("it is no recorded value")
    ((name, text),) = stored.items()
    if name in ("list", "tuple") and isinstance(text, list):
        items = map(read, text)
        return list(items) if name == "list" else tuple(items)
    if name not in _READ or not isinstance(text, str):
        raise ValueError("it is no recorded value")
    try:
        return _READ[name](text)
    except (ArithmeticError, TypeError) as error:
        raise ValueError("it is no recorded value") from error
