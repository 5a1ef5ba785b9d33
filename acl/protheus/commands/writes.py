"""What is sent to Protheus, and what stands there before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Literal, TypeVar

from attrs import frozen

from acl.commands import cannot
from acl.protheus.rest.rows import NOT_IN_THE_DICTIONARY, Row

A = TypeVar("A")
T = TypeVar("T")
_PAGE = "cp1252"


@frozen(kw_only=True)
class Write:
    """One call of one automatic routine; without a *record* it makes one."""

    method: Literal["POST", "PUT"]
    path: str
    body: Mapping[str, object] | None = None
    record: bool = True


@frozen(kw_only=True)
class Stored(Generic[A]):
    """A document that stands in Protheus: its rows as the database holds them, and what they mean."""

    rows: tuple[Row, ...]
    value: A


def trimmed(raws: Mapping[str, object]) -> dict[str, object]:
    """Give raw values as the framework takes them: fields of the dictionary, without the blanks that fill them up."""
    return {
        column: raw.rstrip(" ") if isinstance(raw, str) else raw
        for column, raw in raws.items()
        if column != NOT_IN_THE_DICTIONARY
    }


def storable(raws: Mapping[str, object]) -> dict[str, object]:
    """Give raw values that are to be written as the framework takes them.

    Raises:
        NotWritable: a text holds a sign that the code page does not have; Protheus would keep a question mark.

    Source: PRO-ENC-01.
    """
    for column, raw in raws.items():
        try:
            str(raw).encode(_PAGE)
        except UnicodeEncodeError as error:
            raise cannot(column, f"code page 1252 has no {error.object[error.start]!r}", "PRO-ENC-01") from None
    return trimmed(raws)
