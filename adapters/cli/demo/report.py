"""The demonstration for people."""

from __future__ import annotations

from adapters.cli.demo.evidence import raw_lines
from adapters.cli.demo.findings import Findings
from adapters.cli.quarantine import refusal_sheet
from adapters.cli.screen import Screen, Sheet
from adapters.cli.sheets import facts


def report(screen: Screen, found: Findings) -> None:
    """Show the questions, one order in every form, what was refused, and the verdict."""
    _questions(screen, found)
    _plans(screen, found)
    _one_order(screen, found)
    _refused(screen, found)
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
        domain: list[str] = []
        if name in found.objects:
            domain = [f"{path} = {text}" for path, text in facts(found.objects[name])]
            domain.append(f"total = {found.objects[name].total}")
        screen.beside((f"{name}: raw", raw_lines(found.raw[name])), (f"{name}: PurchaseOrder", domain))


def _refused(screen: Screen, found: Findings) -> None:
    for name in found.systems:
        refusals = found.refusals[name]
        screen.heading(f"Refused in {name}: {len(refusals)} records that nobody can translate with certainty")
        screen.sheet(refusal_sheet(refusals, narrow=screen.is_narrow))


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
