"""Opening the governed path that a site's configuration describes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen

from adapters.bell import Bell
from adapters.bootstrap import Systems
from adapters.config.governance import Governance, ledger_in
from adapters.config.operation import calendar_of, capacities_of
from adapters.config.people import people_at
from adapters.config.policy import policy_at
from adapters.config.site import Site, site_at
from adapters.config.toml_file import as_model
from adapters.drift.pins import Pins
from adapters.governed.clock import SystemClock
from adapters.governed.drifting import DriftBrake
from adapters.governed.executions import Executions, Reading
from adapters.governed.naming import NamesSettings, naming
from adapters.governed.path import Governed
from adapters.ledger.anchors import Anchors
from adapters.ledger.opening import LedgerSettings, open_ledger
from application.gatekeeper import Brake, Gatekeeper
from application.journal import Journal
from application.resolving.by_key import ResolveByKey
from application.resolving.notebook import Notebook
from application.rollout.taking_back import TakeBackSystem
from application.traffic.guarded import Guarded
from application.traffic.traffic import Traffic
from domain.policy import Policy
from domain.promotion import Ladder
from domain.traffic import Capacity
from domain.windows import Calendar
from ports.clock import Clock
from ports.directory import Directory
from ports.errors import Misconfigured
from ports.execution import Execution

BY_NATURE = Policy(version="none: every action has the class of its nature")


@frozen(kw_only=True)
class Care:
    """How careful a site is: who may do what, which class has what, when and how much an ERP is asked."""

    directory: Directory
    policy: Policy = BY_NATURE
    ladder: Ladder = field(factory=Ladder)
    calendar: Calendar = field(factory=Calendar)
    capacities: Mapping[str, Capacity] = MappingProxyType({})


def governed(path: str | Path) -> Governed:
    """Open the governed path of the site at *path*, and its ledger, which is made if it is not there yet.

    No ERP is opened before one is needed. Close it, or use it as a context manager.

    Raises:
        Misconfigured: a file is not there or not of the form, or nothing is said of writing.
        Unavailable: the ledger is not reached.
    """
    site = site_at(Path(path))
    said, folder, place = _governance(site), site.path.parent, f"{site.path}: governance"
    ledger = as_model(LedgerSettings, said.ledger, place=f"{place}.ledger", folder=folder)
    policy, ladder = (BY_NATURE, Ladder())
    if said.policy is not None:
        policy, ladder = policy_at(folder / said.policy, companies=site.companies)
    care = Care(
        directory=people_at(folder / said.people, companies=site.companies),
        policy=policy,
        ladder=ladder,
        calendar=calendar_of(said.windows, said.closings, place=place, folder=folder, companies=site.companies),
        capacities=capacities_of(said.capacity, place=place, folder=folder, companies=site.companies),
    )
    pins = None if said.pins is None else Pins(folder / said.pins)
    names = None
    if said.names is not None:
        names = as_model(NamesSettings, said.names, place=f"{place}.names", folder=folder)
        names = names.model_copy(update={"index": folder / names.index})
    return assembled(Systems(site), site.companies, ledger_in(folder, ledger), care, pins=pins, names=names)


def assembled(
    systems: Systems,
    companies: Mapping[str, Collection[str]],
    settings: LedgerSettings,
    care: Care,
    *,
    pins: Pins | None = None,
    names: NamesSettings | None = None,
) -> Governed:
    """Put the governed path together over *systems*, which are closed with it.

    *companies* are those that can be written to, by system. What has drifted from its *pins* is not written. Without
    *names* records are found by their keys alone.

    Raises:
        Misconfigured: the ledger's settings cannot be used.
        Unavailable: the ledger is not reached.
    """
    clock, key = SystemClock(), settings.key.get_secret_value().encode()
    ledger = open_ledger(settings)
    bell = Bell(clock)
    journal = Journal(ledger=ledger, clock=clock, wakeups=bell, policy=care.policy.version)
    traffic = {name: Traffic(name, care.capacities.get(name, Capacity())) for name in systems.names}
    executions = Executions(systems, companies, _guard(traffic, clock, TakeBackSystem(journal=journal)))
    brakes: Sequence[Brake] = () if pins is None else (DriftBrake(systems, pins),)
    by_key = ResolveByKey(
        suppliers=Reading(executions, lambda erp: erp.suppliers),
        purchase_orders=Reading(executions, lambda erp: erp.purchase_orders),
        clock=clock,
    )
    found = None
    if names is not None:
        found = naming(names, executions, by_key, journal, Notebook(ledger, key), care.directory)
    return Governed(
        ledger=ledger,
        key=key,
        anchors=Anchors(settings.anchors),
        directory=care.directory,
        policy=care.policy,
        ladder=care.ladder,
        gate=Gatekeeper(ledger=ledger, calendar=care.calendar, traffic=traffic, brakes=brakes),
        executions=executions,
        resolver=by_key if found is None else found.resolver,
        names=found,
        journal=journal,
        bell=bell,
        close=_both(systems.close, ledger.close),
    )


def _guard(
    traffic: Mapping[str, Traffic], clock: Clock, opened: Callable[[str], None]
) -> Callable[[str, Execution], Execution]:
    def guard(system: str, execution: Execution) -> Execution:
        return Guarded(execution=execution, traffic=traffic[system], clock=clock, opened=opened)

    return guard


def _governance(site: Site) -> Governance:
    if site.governance is None:
        raise Misconfigured(f"{site.path}: it says nothing of writing; add [governance] (see docs/operating.md)")
    return as_model(Governance, dict(site.governance), place=f"{site.path}: governance", folder=site.path.parent)


def _both(one: Callable[[], None], other: Callable[[], None]) -> Callable[[], None]:
    def close() -> None:
        try:
            one()
        finally:
            other()

    return close
