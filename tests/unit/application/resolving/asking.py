"""A matcher that is told what to answer, and what is needed around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar, cast

from attrs import define, field

from adapters.memory.ledger import InMemoryLedger
from application.journal import Journal
from application.resolving.notebook import Notebook
from domain.certificates import Certificate
from domain.identifiers import Identifier, SupplierId
from domain.matching import MasterRecord, Match, Ranking
from domain.mentions import Mention
from domain.questions import Answered, Label, Question, QuestionId
from domain.scope import Scope
from ports.errors import NotOffered
from ports.matching import Learnt, Matching, Refreshed
from tests.governed.examples import SCOPE
from tests.governed.fakes import FakeDirectory, Silent
from tests.governed.house import FakeClock

T = TypeVar("T", bound=Identifier)
KEY = b"a key for the tests of names"
PROVEN = Certificate(
    bound=Decimal("0.01"), confidence=Decimal("0.95"), threshold=Decimal("0.9"), asked=400, answered=200, wrong=0,
    upper=Decimal("0.0075"),
)  # fmt: skip


@define
class ToldMatching(Matching):
    """Ranks as it is told, whatever is asked."""

    ranking: Ranking[Identifier] | None = None
    learns: Certificate = PROVEN
    taught: list[Label] = field(factory=list)
    held: list[MasterRecord[Identifier]] = field(factory=list)

    def rank(self, mention: Mention[T], scope: Scope) -> Ranking[T]:
        if self.ranking is None:
            raise NotOffered("no index stands")
        return cast("Ranking[T]", self.ranking)

    def refresh(self, kind: type[T], scope: Scope, records: Iterable[MasterRecord[T]]) -> Refreshed:
        self.held = list(records)
        return Refreshed(records=len(self.held), new=len(self.held), changed=0, gone=0)

    def learn(self, kind: type[Identifier], scope: Scope, labels: Sequence[Label], bound: Decimal) -> Learnt:
        self.taught = list(labels)
        return Learnt(model="m2", certificate=self.learns, before=self.learns)

    def records(self, kind: type[T], scope: Scope) -> Sequence[MasterRecord[T]]:
        return cast("list[MasterRecord[T]]", self.held)


def ranking(*matches: Match[Identifier], model: str = "m1") -> Ranking[Identifier]:
    """Give a ranking of an index called 7."""
    return Ranking(matches=matches, index="7", model=model)


@define
class Site:
    """One process over a ledger in memory."""

    ledger: InMemoryLedger = field(factory=lambda: InMemoryLedger(key=KEY))
    clock: FakeClock = field(factory=FakeClock)
    matching: ToldMatching = field(factory=ToldMatching)
    directory: FakeDirectory = field(factory=FakeDirectory)

    @property
    def journal(self) -> Journal:
        return Journal(ledger=self.ledger, clock=self.clock, wakeups=Silent(), policy="policy 1")

    @property
    def notebook(self) -> Notebook:
        """Give one that has read nothing yet, as after a restart."""
        return Notebook(self.ledger, KEY)

    def write(self, subject: Identifier | None, details: object) -> None:
        """Put something on record."""
        with self.ledger.transaction() as transaction:
            transaction.append(self.journal.entry("resolution", subject, "somebody", "said", "", details=details))


def question(
    number: int = 1,
    *,
    answered: Answered = Answered.HALTED,
    best: str | None = "4711",
    score: str = "0.5",
    drawn: str = "1",
    is_asked: bool = True,
    scope: Scope = SCOPE,
) -> Question:
    """Give a question for Schrauben."""
    return Question(
        id=QuestionId(f"q{number}"),
        scope=scope,
        mention=Mention(kind=SupplierId, said="Schrauben"),
        answered=answered,
        because="for a reason",
        candidates=() if best is None else (SupplierId(best),),
        score=Decimal(score),
        drawn=Decimal(drawn),
        is_asked=is_asked,
        index="7",
        model="m1",
    )
