"""Laws of order: however many write at once, it is as if one had written after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from attrs import evolve

from contracts.laws.ledgers import STREAM, LedgerSubject, added, entry, read
from contracts.laws.verdicts import require, succeeds
from domain.audit import verify
from domain.canonical import digest
from domain.keys import IntentId, Key
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
                if transaction.known(intent.key.intention, intent.proposal.content).last is None:
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

    def test_of_those_who_take_one_content_in_one_gets_in(self, subject: LedgerSubject) -> None:
        """The same wish on two occasions is one write too many."""
        intent, got_in = subject.intents[0], list[int]()

        def turn(writer: int) -> None:
            mine = evolve(intent, id=IntentId(f"of writer {writer}"), key=Key(digest(f"occasion {writer}"), 1))
            try:
                subject.ledger.take_in(mine, entry(mine))
            except Superseded:
                return
            got_in.append(writer)

        succeeds(lambda: _together(turn), "writers that take in")
        require(len(got_in) == 1, f"{len(got_in)} writers got one content in")
        require(len(list(subject.ledger.records(STREAM))) == 1, "who did not get in left a record")

    def test_of_those_who_keep_one_move_one_does(self, subject: LedgerSubject) -> None:
        """The worker that was too late must not tell what it thinks became of it."""
        intent, kept = subject.intents[0], list[int]()
        added(subject, [intent])

        def turn(writer: int) -> None:
            try:
                subject.ledger.keep(evolve(intent, fence=intent.fence + 1), entry(intent), fence=intent.fence)
            except Superseded:
                return
            kept.append(writer)

        succeeds(lambda: _together(turn), "writers that keep")
        require(len(kept) == 1, f"{len(kept)} writers kept one move")
        require(len(list(subject.ledger.records(STREAM))) == 1, "who was too late left a record")

    def test_those_who_keep_and_those_who_write_more_take_turns(self, subject: LedgerSubject) -> None:
        """There is one order of all writes, whichever way they came."""
        keys = [intent.id for intent in subject.intents[:_WRITERS]]
        added(subject, subject.intents)

        def turn(writer: int) -> None:
            key = keys[writer % len(keys)]
            try:
                with subject.ledger.transaction() as transaction:
                    intent = transaction.intent(key)
                    transaction.append(entry(intent, f"seen by {writer}"))
                subject.ledger.keep(evolve(intent, fence=intent.fence + 1), entry(intent), fence=intent.fence)
            except Superseded:
                return

        succeeds(lambda: _together(turn), "writers of both kinds")
        records = list(subject.ledger.records(STREAM))
        moves = sum(read(subject.ledger, intent.id).fence - intent.fence for intent in subject.intents)
        require(len(records) == _WRITERS * _TURNS + moves, f"{len(records)} records of {moves} moves stand")
        flaws = list(verify(records, stream=STREAM, key=subject.key))
        require(not flaws, f"the chain has flaws: {flaws[:3]}")

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
