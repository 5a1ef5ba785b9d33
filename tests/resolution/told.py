"""Rankings that say what a test wants, and what is decided on them."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve

from domain.certificates import Certificate
from domain.deciding import Chosen, Halt, decide
from domain.identifiers import SupplierId
from domain.matching import EQUAL, KEY, NAME, TAX_NUMBER, MasterRecord, Match, Ranking
from domain.mentions import Mention, Trait
from domain.resolution import Evidence

CNPJ, OTHER_CNPJ, VAT = "11222333000181", "11444777000161", "DE136695976"
UNCHECKED = "X99-77"
PROVED = Certificate(
    bound=Decimal("0.01"), confidence=Decimal("0.95"), threshold=Decimal("0.9"), asked=400, answered=200, wrong=0,
    upper=Decimal("0.0075"),
)  # fmt: skip
UNPROVED = evolve(PROVED, threshold=None, answered=0)
SURE, LIKELY = "0.97", "0.7"
BY_NUMBER, BY_KEY = (TAX_NUMBER, EQUAL), (KEY, EQUAL)

Found = Match[SupplierId]


def record(key: str, name: str = "Molt Ltda", **kept: object) -> MasterRecord[SupplierId]:
    """Give a record of one name."""
    return MasterRecord(id=SupplierId(key), names=(name,), **kept)  # type: ignore[arg-type]  # fields as they are named


def found(key: str, score: str = SURE, *told: tuple[str, str], name: str = "Molt Ltda", **kept: object) -> Found:
    """Give a match; if nothing is told of its name, that agrees."""
    evidence = told if any(about == NAME for about, _ in told) else (*told, (NAME, EQUAL))
    held = record(key, name, **kept)
    return Match(record=held, score=Decimal(score), evidence=tuple(Evidence(*each) for each in evidence))


def ranked(*matches: Found) -> Ranking[SupplierId]:
    """Give a ranking, the likeliest first."""
    first = sorted(matches, key=lambda match: -match.score)
    return Ranking(matches=tuple(first), index="7", model="m1")


def said(text: str = "Molt", **more: object) -> Mention[SupplierId]:
    """Give a mention of a supplier."""
    return Mention(kind=SupplierId, said=text, **more)  # type: ignore[arg-type]  # fields as they are named


def traits(**values: str) -> tuple[Trait, ...]:
    """Give facts by what they are about."""
    return tuple(Trait(about, value) for about, value in values.items())


def decided(mention: Mention[SupplierId], *matches: Found, proof: Certificate | None = PROVED) -> Chosen[SupplierId]:
    """Give what was chosen."""
    verdict = decide(mention, ranked(*matches), proof)
    assert isinstance(verdict, Chosen), verdict
    return verdict


def halted(mention: Mention[SupplierId], *matches: Found, proof: Certificate | None = PROVED) -> Halt:
    """Give why nothing was chosen."""
    verdict = decide(mention, ranked(*matches), proof)
    assert isinstance(verdict, Halt), verdict
    return verdict
