"""How our own values are kept and read back: the inverse of `domain.canonical`.

Every object in the canonical form names its type, so reading needs no schema beside it. It knows the types of the
domain and no others, and their validators see every value again. What an earlier version wrote and this one cannot read
is refused, never filled in.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any, NoReturn, TypeVar

from attrs import has

from domain.errors import DomainError, InvalidValue
from domain.minting import mint
from domain.resolution import Resolved

T = TypeVar("T")
_MODULES = (
    "approvals audit canonical certificates classification currency dates identifiers images intents invoicing keys "
    "lifecycle matching mentions money outcomes places principals products provenance purchasing quantity questions "
    "resolution rollout scope selling stages suppliers tax tickets units commands.command commands.customers "
    "commands.documents commands.ledger commands.purchase_orders commands.sales_orders commands.stock "
    "commands.supplier_invoices commands.suppliers commands.tickets"
).split()


def read(kind: type[T], stored: bytes) -> T:
    """Read a value of that *kind* from its canonical form.

    Raises:
        InvalidValue: it is not of the form, of another kind, or breaks a rule of the model.
    """
    _makers()  # what is wrong with our own types is not the stored value's fault
    try:
        value = json.loads(stored, object_hook=_value, parse_float=_no_float, parse_constant=_no_float)
    except DomainError:
        raise
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise InvalidValue(f"what is stored cannot be read as a {kind.__name__}: {error}") from error
    if not isinstance(value, kind):
        raise InvalidValue(f"what is stored is not a {kind.__name__}")
    return value


def _no_float(text: str) -> NoReturn:
    raise InvalidValue(f"{text} is stored, and no value of ours is a float")


def _value(stored: dict[str, Any]) -> object:
    kind = stored.pop("type")
    return _makers()[kind](**{name: _tuples(value) for name, value in stored.items()})


def _tuples(value: object) -> object:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value


@cache
def _makers() -> dict[str, Callable[..., object]]:
    """Give what makes each type from its stored fields, by the type's name."""
    makers: dict[str, Callable[..., object]] = {
        "Decimal": lambda value: Decimal(value),
        "date": lambda value: date.fromisoformat(value),
        "datetime": lambda value: datetime.fromisoformat(value).astimezone(UTC),
        "timedelta": lambda value: timedelta(microseconds=int(value)),
        "bytes": lambda value: b64decode(value, validate=True),
    }
    for name in _MODULES:
        module = import_module(f"domain.{name}")
        for found in vars(module).values():
            if not isinstance(found, type) or found.__module__ != module.__name__:
                continue
            if makers.get(found.__name__, found) is not found:
                raise TypeError(f"two types that may be stored are called {found.__name__}")
            if has(found) or issubclass(found, Enum):
                makers[found.__name__] = found
    makers[Resolved.__name__] = mint
    makers["Kind"] = lambda value: makers[value]
    return makers
