"""Laws of the quarantine: what cannot be translated is kept, explained, and in nobody's way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from contracts.laws.applicability import stated, stated_refusals
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, found, texts
from contracts.laws.verdicts import NotApplicable, require
from ports.errors import ProblemKind
from ports.quarantine import Refusal

_NONE_REFUSED = "no record of the subject is refused (in a test, Subject.refused)"


class QuarantineLaws(Suite[K, Q, T]):
    """What becomes of records that cannot be translated."""

    def test_a_full_find_quarantines_exactly_the_refused_records(self, subject: Subject[K, Q, T]) -> None:
        """Good records and refused ones together are the whole source: nothing is lost, nothing is guessed."""
        due = Counter(stated_refusals(subject).keys())
        require(not subject.quarantined(), "the subject's quarantine is not empty before the first read")
        found(subject.port, self.everything())
        kept = Counter(refusal.source.key for refusal in subject.quarantined())
        require(not due - kept, f"not in the quarantine: {sorted((due - kept).elements())}")
        require(not kept - due, f"in the quarantine, but not due there: {sorted((kept - due).elements())}")

    def test_a_refused_record_never_stops_the_stream(self, subject: Subject[K, Q, T]) -> None:
        """One bad record costs one record, and does not come itself."""
        refused = stated_refusals(subject)
        if not refused:
            raise NotApplicable(_NONE_REFUSED)
        keys = texts(found(subject.port, self.everything()))
        missing = sorted(set(texts(stated(subject))).difference(keys))
        require(not missing, f"the stream with refused records in it lacks {missing}")
        guessed = sorted({key.text for key in refused.values() if key is not None}.intersection(keys))
        require(not guessed, f"these are to be refused, and came: {guessed}")

    def test_every_refusal_carries_its_evidence(self, subject: Subject[K, Q, T]) -> None:
        """A person mends a record from the refusal alone: where, what stands there, why not, and the raw form."""
        found(subject.port, self.everything())
        for refusal in _kept(subject):
            require(len(refusal.problems) > 0, f"the refusal of {refusal.source} names no problem")
            require(bool(refusal.raw.strip()), f"the refusal of {refusal.source} has no raw form")
            for problem in refusal.problems:
                for part in ("field", "column", "reason"):
                    text = getattr(problem, part)
                    require(isinstance(text, str) and bool(text.strip()), f"{refusal.source}: no {part} in {problem!r}")
                require(problem.raw != "", f"{refusal.source}: no raw value in {problem!r}")
                require(isinstance(problem.kind, ProblemKind), f"{refusal.source}: no kind in {problem!r}")

    def test_a_second_find_adds_nothing_to_the_quarantine(self, subject: Subject[K, Q, T]) -> None:
        """The quarantine counts records, not attempts to read them."""
        found(subject.port, self.everything())
        once = sorted(refusal.source.key for refusal in _kept(subject))
        found(subject.port, self.everything())
        twice = sorted(refusal.source.key for refusal in subject.quarantined())
        require(once == twice, f"the quarantine grew from {len(once)} to {len(twice)} refusals")


def _kept(subject: Subject[K, Q, T]) -> Sequence[Refusal]:
    """Give the refusals, whether or not somebody stated which they are."""
    kept = subject.quarantined()
    if not kept and not subject.refused:
        raise NotApplicable(_NONE_REFUSED)
    return kept
