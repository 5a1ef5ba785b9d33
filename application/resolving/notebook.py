"""What the audit trail tells of names: the questions, what people said of the answers, and what was proved by that."""

from __future__ import annotations

from threading import Lock

from attrs import define, field, frozen

from contracts.stored import read
from domain.audit import Anchor, Entry, verify
from domain.identifiers import Identifier
from domain.questions import Answered, Judgement, Label, Proof, Question, QuestionId, label
from domain.scope import Scope
from ports.errors import NotFound, Tampered
from ports.ledger import Ledger

RESOLUTION = "resolution"
"""The audit stream of what was asked by name."""


@frozen
class Judged:
    """A question and what a person last said of it."""

    question: Question
    judgement: Judgement

    @property
    def is_right(self) -> bool:
        """The likeliest record was the one that was meant."""
        return self.judgement.truth is not None and self.judgement.truth == self.question.best


@define
class _Notes:
    questions: dict[QuestionId, Question] = field(factory=dict)
    judgements: dict[QuestionId, Judgement] = field(factory=dict)
    proofs: dict[tuple[Scope, type[Identifier]], Proof] = field(factory=dict)
    proved_at: dict[tuple[Scope, type[Identifier]], int] = field(factory=dict)
    """How many questions had been asked, of all, when something was last proved."""

    def take_in(self, entry: Entry) -> None:
        match entry.details:
            case Question() as question:
                self.questions[question.id] = question
            case Judgement() as judgement if (asked := self.questions.get(judgement.question)) is not None:
                self.judgements[asked.id] = judgement
                if asked.answered is Answered.RESOLVED and judgement.truth != asked.best:
                    self.proofs.pop((asked.scope, asked.mention.kind), None)
            case Proof() as proof:
                self.proofs[proof.scope, proof.kind] = proof
                self.proved_at[proof.scope, proof.kind] = len(self.questions)


class Notebook:
    """Reads on in the stream where it has stopped, so that it may be asked before every answer.

    An answer that was given without a person, and that a person then calls wrong, ends what was proved: until it is
    proved anew with that in view, nothing is chosen by its name.
    """

    def __init__(self, ledger: Ledger, key: bytes) -> None:
        self._ledger = ledger
        self._key = key
        self._lock = Lock()
        self._end: Anchor | None = None
        self._notes = _Notes()

    def proof(self, kind: type[Identifier], scope: Scope) -> Proof | None:
        """Give what allows records to be chosen by name there; ``None`` if nothing does, or not any more.

        Raises:
            Tampered: a record is not what was written; it proves nothing.
            Unavailable: the ledger was not reached.
        """
        return self._now().proofs.get((scope, kind))

    def question(self, key: QuestionId) -> Question:
        """Give one question.

        Raises:
            NotFound: it was never asked.
            Tampered, Unavailable: as in `proof`.
        """
        found = self._now().questions.get(key)
        if found is None:
            raise NotFound(f"there is no question {key}")
        return found

    def open(self) -> list[Question]:
        """Give the questions that wait for a person, the oldest first.

        Raises:
            Tampered, Unavailable: as in `proof`.
        """
        notes = self._now()
        return [each for each in notes.questions.values() if each.is_asked and each.id not in notes.judgements]

    def asked(self, kind: type[Identifier], scope: Scope) -> list[Question]:
        """Give all questions about one kind of record in one place, the oldest first.

        Raises:
            Tampered, Unavailable: as in `proof`.
        """
        questions = self._now().questions.values()
        return [each for each in questions if each.scope == scope and each.mention.kind is kind]

    def since_proved(self, kind: type[Identifier], scope: Scope) -> list[Question]:
        """Give those of them that were asked since something was last proved there; all, if nothing ever was.

        Raises:
            Tampered, Unavailable: as in `proof`.
        """
        notes = self._now()
        later = list(notes.questions.values())[notes.proved_at.get((scope, kind), 0) :]
        return [each for each in later if each.scope == scope and each.mention.kind is kind]

    def judged(self, kind: type[Identifier], scope: Scope) -> list[Judged]:
        """Give those of them that a person has judged.

        Raises:
            Tampered, Unavailable: as in `proof`.
        """
        told = self._now().judgements
        return [Judged(each, told[each.id]) for each in self.asked(kind, scope) if each.id in told]

    def labels(self, kind: type[Identifier], scope: Scope) -> list[Label]:
        """Give what they teach.

        Raises:
            Tampered, Unavailable: as in `proof`.
        """
        return [label(each.question, each.judgement) for each in self.judged(kind, scope)]

    def _now(self) -> _Notes:
        with self._lock:
            for record in tuple(self._ledger.records(RESOLUTION, 0 if self._end is None else self._end.number)):
                if any(verify((record,), stream=RESOLUTION, key=self._key, after=self._end)):
                    raise Tampered(f"record {record.number} of {RESOLUTION} is not what was written; verify the audit")
                self._notes.take_in(read(Entry, record.body))
                self._end = Anchor(stream=RESOLUTION, number=record.number, seal=record.seal)
            return self._notes
