"""The site's policy: how careful it is with which action, defined before anything runs.

A rule without a condition replaces the class that the action has by its nature; a rule with one can only make it more
careful. Among rules that apply, the most careful wins, so their order says nothing. Whoever submits a command has no
word in it.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import cast

from attrs import field, frozen, validators

from domain.classification import ActionClass
from domain.commands.catalogue import COMMANDS
from domain.commands.command import Command
from domain.images import UNREAD, Observation
from domain.money import Money
from domain.quantity import Quantity
from domain.resolution import Resolved
from domain.scope import Scope
from domain.text import words


class Forbidden(Enum):
    """The verdict of a deny list; its one member is `FORBIDDEN`."""

    FORBIDDEN = "forbidden"


FORBIDDEN = Forbidden.FORBIDDEN


@frozen
class Above:
    """A fact is more than a limit; also when it was not read, or is of another currency or unit: then nobody knows."""

    fact: str = field(validator=words)
    limit: Money | Quantity | Decimal

    def holds(self, command: Command, seen: Observation) -> bool:
        """Say whether the condition holds for *command*, given what was *seen* of its target."""
        value, limit = seen.fact(self.fact), self.limit
        if isinstance(value, Money) and isinstance(limit, Money) and value.currency == limit.currency:
            return value.amount.copy_abs() > limit.amount
        if isinstance(value, Quantity) and isinstance(limit, Quantity) and value.unit == limit.unit:
            return value.amount.copy_abs() > limit.amount
        if isinstance(value, Decimal) and isinstance(limit, Decimal):
            return value > limit
        return True

    def __str__(self) -> str:
        return f"{self.fact} is above {self.limit}, or not known"


@frozen
class Is:
    """A fact reads as one of these texts; also when it was not read."""

    fact: str = field(validator=words)
    one_of: frozenset[str]

    def holds(self, command: Command, seen: Observation) -> bool:
        """Say whether the condition holds for *command*, given what was *seen* of its target."""
        value = seen.fact(self.fact)
        return value is UNREAD or str(value.value if isinstance(value, Enum) else value) in self.one_of

    def __str__(self) -> str:
        return f"{self.fact} is {' or '.join(sorted(self.one_of))}, or not known"


@frozen
class Names:
    """The command names one of these records: a list of what must be left alone."""

    keys: frozenset[str]

    def holds(self, command: Command, seen: Observation) -> bool:
        """Say whether the condition holds for *command*; a record that is yet to be made is on no list."""
        return any(isinstance(target, Resolved) and target.id.text in self.keys for target in command.targets)

    def __str__(self) -> str:
        return f"it concerns {' or '.join(sorted(self.keys))}"


Condition = Above | Is | Names


@frozen(kw_only=True)
class Rule:
    """One line of the policy; what is ``None`` is left open: any action, any system, any company, always."""

    action: str | None = None
    system: str | None = None
    company: str | None = None
    when: Condition | None = None
    verdict: ActionClass | Forbidden = field(validator=validators.instance_of(ActionClass | Forbidden))

    def __str__(self) -> str:
        where = " of ".join(each for each in (self.company, self.system) if each is not None) or "everywhere"
        when = "always" if self.when is None else f"when {self.when}"
        return f"{self.action or 'every action'}, {where}, {when}: {self.verdict.value}"

    def applies(self, command: Command, scope: Scope) -> bool:
        """Say whether the rule is about this action in this place."""
        return (
            self.action in (None, command.terms.action)
            and self.system in (None, scope.system)
            and self.company in (None, scope.company)
        )


@frozen(kw_only=True)
class Patience:
    """How long things may take."""

    approval: timedelta = timedelta(days=3)
    """How long a proposal waits for its approvers, and an approval counts."""
    lease: timedelta = timedelta(minutes=5)
    """How long a worker may hold an intent; more than the longest call takes."""
    pause: timedelta = timedelta(seconds=30)
    """Between two looks at what is not settled, at least; twice as long after each call that was not sent."""
    settling: timedelta = timedelta(hours=4)
    """After which a person is asked what became of a call."""
    deciding: timedelta = timedelta(days=7)
    """After which a person is asked about what the ERP has taken: its approvers, or its night, are late."""
    losses: int = 3
    """After how many lost answers to one intent a person is asked."""


@frozen(kw_only=True)
class Policy:
    """All rules of a site; *version* is the digest of the file that they were read from."""

    version: str = field(validator=words)
    rules: tuple[Rule, ...] = ()
    patience: Patience = Patience()


@frozen
class Classification:
    """How careful one must be with a command, or that it is `FORBIDDEN`, and why."""

    verdict: ActionClass | Forbidden
    because: tuple[str, ...]


def classify(policy: Policy, command: Command, scope: Scope, seen: Observation) -> Classification:
    """Say how careful one must be with *command*, given what was *seen* of its target.

    An action that is no part of the catalogue is irreversible, unless the policy names it.
    """
    about = [rule for rule in policy.rules if rule.applies(command, scope)]
    known = type(command) in COMMANDS
    replacing = [rule for rule in about if rule.when is None and (known or rule.action is not None)]
    met = [rule for rule in about if rule.when is not None and rule.when.holds(command, seen)]
    counted = (*replacing, *met)
    because = tuple(str(rule) for rule in counted)
    if any(rule.verdict is FORBIDDEN for rule in counted):
        return Classification(FORBIDDEN, because)
    verdict = command.terms.by_default if known else ActionClass.IRREVERSIBLE
    if replacing:
        verdict = ActionClass.READ
    for rule in counted:
        verdict = verdict.at_least(cast("ActionClass", rule.verdict))  # nothing is forbidden, as just seen
    return Classification(verdict, because or ("its nature",))
