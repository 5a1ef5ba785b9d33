"""Laws of the stream: lazy, independent, and free to be left."""

from __future__ import annotations

from collections import deque
from functools import partial
from itertools import islice, zip_longest

from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, found, stream, texts
from contracts.laws.verdicts import NotApplicable, require, succeeds

_ABANDONED = 20
"""More than the connections that a pool usually holds, so that a leak shows."""
_NOT_COUNTED = "the subject does not count what it fetches (Subject.fetched)"


class StreamLaws(Suite[K, Q, T]):
    """How `find` streams."""

    def test_nothing_is_fetched_before_the_first_record_is_asked_for(self, subject: Subject[K, Q, T]) -> None:
        """A query that nobody reads costs the ERP nothing."""
        if subject.fetched is None:
            raise NotApplicable(_NOT_COUNTED)
        self.facts(subject)
        before = subject.fetched()
        waiting = stream(subject.port, self.everything())
        require(subject.fetched() == before, "find fetched before anything was asked for")
        succeeds(lambda: next(waiting), "the first record of find")
        require(subject.fetched() > before, "Subject.fetched does not count: a record came and it stood still")

    def test_the_first_record_comes_before_the_whole_source_is_read(self, subject: Subject[K, Q, T]) -> None:
        """A caller who needs one record does not wait for a million."""
        if subject.fetched is None:
            raise NotApplicable(_NOT_COUNTED)
        self.facts(subject)
        before = subject.fetched()
        reading = stream(subject.port, self.everything())
        succeeds(lambda: next(reading), "the first record of find")
        first = subject.fetched() - before
        succeeds(lambda: list(reading), "the rest of find")
        whole = subject.fetched() - before
        if whole == 1:
            raise NotApplicable("the whole source comes in one fetch, so nothing can be told about the order of two")
        require(first < whole, f"the first record came after {first} of {whole} fetches")

    def test_an_abandoned_stream_is_harmless(self, subject: Subject[K, Q, T]) -> None:
        """A caller may stop reading at any record, and the next one finds everything as it was."""
        keys = texts(self.whole(subject))
        for count in [1] * _ABANDONED + [len(keys) // 2]:
            abandoned = stream(subject.port, self.everything())
            succeeds(partial(deque, islice(abandoned, count), 0), f"the first {count} of find")
            del abandoned
        again = texts(found(subject.port, self.everything(), "everything, after abandoned streams"))
        require(again == keys, f"after abandoned streams find gave {len(again)} records of {len(keys)}")

    def test_two_streams_do_not_disturb_each_other(self, subject: Subject[K, Q, T]) -> None:
        """Reading the orders while reading the orders is an ordinary loop in a loop."""
        keys = texts(self.whole(subject))
        one, other = stream(subject.port, self.everything()), stream(subject.port, self.everything())
        pairs = succeeds(lambda: list(zip_longest(one, other)), "two streams in turn")
        for side in (0, 1):
            got = texts(pair[side] for pair in pairs if pair[side] is not None)
            require(got == keys, f"of two streams in turn, one gave {len(got)} records of {len(keys)}: {got[:5]}…")
