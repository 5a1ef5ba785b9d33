"""``dragoman contract test``: the laws of a system's ports, judged one by one."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import attrs
from cyclopts import Parameter

from adapters.cli.contract.vendor import Vendor, opened
from adapters.cli.exits import Exit
from adapters.cli.progress import Progress
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Json, Source
from domain.errors import InvalidValue
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from adapters.conformance.opened import Opened
    from adapters.conformance.stated import Facts
    from adapters.erp import Erp
    from adapters.settings import Aggregates
    from contracts.laws.conformance import Conformance, Verdict

Port = Literal["suppliers", "purchase-orders"]


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Judged:
    """What is judged, against what, and where the report goes."""

    port: Annotated[
        Port | None, Parameter(help="The port whose laws are judged; without it, every port of the system.")
    ] = None
    expected: Annotated[
        Path | None,
        Parameter(
            help="What stands in the system, as `dragoman find ... --json` and `dragoman quarantine --json` write it. "
            "Without it, what one full read gives is taken for it, and the laws that need to know more are not "
            "applicable."
        ),
    ] = None
    report: Annotated[
        tuple[Path, ...],
        Parameter(
            negative="", show_default=False, help="Write the report to FILE.html or FILE.json; may be given again."
        ),
    ] = ()

    def ports(self, erp: Erp) -> tuple[Aggregates, ...]:
        """Give the ports that are judged."""
        if self.port is None:
            return erp.ports
        return ("suppliers",) if self.port == "suppliers" else ("purchase_orders",)


def laws(
    *, judged: Judged | None = None, vendor: Vendor | None = None, json: Json = False, source: Source | None = None
) -> int:
    """Judge a system by the laws of its ports, law by law, and tell what its adapter does not do and why.

    Laws that may lock a user are judged only where the configuration says `sandbox = true`. The exit code is 0 if every
    law that applies is kept, 1 if one is broken, 3 if the system cannot be reached.

    Try:

    - `dragoman contract test --system sap`
    - `dragoman contract test --system sap --port suppliers --report sap.html`
    - `dragoman contract test --config erp.toml --live --record recordings/sap`
    - `dragoman contract test --replay recordings/sap`
    - `dragoman contract test --config erp.toml --json | jq 'select(.outcome == "broken")'`
    """
    if find_spec("hypothesis") is None:
        raise Misconfigured("the laws draw their questions with Hypothesis: pip install 'dragoman[laws]'")
    from contracts.laws.drawing import nothing_kept  # drivers, pydantic and Hypothesis are for those who ask a system
    from contracts.laws.reports import write

    wanted, where = Judged() if judged is None else judged, Source() if source is None else source
    _check_reports(wanted.report)
    chosen = Vendor() if vendor is None else vendor
    facts = _facts(wanted, is_embedded=where.config is None and chosen.replay is None)
    screen = Screen()
    reader = _Reader(screen, alone=len(wanted.report) == 0)
    with opened(where, chosen, screen) as system, nothing_kept():
        conformances = _judged(screen, system, wanted.ports(system.erp), facts, reader if json else None)
    for path in wanted.report:
        write(path, conformances)
    if reader.gone is not None:
        raise reader.gone
    if not json:
        for each in conformances:
            _show(screen, each)
    kept = all(each.is_kept for each in conformances)
    return Exit.DONE if kept else Exit.DISAGREEMENT


def _facts(wanted: Judged, *, is_embedded: bool) -> Facts:
    if wanted.expected is not None:
        from adapters.conformance.expected import expected_at

        return expected_at(wanted.expected)
    if is_embedded:
        from adapters.conformance.embedded import Scenario  # the sandboxes are imported by those who want them

        return Scenario()
    from adapters.conformance.stated import Nothing

    return Nothing()


def _check_reports(reports: tuple[Path, ...]) -> None:
    from contracts.laws.reports import check_form

    try:
        for path in reports:
            check_form(path)
    except ValueError as error:
        raise InvalidValue(f"--report: {error}") from None


class _Reader:
    """The program that reads the verdicts as they come; *alone* says that no report waits for them too."""

    def __init__(self, screen: Screen, *, alone: bool) -> None:
        self._screen = screen
        self._alone = alone
        self.gone: BrokenPipeError | None = None

    def tell(self, record: dict[str, object]) -> None:
        """Put out one verdict, if anybody reads.

        Raises:
            BrokenPipeError: nobody does, and no report waits either.
        """
        if self.gone is not None:
            return
        try:
            self._screen.json(record)
        except BrokenPipeError as error:
            if self._alone:
                raise
            self.gone = error


def _judged(
    screen: Screen, system: Opened, ports: Sequence[Aggregates], facts: Facts, reader: _Reader | None
) -> list[Conformance]:
    from adapters.conformance.judging import judged_ports
    from contracts.laws.reports import verdict_record

    name = system.erp.name
    with Progress(f"judging {name}", things="laws", silent=reader is not None and screen.is_terminal) as progress:

        def tell(port: Aggregates, verdict: Verdict) -> None:
            progress.one_more()
            if reader is not None:
                reader.tell({"system": name, "kind": system.erp.kind, "port": port, **verdict_record(verdict)})

        return list(judged_ports(system, ports, facts, tell))


def _show(screen: Screen, conformance: Conformance) -> None:
    screen.heading(f"{conformance.port.replace('_', ' ').capitalize()} of {conformance.adapter.system}")
    rows = [
        (each.outcome.value, each.sentence, "-" if each.told is None else each.told) for each in conformance.verdicts
    ]
    screen.sheet(Sheet("", ("law is", "law", "because"), rows, wrapped=("law", "because")))
    if limits := conformance.adapter.limits:
        screen.heading("What the adapter does not do")
        told = [(each.about, each.told, each.because) for each in limits]
        screen.sheet(Sheet("", ("about", "what", "because"), told, wrapped=("what", "because")))
    screen.verdict(f"{conformance.summary()}.", good=conformance.is_kept)
