"""Laws of `get`: the one record, or the error that says why not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from contracts.laws import hostile
from contracts.laws.anatomy import difference
from contracts.laws.applicability import stated_refusals
from contracts.laws.questions import few
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, texts
from contracts.laws.verdicts import NotApplicable, raises, require, succeeds
from domain.errors import ErpError
from ports.errors import NotFound, TranslationError


class GetLaws(Suite[K, Q, T]):
    """What `get` gives."""

    def test_get_gives_the_same_record_as_find(self, subject: Subject[K, Q, T]) -> None:
        """There is one truth about a record, however it is reached."""
        for record in few(self.whole(subject), 40):
            text = record.id.text
            alone = succeeds(partial(subject.port.get, self.key(text)), f"get({text})")
            wrong = difference(alone, record)
            require(not wrong, f"get({text}) differs from find: {wrong}")

    def test_get_of_an_unknown_key_raises_not_found(self, subject: Subject[K, Q, T]) -> None:
        """Not there is an answer of its own, never a blank record and never a technical error."""
        facts = self.facts(subject)
        shorter = (text[:-1].strip() for text in _different(facts))
        guessed = {"1", "ZZZZZZ", "999998", "99999801", *filter(None, shorter)}
        for text in sorted(guessed - _keys_in_use(subject, facts)):
            raises(_not_there(subject), partial(subject.port.get, self.key(text)), f"get({text})")

    def test_get_of_a_hostile_key_raises_not_found(self, subject: Subject[K, Q, T]) -> None:
        """A key is data: never syntax, never a pattern, never rounded to another record's key."""
        facts = self.facts(subject)
        known = _keys_in_use(subject, facts)
        alike = {text for key in _different(facts) for text in hostile.like(key)}
        for text in sorted(alike - known) + [text for text in hostile.KEYS if text not in known]:
            raises(_not_there(subject), partial(subject.port.get, self.key(text)), f"get({text[:60]!r})")

    def test_get_of_a_refused_record_names_column_and_raw_value(self, subject: Subject[K, Q, T]) -> None:
        """Whoever mends the record must know where to look and what stands there."""
        for source, key in _refused(subject):
            error = raises((TranslationError,), partial(subject.port.get, key), f"get({key})")
            require(error.source.key == source, f"get({key}) blames {error.source}, not {source}")
            told = any(problem.column.strip() and problem.raw for problem in error.problems)
            require(told, f"get({key}) names no column with its raw value: {error}")

    def test_get_of_a_refused_record_leaves_it_in_the_quarantine(self, subject: Subject[K, Q, T]) -> None:
        """What a caller has met, an operator finds."""
        for source, key in _refused(subject):
            raises((TranslationError,), partial(subject.port.get, key), f"get({key})")
            kept = {refusal.source.key for refusal in subject.quarantined()}
            require(source in kept, f"get({key}) was refused, but {source} is not in the quarantine")


def _different(facts: Sequence[T]) -> list[str]:
    """Give a few keys that exist, different in length or letters if any are."""
    return list({(len(text), text.isdecimal()): text for text in texts(facts)}.values())


def _keys_in_use(subject: Subject[K, Q, T], facts: Sequence[T]) -> set[str]:
    refused = {} if subject.refused is None else subject.refused
    return {*texts(facts), *(key.text for key in refused.values() if key is not None)}


def _not_there(subject: Subject[K, Q, T]) -> tuple[type[ErpError], ...]:
    """Say what an unknown key may raise; where nobody stated the keys of all refused records, it may be one of them."""
    unknown = subject.expected is None or subject.refused is None or None in subject.refused.values()
    return (NotFound, TranslationError) if unknown else (NotFound,)


def _refused(subject: Subject[K, Q, T]) -> list[tuple[str, K]]:
    """Give the refused records that a caller can ask for, by source key and own key."""
    askable = [(source, key) for source, key in stated_refusals(subject).items() if key is not None]
    if not askable:
        raise NotApplicable("nobody stated a key that leads to a refused record (in a test, Subject.refused)")
    return askable
