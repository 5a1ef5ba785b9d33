"""``dragoman intents``: what was asked for, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.records import record_of
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Json
from adapters.cli.writes.cards import intent_sheet, next_look, show
from adapters.cli.writes.door import Site, governed_at, known_system
from application.operators import HalfDone
from application.reading import readable
from domain.cards import card
from domain.keys import IntentId, SagaId
from domain.lifecycle import State
from ports.errors import Misconfigured
from ports.ledger import IntentQuery

if TYPE_CHECKING:
    from domain.intents import Intent

IN_DOUBT = (State.SENT, State.IN_DOUBT, State.ACCEPTED, State.ANSWERED, State.OPERATOR)
"""The ERP may hold what was asked for, and nobody has proven it yet."""
Only = Annotated[bool, Parameter(negative="", show_default=False)]


def intents(
    intent: Annotated[str | None, Parameter(help="The id of one intent, to see its card.")] = None,
    /,
    *,
    waiting: Annotated[Only, Parameter(help="Only those that wait for an approver.")] = False,
    in_doubt: Annotated[
        Only, Parameter(help="Only those of which nobody can say yet whether they were written.")
    ] = False,
    everything: Annotated[Only, Parameter(name="--all", help="Those that have come to rest, too.")] = False,
    system: Annotated[str | None, Parameter(help="Only those for this system.")] = None,
    saga: Annotated[str | None, Parameter(help="Only the steps of this saga.")] = None,
    json: Json = False,
    config: Site = None,
) -> int:
    """Show what was asked for and is not at rest, or one intent with everything about it.

    Try:

    - `dragoman intents --config erp.toml`
    - `dragoman intents --in-doubt`, and `dragoman resolve` for what waits for an operator
    - `dragoman intents --all --json | jq 'select(.state == "refused") | .note'`
    """
    if waiting + in_doubt + everything > 1:
        raise Misconfigured("of --waiting, --in-doubt and --all only one can be meant")
    screen, half_done = Screen(), tuple[HalfDone, ...]()
    with governed_at(config, only_reads=True) as path:
        if intent is not None:
            with path.ledger.view() as view:
                found = [view.intent(IntentId(intent))]
        else:
            query = IntentQuery(saga=None if saga is None else SagaId(saga), system=known_system(path, system))
            wanted = _wanted(waiting=waiting, in_doubt=in_doubt, everything=everything or saga is not None)
            told: list[str] = []
            found = [each for each in readable(path.ledger.intents(query), told.append) if each.state in wanted]
            half_done = path.queue().half_done if in_doubt else ()
            for sentence in told:
                screen.note(sentence)
    if json:
        for each in found:
            screen.json(record_of(card(each)))
    elif intent is not None:
        show(screen, card(found[0]), next_look=next_look(found[0]))
    else:
        _list(screen, found, in_doubt=in_doubt and not half_done)
    for one in half_done:
        _tell(screen, one, json=json)
    return Exit.DONE


def _wanted(*, waiting: bool, in_doubt: bool, everything: bool) -> tuple[State, ...]:
    if waiting:
        return (State.AWAITING,)
    if in_doubt:
        return IN_DOUBT
    return tuple(state for state in State if everything or not state.is_final)


def _list(screen: Screen, found: list[Intent], *, in_doubt: bool) -> None:
    if not found:
        screen.note("nothing is in doubt." if in_doubt else "there is none.")
        return
    screen.sheet(intent_sheet(found))
    queued = [each for each in found if each.state is State.OPERATOR]
    if queued:
        told = "waits for an operator" if len(queued) == 1 else "wait for an operator"
        screen.note(
            f"{len(queued)} {told}: look in the ERP, then `dragoman resolve {queued[0].id} --done KEY --because …`"
        )


def _tell(screen: Screen, saga: HalfDone, *, json: bool) -> None:
    """Show a saga that a person must finish: what came to nothing, and what stands with what takes it back."""
    if json:
        stands = [record_of(card(case.intent)) for case in saga.stands]
        screen.json({"saga": str(saga.saga), "to_nothing": list(map(str, saga.to_nothing)), "stands": stands})
        return
    rows = [
        (str(each.id), each.step or "-", each.action, each.record or "-", each.undo)
        for each in (card(case.intent) for case in saga.stands)
    ]
    title = f"Saga {saga.saga} is half done; this stands, and other steps came to nothing"
    screen.sheet(
        Sheet(title, ("intent", "step", "action", "record", "taken back by"), rows, wrapped=("taken back by",))
    )
    screen.note(f"finish it in the ERP, then `dragoman finish {saga.saga} --because …`")
