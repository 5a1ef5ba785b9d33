"""The commands: keep what vendors publish, compare it with what they publish now, show what they owe us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from adapters.cli.drift.options import Compared, Watched
from adapters.cli.drift.report import finding_records, finding_sheet, listed, owed_records, owed_sheet, summary, unseen
from adapters.cli.exits import Exit, exit_of
from adapters.cli.progress import Progress
from adapters.cli.screen import Screen
from adapters.cli.source import Json
from domain.errors import ErpError
from ports.errors import NotOffered

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.drift.checking import Checked
    from adapters.erp import Erp

drift = App(name="drift", help="Pin what the vendors publish, and see what later changes mean for the ports.")


@drift.command
def pin(
    *,
    replace: Annotated[
        bool, Parameter(negative="", show_default=False, help="Replace pins that say something else.")
    ] = False,
    compared: Compared | None = None,
) -> int:
    """Keep what the systems publish, as far as the ports rely on it: a JSON file for each document of each system.

    A pin that says something else is left alone without `--replace`: once replaced, nobody is told any more what has
    changed since.

    Try `dragoman drift pin --system protheus --pins pins`.
    """
    from adapters.drift import checking  # drivers and pydantic are for those who ask a system

    chosen, screen = compared or Compared(), Screen()
    live = chosen.schema()

    def pinned(erp: Erp) -> None:
        written = checking.pin(erp, chosen.kept, live, chosen.document, replace=replace)
        for path, missing in written.items():
            screen.line(str(path))
            if missing:
                screen.note(f"{erp.name}: the mapping reads {listed(missing)}, which is not there")
        if len(written) == 0:
            screen.note(f"{erp.name}: it publishes what is pinned; nothing was written")

    return _asked(chosen, screen, pinned)


@drift.command
def check(*, json: Json = False, compared: Compared | None = None) -> int:
    """Compare what the systems publish with their pins, and tell what each difference means for the ports.

    The exit code is 0 if no difference matters, 1 if one does, 3 if a system cannot be asked.

    Try:

    - `dragoman drift check --system protheus`
    - `dragoman drift check --json | jq 'select(.matters)'`
    - `dragoman drift check --system sap --live API_BUSINESS_PARTNER.edmx`
    """
    from adapters.drift import checking  # drivers and pydantic are for those who ask a system

    chosen, screen = compared or Compared(), Screen()
    live = chosen.schema()
    checked: list[Checked] = []
    code = _asked(chosen, screen, lambda erp: checked.extend(checking.check(erp, chosen.kept, live, chosen.document)))
    if any(found.matters for each in checked for found in each.findings):
        code = max(code, Exit.DISAGREEMENT)
    _tell(screen, checked, json=json)
    return code


def _asked(chosen: Compared, screen: Screen, ask: Callable[[Erp], None]) -> Exit:
    """Ask one system after the other; that one of several fails is told, and the others are asked all the same."""
    code = Exit.DONE
    with chosen.opened() as (site, names), Progress("asking the systems", things="systems") as progress:
        for name in progress.over(names):
            try:
                ask(site.erp(name))
            except ErpError as error:
                if len(names) == 1:
                    raise
                screen.note(f"{name}: {error}")
                if not isinstance(error, NotOffered):
                    code = max(code, exit_of(error))
    return code


def _tell(screen: Screen, checked: list[Checked], *, json: bool) -> None:
    sheet = finding_sheet(checked, narrow=screen.is_narrow)
    if sheet.rows and not json:
        screen.sheet(sheet)
    for each in checked:
        for record in finding_records(each) if json else ():
            screen.json(record)
        for sentence in (*unseen(each), *(() if json else summary(each))):
            screen.note(sentence)


@drift.command
def show(*, json: Json = False, watched: Watched | None = None) -> int:
    """Show what the vendors owe us: each column that a port relies on, the form in which it must stay, and its use.

    Nothing is asked of the systems.

    Try `dragoman drift show --system sap`.
    """
    chosen, screen = watched or Watched(), Screen()
    with chosen.opened() as (site, names):
        for name in names:
            erp = site.erp(name)
            sources = [source for each in erp.published for source in each.sources]
            if len(sources) == 0:
                screen.note(f"{name} does not say what it publishes")
            for source in sources:
                if json:
                    for record in owed_records(name, source):
                        screen.json(record)
                else:
                    screen.heading(f"What {name} owes to {source.port}")
                    screen.sheet(owed_sheet(source, narrow=screen.is_narrow))
    return Exit.DONE
