"""The demonstration for people."""

from __future__ import annotations

from attrs import evolve

from adapters.cli.demo.evidence import raw_lines
from adapters.cli.demo.findings import Findings
from adapters.cli.quarantine import refusal_sheet
from adapters.cli.screen import Screen, Sheet
from adapters.cli.sheets import facts
from domain.purchasing import PurchaseOrder

_SHOWN_SYSTEMS = 2
_SHOWN_LINES = 20
_SHOWN_REFUSALS = 3


def report(screen: Screen, found: Findings, *, everything: bool) -> None:
    """Show the questions, one order as vendors keep it, what was refused, and the verdict.

    Unless it is to be *everything*, two systems stand for all, and a few lines of each for the rest.
    """
    _questions(screen, found)
    if everything:
        _plans(screen, found)
        _one_order(screen, found)
        _refused(screen, found)
    else:
        _order_in_short(screen, found)
        _refused_in_short(screen, found)
    _verdict(screen, found)


def _questions(screen: Screen, found: Findings) -> None:
    screen.heading("The same questions, asked of every system through one port")
    columns = ("question", *found.systems, "equal")
    rows = [
        (each.title, *(str(each.counts[name]) for name in found.systems), "yes" if each.agreed else "NO")
        for each in found.asked
    ]
    screen.sheet(Sheet("", columns, rows, numbers=found.systems, wrapped=("question",)))


def _plans(screen: Screen, found: Findings) -> None:
    planned = next(each for each in found.asked if len(each.plans) > 0)
    screen.heading(f"What each system was asked for: {planned.title}")
    rows = [(name, planned.plans[name]) for name in found.systems]
    screen.sheet(Sheet("", ("system", "question"), rows, wrapped=("question",)))


def _one_order(screen: Screen, found: Findings) -> None:
    screen.heading(f"Order {found.order}: what each vendor keeps, and what a caller gets")
    for name in found.systems:
        domain = _told(found.objects[name]) if name in found.objects else []
        screen.beside((f"{name}: raw", raw_lines(found.raw[name])), (f"{name}: PurchaseOrder", domain))


def _told(order: PurchaseOrder) -> list[str]:
    return [*(f"{path} = {text}" for path, text in facts(order)), f"total = {order.total}"]


def _order_in_short(screen: Screen, found: Findings) -> None:
    screen.heading(f"Order {found.order}: what two vendors keep, and what a caller gets")
    first, *others = found.systems[:_SHOWN_SYSTEMS]
    for name in (first, *others):
        domain = _told_in_short(found.objects[name]) if name in found.objects else []
        again = name != first and name in found.objects and found.objects[name] == found.objects.get(first)
        if again and (screen.is_narrow or not screen.is_drawn):  # beside the raw record it costs no line
            domain = [f"equal to that of {first}", f"source = {found.objects[name].source}"]
        raw = raw_lines(found.raw[name], _SHOWN_LINES)
        screen.beside((f"{name}: raw", raw), (f"{name}: PurchaseOrder", domain))
    screen.line("In full, and of all systems: dragoman demo --all")


def _told_in_short(order: PurchaseOrder) -> list[str]:
    """Leave out all lines of the order but the first, and say so."""
    shown = [told for told in _told(order) if not told.startswith("lines[") or told.startswith("lines[1]")]
    return shown if len(order.lines) == 1 else [*shown, f"... and {len(order.lines) - 1} more in lines"]


def _refused(screen: Screen, found: Findings) -> None:
    for name in found.systems:
        refusals = found.refusals[name]
        screen.heading(f"Refused in {name}: {len(refusals)} records that nobody can translate with certainty")
        screen.sheet(refusal_sheet(refusals, narrow=screen.is_narrow))


def _refused_in_short(screen: Screen, found: Findings) -> None:
    screen.heading("Refused: records that nobody can translate with certainty")
    for name in found.systems:
        refusals = found.refusals[name]
        sheet = refusal_sheet(refusals[:_SHOWN_REFUSALS], narrow=screen.is_narrow)
        screen.sheet(evolve(sheet, title=name))
        if len(refusals) > _SHOWN_REFUSALS:
            screen.line(f"{len(refusals) - _SHOWN_REFUSALS} more: dragoman quarantine --system {name}")


def _verdict(screen: Screen, found: Findings) -> None:
    for difference in found.differences:
        screen.line(str(difference))
    names = ", ".join(found.systems)
    compared = f"{found.suppliers} suppliers and {found.purchase_orders} purchase orders"
    if found.agree:
        screen.verdict(f"{names} agree on {compared} ({found.seconds:.1f} s).", good=True)
    else:
        count = len(found.differences)
        screen.verdict(f"{names} disagree in {count} places on {compared} ({found.seconds:.1f} s).", good=False)
