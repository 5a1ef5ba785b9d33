"""The command ``dragoman demo``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.progress import Progress
from adapters.cli.records import record_of
from adapters.cli.screen import Screen
from adapters.cli.source import Json

if TYPE_CHECKING:
    from adapters.cli.demo.write import Written

Everything = Annotated[
    bool, Parameter(name="--all", negative="", show_default=False, help="Every record and refusal, not just some.")
]


Yes = Annotated[
    bool, Parameter(negative="", show_default=False, help="Approve the write that the demonstration ends with.")
]


def demo(*, everything: Everything = False, yes: Yes = False, json: Json = False) -> int:
    """Start a sandbox of every kind of ERP, show that all answer equally, and carry one write out that goes wrong.

    Needs no configuration and no network. The answer to the write is lost, so it is found again and not repeated; you
    are asked to approve it first. The exit code is 1 if any two systems disagree, or the write is not proven.

    Try:

    - `dragoman demo`
    - `dragoman demo --all --yes | less`
    - `dragoman demo --yes --json | jq .write.proven`
    """
    from adapters.bootstrap import Systems  # drivers and pydantic are for those who ask a system
    from adapters.cli.demo.findings import findings
    from adapters.cli.demo.report import report
    from adapters.cli.demo.telling import Aloud, Quiet
    from adapters.cli.demo.write import HERE, write
    from adapters.embedded import Embedded

    screen, embedded = Screen(), Embedded()
    with Systems(embedded) as site:
        with Progress("starting the sandboxes") as progress:
            found = findings(site, progress)
        if not json:
            report(screen, found, everything=everything)
        telling = Quiet(yes) if json else Aloud(screen, yes)
        written = write(site, embedded, telling) if HERE.system in site.names else None
    if json:
        record: dict[str, object] = {
            "systems": list(found.systems),
            "agree": found.agree,
            "compared": {"suppliers": found.suppliers, "purchase_orders": found.purchase_orders},
            "quarantined": {name: len(refusals) for name, refusals in found.refusals.items()},
            "seconds": round(found.seconds, 3),
            "write": None if written is None else _record(written),
        }
        screen.json(
            record if found.agree else record | {"differences": [attrs.asdict(each) for each in found.differences]}
        )
    is_wrong = written is not None and written.approved and not written.is_proven
    return Exit.DONE if found.agree and not is_wrong else Exit.DISAGREEMENT


def _record(written: Written) -> dict[str, object]:
    return {
        "candidates": list(written.candidates),
        "intent": record_of(written.ended),
        "approved": written.approved,
        "answer_lost": written.lost,
        "sendings": written.sendings,
        "found": written.found,
        "audit": {"records": written.records, "flaws": written.flaws},
        "proven": written.is_proven,
    }
