"""Everything at a site that can be written to, opened when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from attrs import field, frozen

from adapters.bootstrap import Systems
from adapters.erp import Erp
from domain.scope import Scope
from ports.errors import Misconfigured
from ports.execution import Execution

T = TypeVar("T")


@frozen
class Executions(Mapping[Scope, Execution]):
    """What each company of each system can be asked to do.

    *companies* are those that can be written to, by system: what can be known without opening anything.
    """

    systems: Systems
    companies: Mapping[str, Collection[str]]
    guard: Callable[[str, Execution], Execution] = lambda _, execution: execution
    """Puts what stands between us and a system around each of its executions."""
    _opened: dict[Scope, Execution] = field(factory=dict, init=False)

    def __getitem__(self, scope: Scope) -> Execution:
        if scope not in self:
            raise KeyError(scope)
        if scope not in self._opened:
            offered = self.systems.erp(scope.system).executions
            if scope.company not in offered:
                raise Misconfigured(f"nothing can be written in {scope}, although the configuration names it")
            self._opened[scope] = self.guard(scope.system, offered[scope.company])
        return self._opened[scope]

    def __contains__(self, scope: object) -> bool:
        return isinstance(scope, Scope) and scope.company in self.companies.get(scope.system, ())

    def __iter__(self) -> Iterator[Scope]:
        return (Scope(system, company) for system, companies in self.companies.items() for company in companies)

    def __len__(self) -> int:
        return sum(map(len, self.companies.values()))

    def open(self) -> None:
        """Open every system that can be written to: whoever executes must not find out later that one cannot be.

        Raises:
            Misconfigured: the configuration of one is wrong; nothing was contacted.
        """
        for scope in self:
            self[scope]


@frozen
class Reading(Mapping[Scope, T]):
    """One port of each system, by every scope in it that can be written to."""

    executions: Executions
    port: Callable[[Erp], T]

    def __getitem__(self, scope: Scope) -> T:
        if scope not in self.executions:
            raise KeyError(scope)
        return self.port(self.executions.systems.erp(scope.system))

    def __iter__(self) -> Iterator[Scope]:
        return iter(self.executions)

    def __len__(self) -> int:
        return len(self.executions)
