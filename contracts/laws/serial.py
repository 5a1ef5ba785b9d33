"""Laws of order: however many write at once, it is as if one had written after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from attrs import evolve

from contracts.laws.ledgers import STREAM, LedgerSubject, added, entry, read
from contracts.laws.verdicts import require, succeeds
from domain.audit import verify
from domain.keys import IntentId
from ports.errors import Superseded

_WRITERS, _TURNS = 4, 10


class SerialLaws:
    """Several writers at once."""

    def test_what_a_transaction_has_read_stays_until_it_ends(self, subject: LedgerSubject) -> None:
        """An approval that lands while somebody else writes must not be overwritten."""
        key = subject.intents[0].id
        added(subject, subject.intents[:1])

        def turn(writer: int) -> None:
            with subject.ledger.transaction() as transaction:
                intent = transaction.intent(key)
                later = evolve(intent, fence=intent.fence + 1)
                transaction.save(later, fence=intent.fence)

        succeeds(lambda: _together(turn), "writers that read and save within their transactions")
        counted = read(subject.ledger, key).fence - subject.intents[0].fence
        require(counted == _WRITERS * _TURNS, f"of {_WRITERS * _TURNS} moves {counted} stand")

    def test_of_those_who_add_one_key_one_gets_in(self, subject: LedgerSubject) -> None:
        """The same request comes through two doors at once."""
        intent, got_in = subject.intents[0], list[int]()

        def turn(writer: int) -> None:
            with subject.ledger.transaction() as transaction:
                if transaction.latest(intent.key.intention) is None:
                    transaction.add(evolve(intent, id=IntentId(f"of writer {writer}")))
                    got_in.append(writer)

        succeeds(lambda: _together(turn), "writers that look before they add")
        require(len(got_in) == 1, f"{len(got_in)} writers got one key in")

    def test_of_those_who_claim_one_intent_one_gets_it(self, subject: LedgerSubject) -> None:
        """All workers find the same intents due, and read them before they claim."""
        intent, got = subject.intents[0], list[int]()
        added(subject, [intent])

        def turn(writer: int) -> None:
            try:
                with subject.ledger.transaction() as transaction:
                    transaction.save(evolve(intent, fence=intent.fence + 1), fence=intent.fence)
            except Superseded:
                return
            got.append(writer)

        succeeds(lambda: _together(turn), "writers that claim")
        require(len(got) == 1, f"{len(got)} writers got one intent")

    def test_the_records_of_many_writers_are_one_chain(self, subject: LedgerSubject) -> None:
        """Two records after the same one would look like a forgery."""

        def turn(writer: int) -> None:
            with subject.ledger.transaction() as transaction:
                transaction.append(entry(subject.intents[0], f"seen by {writer}"))
                transaction.append(entry(subject.intents[1], f"seen by {writer}"))

        succeeds(lambda: _together(turn), "writers that append")
        records = list(subject.ledger.records(STREAM))
        require(len(records) == 2 * _WRITERS * _TURNS, f"{len(records)} of {2 * _WRITERS * _TURNS} records stand")
        flaws = list(verify(records, stream=STREAM, key=subject.key))
        require(not flaws, f"the chain has flaws: {flaws[:3]}")


def _together(turn: Callable[[int], None]) -> None:
    start = Barrier(_WRITERS)

    def work(writer: int) -> None:
        start.wait()
        for _ in range(_TURNS):
            turn(writer)

    with ThreadPoolExecutor(_WRITERS) as pool:
        for done in [pool.submit(work, writer) for writer in range(_WRITERS)]:
            done.result()
