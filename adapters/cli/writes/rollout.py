"""``dragoman rollout``: how far each action has been let go, on what evidence, and changing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from attrs import asdict, frozen
from cyclopts import App, Parameter, Token

from adapters.cli.exits import Exit
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Json
from adapters.cli.writes.cards import how_far, minute
from adapters.cli.writes.door import Because, Site, account, governed_at, known_system
from domain.commands.catalogue import COMMANDS
from domain.commands.command import LocatedBy
from domain.promotion import Required
from domain.rollout import WHOLE, Standing, TrackRecord, undecided
from domain.scope import Scope
from domain.stages import Stage

if TYPE_CHECKING:
    from adapters.governed.path import Governed

rollout = App(name="rollout", help="See how far each action has been let go, and on what evidence; change it.")
Action = Annotated[str, Parameter(help="The action, as `dragoman rollout show` names it.")]
System = Annotated[str, Parameter(help="The site's name for the system.")]
Company = Annotated[str, Parameter(help="The company's key in that system.")]
To = Annotated[Stage, Parameter(help="The stage: read-only, supervised, autonomous, or high-volume.")]


def _share(_: type, tokens: Sequence[Token]) -> Decimal:
    try:
        share = Decimal(tokens[0].value)
        if not Decimal(0) <= share <= WHOLE:
            raise ArithmeticError
    except ArithmeticError:
        raise ValueError("it is no number from 0 to 1") from None
    return share


Share = Annotated[
    Decimal,
    Parameter(converter=_share, help="Of what is autonomous, the part that runs without a person, from 0 to 1."),
]


@frozen(kw_only=True)
class _Shown:
    """One action in one place, and what the next step lacks."""

    standing: Standing
    track: TrackRecord
    lacks: tuple[str, ...]


@rollout.command
def show(
    *,
    system: Annotated[str | None, Parameter(help="Only this system.")] = None,
    json: Json = False,
    config: Site = None,
) -> int:
    """Show each action that can be asked for: how far it has been let go, since when, and what the next step lacks.

    Try `dragoman rollout show --config erp.toml`.
    """
    screen = Screen()
    with governed_at(config, only_reads=True) as path:
        found = list(_found(path, known_system(path, system)))
    if json:
        for each in found:
            screen.json(_record(each))
    else:
        columns = ("action", "where", "stage", "since (UTC)", "proposed", "approved", "done", "next step lacks")
        rows = [tuple(_row(each)) for each in found]
        screen.sheet(Sheet("", columns, rows, numbers=("proposed", "approved", "done"), wrapped=("next step lacks",)))
    return Exit.DONE


@rollout.command
def compare(*, json: Json = False, config: Site = None) -> int:
    """Compare what was only proposed, two days ago or more, with what people did; it is evidence for the first step.

    Each proposal is compared once. Have cron do it every night.

    Try `dragoman rollout compare --config erp.toml`.
    """
    screen = Screen()
    with governed_at(config) as path:
        found = path.compare_shadows()
    for intent, seen in found.items():
        if json:
            screen.json({"intent": str(intent), "seen": seen.value})
        else:
            screen.line(f"{intent}: {seen.value}")
    if not found and not json:
        screen.note("nothing was left to compare.")
    return Exit.DONE


@rollout.command
def promote(
    action: Action,
    /,
    *,
    system: System,
    company: Company,
    to: To,
    because: Because,
    share: Share = WHOLE,
    json: Json = False,
    config: Site = None,
) -> int:
    """Let an action go one step further: to the next stage, or to a larger share of what is autonomous.

    Needs the evidence that the policy asks for, and a person with the right who stands behind none of it.

    Try `dragoman rollout promote "block supplier" --system sap --company 1010 --to supervised --because "a good May"`.
    """
    screen = Screen()
    with governed_at(config) as path:
        standing = path.promote(account(), action, Scope(system, company), to=to, share=share, because=because)
    _tell(screen, standing, json=json)
    return Exit.DONE


@rollout.command
def demote(
    action: Action,
    /,
    *,
    system: System,
    company: Company,
    to: To,
    because: Because,
    share: Share = WHOLE,
    json: Json = False,
    config: Site = None,
) -> int:
    """Take an action back, as far as you like; evidence about it begins anew.

    Try `dragoman rollout demote "block supplier" --system sap --company 1010 --to read-only --because "audit"`.
    """
    screen = Screen()
    with governed_at(config) as path:
        standing = path.demote(account(), action, Scope(system, company), to=to, share=share, because=because)
    _tell(screen, standing, json=json)
    return Exit.DONE


def _found(path: Governed, system: str | None) -> Iterator[_Shown]:
    now = path.journal.clock.now()
    for scope, execution in path.executions.items():
        if system not in (None, scope.system):
            continue
        for command in COMMANDS:
            if execution.offers(command):
                action = command.terms.action
                with path.ledger.view() as view:
                    standing = view.standing(action, scope) or undecided(action, scope)
                track = path.gather(standing, now).track
                required = Required() if (step := _next(standing)) is None else path.ladder.required(step)
                comparable = command.terms.located_by is LocatedBy.EFFECT
                lacks = required.lacks(track, now, is_comparable=comparable)
                yield _Shown(standing=standing, track=track, lacks=lacks)


def _next(standing: Standing) -> Stage | None:
    """Give the stage to which the next step leads; ``None`` after the last."""
    if standing.share != WHOLE:
        return standing.stage
    return dict(pairwise(Stage)).get(standing.stage)


def _row(shown: _Shown) -> Iterator[str]:
    standing, track = shown.standing, shown.track
    yield standing.action
    yield f"{standing.scope.system} {standing.scope.company}"
    yield how_far(standing)
    yield "-" if standing.by == "nobody" else f"{minute(standing.since)} by {standing.by}"
    yield from map(str, (track.proposals, track.approved, track.done))
    yield "; ".join(shown.lacks) or ("-" if _next(standing) is None else "nothing")


def _record(shown: _Shown) -> dict[str, object]:
    standing, track = shown.standing, shown.track
    decided = standing.by != "nobody"
    return {
        "action": standing.action,
        "system": standing.scope.system,
        "company": standing.scope.company,
        "stage": standing.stage.value,
        "share": f"{standing.share:f}",
        "since": standing.since.isoformat() if decided else None,
        "by": standing.by if decided else None,
        "because": standing.because,
        "evidence": {
            name: value if isinstance(value, int | None) else str(value) for name, value in asdict(track).items()
        },
        "next_step_lacks": list(shown.lacks),
    }


def _tell(screen: Screen, standing: Standing, *, json: bool) -> None:
    if json:
        screen.json(
            {
                "action": standing.action,
                "system": standing.scope.system,
                "company": standing.scope.company,
                "stage": standing.stage.value,
                "share": f"{standing.share:f}",
                "by": standing.by,
                "because": standing.because,
            }
        )
    else:
        screen.line(str(standing))
