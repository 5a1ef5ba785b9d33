"""Laws of standings: how far an action has been let go is what was written last, and nobody else can say otherwise."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from functools import partial

from attrs import evolve

from contracts.laws.ledgers import LedgerSubject, some_standings, stood
from contracts.laws.verdicts import NotApplicable, raises, require, succeeds
from domain.rollout import Standing
from domain.stages import Stage
from ports.errors import Tampered
from ports.ledger import Ledger


class Interrupted(Exception):  # states a fact, as all ours do
    """Something else went wrong within the transaction."""


class StandingLaws:
    """Which standing holds."""

    def test_a_standing_holds_until_another_is_put_in_its_place(self, subject: LedgerSubject) -> None:
        """What was taken back must not come back."""
        first, *others = some_standings(subject)
        later = evolve(first, stage=Stage.AUTONOMOUS, share=Decimal("0.05"))
        require(_found(subject.ledger, first) is None, "what nobody decided about has a standing")
        stood(subject, [*reversed(others), first])
        for standing in (first, *others):
            require(
                _found(subject.ledger, standing) == standing, f"{standing.action} in {standing.scope} stands otherwise"
            )
        stood(subject, [later])
        require(_found(subject.ledger, first) == later, "the older standing holds")
        require(list(subject.ledger.standings()) == [later, *others], "standings come otherwise, or in another order")

    def test_a_standing_is_there_for_the_next_process(self, subject: LedgerSubject) -> None:
        """A restart gives nobody more freedom, or less."""
        if subject.again is None:
            raise NotApplicable("the subject forgets with its process (LedgerSubject.again)")
        standings = some_standings(subject)
        stood(subject, standings)
        require(tuple(subject.again().standings()) == standings, "another process finds other standings")

    def test_a_block_that_raises_leaves_the_standing_as_it_was(self, subject: LedgerSubject) -> None:
        """What nobody has recorded must not hold."""
        first, other, *_ = some_standings(subject)
        stood(subject, [first])
        with suppress(Interrupted), subject.ledger.transaction() as transaction:
            transaction.stand(evolve(first, stage=Stage.HIGH_VOLUME))
            transaction.stand(other)
            require(transaction.standing(other.action, other.scope) == other, "what a transaction wrote it reads not")
            raise Interrupted
        require(list(subject.ledger.standings()) == [first], "a standing of a transaction that raised holds")

    def test_any_change_of_a_standing_is_found_out(self, subject: LedgerSubject) -> None:
        """Whoever owns the database does not decide how far an action is let go."""
        first, *others = standings = some_standings(subject)
        stood(subject, standings)
        changes = list[str]()
        for what in subject.forger.spoils_standing(first):
            changes.append(what)
            raises((Tampered,), lambda: list(subject.ledger.standings()), f"all standings, after {what}")
            with suppress(Tampered):
                found = _found(subject.ledger, first)
                require(found is None, f"{first.action} is {found} after {what}")
            rest = _sound(subject.ledger)
            require([each for each in rest if each in others] == others, f"another does not come after {what}")
            for other in others:
                held = succeeds(partial(_found, subject.ledger, other), f"another standing, after {what}")
                require(held == other, f"{other.action} in {other.scope} stands otherwise after {what}")
        require(len(changes) > 0, "the forger changed nothing (LedgerSubject.forger)")
        require(tuple(subject.ledger.standings()) == standings, "the forger put nothing back")


def _found(ledger: Ledger, standing: Standing) -> Standing | None:
    with ledger.view() as view:
        return view.standing(standing.action, standing.scope)


def _sound(ledger: Ledger) -> list[Standing]:
    """Give the standings that can be read: the stream goes on after one that cannot."""
    found, stream = list[Standing](), ledger.standings()
    while True:
        try:
            found.append(next(stream))
        except Tampered:
            continue
        except StopIteration:
            return found
