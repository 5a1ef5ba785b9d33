"""What Fusion can be asked: an operation of one of its SOAP services, or a REST action on one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, Literal, TypeVar, cast

from attrs import frozen

from acl.codecs.xsd import ELEMENT
from ports.errors import Conflict, Locked, PortError, Refused

A = TypeVar("A")
T = TypeVar("T")
Raw = Mapping[str, object]
_LOCKED, _CHANGED = "JBO-26030", "JBO-25014"
FLEXFIELD = "DFF"


@frozen(kw_only=True)
class Call:
    """One operation of a service that writes, its arguments as records are read."""

    operation: str
    arguments: Raw


@frozen(kw_only=True)
class Action:
    """One REST action on an order; its arguments are texts, the flags among them ``True`` and ``False``.

    Source: FUS-ACT-01.
    """

    resource: Literal["purchaseOrders", "draftPurchaseOrders"]
    name: str
    arguments: Mapping[str, str]


Write = Call | Action


@frozen(kw_only=True)
class Stored(Generic[A]):
    """A record that stands in Fusion: as it came, and what it means."""

    raw: Raw
    value: A


def reference_in(raw: Raw, segment: str) -> object:
    """Give what stands in a segment of a record's flexfield, ``None`` if nothing does."""
    flexfield = cast("Sequence[Raw]", ELEMENT.unwrap(raw.get(FLEXFIELD)))
    return flexfield[0].get(segment) if flexfield else None


def meant(no: Refused) -> PortError:
    """Tell a lock, and a row that somebody else has changed, from a no of the business.

    Source: FUS-SOAP-01, FUS-ERR-01.
    """
    codes = {word.rstrip(":") for reason in no.reasons for word in reason.split()}
    if _LOCKED in codes:
        return Locked(f"{no}: somebody is editing the record")
    return Conflict(f"{no}: somebody has changed the record") if _CHANGED in codes else no


def refused_inside(answer: Raw) -> str | None:
    """Give what Fusion says in an answer that is no success although it came as one; ``None`` if it is one.

    Source: FUS-ACT-02.
    """
    told = str(answer.get("RequestStatus", answer.get("result", "")))
    return None if told.upper() == "SUCCESS" else told
