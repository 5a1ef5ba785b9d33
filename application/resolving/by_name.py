"""Finding records by what they are called, as far as that is proved to be safe; a halt asks for what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from attrs import frozen

from application.journal import Journal
from application.resolving.by_key import ResolveByKey
from application.resolving.notebook import RESOLUTION, Notebook
from domain.certificates import Certificate
from domain.deciding import Chosen, Halt, decide
from domain.identifiers import Identifier
from domain.matching import Match, Ranking
from domain.mentions import Mention
from domain.minting import mint
from domain.questions import Answered, Question, QuestionId
from domain.resolution import Ambiguous, Candidate, Resolved, Unknown
from domain.scope import Scope
from ports.errors import NotOffered, Tampered
from ports.matching import Matching
from ports.resolver import Resolver

T = TypeVar("T", bound=Identifier)
SHOWN = 5
"""Candidates, at most, that a person is asked to choose from."""
RESOLVER = "resolver"
"""Who asks, on record: a mention comes without the person who made it."""


@frozen(kw_only=True)
class ResolveByName(Resolver):
    """Finds a record by its keys first, then by its name and what else was said, where that is proved to be safe.

    What was asked by name is on record, with what became of it. All that halted waits for a person's judgement, and of
    what was answered as large a share as *audited* says: without that nobody would know of wrong answers. *draw* gives
    a number from 0 up to 1, by chance.
    """

    by_key: ResolveByKey
    matching: Matching
    notebook: Notebook
    journal: Journal
    audited: Decimal
    draw: Callable[[], Decimal]
    new_id: Callable[[], QuestionId]
    counts_for: timedelta = timedelta(hours=1)

    def resolve(self, mention: Mention[T], scope: Scope) -> Resolved[T] | Ambiguous[T] | Unknown:
        if not mention.is_readable:
            return self.by_key.resolve(mention, scope)  # which says so, and nothing of it is kept
        if mention.is_bare and (known := self.by_key.known(mention, scope)) is not None:
            return known
        try:
            ranking = self.matching.rank(mention, scope)
        except NotOffered:
            return self.by_key.resolve(mention, scope)
        verdict = self._verdict(mention, ranking, scope)
        self._note(mention, ranking, verdict, scope)
        match verdict:
            case Chosen(match=chosen):
                return self._resolved(chosen, ranking, mention, scope)
            case Halt():
                return _asked(mention, ranking, verdict)

    def changed(self, resolved: Resolved[Identifier]) -> str | None:
        return self.by_key.changed(resolved)

    def _verdict(self, mention: Mention[T], ranking: Ranking[T], scope: Scope) -> Chosen[T] | Halt:
        verdict = decide(mention, ranking, self._certificate(mention, ranking, scope))
        if isinstance(verdict, Halt):
            return verdict
        change = self.by_key.differs(verdict.match.record, scope)
        if change is None:
            return verdict
        return Halt(because=f"what is known of {verdict.match.record.id} is out of date: {change}", ask_for="key")

    def _certificate(self, mention: Mention[T], ranking: Ranking[T], scope: Scope) -> Certificate | None:
        try:
            proof = self.notebook.proof(mention.kind, scope)
        except Tampered:  # it proves nothing any more; the audit tells why
            return None
        if proof is None or proof.model != ranking.model:
            return None
        return proof.certificate if proof.is_for(len(self.matching.records(mention.kind, scope))) else None

    def _note(self, mention: Mention[T], ranking: Ranking[T], verdict: Chosen[T] | Halt, scope: Scope) -> None:
        answered = Answered.RESOLVED if isinstance(verdict, Chosen) else Answered.HALTED
        drawn = self.audited if answered is Answered.RESOLVED else Decimal(1)
        question = Question(
            id=self.new_id(),
            scope=scope,
            mention=mention,
            answered=answered,
            because=verdict.because,
            candidates=tuple(match.record.id for match in ranking.matches[:SHOWN]),
            score=max((match.score for match in ranking.matches), default=Decimal(0)),
            drawn=drawn,
            is_asked=self.draw() < drawn,
            index=ranking.index,
            model=ranking.model,
        )
        with self.journal.ledger.transaction() as transaction:
            entry = self.journal.entry(RESOLUTION, question.id, RESOLVER, "asked", verdict.because, details=question)
            transaction.append(entry)

    def _resolved(self, chosen: Match[T], ranking: Ranking[T], mention: Mention[T], scope: Scope) -> Resolved[T]:
        others = tuple(_candidate(match) for match in ranking.matches[:SHOWN] if match is not chosen)
        return mint(
            _candidate(chosen),
            scope=scope,
            mention=mention.said,
            others=others,
            index=ranking.index,
            expires_at=self.journal.clock.now() + self.counts_for,
        )


def _candidate(match: Match[T]) -> Candidate[T]:
    return Candidate(id=match.record.id, label=match.record.names[0], score=match.score, evidence=match.evidence)


def _asked(mention: Mention[T], ranking: Ranking[T], halt: Halt) -> Ambiguous[T] | Unknown:
    candidates = tuple(map(_candidate, ranking.matches[:SHOWN]))
    if not candidates:
        return Unknown(mention=mention.said, because=halt.because)
    return Ambiguous(mention=mention.said, candidates=candidates, because=halt.because, ask_for=halt.ask_for)
