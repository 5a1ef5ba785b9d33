"""``dragoman work``: carrying out what is due."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, Annotated

from attrs import evolve
from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.screen import Screen
from adapters.cli.writes.door import Site, governed_at
from domain.errors import ErpError
from domain.intents import Intent

if TYPE_CHECKING:
    from adapters.governed.path import Governed

_ENDING = (signal.SIGINT, signal.SIGTERM)


def work(
    *,
    once: Annotated[
        bool, Parameter(negative="", show_default=False, help="Do what is due now, and end; for cron and scripts.")
    ] = False,
    config: Site = None,
) -> int:
    """Carry out what is approved, and find out what became of what was lost, until you stop it.

    Run as many as you like on one PostgreSQL: none does what another has done. Ctrl-C, or SIGTERM, lets it finish what
    it has in hand; killed at any other moment, it is the next worker that finds out and goes on.

    Try `dragoman work --config erp.toml`.
    """
    from application.work import Work  # what only listing needs not

    screen = Screen()
    with governed_at(config) as path:
        path.executions.open()
        _tell_lacks(screen, path)
        sweep = evolve(path.sweep, heard=lambda intent: screen.note(_told(intent)))
        if once:
            tampered = sweep()
            for each in tampered:
                screen.note(f"intent {each} is not what was written; it was put aside, and a person must look")
            return Exit.DISAGREEMENT if tampered else Exit.DONE
        screen.note(f"working as {path.worker}; Ctrl-C ends it")
        clock, bell = path.journal.clock, path.bell
        with _stopping(bell.stop):
            Work(sweep=sweep, ledger=path.ledger, clock=clock, rest=bell, tell=screen.note)()
    return Exit.DONE


def _tell_lacks(screen: Screen, path: Governed) -> None:
    """Say what must be created in each ERP before all that is in doubt there can be found again."""
    for scope, execution in path.executions.items():
        try:
            lacks = execution.lacks()
        except ErpError as error:  # it may be reached later
            lacks = (f"it cannot be asked now: {error}",)
        for sentence in lacks:
            screen.note(f"{scope}: {sentence}")


def _told(intent: Intent) -> str:
    command = intent.proposal.command
    return f"{intent.id}: {command.terms.action} in {intent.proposal.scope}: {intent.state.value}, {intent.note}"


@contextmanager
def _stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Make a request to end the last round, in place of breaking it off."""

    def ending(_: int, __: FrameType | None) -> None:
        stop()

    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal.signal(number, ending) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
