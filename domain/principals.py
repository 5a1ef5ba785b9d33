"""Who acts: accounts, the people they belong to, and the agents that work for them."""

from __future__ import annotations

from attrs import field, frozen, validators

from domain.identifiers import PersonId
from domain.text import words


@frozen
class Principal:
    """An account that a door has authenticated, and the person whom the directory says it belongs to.

    Whoever has two accounts is still one person: rules look at *person* and never at *account*.
    """

    account: str = field(validator=words)
    person: PersonId = field(validator=validators.instance_of(PersonId))

    def __str__(self) -> str:
        return self.account


@frozen
class Agent:
    """A program that asks by itself; *owner* is the person who answers for it."""

    name: str = field(validator=words)
    owner: PersonId = field(validator=validators.instance_of(PersonId))

    def __str__(self) -> str:
        return self.name


@frozen
class Requester:
    """On whose behalf something is asked, and by which agent; ``None`` when the person asks without one."""

    principal: Principal = field(validator=validators.instance_of(Principal))
    agent: Agent | None = field(validator=validators.optional(validators.instance_of(Agent)))

    @property
    def people(self) -> frozenset[PersonId]:
        """Everybody who stands behind the request, and so may not approve it."""
        return frozenset({self.principal.person} if self.agent is None else {self.principal.person, self.agent.owner})

    def __str__(self) -> str:
        return str(self.principal) if self.agent is None else f"{self.agent} for {self.principal}"
