"""Comparing what was said with the records that may have been meant: what goes in, and what comes out.

Nothing here chooses: a `Ranking` says how likely each record is the one, `domain.deciding` whether that is enough.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Generic, TypeVar

from attrs import field, frozen, validators

from domain.identifiers import Identifier
from domain.mentions import Nature, Role, Trait
from domain.resolution import Evidence, identifier, share
from domain.text import words

NAME, KEY, TAX_NUMBER = "name", "key", "tax number"
"""What evidence is about besides the facts, which it calls as the records do."""

NAMESAKES, BRANCHES, RIVALS = "namesakes", "branches", "rivals"
"""What it says of a record beside the others: those of its name, those of its firm, those that are as like."""

EQUAL, NEARLY, PARTLY, DIFFERS, ABSENT = "equal", "nearly equal", "partly equal", "differs", "not on the record"
"""How evidence agrees; a name differs where it has nothing in common with the record's."""

LEGAL_FORM, REARRANGED = "differs in legal form", "differs in the order of words or in blanks"
"""How names agree that are equal but for what is no part of them."""

T = TypeVar("T", bound=Identifier)
T_co = TypeVar("T_co", bound=Identifier, covariant=True)


@frozen(kw_only=True)
class MasterRecord(Generic[T_co]):
    """One record of the ERP, as far as it can be recognised by what people say of it.

    *names* are its own, the legal one first. *tax_numbers* are as the ERP holds them. *usable* is false for a record
    that is blocked, merged or marked for deletion: it is still recognised, never chosen. *group* is the same for the
    branches of one firm, ``None`` where none is known.
    """

    id: T_co = field(validator=identifier)
    names: tuple[str, ...] = field(validator=validators.min_len(1))
    tax_numbers: tuple[str, ...] = ()
    facts: tuple[Trait, ...] = ()
    nature: Nature | None = None
    role: Role | None = None
    usable: bool = True
    group: str | None = None


@frozen(kw_only=True)
class Match(Generic[T_co]):
    """One record, and the probability that it is the one that was meant.

    *score* is calibrated: of a hundred matches of score 0.9, ninety are right. *evidence* names fields and how they
    agree; it holds no values.
    """

    record: MasterRecord[T_co]
    score: Decimal = field(validator=share)
    evidence: tuple[Evidence, ...]


@frozen(kw_only=True)
class Ranking(Generic[T_co]):
    """The records that may have been meant, the likeliest first.

    *index* is the version of what was searched, *model* that of what has weighed it: what was proved of one model says
    nothing of another.
    """

    matches: tuple[Match[T_co], ...]
    index: str = field(validator=words)
    model: str = field(validator=words)
