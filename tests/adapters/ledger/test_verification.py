"""Whatever somebody does to the rows of a ledger, a verification finds it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import evolve
from sqlalchemy import update

from adapters.ledger.tables import RECORDS
from application.audit import VerifyAudit
from application.journal import Journal
from application.rollout.harm import ROLLOUT
from contracts.laws.ledger import LedgerSubject
from contracts.laws.ledgers import some_standings
from domain.audit import Entry, Finding, Flaw
from domain.intents import Intent
from domain.lifecycle import State
from domain.rollout import Standing
from domain.stages import Stage
from ports.ledger import IntentQuery
from tests.adapters.ledger.forgers import SqlForger, Thief
from tests.adapters.ledger.ledgers import in_memory, in_sql
from tests.governed.fakes import Silent
from tests.governed.house import FakeClock


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def subject(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LedgerSubject]:
    if request.param == "memory":
        yield in_memory()
        return
    sqlite = f"sqlite:///{tmp_path / 'ledger.db'}"
    with in_sql(sqlite if request.param == "sqlite" else request.getfixturevalue("postgresql"), tmp_path) as subject:
        yield subject


@pytest.fixture
def thief(subject: LedgerSubject) -> Thief:
    assert isinstance(subject.forger, Thief)
    return subject.forger


@pytest.fixture
def intents(subject: LedgerSubject) -> tuple[Intent, ...]:
    """Give intents that were submitted, and then approved or looked at."""
    for intent in subject.intents:
        journal(subject).take_in(intent, by="ana", what="submitted")
    first, second, third = subject.intents
    return journal(subject).keep(first, by="bia", what="approved"), journal(subject).release(second), third


@pytest.fixture
def standings(subject: LedgerSubject) -> tuple[Standing, ...]:
    for standing in some_standings(subject):
        decide(subject, standing)
    return some_standings(subject)


def journal(subject: LedgerSubject) -> Journal:
    return Journal(ledger=subject.ledger, clock=FakeClock(), wakeups=Silent(), policy="policy 1")


def decide(subject: LedgerSubject, standing: Standing) -> None:
    with subject.ledger.transaction() as transaction:
        transaction.stand(standing)
        transaction.append(said(standing))


def said(standing: Standing, details: object = None) -> Entry:
    return Entry(
        stream=ROLLOUT,
        subject=None,
        at=standing.since,
        by="ana",
        what="let go",
        because=standing.because,
        details=standing if details is None else details,
    )


def found(subject: LedgerSubject) -> list[tuple[Flaw, str]]:
    anchors = subject.anchors() if subject.anchors is not None else {}
    findings: tuple[Finding, ...] = VerifyAudit(ledger=subject.ledger, key=subject.key)(anchors)
    return [(finding.flaw, finding.about) for finding in findings]


def test_what_nobody_touched_has_no_flaw(
    subject: LedgerSubject, intents: tuple[Intent, ...], standings: tuple[Standing, ...]
) -> None:
    decide(subject, evolve(standings[0], stage=Stage.READ_ONLY))
    with subject.ledger.transaction() as transaction:
        transaction.append(said(standings[1], (standings[1], "details of it")))

    assert found(subject) == []


def test_an_older_row_of_an_intent_is_found(subject: LedgerSubject, thief: Thief, intents: tuple[Intent, ...]) -> None:
    put_back = thief.copied(intents[0].id)
    journal(subject).keep(evolve(intents[0], state=State.HALTED), by="ana", what="withdrawn")
    put_back()

    assert found(subject) == [(Flaw.OLDER, f"intent {intents[0].id}")]


def test_an_older_standing_is_found(subject: LedgerSubject, thief: Thief, standings: tuple[Standing, ...]) -> None:
    put_back = thief.copied(standings[2])
    decide(subject, evolve(standings[2], stage=Stage.READ_ONLY))
    put_back()

    assert found(subject) == [(Flaw.OLDER, f"the standing of {standings[2].action} in {standings[2].scope}")]


def test_removed_rows_are_found(
    subject: LedgerSubject, thief: Thief, intents: tuple[Intent, ...], standings: tuple[Standing, ...]
) -> None:
    thief.removed(intents[1].id)
    thief.removed(standings[0])

    flaws = found(subject)
    assert [flaw for flaw, _ in flaws] == [Flaw.REMOVED, Flaw.REMOVED]
    assert str(intents[1].id) in flaws[0][1]
    assert standings[0].action in flaws[1][1]


def test_inserted_rows_are_found(
    subject: LedgerSubject, thief: Thief, intents: tuple[Intent, ...], standings: tuple[Standing, ...]
) -> None:
    """A row of another ledger with the same key is sealed, and no record here tells of it."""
    for stream in subject.ledger.streams():
        thief.rewrite(stream, [])

    about = [about for flaw, about in found(subject) if flaw is Flaw.INSERTED]
    assert about == [
        *(f"intent {intent.id}" for intent in intents),
        *(f"the standing of {each.action} in {each.scope}" for each in standings),
    ]


def test_reordered_intents_are_found(subject: LedgerSubject, thief: Thief, intents: tuple[Intent, ...]) -> None:
    thief.exchanged(intents[0].id, intents[2].id)

    assert [flaw for flaw, _ in found(subject) if flaw is not Flaw.REMOVED] == [Flaw.FORGED, Flaw.FORGED]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_one_changed_row_hides_no_other(
    subject: LedgerSubject, thief: Thief, intents: tuple[Intent, ...], standings: tuple[Standing, ...], which: int
) -> None:
    put_back = thief.copied(intents[0].id)
    journal(subject).keep(evolve(intents[0], state=State.HALTED), by="ana", what="withdrawn")
    put_back()
    change = (
        thief.spoils(intents[1].id),
        thief.spoils(intents[2].id),
        thief.spoils_standing(standings[1]),
    )[which]

    next(change)
    flaws = [flaw for flaw, _ in found(subject)]
    list(change)  # puts it back

    assert flaws.count(Flaw.FORGED) == 1
    assert Flaw.OLDER in flaws


def test_a_record_that_has_no_form_is_found_and_those_after_it_are_heard(
    subject: LedgerSubject, thief: Thief, intents: tuple[Intent, ...]
) -> None:
    if not isinstance(thief, SqlForger):
        pytest.skip("in memory there are no columns")
    with thief.engine.begin() as connection:
        connection.execute(update(RECORDS).where(RECORDS.c.number == 2).values(seal=b"short"))

    flaws = [flaw for flaw, _ in found(subject)]
    assert Flaw.FORGED in flaws
    assert Flaw.MISSING in flaws
    assert Flaw.OLDER not in flaws


def test_what_is_written_while_somebody_verifies_is_no_forgery(
    subject: LedgerSubject, intents: tuple[Intent, ...], standings: tuple[Standing, ...]
) -> None:
    new = evolve(subject.intents[0], id=evolve(intents[0].id, text="new"), key=subject.intents[0].key.next())
    new = evolve(new, state=State.AWAITING)

    def write() -> None:
        journal(subject).keep(intents[0], by="caio", what="approved")
        with subject.ledger.transaction() as transaction:
            transaction.add(new)
            journal(subject).note(transaction, new, by="ana", what="submitted")
        decide(subject, evolve(standings[0], stage=Stage.READ_ONLY))
        decide(subject, evolve(standings[0], stage=Stage.SUPERVISED))

    assert interrupted(subject, write) == ()


def interrupted(subject: LedgerSubject, write: Callable[[], None]) -> tuple[Finding, ...]:
    """Verify, and write after the records were read and before the rows are."""
    intents, written = subject.ledger.intents, list[int]()

    def late(query: IntentQuery) -> Iterator[Intent]:
        if not written:
            written.append(1)
            write()
        return intents(query)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject.ledger, "intents", late)
        return VerifyAudit(ledger=subject.ledger, key=subject.key)({})
