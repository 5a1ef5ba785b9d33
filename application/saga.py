"""Submitting a saga: several commands that stand or fall together, with their undo declared before the first runs."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, field, frozen

from application.propose import Request
from application.submit import Submit, next_key
from domain.approvals import NotAllowed
from domain.commands.command import Command, Made, a_command
from domain.intents import Intent
from domain.keys import IntentId, Key, SagaId, intention
from domain.text import words


@frozen(kw_only=True)
class Step:
    """One command of a saga, under a *name* by which later steps refer to what it makes, and what it *needs* done."""

    name: str = field(validator=words)
    command: Command = field(validator=a_command)
    needs: tuple[str, ...] = ()


@frozen(kw_only=True)
class SubmitSaga:
    """Takes several steps in at once. Nothing of it runs before everybody has decided about every step."""

    submit: Submit

    def __call__(self, request: Request, steps: Sequence[Step]) -> tuple[Intent, ...]:
        """Submit *steps*, in an order in which each needs only earlier ones. Asked again, give the intents that stand.

        Raises:
            NotAllowed: a step may not be asked for, or not so; nothing was taken in, and the attempt is on record.
            And what `Submit` raises from looking.
        """
        submit, saga = self.submit, SagaId(str(self.submit.new_id()))
        members: list[Intent] = []
        for step in steps:
            members.append(self._member(request, saga, step, members))
        try:
            with submit.journal.ledger.transaction() as transaction:
                for number, member in enumerate(members):
                    key, standing = next_key(transaction, member.key.intention, member.proposal.content)
                    if standing is not None and standing.saga is not None:
                        return tuple(transaction.saga(standing.saga))
                    members[number] = evolve(member, key=key)
                    transaction.add(members[number])
                    submit.journal.note(
                        transaction, members[number], by=request.by, what="submitted", details=member.proposal
                    )
        except NotAllowed as other:
            raise submit.propose.refused(request, str(other)) from None
        for member in members:
            submit.journal.announce(member)
        return tuple(members)

    def _member(self, request: Request, saga: SagaId, step: Step, earlier: Sequence[Intent]) -> Intent:
        propose, command = self.submit.propose, step.command
        ids = {member.step: member.id for member in earlier}
        made = {target.step for target in command.targets if isinstance(target, Made)}
        needs = {*step.needs, *made}
        if step.name in ids or not needs <= set(ids):
            raise propose.refused(request, f"step {step.name} is there twice, or needs one that is not before it")
        requester = propose.requester(request, command)
        propose.check(request, command, steps=frozenset(made))
        propose.compare(request, command)
        proposed = propose(request, command, requester, step=step.name)
        if proposed.refusal is not None:
            raise propose.refused(request, f"step {step.name}: {proposed.refusal}")
        wish = intention(command, request.scope, requester, f"{request.occasion}, step {step.name}")
        return evolve(
            self.submit.waiting(Key(wish, 1), proposed.proposal),
            id=IntentId(f"{saga}-{len(earlier) + 1}"),
            saga=saga,
            step=step.name,
            needs=tuple(sorted(ids[name] for name in needs)),
        )
