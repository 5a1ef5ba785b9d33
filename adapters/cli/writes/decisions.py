"""``dragoman approve``, ``reject``, ``revoke``, ``withdraw``: deciding about exactly what was shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.records import record_of
from adapters.cli.screen import Screen
from adapters.cli.source import Json
from adapters.cli.writes.cards import show
from adapters.cli.writes.door import Because, Site, account, governed_at
from application.decide import Reviewed
from domain.cards import card
from domain.identifiers import PersonId
from domain.keys import IntentId
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from adapters.governed.path import Governed
    from domain.intents import Intent

_SHORTEST = 12
"""Characters of a digest that are enough to say which one it is."""
Ids = Annotated[list[str], Parameter(help="The ids of the intents; `dragoman intents --waiting` lists them.")]
Proposals = Annotated[
    list[str] | None,
    Parameter(
        name="--proposal",
        negative="",
        help="The proposal on the card that you have read (`dragoman intents ID`), for each intent. At a terminal you "
        "are shown the card and asked without it; a script must name it.",
    ),
]
Decision = Callable[["Governed", str, Sequence[Reviewed]], "Sequence[Intent]"]


def approve(
    ids: Ids,
    /,
    *,
    proposal: Proposals = None,
    instead_of: Annotated[str | None, Parameter(help="The person who has delegated this to you.")] = None,
    json: Json = False,
    config: Site = None,
) -> int:
    """Say yes to exactly what the card shows; of several intents to all or to none.

    You are whoever is logged in at this machine. An approval counts for the proposal that was shown, once, and for as
    long as the policy says; if the record changes in the ERP before it is carried out, it lapses.

    Try:

    - `dragoman approve k3x7mq2ahwze --config erp.toml`
    - `dragoman approve k3x7mq2ahwze --proposal 9f2c41d07a55`
    """
    giver = None if instead_of is None else PersonId(instead_of)

    def approved(path: Governed, by: str, reviewed: Sequence[Reviewed]) -> Sequence[Intent]:
        return path.approve(by, reviewed, instead_of=giver)

    return _decided(ids, proposal, approved, "Approve exactly this?", json=json, config=config)


def reject(
    ids: Ids, /, *, because: Because, proposal: Proposals = None, json: Json = False, config: Site = None
) -> int:
    """Say no, and why; one no is enough.

    Try:

    - `dragoman reject k3x7mq2ahwze --because "ordered last week already"`
    - `dragoman reject k3x7mq2ahwze --because "ordered last week already" --proposal 9f2c41d07a55`
    """
    return _decided(
        ids,
        proposal,
        lambda path, by, reviewed: path.reject(by, reviewed, because=because),
        "Reject this?",
        json=json,
        config=config,
    )


def revoke(
    ids: Ids, /, *, because: Because, proposal: Proposals = None, json: Json = False, config: Site = None
) -> int:
    """Take your own approval back, as long as nothing was sent.

    Try:

    - `dragoman revoke k3x7mq2ahwze --because "the price is wrong after all"`
    - `dragoman revoke k3x7mq2ahwze --because "the price is wrong after all" --proposal 9f2c41d07a55`
    """
    return _decided(
        ids,
        proposal,
        lambda path, by, reviewed: path.revoke(by, reviewed, because=because),
        "Take your approval of this back?",
        json=json,
        config=config,
    )


def withdraw(
    ids: Ids, /, *, because: Because, proposal: Proposals = None, json: Json = False, config: Site = None
) -> int:
    """Take your own request back, or your agent's, as long as nothing was sent.

    Try:

    - `dragoman withdraw k3x7mq2ahwze --because "not needed any more"`
    - `dragoman withdraw k3x7mq2ahwze --because "not needed any more" --proposal 9f2c41d07a55`
    """
    return _decided(
        ids,
        proposal,
        lambda path, by, reviewed: path.withdraw(by, reviewed, because=because),
        "Withdraw this?",
        json=json,
        config=config,
    )


def _decided(
    ids: Sequence[str], proposals: Sequence[str] | None, decision: Decision, question: str, *, json: bool, config: Site
) -> int:
    screen = Screen()
    with governed_at(config) as path:
        with path.ledger.view() as view:
            found = [view.intent(IntentId(each)) for each in ids]
        reviewed = _shown(screen, found, question) if proposals is None else _named(found, proposals)
        if not reviewed:
            screen.note("nothing was decided.")
            return Exit.DISAGREEMENT
        kept = decision(path, account(), reviewed)
    for each in kept:
        if json:
            screen.json(record_of(card(each)))
        else:
            screen.line(f"{each.id}: {each.state.value}, {each.note}")
    return Exit.DONE


def _shown(screen: Screen, found: Sequence[Intent], question: str) -> list[Reviewed]:
    """Show the cards and ask; give nothing unless the answer is yes."""
    if not sys.stdin.isatty():
        told = "this is no terminal, so nobody can be asked; read the card (`dragoman intents ID`)"
        raise Misconfigured(f"{told}, and name the proposal that stands there with --proposal")
    for intent in found:
        show(screen, card(intent))
    sys.stdout.flush()
    sys.stderr.write(f"\n{question} Type yes: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() != "yes":
        return []
    return [Reviewed(intent.id, intent.proposal.digest) for intent in found]


def _named(found: Sequence[Intent], proposals: Sequence[str]) -> list[Reviewed]:
    """Give what the caller says he has read.

    Raises:
        Misconfigured: it is not what stands there now.
    """
    if len(proposals) != len(found):
        raise Misconfigured(
            f"{len(found)} intents need as many --proposal, not {len(proposals)}; one card, one proposal"
        )
    for intent, read in zip(found, proposals, strict=True):
        if len(read) < _SHORTEST or not intent.proposal.digest.text.startswith(read):
            told = f"{read} is not the proposal of intent {intent.id}"
            raise Misconfigured(f"{told}; give at least {_SHORTEST} characters of it, as its card shows it now")
    return [Reviewed(intent.id, intent.proposal.digest) for intent in found]
