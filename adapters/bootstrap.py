"""Opening the ERPs that a site's configuration names; a driver is imported for the kinds in use, and no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Protocol, Self

from attrs import evolve

from adapters.config.codes import codes_for
from adapters.config.complaints import unknown
from adapters.config.site import site_at
from adapters.erp import Codes, Erp
from adapters.kinds import kind_named
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.settings import SystemSettings
from ports.errors import Misconfigured
from ports.quarantine import Quarantine, Refusal


class _Site(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def default(self) -> str | None: ...
    def place(self, name: str) -> str: ...
    def settings(self, name: str) -> SystemSettings: ...
    def close(self) -> None: ...


def connect(path: str | Path | None = None, system: str | None = None) -> Erp:
    """Open one ERP of the site at *path*: the one called *system*, else the file's default; close it after use.

    Without *path* it is an embedded sandbox, started for the purpose. Nothing is contacted before the first question.

    Raises:
        Misconfigured: the configuration is wrong or incomplete, or knows no such system.
    """
    opened = systems(path)
    try:
        erp = opened.erp(system)
    except BaseException:
        opened.close()
        raise
    return evolve(erp, close=opened.close)


def systems(path: str | Path | None = None) -> Systems:
    """Give all ERPs of the site at *path*, or the embedded sandboxes; each is opened when it is first asked for.

    Raises:
        Misconfigured: the file is not there, or not of the form.
    """
    if path is not None:
        return Systems(site_at(Path(path)))
    from adapters.embedded import Embedded  # the sandboxes are imported by those who want them

    return Systems(Embedded())


class Systems:
    """The ERPs of one site; close it, or use it as a context manager."""

    def __init__(self, site: _Site) -> None:
        self._site = site
        self._opened: dict[str, Erp] = {}
        self._quarantines: dict[str, InMemoryQuarantine] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The site's names for its systems."""
        return self._site.names

    @property
    def default(self) -> str | None:
        """The system that is meant when none is named; ``None`` if nobody said."""
        return self._site.default

    def erp(self, name: str | None = None) -> Erp:
        """Open a system, the default one if no *name* is given; the same again when it is asked for again.

        Raises:
            Misconfigured: there is no such system, no default, or its part of the configuration is wrong.
        """
        chosen = self._chosen(name)
        if chosen not in self._opened:
            quarantine = InMemoryQuarantine()
            self._opened[chosen] = self.open(chosen, quarantine)
            self._quarantines[chosen] = quarantine
        return self._opened[chosen]

    def settings(self, name: str | None = None) -> SystemSettings:
        """Give the settings of a system, of the default one if no *name* is given.

        Raises:
            Misconfigured: there is no such system, no default, or its part of the configuration is wrong.
        """
        return self._site.settings(self._chosen(name))

    def open(self, name: str | None, quarantine: Quarantine) -> Erp:
        """Open a system with a *quarantine* of its own, however often; whoever asked closes it.

        Raises:
            Misconfigured: see `erp`.
        """
        chosen = self._chosen(name)
        settings, place = self._site.settings(chosen), self._site.place(chosen)
        try:
            erp = open_system(chosen, settings, quarantine)
            if not settings.codes:
                return erp
            with erp:  # the mappings know the types of the codes; opening contacts nobody, so it is done again
                codes = _codes(erp, settings, place)
            return open_system(chosen, settings, quarantine, codes)
        except Misconfigured as error:
            told = str(error)
            raise error if told.startswith(place) else Misconfigured(f"{place}: {told}") from None

    def refusals(self, name: str) -> tuple[Refusal, ...]:
        """Give what was refused of an opened system until now, one refusal per record."""
        return self._quarantines[name].refusals

    def close(self) -> None:
        """Close every system that was opened, and stop what was started for it."""
        while self._opened:
            self._opened.popitem()[1].close()
        self._site.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _chosen(self, name: str | None) -> str:
        chosen = self.default if name is None else name
        if chosen is None:
            raise Misconfigured(f"no system was named and there is no default; known are {', '.join(self.names)}")
        if chosen not in self.names:
            raise Misconfigured(unknown(f"the system {chosen!r}", chosen, self.names))
        return chosen


def _codes(erp: Erp, settings: SystemSettings, place: str) -> Mapping[str, Codes]:
    typed: dict[str, Callable[[Mapping[str, object], str], Codes]] = {
        "suppliers": lambda given, at: codes_for(erp.suppliers.mapping, given, at),
        "purchase_orders": lambda given, at: codes_for(erp.purchase_orders.mapping, given, at),
    }
    return {
        aggregate: typed[aggregate](given, f"{place}.codes.{aggregate}") for aggregate, given in settings.codes.items()
    }


def open_system(
    name: str, settings: SystemSettings, quarantine: Quarantine, codes: Mapping[str, Codes] = MappingProxyType({})
) -> Erp:
    """Open one system by its settings; *codes* are the site's additions, already of their domain types.

    Raises:
        Misconfigured: the settings cannot be right; nothing is contacted.
    """
    return kind_named(settings.kind).open(name, settings, quarantine, codes)
