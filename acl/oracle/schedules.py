"""Quantities of a line, which stand on its schedules: each schedule is a part of it, and the line is their sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation

from attrs import evolve

from acl.codecs.xsd import ELEMENTS, XSD_DECIMAL, elements
from acl.engine.codec import Codec, Unreadable
from acl.engine.nested import Envelope
from ports.errors import ProblemKind

SCHEDULE = "PurchaseOrderSchedule"
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])


def _ordered(raw: object) -> Decimal:
    amount = XSD_DECIMAL.decode(raw)
    if amount <= 0:
        raise Unreadable(ProblemKind.INVALID_NUMBER, f"a schedule that orders {raw} is no part of a line", "EBS-PO-06")
    return amount


def _counted(raw: object) -> Decimal:
    amount = XSD_DECIMAL.decode(raw)
    if amount < 0:
        raise Unreadable(ProblemKind.INVALID_NUMBER, f"{raw} on a schedule is less than nothing", "EBS-PO-06")
    return amount


ORDERED = evolve(XSD_DECIMAL, name="ordered", decode=_ordered, quirks=("EBS-PO-06", "SOAP-04"))
"""The quantity that one schedule orders."""

COUNTED = evolve(XSD_DECIMAL, name="counted", decode=_counted, quirks=("EBS-PO-06", "SOAP-04"))
"""What one schedule has received, or was billed for."""


def summed(codec: Codec[Decimal], column: str, *, alike: str | None = None) -> Envelope:
    """Make several schedules one, whose *column* is the exact sum; they must agree in the column *alike*.

    A quantity that *codec* does not read is handed over as it stands, so that the codec itself refuses it.

    Source: EBS-PO-06.
    """

    def unwrap(raw: object) -> Sequence[object]:
        schedules = elements(raw)
        if len(schedules) < 2:
            return schedules
        if alike is not None:
            _require_one(schedules, alike)
        total = Decimal(0)
        for schedule in schedules:
            try:
                total = _EXACT.add(total, codec.decode(schedule.get(column)))
            except Unreadable:
                return [schedule]
            except DecimalException:
                reason = "the sum of the schedules has too many digits"
                raise Unreadable(codec.kind, reason, "EBS-PO-06", column=f"{SCHEDULE}/{column}", raw=raw) from None
        return [{**schedules[0], column: f"{total:f}"}]

    return Envelope(unwrap=unwrap, wrap=ELEMENTS.wrap)


def agreeing(column: str) -> Envelope:
    """Make several schedules one if *column* is written alike on all; else all stand there, to be compared."""

    def unwrap(raw: object) -> Sequence[object]:
        schedules = elements(raw)
        told = [schedule.get(column) for schedule in schedules]
        return schedules[:1] if all(each == told[0] for each in told) else schedules

    return Envelope(unwrap=unwrap, wrap=ELEMENTS.wrap)


def _require_one(schedules: Sequence[Mapping[str, object]], column: str) -> None:
    told = [schedule.get(column) for schedule in schedules]
    if any(raw != told[0] for raw in told):
        reason = f"the schedules say {', '.join(map(repr, told))}, and one unit is expected"
        raise Unreadable(ProblemKind.UNIT, reason, "EBS-PO-06", column=f"{SCHEDULE}/{column}", raw=told)
