"""Whether what was found is enough to act on: one record, or a halt that says why and what would settle it.

An identifier settles it, unless something speaks against it. A name settles it only from a threshold on that was proved
on this very ERP, with a clear lead, and while no other record is left that nothing tells apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

from attrs import field, frozen, validators

from domain.alphabets import scripts, strange
from domain.certificates import Certificate, Trial
from domain.distinguishing import lacking, telling_apart
from domain.generations import generation
from domain.identifiers import Identifier
from domain.matching import (
    BRANCHES,
    DIFFERS,
    EQUAL,
    KEY,
    LEGAL_FORM,
    NAME,
    NEARLY,
    PARTLY,
    REARRANGED,
    TAX_NUMBER,
    MasterRecord,
    Match,
    Ranking,
)
from domain.mentions import Mention
from domain.tax import readings
from domain.text import words

T = TypeVar("T", bound=Identifier)
T_co = TypeVar("T_co", bound=Identifier, covariant=True)

LEAD = Decimal("0.2")
"""How far the first candidate must be ahead of the second."""

_LIKELY = Decimal("0.5")
"""From this score on a record is what the name says, if there is no better one."""

_KINDS = ("nature", "role")
"""Evidence that too many records share to speak for one."""

_LOOKED_AT = 5
"""Candidates that a further fact is chosen to tell apart."""


@frozen(kw_only=True)
class Chosen(Generic[T_co]):
    """The one record that was meant; *because* says what that rests on."""

    match: Match[T_co]
    because: str = field(validator=words)


@frozen(kw_only=True)
class Halt:
    """Nobody may act on this; *because* is one sentence, *ask_for* the fact that would settle it best, if one would."""

    because: str = field(validator=words)
    ask_for: str | None = field(validator=validators.optional(words))


def decide(mention: Mention[T], ranking: Ranking[T], certificate: Certificate | None) -> Chosen[T] | Halt:
    """Choose the first record of *ranking*, or say why not.

    Without a *certificate* that has a threshold, only identifiers settle anything.
    """
    verdict = settled(mention, ranking)
    if isinstance(verdict, Halt) or _by_identifier(mention, verdict.match):
        return verdict
    if certificate is None or certificate.threshold is None:
        return _halt("nothing is proved of answers by name here; they are for a person", mention, ranking)
    if verdict.match.score < certificate.threshold:
        return _halt(f"{_called(verdict.match.record)} is not certain enough", mention, ranking)
    return verdict


def trial(mention: Mention[T], ranking: Ranking[T], truth: Identifier | None, weight: Decimal = Decimal(1)) -> Trial:
    """Give what a question with a known answer teaches about the threshold.

    One that would be halted whatever the threshold has the score 0, and so has one that an identifier settles: what a
    name settles is on trial here.
    """
    verdict = settled(mention, ranking)
    if isinstance(verdict, Halt) or _by_identifier(mention, verdict.match):
        return Trial(Decimal(0), truth is not None, weight)
    return Trial(verdict.match.score, verdict.match.record.id == truth, weight)


def settled(mention: Mention[T], ranking: Ranking[T]) -> Chosen[T] | Halt:
    """Choose the first record if nothing but its score could speak against it."""
    reason = strange(mention.said)
    if reason is not None:
        return Halt(because=reason, ask_for=TAX_NUMBER if mention.tax_number is None else None)
    fitting = [match for match in ranking.matches if _misfit(mention, match.record) is None]
    by_number = _by_number(mention, ranking)
    if by_number is not None:
        return by_number
    if not ranking.matches:
        return Halt(because="no record is known that could be meant", ask_for=lacking(mention))
    if not fitting:
        misfit = _misfit(mention, ranking.matches[0].record)
        return Halt(because=f"{_called(ranking.matches[0].record)} {misfit}", ask_for=lacking(mention))
    reason = next((reason for doubt in _DOUBTS if (reason := doubt(mention, fitting, ranking)) is not None), None)
    if reason is not None:
        return _halt(reason, mention, ranking)
    return Chosen(match=fitting[0], because=f"name and facts agree with {_called(fitting[0].record)}")


def _by_number(mention: Mention[T], ranking: Ranking[T]) -> Chosen[T] | Halt | None:
    """Decide by key or tax number; ``None`` if neither was given, or a key only seemed to be."""
    asked = ((KEY, mention.reference, True), (TAX_NUMBER, mention.tax_number, True), (KEY, mention.said, False))
    for about, given, is_certain in asked:
        if given is None or not given.strip():
            continue
        hits = [match for match in ranking.matches if _verdict(match, about) == EQUAL]
        if not hits and not is_certain:
            continue
        if not hits:
            return _halt(_nobodys(about, given), mention, ranking)
        return _identified(mention, ranking, hits, about)
    return None


def _nobodys(about: str, given: str) -> str:
    if about == TAX_NUMBER and not readings(given):
        return f"no record has the {about} that was given, and it fails its check digits or is of no kind known here"
    return f"no record has the {about} that was given"


def _identified(mention: Mention[T], ranking: Ranking[T], hits: Sequence[Match[T]], about: str) -> Chosen[T] | Halt:
    first = hits[0]
    if len(hits) > 1:
        return _halt(f"{len(hits)} records have this {about}; the master holds one twice", mention, ranking)
    rest = [match for match in ranking.matches if match is not first]
    against = next((match for match in rest if EQUAL in (_verdict(match, KEY), _verdict(match, TAX_NUMBER))), None)
    if against is not None:
        what = TAX_NUMBER if about == KEY else KEY
        return _halt(
            f"{_called(first.record)} has this {about}, but {_called(against.record)} this {what}", mention, ranking
        )
    other = next((match for match in rest if match.score >= _LIKELY), None)
    better = other is not None and _verdict(other, NAME) == EQUAL and _verdict(first, NAME) == PARTLY
    if better or _verdict(first, NAME) == DIFFERS:
        rival = f", but the name is that of {_called(other.record)}" if other is not None else ", but not this name"
        return _halt(f"{_called(first.record)} has this {about}{rival}", mention, ranking)
    if mention.tax_number is not None and about == KEY and _verdict(first, TAX_NUMBER) == DIFFERS:
        return _halt(f"{_called(first.record)} has this key, but another tax number", mention, ranking)
    misfit = _unusable(first.record) or _misfit(mention, first.record)
    if misfit is not None:
        return _halt(f"{_called(first.record)} {misfit}", mention, ranking)
    if _is_settling(mention, first):
        return Chosen(match=first, because=f"{about} equal")
    return _halt(f"the {about} is of no kind whose check digits are known, and proves nothing", mention, ranking)


def _thin(_: Mention[T], fitting: Sequence[Match[T]], ranking: Ranking[T]) -> str | None:
    first = fitting[0]
    if ranking.matches[0].score < LEAD:
        return "no record is likely to be the one that was meant"
    better = next((match for match in ranking.matches if match.score > first.score), None)
    if better is not None:
        return f"{_called(better.record)} is likelier, and is not what was asked for"
    second = fitting[1] if len(fitting) > 1 else None
    if second is None or first.score - second.score >= LEAD:
        return None
    if _folded(first.record.names) & _folded(second.record.names):
        return f"{_called(first.record)} and {_called(second.record)} have the same name"
    return f"{_called(first.record)} is not clearly ahead of {_called(second.record)}"


def _blocked(_: Mention[T], fitting: Sequence[Match[T]], __: Ranking[T]) -> str | None:
    unusable = _unusable(fitting[0].record)
    return None if unusable is None else f"{_called(fitting[0].record)} {unusable}"


def _twins(_: Mention[T], fitting: Sequence[Match[T]], __: Ranking[T]) -> str | None:
    first = fitting[0]
    for other in fitting[1:]:
        same = _folded(first.record.names) == _folded(other.record.names)
        if same and not _apart(first, other):
            return f"{_called(first.record)} and {_called(other.record)} cannot be told apart by what was said"
    return None


def _sisters(_: Mention[T], fitting: Sequence[Match[T]], __: Ranking[T]) -> str | None:
    # facts that agree with one branch and not with the other were measured: they mislead as often as not
    first = fitting[0]
    if first.record.group is None:
        return None
    for other in fitting[1:]:
        if other.record.group == first.record.group and other.record.usable:
            return f"{_called(first.record)} and {_called(other.record)} are branches of one firm"
    if _verdict(first, BRANCHES) is not None:  # they are not among the likeliest, and may be meant all the same
        return f"{_called(first.record)} is one of several branches of one firm"
    return None


def _foreign(mention: Mention[T], fitting: Sequence[Match[T]], _: Ranking[T]) -> str | None:
    held = scripts("".join(fitting[0].record.names))
    if scripts(mention.said) <= held:
        return None
    return f"the name is not in the letters of {_called(fitting[0].record)}, and may only look like it"


def _other_generation(mention: Mention[T], fitting: Sequence[Match[T]], _: Ranking[T]) -> str | None:
    """Doubt a father where the son was said: they share name, house and telephone."""
    said, held = generation(mention.said), {generation(name) for name in fitting[0].record.names}
    if said is None or said in held or held == {None}:
        return None
    return f"{_called(fitting[0].record)} is of another generation than was said"


def _fragment(mention: Mention[T], fitting: Sequence[Match[T]], _: Ranking[T]) -> str | None:
    """Doubt a single word of a longer name: a surname alone was wrong in one answer of six, however rare."""
    first = fitting[0]
    told = any(each.verdict == EQUAL and each.about not in (NAME, *_KINDS) for each in first.evidence)
    if len(mention.said.split()) > 1 or told or _verdict(first, NAME) in (EQUAL, NEARLY, LEGAL_FORM, REARRANGED):
        return None
    return f"one word is too little to know {_called(first.record)} by"


_DOUBTS: tuple[Callable[[Mention[Identifier], Sequence[Match[Identifier]], Ranking[Identifier]], str | None], ...] = (
    _blocked,
    _foreign,
    _twins,
    _sisters,
    _other_generation,
    _fragment,
    _thin,
)
"""What may speak against the first candidate; the first that does is told."""


def _apart(first: Match[T], other: Match[T]) -> bool:
    """Whether something that was said agrees with the one and not with the other."""
    theirs = {each.about: each.verdict for each in other.evidence}
    return any(
        each.verdict == EQUAL and theirs.get(each.about) == DIFFERS
        for each in first.evidence
        if each.about not in (NAME, KEY, TAX_NUMBER)
    )


def _misfit(mention: Mention[T], record: MasterRecord[T]) -> str | None:
    for asked, held in ((mention.nature, record.nature), (mention.role, record.role)):
        if asked is not None and held is not None and asked is not held:
            return f"is known as {held.value}, not as {asked.value}"
    return None


def _unusable(record: MasterRecord[T]) -> str | None:
    return None if record.usable else "is blocked, merged or marked for deletion"


def _verdict(match: Match[T], about: str) -> str | None:
    return next((each.verdict for each in match.evidence if each.about == about), None)


def _by_identifier(mention: Mention[T], match: Match[T]) -> bool:
    return EQUAL in (_verdict(match, KEY), _verdict(match, TAX_NUMBER)) and _is_settling(mention, match)


def _is_settling(mention: Mention[T], match: Match[T]) -> bool:
    """Whether an identifier agrees of which nobody could have made another by a slip."""
    if _verdict(match, KEY) == EQUAL:
        return True
    return _verdict(match, TAX_NUMBER) == EQUAL and bool(readings(mention.tax_number or ""))


def _halt(because: str, mention: Mention[T], ranking: Ranking[T]) -> Halt:
    return Halt(because=because, ask_for=telling_apart(mention, ranking.matches[:_LOOKED_AT]))


def _called(record: MasterRecord[T]) -> str:
    return f"record {record.id}"


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(name.casefold().split()) for name in names)
