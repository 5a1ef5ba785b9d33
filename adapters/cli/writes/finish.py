"""``dragoman finish``: a person has finished by hand what a saga left half done."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.screen import Screen
from adapters.cli.writes.door import Because, Site, account, governed_at
from domain.keys import SagaId


def finish(
    saga: Annotated[str, Parameter(help="The saga; `dragoman intents --in-doubt` shows those that are half done.")],
    /,
    *,
    because: Because,
    config: Site = None,
) -> int:
    """Say that you have finished in the ERP what a saga left half done, and how; it leaves the queue.

    Whoever asked for the saga cannot say so.

    Try `dragoman finish 7hq2mzk4xw3p --because "order 4500000017 cancelled by hand"`.
    """
    with governed_at(config) as path:
        path.finish(account(), SagaId(saga), because=because)
    Screen().line(f"{saga}: finished by hand")
    return Exit.DONE
