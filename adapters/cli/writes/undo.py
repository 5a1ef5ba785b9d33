"""``dragoman undo``: taking back what is done, as was declared before it began."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.records import record_of
from adapters.cli.screen import Screen
from adapters.cli.source import Json
from adapters.cli.writes.door import Because, Site, account, governed_at
from domain.cards import card
from domain.keys import IntentId
from domain.lifecycle import State


def undo(
    intent: Annotated[str, Parameter(help="The id of the intent that is done.")],
    /,
    *,
    because: Because,
    json: Json = False,
    config: Site = None,
) -> int:
    """Ask for what takes an intent back: an intent like any other, which needs the approvals of its class.

    Try `dragoman undo k3x7mq2ahwze --because "the wrong supplier was blocked"`.
    """
    screen = Screen()
    with governed_at(config) as path:
        asked = path.undo(IntentId(intent), account=account(), agent=None, rationale=because)
    if json:
        screen.json(record_of(card(asked)))
    else:
        screen.line(f"{asked.id}: {asked.state.value}, {asked.note}")
    return Exit.DISAGREEMENT if asked.state is State.REFUSED else Exit.DONE
