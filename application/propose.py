"""Making a proposal of a request: who asks, may he, on what does it stand, and how careful must one be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen, validators

from application.asking import plain
from application.journal import Journal
from application.undoing import declared
from domain.approvals import NotAllowed
from domain.classification import ActionClass, Reversibility
from domain.commands.command import Command, Made, NoUndo
from domain.identifiers import Identifier
from domain.intents import Proposal
from domain.policy import Policy, classify
from domain.principals import Requester
from domain.resolution import Resolved
from domain.scope import Scope
from domain.stages import Stage
from domain.text import words
from ports.directory import Directory, Right
from ports.errors import AccessDenied, NotWritable
from ports.execution import Execution
from ports.gate import Gate


@frozen(kw_only=True)
class Request:
    """Who asks, where and why: an *account*, and an *agent* if there is one, that a door has authenticated.

    *occasion* is what the wish arose from: the requisition, the mail, the ticket. Asked twice on one
    occasion, it is one wish. *rationale* is why, in the requester's own words.
    """

    account: str = field(validator=words)
    agent: str | None = field(default=None, validator=validators.optional(words))
    scope: Scope = field(validator=validators.instance_of(Scope))
    occasion: str = field(validator=words)
    rationale: str = field(validator=validators.instance_of(str))

    @property
    def by(self) -> str:
        """Who asks, as the door says."""
        return self.account if self.agent is None else f"{self.agent} for {self.account}"


@frozen
class Proposed:
    """A proposal, and why the policy or the rollout refuses it; ``None`` if neither does."""

    proposal: Proposal
    refusal: str | None


@frozen(kw_only=True)
class Propose:
    """Authorises a request, looks at what it stands on, and classifies it."""

    journal: Journal
    executions: Mapping[Scope, Execution]
    directory: Directory
    gate: Gate
    policy: Policy
    changed: Callable[[Resolved[Identifier]], str | None]
    """Says what has become of a record since it was resolved (`Resolver.changed`)."""

    def requester(self, request: Request, command: Command) -> Requester:
        """Say who stands behind *request*, by the directory and not by the request.

        Raises:
            NotAllowed: the account or the agent is not known, or may not ask for this.
        """
        try:
            principal = self.directory.principal(request.account)
            agent = None if request.agent is None else self.directory.agent(request.agent)
        except AccessDenied as unknown:
            raise self.refused(request, str(unknown)) from unknown
        action = command.terms.action
        if not self.directory.may(principal.person, Right.SUBMIT, action, request.scope):
            raise self.refused(request, f"{principal} may not ask to {action} in {request.scope}")
        return Requester(principal, agent)

    def check(self, request: Request, command: Command, *, steps: frozenset[str] = frozenset()) -> None:
        """See that the command can be carried out at all, and stands on records that were resolved for here.

        *steps* are the names of the earlier steps of its saga.

        Raises:
            NotAllowed: it cannot, or does not.
        """
        execution = self.executions.get(request.scope)
        if execution is None or not execution.offers(type(command)):
            raise self.refused(request, f"{command.terms.action} is not offered in {request.scope}")
        for target in command.targets:
            if isinstance(target, Made):
                if target.step not in steps:
                    raise self.refused(request, f"no earlier step is called {target.step}")
            elif target.scope != request.scope:
                raise self.refused(request, f"{target} was resolved in {target.scope}, not in {request.scope}")

    def compare(self, request: Request, command: Command) -> None:
        """See that the records still are what was resolved; names, keys and blocks change hands.

        Raises:
            NotAllowed: one is not.
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured, NotOffered: it could not be looked at.
        """
        now = self.journal.clock.now()
        for target in command.targets:
            if isinstance(target, Made):
                continue
            if target.expires_at <= now:
                raise self.refused(request, f"{target} was resolved too long ago; resolve it again")
            if (change := self.changed(target)) is not None:
                raise self.refused(request, f"{target} is not what was resolved: {change}; resolve it again")

    def __call__(
        self, request: Request, command: Command, requester: Requester, *, step: str | None = None
    ) -> Proposed:
        """Look at the target, and make the proposal.

        Raises:
            NotAllowed: see `check`; or the ERP cannot hold what is asked for, and nobody shall approve it in vain.
            NotFound, Unavailable, AccessDenied, Unintelligible, Drifted, Misconfigured, NotOffered: from looking.
        """
        scope = request.scope
        try:
            seen = self.executions[scope].observe(command)
        except NotWritable as cannot:
            raise self.refused(request, plain(cannot)) from cannot
        classification = classify(self.policy, command, scope, seen)
        stage = self.gate.stage(command, scope)
        refusal, verdict = None, classification.verdict
        if not isinstance(verdict, ActionClass):
            refusal, verdict = f"the policy forbids it: {'; '.join(classification.because)}", ActionClass.IRREVERSIBLE
        elif stage is Stage.READ_ONLY:
            refusal = f"{command.terms.action} is only proposed in {scope}, and not executed"
        undo = declared(command, seen.before, step)
        if isinstance(undo, NoUndo) and command.terms.reversibility is not Reversibility.IRREVERSIBLE:
            verdict = verdict.at_least(ActionClass.HIGH)  # it was classified as one that can be taken back
        proposal = Proposal(
            command=command,
            scope=scope,
            requester=requester,
            occasion=request.occasion,
            rationale=request.rationale,
            seen=seen,
            undo=undo,
            action_class=stage.careful(verdict),
            because=classification.because,
            policy=self.policy.version,
        )
        return Proposed(proposal, refusal)

    def refused(self, request: Request, because: str) -> NotAllowed:
        """Put the attempt on record, and give the error to raise."""
        return self.journal.refuse(because, stream=request.scope.system, subject=None, by=request.by)
