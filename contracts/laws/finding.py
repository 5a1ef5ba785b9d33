"""Laws of `find`: the right records, whole, once, in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from contracts.laws.anatomy import difference
from contracts.laws.applicability import stated
from contracts.laws.questions import Question
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, by_key, found, texts
from contracts.laws.verdicts import require

_STRIDE = 7
"""From one record to the next that is asked about; neighbours are too much alike."""


class FindLaws(Suite[K, Q, T]):
    """What `find` gives."""

    def test_find_gives_every_record_once_and_nothing_else(self, subject: Subject[K, Q, T]) -> None:
        """Nothing is lost, nothing comes twice, and what is deleted or refused does not come."""
        due = Counter(texts(stated(subject)))
        got = Counter(texts(found(subject.port, self.everything())))
        require(not due - got, f"these did not come: {sorted((due - got).elements())}")
        require(not got - due, f"these came and are not due: {sorted((got - due).elements())}")

    def test_find_gives_no_key_twice(self, subject: Subject[K, Q, T]) -> None:
        """A key names one record; whoever adds up what comes counts it once."""
        counted = Counter(texts(self.whole(subject)))
        twice = sorted(key for key, times in counted.items() if times > 1)
        require(not twice, f"these keys came more than once: {twice}")

    def test_find_gives_records_equal_in_every_field(self, subject: Subject[K, Q, T]) -> None:
        """The same facts give equal domain objects, whatever ERP they come from."""
        due = by_key(stated(subject))
        for record in self.whole(subject):
            if (expected := due.get(record.id.text)) is not None:
                wrong = difference(record, expected)
                require(not wrong, f"in {record.id.text}, {wrong}")

    def test_find_keeps_one_order_at_every_call(self, subject: Subject[K, Q, T]) -> None:
        """Paging is only possible over an order that stands still."""
        first, second = (texts(self.whole(subject)) for _ in range(2))
        moved = next((pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]), None)
        require(moved is None, f"two calls gave two orders, first at {moved}")
        require(len(first) == len(second), f"two calls gave {len(first)} and {len(second)} records")

    def test_a_narrowed_find_keeps_the_order_of_the_whole(self, subject: Subject[K, Q, T]) -> None:
        """A criterion leaves records out and never rearranges them."""
        place = {key: index for index, key in enumerate(texts(self.whole(subject)))}
        for question in self.some_questions(self.facts(subject)):
            keys = texts(found(subject.port, question.narrow(self.everything()), question.text))
            places = [place[key] for key in keys if key in place]
            require(places == sorted(places), f"find({question.text}) rearranges the records: {keys}")

    def test_two_criteria_together_give_what_meets_both(self, subject: Subject[K, Q, T]) -> None:
        """Criteria combine by *and*, whichever two are asked and wherever each is decided."""
        facts = self.facts(subject)
        whole = self._whole_again(subject, facts)
        for pair in self._pairs(facts):
            self._agree(subject, facts, whole, pair)

    def test_what_is_absent_matches_no_criterion(self, subject: Subject[K, Q, T]) -> None:
        """An absent value equals nothing: not a blank, not a zero, not a word for nothing."""
        for question, without in self.absences(self.facts(subject)):
            keys = texts(found(subject.port, question.narrow(self.everything()), question.text))
            wrong = sorted(without.intersection(keys))
            require(not wrong, f"find({question.text}) gave records that have no {question.field}: {wrong}")

    def answers(self, subject: Subject[K, Q, T], facts: Sequence[T], questions: Iterable[Question[Q, T]]) -> None:
        """Require that each question alone finds exactly what plain Python finds among the *facts*."""
        whole = self._whole_again(subject, facts)
        for question in questions:
            self._agree(subject, facts, whole, (question,))

    def _pairs(self, facts: Sequence[T]) -> Iterator[tuple[Question[Q, T], Question[Q, T]]]:
        """Pair questions of every two fields: those of one record, and by turns of two records, or one with no answer.

        Which records they are about changes from pair to pair, and is the same at every call.
        """
        answered = [{question.field: question for question in self.about(record)} for record in facts]
        foreign = {question.field: question for question in self.foreign()}
        for turn, (first, second) in enumerate(combinations(sorted(set().union(*answered)), 2)):
            if both := [each for each in answered if first in each and second in each]:
                alike = both[turn * _STRIDE % len(both)]
                yield alike[first], alike[second]
            ones, others = ([each[field] for each in answered if field in each] for field in (first, second))
            one, other = ones[turn * _STRIDE % len(ones)], others[-turn * _STRIDE % len(others)]
            yield one, foreign.get(second, other) if turn % 2 else other

    def _whole_again(self, subject: Subject[K, Q, T], facts: Sequence[T]) -> dict[str, T]:
        """Give every record as `find` gives it without a criterion; *facts* are that already if nobody stated them."""
        return by_key(facts if subject.expected is None else found(subject.port, self.everything()))

    def _agree(
        self,
        subject: Subject[K, Q, T],
        facts: Sequence[T],
        whole: Mapping[str, T],
        questions: tuple[Question[Q, T], ...],
    ) -> None:
        """Require that all *questions* at once find those of the *facts* that meet them, each as *whole* has it."""
        query = self.everything()
        for question in questions:
            query = question.narrow(query)
        asked = ", ".join(question.text for question in questions)
        due = Counter(texts(each for each in facts if all(question.holds(each) for question in questions)))
        records = found(subject.port, query, asked)
        got = Counter(texts(records))
        require(not due - got, f"find({asked}) lacks {sorted((due - got).elements())}")
        told = "; it gave everything: is the criterion overlooked?" if got.keys() == whole.keys() else ""
        require(not got - due, f"find({asked}) also gave {sorted((got - due).elements())}{told}")
        for record in records:
            if (alone := whole.get(record.id.text)) is not None:
                wrong = difference(record, alone)
                require(not wrong, f"find({asked}) gave {record.id.text} otherwise than find(everything): {wrong}")
