"""Letting an action go one step further, and taking it back: a person's word, with a reason, on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from attrs import evolve, frozen

from application.journal import Journal
from application.rollout.gathering import GatherEvidence
from application.rollout.harm import ROLLOUT
from domain.approvals import NotAllowed
from domain.commands.catalogue import COMMANDS
from domain.commands.command import Command, LocatedBy
from domain.principals import Principal
from domain.promotion import Ladder
from domain.rollout import WHOLE, Standing, TrackRecord, undecided
from domain.scope import Scope
from domain.stages import Stage
from ports.directory import Directory, Right
from ports.errors import AccessDenied, Tampered
from ports.execution import Execution
from ports.ledger import Transaction, View

_BY_ACTION = {command.terms.action: command for command in COMMANDS}


@frozen(kw_only=True)
class Office:
    """Where standings are changed: by people who have the right, and with a record of what was not allowed."""

    journal: Journal
    directory: Directory

    def changed(
        self, account: str, right: Right, wanted: Standing, change: Callable[[Principal], Standing]
    ) -> Standing:
        """Make a *change* as the person behind *account*, which must be a person's: agents have none.

        Raises:
            NotAllowed: the account is not known, its person lacks the *right*, or *change* says so; it is on record.
            Tampered: from *change*; the attempt is on record.
        """
        try:
            by = self.directory.principal(account)
            if not self.directory.may(by.person, right, wanted.action, wanted.scope):
                raise NotAllowed(f"{by} may not {right.value}: {wanted.action} in {wanted.scope}")
            return change(by)
        except (AccessDenied, NotAllowed) as no:
            raise self.journal.refuse(str(no), stream=ROLLOUT, subject=None, by=account) from no
        except Tampered as forged:
            self.journal.refuse(str(forged), stream=ROLLOUT, subject=None, by=account)
            raise

    def stand(
        self, transaction: Transaction, after: Standing, before: Standing, track: TrackRecord | None, *, what: str
    ) -> Standing:
        """Put *after* in the place of *before*, on the evidence of *track*."""
        transaction.stand(after)
        transaction.append(
            self.journal.entry(ROLLOUT, None, after.by, what, after.because, details=(after, before, track))
        )
        return after


@frozen(kw_only=True)
class Promote:
    """Lets an action go one step further, on the evidence that the ledger shows since the last step."""

    office: Office
    executions: Mapping[Scope, Execution]
    gather: GatherEvidence
    ladder: Ladder

    def __call__(
        self, account: str, action: str, scope: Scope, *, to: Stage, share: Decimal = WHOLE, because: str
    ) -> Standing:
        """Let *action* go *to* the next stage in *scope*, or a larger *share* of what is autonomous.

        Raises:
            NotAllowed: this person may not, it is no step, or the evidence is not enough; the attempt is on record.
            InvalidValue: no reason was given, or *share* is none.
            Tampered: the standing or its evidence is not what was written; take it back to read-only, and look why.
        """
        now = self.office.journal.clock.now()
        wanted = Standing(action=action, scope=scope, stage=to, share=share, by=account, because=because, since=now)

        def promoted(by: Principal) -> Standing:
            command = self._offered(wanted)
            ledger = self.office.journal.ledger
            with ledger.view() as view:
                before = _standing(view, wanted)
            if not wanted.follows(before):
                raise NotAllowed(f"{wanted} does not follow on {before.stage.value}; go one step at a time")
            track = self._evidence(by, before, wanted, command)
            with ledger.transaction() as transaction:
                if _standing(transaction, wanted) != before:
                    raise NotAllowed(f"somebody has decided about {action} in {scope} meanwhile; look again")
                return self.office.stand(transaction, wanted, before, track, what="promoted")

        return self.office.changed(account, Right.PROMOTE, wanted, promoted)

    def _offered(self, wanted: Standing) -> type[Command]:
        command, execution = _BY_ACTION.get(wanted.action), self.executions.get(wanted.scope)
        if command is None or execution is None or not execution.offers(command):
            raise NotAllowed(f"{wanted.action} is not offered in {wanted.scope}")
        return command

    def _evidence(self, by: Principal, before: Standing, wanted: Standing, command: type[Command]) -> TrackRecord:
        gathered = self.gather(before, wanted.since)
        if by.person in gathered.requesters:
            raise NotAllowed("whoever stands behind a request that is evidence cannot judge by it")
        is_comparable = command.terms.located_by is LocatedBy.EFFECT
        required = self.ladder.required(wanted.stage)
        if lacks := required.lacks(gathered.track, wanted.since, is_comparable=is_comparable):
            raise NotAllowed(f"the evidence is not enough: {'; '.join(lacks)}")
        return gathered.track


@frozen(kw_only=True)
class Demote:
    """Takes an action back, as far as one likes, at any time; evidence about it begins anew."""

    office: Office

    def __call__(
        self, account: str, action: str, scope: Scope, *, to: Stage, share: Decimal = WHOLE, because: str
    ) -> Standing:
        """Take *action* back *to* an earlier stage in *scope*, or to a smaller *share* of what is autonomous.

        Raises:
            NotAllowed: this person may not, or it does not stand further than that; the attempt is on record.
            InvalidValue: no reason was given, or *share* is none.
        """
        journal = self.office.journal
        now = journal.clock.now()
        wanted = Standing(action=action, scope=scope, stage=to, share=share, by=account, because=because, since=now)

        def demoted(_: Principal) -> Standing:
            with journal.ledger.transaction() as transaction:
                try:
                    before = _standing(transaction, wanted)
                except Tampered as forged:
                    before = evolve(undecided(action, scope), because=str(forged))
                    if to is not Stage.READ_ONLY:
                        raise NotAllowed(f"{forged}; take it back to read-only") from forged
                else:
                    if not before.is_further_than(wanted):
                        raise NotAllowed(f"{before} already; there is nothing to take back to {to.value}")
                return self.office.stand(transaction, wanted, before, None, what="demoted")

        return self.office.changed(account, Right.DEMOTE, wanted, demoted)


def _standing(view: View, wanted: Standing) -> Standing:
    return view.standing(wanted.action, wanted.scope) or undecided(wanted.action, wanted.scope)
