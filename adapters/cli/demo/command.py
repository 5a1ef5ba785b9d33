"""The command ``dragoman demo``."""

from __future__ import annotations

from typing import Annotated

import attrs
from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.progress import Progress
from adapters.cli.screen import Screen
from adapters.cli.source import Json

Everything = Annotated[
    bool, Parameter(name="--all", negative="", show_default=False, help="Every record and refusal, not just some.")
]


def demo(*, everything: Everything = False, json: Json = False) -> int:
    """Start a sandbox of every kind of ERP, ask all the same questions, and show that the answers are equal.

    Needs no configuration and no network. The exit code is 1 if any two systems disagree.

    Try:

    - `dragoman demo`
    - `dragoman demo --all | less`
    - `dragoman demo --json | jq .agree`
    """
    from adapters.bootstrap import systems  # drivers and pydantic are for those who ask a system
    from adapters.cli.demo.findings import findings
    from adapters.cli.demo.report import report

    screen = Screen()
    with systems() as site, Progress("starting the sandboxes") as progress:
        found = findings(site, progress)
    if not json:
        report(screen, found, everything=everything)
    else:
        record: dict[str, object] = {
            "systems": list(found.systems),
            "agree": found.agree,
            "compared": {"suppliers": found.suppliers, "purchase_orders": found.purchase_orders},
            "quarantined": {name: len(refusals) for name, refusals in found.refusals.items()},
            "seconds": round(found.seconds, 3),
        }
        screen.json(
            record if found.agree else record | {"differences": [attrs.asdict(each) for each in found.differences]}
        )
    return Exit.DONE if found.agree else Exit.DISAGREEMENT
