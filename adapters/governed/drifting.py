"""Writing nothing to fields that the ERP has changed under us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from attrs import field, frozen

from adapters.bootstrap import Systems
from adapters.drift.checking import check
from adapters.drift.pins import Pins
from contracts.source.drift import closed_writes
from domain.commands.command import Command
from domain.errors import ErpError
from domain.holds import Hold
from domain.intents import Proposal

_LOOKS = timedelta(hours=1)
_AGAIN = timedelta(minutes=1)


@frozen
class DriftBrake:
    """Holds back a command whose fields have drifted from the *pins*, until a person has looked.

    What a system publishes is read again every hour. While it cannot be read, nobody knows, and what would be written
    waits.
    """

    systems: Systems
    pins: Pins
    _seen: dict[str, tuple[datetime, Mapping[str, tuple[str, ...]]]] = field(factory=dict, init=False)

    def __call__(self, proposal: Proposal, now: datetime) -> Hold | None:
        """Say why what is proposed may not be written at *now*."""
        system, command = proposal.scope.system, type(proposal.command)
        try:
            hits = sorted(path for path in self._drifted(system, command, now) if _stands_on(command, path))
        except ErpError as error:
            return Hold(because=f"what {system} publishes cannot be compared: {error}", until=now + _AGAIN)
        if not hits:
            return None
        told = (
            f"{', '.join(hits)} of {command.terms.aggregate} {'has' if len(hits) == 1 else 'have'} drifted in {system}"
        )
        return Hold(because=f"{told}; see `dragoman drift check --system {system}`", until=None)

    def _drifted(self, system: str, command: type[Command], now: datetime) -> tuple[str, ...]:
        if system not in self._seen or now - self._seen[system][0] >= _LOOKS:
            found = [each for one in check(self.systems.erp(system), self.pins) for each in one.findings]
            self._seen[system] = now, closed_writes(found)
        return self._seen[system][1].get(command.terms.aggregate, ())


def _stands_on(command: type[Command], path: str) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in command.stands_on())
