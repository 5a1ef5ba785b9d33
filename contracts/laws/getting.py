"""Laws of `get`: the one record, or the error that says why not."""

from __future__ import annotations

from functools import partial

import pytest

from contracts.laws import hostile
from contracts.laws.anatomy import difference
from contracts.laws.questions import few
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, by_key, found
from contracts.laws.verdicts import raises, require, succeeds
from ports.errors import NotFound, TranslationError


class GetLaws(Suite[K, Q, T]):
    """What `get` gives."""

    def test_get_gives_the_same_record_as_find(self, subject: Subject[K, Q, T]) -> None:
        """There is one truth about a record, however it is reached."""
        for record in few(found(subject.port, self.everything()), 40):
            text = record.id.text
            alone = succeeds(partial(subject.port.get, self.key(text)), f"get({text})")
            wrong = difference(alone, record)
            require(not wrong, f"get({text}) differs from find: {wrong}")

    def test_get_of_an_unknown_key_raises_not_found(self, subject: Subject[K, Q, T]) -> None:
        """Not there is an answer of its own, never a blank record and never a technical error."""
        known = _keys_in_use(subject)
        shorter = (key.text[:-1].strip() for key in self.known(subject))
        for text in sorted({"1", "ZZZZZZ", "999998", "99999801", *filter(None, shorter)} - known):
            raises((NotFound,), partial(subject.port.get, self.key(text)), f"get({text})")

    def test_get_of_a_hostile_key_raises_not_found(self, subject: Subject[K, Q, T]) -> None:
        """A key is data: never syntax, never a pattern, never rounded to another record's key."""
        known = _keys_in_use(subject)
        alike = {text for key in self.known(subject) for text in hostile.like(key.text)}
        for text in sorted(alike - known) + [text for text in hostile.KEYS if text not in known]:
            raises((NotFound,), partial(subject.port.get, self.key(text)), f"get({text[:60]!r})")

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

    def known(self, subject: Subject[K, Q, T]) -> list[K]:
        """Give a few keys that exist, different in length or letters if any are."""
        by_form = {(len(text), text.isdecimal()): text for text in by_key(subject)}
        return [self.key(text) for text in by_form.values()]


def _keys_in_use(subject: Subject[K, Q, T]) -> set[str]:
    return {*by_key(subject), *(key.text for key in subject.refused.values() if key is not None)}


def _refused(subject: Subject[K, Q, T]) -> list[tuple[str, K]]:
    """Give the refused records that a caller can ask for, by source key and own key."""
    askable = [(source, key) for source, key in subject.refused.items() if key is not None]
    if not askable:
        pytest.skip("no record that a caller can ask for is refused (Subject.refused)")
    return askable
