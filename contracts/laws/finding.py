"""Laws of `find`: the right records, whole, once, in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contracts.laws import hostile
from contracts.laws.anatomy import difference
from contracts.laws.questions import Question, few
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, by_key, found, texts
from contracts.laws.verdicts import require


class FindLaws(Suite[K, Q, T]):
    """What `find` gives."""

    def test_find_gives_every_record_once_and_nothing_else(self, subject: Subject[K, Q, T]) -> None:
        """Nothing is lost, nothing comes twice, and what is deleted or refused does not come."""
        got, due = Counter(texts(found(subject.port, self.everything()))), Counter(texts(subject.expected))
        require(not due - got, f"these did not come: {sorted((due - got).elements())}")
        require(not got - due, f"these came and are not due: {sorted((got - due).elements())}")

    def test_find_gives_records_equal_in_every_field(self, subject: Subject[K, Q, T]) -> None:
        """The same facts give equal domain objects, whatever ERP they come from."""
        due = by_key(subject)
        for record in found(subject.port, self.everything()):
            if (expected := due.get(record.id.text)) is not None:
                wrong = difference(record, expected)
                require(not wrong, f"in {record.id.text}, {wrong}")

    def test_find_keeps_one_order_at_every_call(self, subject: Subject[K, Q, T]) -> None:
        """Paging is only possible over an order that stands still."""
        first, second = (texts(found(subject.port, self.everything())) for _ in range(2))
        moved = next((pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]), None)
        require(moved is None, f"two calls gave two orders, first at {moved}")
        require(len(first) == len(second), f"two calls gave {len(first)} and {len(second)} records")

    def test_a_narrowed_find_keeps_the_order_of_the_whole(self, subject: Subject[K, Q, T]) -> None:
        """A criterion leaves records out and never rearranges them."""
        place = {key: index for index, key in enumerate(texts(found(subject.port, self.everything())))}
        for question in self.some_questions(subject):
            keys = texts(found(subject.port, question.narrow(self.everything()), question.text))
            places = [place[key] for key in keys if key in place]
            require(places == sorted(places), f"find({question.text}) rearranges the records: {keys}")

    def test_after_a_key_come_exactly_those_that_follow_it(self, subject: Subject[K, Q, T]) -> None:
        """The cursor is strict: never the key itself again, never a gap."""
        keys = texts(found(subject.port, self.everything()))
        for index in few(range(len(keys)), 8):
            query = self.following(self.everything(), self.key(keys[index]))
            rest = texts(found(subject.port, query, f"after {keys[index]}"))
            require(rest == keys[index + 1 :], f"after {keys[index]} came {rest[:3]}…, not {keys[index + 1 :][:3]}…")

    def test_after_a_hostile_key_nothing_is_invented(self, subject: Subject[K, Q, T]) -> None:
        """A cursor is data of a caller: it is compared, never executed."""
        keys = texts(found(subject.port, self.everything()))
        for text in hostile.KEYS:
            query = self.following(self.everything(), self.key(text))
            rest = texts(found(subject.port, query, f"after {text[:40]!r}"))
            require(rest == [key for key in keys if key in set(rest)], f"after {text[:40]!r} came {rest}")

    def test_two_criteria_together_give_what_meets_both(self, subject: Subject[K, Q, T]) -> None:
        """Criteria combine by *and*, whichever two are asked and wherever each is decided."""
        foreign = list(self.foreign())

        @settings(
            deadline=None,
            max_examples=40,
            database=None,
            derandomize=True,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def check(data: st.DataObject) -> None:
            record = data.draw(st.sampled_from(subject.expected))
            first = data.draw(st.sampled_from(list(self.about(record))))
            other = data.draw(st.sampled_from(subject.expected))
            second = data.draw(st.sampled_from([*self.about(record), *self.about(other), *foreign]))
            if first.field != second.field:
                query = second.narrow(first.narrow(self.everything()))
                self.agree(subject, query, (first, second))

        check()

    def test_what_is_absent_matches_no_criterion(self, subject: Subject[K, Q, T]) -> None:
        """An absent value equals nothing: not a blank, not a zero, not a word for nothing."""
        for question, without in self.absences(subject.expected):
            keys = texts(found(subject.port, question.narrow(self.everything()), question.text))
            wrong = sorted(without.intersection(keys))
            require(not wrong, f"find({question.text}) gave records that have no {question.field}: {wrong}")

    def answers(self, subject: Subject[K, Q, T], questions: Iterable[Question[Q, T]]) -> None:
        """Require that each question alone finds exactly what plain Python finds."""
        for question in questions:
            self.agree(subject, question.narrow(self.everything()), (question,))

    def agree(self, subject: Subject[K, Q, T], query: Q, questions: tuple[Question[Q, T], ...]) -> None:
        """Require that *query* finds exactly the expected records that meet all *questions*."""
        asked = ", ".join(question.text for question in questions)
        due = Counter(texts(each for each in subject.expected if all(q.holds(each) for q in questions)))
        got = Counter(texts(found(subject.port, query, asked)))
        require(not due - got, f"find({asked}) lacks {sorted((due - got).elements())}")
        require(not got - due, f"find({asked}) also gave {sorted((got - due).elements())}")
