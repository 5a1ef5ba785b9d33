"""``dragoman contract check``: whether a system keeps the published contracts now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from adapters.cli.exits import Exit
from adapters.cli.progress import Progress
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Json, Source, opened
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.suppliers import SupplierQuery

if TYPE_CHECKING:
    from adapters.bootstrap import Systems
    from adapters.erp import Erp
    from contracts.published.assessment import Finding

_SHOWN = 5
"""So many broken records a rule are shown; JSON has all of them."""
_VERDICTS = {True: "kept", False: "broken", None: "not known"}


def check(*, json: Json = False, source: Source | None = None) -> int:
    """Read everything that a system gives, and say which contract it breaks, which rule, and by which records.

    The exit code is 1 if a contract is broken.

    Try:

    - `dragoman contract check --system protheus`
    - `dragoman contract check --system sap --json | jq 'select(.kept == false)'`
    """
    screen = Screen()
    findings: list[Finding] = []
    with opened(source) as (site, erp), Progress(f"reading {erp.name}", silent=json and screen.is_terminal) as progress:
        for each in _findings(site, erp, progress):
            findings.append(each)
            if json:
                screen.json({"system": erp.name, **attrs.asdict(each)})
        name = erp.name
    broken = [each for each in findings if each.kept is False]
    if not json:
        screen.sheet(_sheet(findings))
        if any(each.broken for each in broken):
            screen.line()
            screen.sheet(_records(broken))
        hurt = sorted({each.contract for each in broken})
        open_ = sum(each.kept is None for each in findings)
        told = f"{name} breaks {len(broken)} rules of {', '.join(hurt)}." if broken else _unbroken(name, open_)
        screen.verdict(told, good=not broken)
    return Exit.DISAGREEMENT if broken else Exit.DONE


def _unbroken(name: str, unknown: int) -> str:
    if unknown == 0:
        return f"{name} keeps its contracts."
    return f"{name} breaks nothing, but of {unknown} rules nobody can say, as it gave no record to judge."


def _findings(site: Systems, erp: Erp, progress: Progress) -> Iterator[Finding]:
    from contracts.published.assessment import assess  # pydantic is for those who check
    from contracts.published.versions import versions

    for version in versions():
        for contract in version.contracts:
            if contract.port is not None and contract.port.name in erp.ports:
                progress.now(f"reading the {contract.port.name.replace('_', ' ')} of {erp.name}")
                found = progress.over(_records_of(erp, contract.port.name))
                yield from assess(version, contract, found, _refused_from_now(site, erp.name))


def _records_of(erp: Erp, port: str) -> Iterable[object]:
    match port:
        case "suppliers":
            return erp.suppliers.find(SupplierQuery())
        case "purchase_orders":
            return erp.purchase_orders.find(PurchaseOrderQuery())
        case _:
            raise LookupError(f"no port is called {port}")


def _refused_from_now(site: Systems, name: str) -> Callable[[], Sequence[Refusal]]:
    """Give what is refused from now on: a quarantine also holds what was refused before."""
    begun = datetime.now(UTC)
    return lambda: [each for each in site.refusals(name) if each.source.read_at >= begun]


def _sheet(findings: Sequence[Finding]) -> Sheet:
    columns = ("contract", "rule", "promised", "measured", "verdict")
    rows = [
        (
            f"{each.contract} {each.version}",
            each.rule,
            each.promised,
            _measured(each),
            _VERDICTS[each.kept],
        )
        for each in findings
    ]
    return Sheet("", columns, rows, wrapped=("promised", "measured"))


def _measured(finding: Finding) -> str:
    if finding.measured is None:
        return "-"
    told = f"{finding.measured} {finding.unit}"
    return told if finding.failure is None else f"{told}: {finding.failure}"


def _records(broken: Sequence[Finding]) -> Sheet:
    columns = ("contract", "rule", "key", "reason")
    rows = []
    for finding in broken:
        place = (f"{finding.contract} {finding.version}", finding.rule)
        rows += [(*place, each.key, each.reason) for each in finding.broken[:_SHOWN]]
        if len(finding.broken) > _SHOWN:
            rows.append((*place, "...", f"{len(finding.broken) - _SHOWN} more; --json tells all"))
    return Sheet("", columns, rows, wrapped=("reason",))
