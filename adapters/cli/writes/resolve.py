"""``dragoman resolve``: what a person found out in the ERP, where no machine could."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, cast

from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.records import record_of
from adapters.cli.screen import Screen
from adapters.cli.source import Json
from adapters.cli.writes.door import Because, Site, account, governed_at
from application.decide import Reviewed
from application.resolving.made import with_made
from domain.cards import card
from domain.identifiers import Identifier
from domain.keys import IntentId
from domain.resolution import Resolved
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from domain.intents import Intent


def resolve(
    intent: Annotated[str, Parameter(help="The id of the intent; `dragoman intents --in-doubt` lists them.")],
    /,
    *,
    because: Because,
    done: Annotated[str | None, Parameter(help="It was done: the ERP's key of the record that stands there.")] = None,
    not_done: Annotated[
        bool, Parameter(negative="", show_default=False, help="It was not done: nothing of it stands in the ERP.")
    ] = False,
    json: Json = False,
    config: Site = None,
) -> int:
    """Say what became of a write that waits for an operator, after looking into the ERP.

    The card (`dragoman intents ID`) shows the reference and the fields to look for. Whoever asked for the write cannot
    say what became of it. What was not done may then be asked for again.

    Try:

    - `dragoman resolve k3x7mq2ahwze --done 4500000017 --because "found by our reference in the list of orders"`
    - `dragoman resolve k3x7mq2ahwze --not-done --because "no order of that day, checked by Maria"`
    """
    if (done is None) != not_done:
        raise Misconfigured("say what you found: either --done KEY, or --not-done")
    screen = Screen()
    with governed_at(config) as path:
        with path.ledger.view() as view:
            found = view.intent(IntentId(intent))
            members = () if found.saga is None else view.saga(found.saga)
        record = None if done is None else _record(found, members, done)
        settled = path.settle(account(), Reviewed(found.id, found.proposal.digest), done=record, because=because)
    if json:
        screen.json(record_of(card(settled)))
    else:
        screen.line(f"{settled.id}: {settled.state.value}, {settled.note}")
    return Exit.DONE


def _record(intent: Intent, members: Sequence[Intent], key: str) -> Identifier:
    """Give the key the kind that the command's record has; *members* are the steps of its saga."""
    command = with_made(intent.proposal.command, intent.proposal.scope, members)
    if command.terms.creates is not None:
        return command.terms.creates(key)
    subject = cast("Resolved[Identifier]", command.subjects[0]).id  # what a step was to make is there: it was sent
    if key != subject.text:
        raise Misconfigured(f"{command.terms.action} was about {subject}; --done {key} is another record")
    return subject
