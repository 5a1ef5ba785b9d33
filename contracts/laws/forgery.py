"""Laws of evidence: whoever writes into the ledger without its key is found out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from attrs import evolve

from contracts.laws.ledgers import EVERYTHING, STREAM, LedgerSubject, added, entry, read, recorded
from contracts.laws.verdicts import NotApplicable, raises, require, succeeds
from domain.audit import Finding, Record, verify
from domain.canonical import Digest
from domain.intents import Intent
from ports.errors import NotFound, Tampered

Forged = Sequence[Record]


class ForgeryLaws:
    """What is found out, and by whom."""

    def test_any_change_of_a_row_is_found_out(self, subject: LedgerSubject) -> None:
        """Nobody may act on an intent that is not what was approved."""
        added(subject, subject.intents)
        first = subject.intents[0]
        changes = list[str]()
        for what in subject.forger.spoils(first.id):
            changes.append(what)
            raises((Tampered,), lambda: list(subject.ledger.intents(EVERYTHING)), f"all intents, after {what}")
            raises((Tampered, NotFound), lambda: read(subject.ledger, first.id), f"one intent, after {what}")
        require(len(changes) > 0, "the forger changed nothing (LedgerSubject.forger)")
        require(tuple(subject.ledger.intents(EVERYTHING)) == subject.intents, "the forger put nothing back")

    def test_a_forged_row_is_in_nobody_elses_way(self, subject: LedgerSubject) -> None:
        """One bad row costs one intent."""
        added(subject, subject.intents)
        first, *others = subject.intents
        for what in subject.forger.spoils(first.id):
            due = succeeds(lambda: subject.ledger.due(subject.all_due, 100), f"what is due, after {what}")
            for other in others:
                require(other.id in due, f"{other.id} is not due after {what}")
                require(read(subject.ledger, other.id) == other, f"{other.id} is read otherwise after {what}")

    def test_what_follows_a_forged_row_is_still_read(self, subject: LedgerSubject) -> None:
        """Whoever verifies must see all of it, and not stop at the first row that somebody spoiled."""
        added(subject, subject.intents)
        first, *others = subject.intents
        for what in subject.forger.spoils(first.id):
            found, stream = list[Intent](), subject.ledger.intents(EVERYTHING)
            for _ in range(len(subject.intents) + 1):
                with suppress(Tampered, StopIteration):
                    found.append(next(stream))
            require(found == others, f"of {len(others)} other intents {len(found)} came after {what}")

    def test_records_come_after_the_one_that_was_read_last(self, subject: LedgerSubject) -> None:
        """Whoever passes events on misses none, and gets none twice."""
        recorded(subject, 4)
        numbers = [[record.number for record in subject.ledger.records(STREAM, after)] for after in (0, 2, 4, 9)]
        require(numbers == [[1, 2, 3, 4], [3, 4], [], []], f"after 0, 2, 4 and 9 came {numbers}")
        require(list(subject.ledger.records("another")) == [], "a stream that is not there has records")
        require(list(subject.ledger.streams()) == [STREAM], f"the streams are {subject.ledger.streams()}")

    def test_an_honest_trail_has_no_flaw(self, subject: LedgerSubject) -> None:
        """A false alarm is soon ignored."""
        recorded(subject, 5)
        require(not _found(subject), f"an honest trail has flaws: {_found(subject)}")

    def test_a_changed_record_is_found(self, subject: LedgerSubject) -> None:
        """No byte of the evidence can be changed."""
        for number in (1, 3, 5):
            self._forged(subject, partial(_changed, number=number, how=_other_body), f"another body of record {number}")
            self._forged(subject, partial(_changed, number=number, how=_other_seal), f"another seal of record {number}")

    def test_a_removed_record_is_found(self, subject: LedgerSubject) -> None:
        """What happened cannot be made not to have happened, not even if the rest closes up."""
        for number in (1, 3):
            self._forged(subject, partial(_without, number=number), f"the loss of record {number}")
            covered_up = partial(_closed_up, number=number)
            self._forged(subject, covered_up, f"the loss of record {number}, covered up")

    def test_an_inserted_record_is_found(self, subject: LedgerSubject) -> None:
        """What did not happen cannot be made to have happened, not even by repeating what did."""

        def inserted(records: Forged) -> Forged:
            return [*records[:2], records[1], *records[2:]]

        self._forged(subject, lambda records: _numbered(inserted(records)), "a repeated record")
        self._forged(subject, lambda records: [*records, evolve(records[0], number=6)], "a record after the end")

    def test_reordered_records_are_found(self, subject: LedgerSubject) -> None:
        """Which came first decides who knew what."""

        def swapped(records: Forged) -> Forged:
            one, two = records[1:3]
            return [records[0], evolve(two, number=one.number), evolve(one, number=two.number), *records[3:]]

        self._forged(subject, swapped, "an exchange of two records")

    def test_a_cut_end_is_found_by_its_anchor(self, subject: LedgerSubject) -> None:
        """A chain alone does not know how long it was."""
        if subject.anchors is None:
            raise NotApplicable("the subject keeps no anchors (LedgerSubject.anchors)")
        self._forged(subject, lambda records: records[:3], "a cut end")
        self._forged(subject, lambda records: [], "a stream that is gone")

    def test_a_cut_end_that_has_grown_again_is_found_by_its_anchor(self, subject: LedgerSubject) -> None:
        """Whoever cuts off what he did goes on working, and the ledger with him."""
        if subject.anchors is None:
            raise NotApplicable("the subject keeps no anchors (LedgerSubject.anchors)")
        recorded(subject, 5)
        subject.forger.rewrite(STREAM, list(subject.ledger.records(STREAM))[:3])
        for turn in range(4):
            with subject.ledger.transaction() as transaction:
                transaction.append(entry(subject.intents[1], f"went on, {turn}"))
        require(bool(_found(subject)), "an end that was cut off and has grown again is not found")

    @staticmethod
    def _forged(subject: LedgerSubject, forge: Callable[[Forged], Forged], what: str) -> None:
        if not (honest := list(subject.ledger.records(STREAM))):
            recorded(subject, 5)
            honest = list(subject.ledger.records(STREAM))
        subject.forger.rewrite(STREAM, forge(honest))
        require(bool(_found(subject)), f"{what} is not found")
        subject.forger.rewrite(STREAM, honest)


def _found(subject: LedgerSubject) -> Sequence[Finding | Tampered]:
    anchor = subject.anchors().get(STREAM) if subject.anchors is not None else None
    try:
        return list(verify(subject.ledger.records(STREAM), stream=STREAM, key=subject.key, anchor=anchor))
    except Tampered as error:
        return [error]


def _changed(records: Forged, number: int, how: Callable[[Record], Record]) -> Forged:
    return [how(record) if record.number == number else record for record in records]


def _without(records: Forged, number: int) -> Forged:
    return [record for record in records if record.number != number]


def _closed_up(records: Forged, number: int) -> Forged:
    return _numbered(_without(records, number))


def _numbered(records: Forged) -> Forged:
    return [evolve(record, number=place) for place, record in enumerate(records, start=1)]


def _other_body(record: Record) -> Record:
    return evolve(record, body=record.body.replace(b"ana", b"eva"))


def _other_seal(record: Record) -> Record:
    first = "1" if record.seal.text[0] == "0" else "0"
    return evolve(record, seal=Digest(first + record.seal.text[1:]))
