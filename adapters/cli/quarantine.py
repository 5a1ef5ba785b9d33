"""``dragoman quarantine``: what cannot be translated, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from adapters.cli.exits import Exit
from adapters.cli.progress import Progress
from adapters.cli.records import record_of
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Json, Source, opened
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.suppliers import SupplierQuery

if TYPE_CHECKING:
    from adapters.erp import Erp

_SHOWN = 60


def quarantine(*, json: Json = False, source: Source | None = None) -> int:
    """Read everything, and show each record that cannot be translated: where it stands, and why.

    Try:

    - `dragoman quarantine --system protheus`
    - `dragoman quarantine --system protheus --json | jq '.problems[].reason'`
    """
    screen = Screen()
    with opened(source) as (site, erp):
        read = read_everything(erp)
        refusals = site.refusals(erp.name)
    if json:
        for refusal in refusals:
            screen.json(record_of(refusal))
    else:
        screen.sheet(refusal_sheet(refusals, narrow=screen.is_narrow))
        screen.note(f"{read} records of {erp.name} were read, {len(refusals)} were refused.")
    return Exit.DONE


def read_everything(erp: Erp) -> int:
    """Read all that the ports of *erp* give, and say how many records they are; what is refused is quarantined."""
    with Progress(f"reading {erp.name}") as progress:
        suppliers = erp.suppliers.find(SupplierQuery()) if "suppliers" in erp.ports else ()
        orders = erp.purchase_orders.find(PurchaseOrderQuery()) if "purchase_orders" in erp.ports else ()
        return sum(1 for _ in progress.over(suppliers)) + sum(1 for _ in progress.over(orders))


def refusal_sheet(refusals: Sequence[Refusal], *, narrow: bool) -> Sheet:
    """Set the problems one a line; *narrow* puts all that is wrong into one column."""
    found = [(refusal.source, problem) for refusal in refusals for problem in refusal.problems]
    if narrow:
        short = [(source.key, f"{each.column} = {shortened(each.raw)}: {each.reason}") for source, each in found]
        return Sheet("", ("key", "what is wrong"), short, wrapped=("what is wrong",))
    columns = ("record", "key", "column", "raw", "reason", "quirk")
    rows = [
        (
            source.record,
            source.key,
            each.column,
            shortened(each.raw),
            each.reason,
            "-" if each.quirk is None else each.quirk,
        )
        for source, each in found
    ]
    return Sheet("", columns, rows, wrapped=("column", "raw", "reason"))


def shortened(raw: str) -> str:
    """Give the beginning of a raw value for a table; JSON has the whole."""
    return raw if len(raw) <= _SHOWN else f"{raw[:_SHOWN]}..."
