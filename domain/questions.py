"""What the resolver was asked, and what people said of its answers: all that its confidence rests on.

A judgement is evidence for how often names mislead, never a key: the next question is weighed anew.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from attrs import Attribute, field, frozen, validators

from domain.certificates import Certificate
from domain.errors import InvalidValue
from domain.identifiers import Identifier
from domain.mentions import Mention
from domain.resolution import share
from domain.scope import Scope
from domain.text import words

NAMES = "resolve names"
"""What somebody may do who judges questions, or has the resolver learn from them; no command is called so."""


_DRIFT = Decimal("0.1")
"""The share by which a master may grow or shrink before what was proved of it has to be proved anew."""


@frozen(order=True)
class QuestionId(Identifier):
    """One question to the resolver."""


class Answered(Enum):
    """What the resolver did with a question."""

    RESOLVED = "resolved"
    HALTED = "halted"


def _drawn(question: Question, _: Attribute[Decimal], drawn: Decimal) -> None:
    if not 0 < drawn <= 1:
        raise InvalidValue(f"a question is judged with a probability above 0 and up to 1, not {drawn}")
    if question.answered is Answered.HALTED and drawn != 1:
        raise InvalidValue("every question that was halted is for a person to judge")


@frozen(kw_only=True)
class Question:
    """One name that was asked for in one *scope*, and what the resolver made of it.

    *best* is the likeliest record whether or not it was good enough, ``None`` if there was none, *score* its
    probability. *drawn* is the probability with which a question like this is put to a person, *is_asked* whether this
    one is.
    """

    id: QuestionId = field(validator=validators.instance_of(QuestionId))
    scope: Scope = field(validator=validators.instance_of(Scope))
    mention: Mention[Identifier] = field(validator=validators.instance_of(Mention))
    answered: Answered = field(validator=validators.instance_of(Answered))
    because: str = field(validator=words)
    candidates: tuple[Identifier, ...]
    score: Decimal = field(validator=share)
    drawn: Decimal = field(validator=[share, _drawn])
    is_asked: bool = field(validator=validators.instance_of(bool))
    index: str = field(validator=words)
    model: str = field(validator=words)

    @property
    def best(self) -> Identifier | None:
        """The likeliest record, whether or not it was good enough."""
        return next(iter(self.candidates), None)


@frozen(kw_only=True)
class Judgement:
    """What a person says was meant by a question; ``None``: no record that the ERP holds."""

    question: QuestionId = field(validator=validators.instance_of(QuestionId))
    truth: Identifier | None = field(validator=validators.optional(validators.instance_of(Identifier)))


@frozen(kw_only=True)
class Label:
    """A question whose answer is known; *weight* is how many questions it stands for."""

    mention: Mention[Identifier] = field(validator=validators.instance_of(Mention))
    truth: Identifier | None = field(validator=validators.optional(validators.instance_of(Identifier)))
    weight: Decimal = Decimal(1)


def label(question: Question, judgement: Judgement) -> Label:
    """Give what *judgement* teaches.

    Raises:
        InvalidValue: it is about another question, or names a record of another kind.
    """
    if judgement.question != question.id:
        raise InvalidValue(f"{judgement.question} is not {question.id}")
    if judgement.truth is not None and type(judgement.truth) is not question.mention.kind:
        raise InvalidValue(f"what was meant is a {question.mention.kind.__name__}, not {judgement.truth!r}")
    return Label(mention=question.mention, truth=judgement.truth, weight=1 / question.drawn)


@frozen(kw_only=True)
class Proof:
    """What allows records of one *kind* to be chosen by their names in one *scope*: a certificate for one *model*.

    *records* is how many there were to be meant when it was proved.
    """

    scope: Scope = field(validator=validators.instance_of(Scope))
    kind: type[Identifier]
    model: str = field(validator=words)
    records: int = field(validator=[validators.instance_of(int), validators.ge(0)])
    certificate: Certificate = field(validator=validators.instance_of(Certificate))

    def is_for(self, records: int) -> bool:
        """Whether it counts among so many *records*: a bulk load brings namesakes that nobody was asked about."""
        return abs(records - self.records) <= self.records * _DRIFT
