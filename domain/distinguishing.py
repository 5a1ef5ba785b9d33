"""What to ask for, where several records may be meant: the one thing that tells them apart best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from domain.identifiers import Identifier
from domain.matching import KEY, TAX_NUMBER, MasterRecord, Match
from domain.mentions import Mention

T = TypeVar("T", bound=Identifier)


def telling_apart(mention: Mention[T], matches: Sequence[Match[T]]) -> str | None:
    """Name the fact that was not said and tells most of the likely records apart, of *matches*, the likeliest first."""
    if not matches:
        return lacking(mention)
    close = [match.record for match in matches if match.score * 4 >= matches[0].score]
    said = {fact.about.casefold() for fact in mention.facts}
    best, most = None, 0.0
    for about in dict.fromkeys(_abouts(close)):
        values = [_values(record, about) for record in close]
        if len(close) > 1 and len(set(values)) == 1:
            continue
        told = len({value for value in values if value}) + (0.5 if not all(values) else 1.0) - 1.0
        if about.casefold() not in said and any(values) and told > most:
            best, most = about, told
    whole = len(close) > 1 and most >= len(close)
    if mention.tax_number is None and not whole and _tells_apart(close):
        return TAX_NUMBER
    return best or lacking(mention)


def _tells_apart(records: Sequence[MasterRecord[T]]) -> bool:
    numbers = [frozenset(record.tax_numbers) for record in records]
    return all(numbers) and len(set(numbers)) == len(numbers)


def _abouts(records: Iterable[MasterRecord[T]]) -> Iterator[str]:
    return (fact.about for record in records for fact in record.facts)


def _values(record: MasterRecord[T], about: str) -> frozenset[str]:
    return frozenset(fact.value.strip().casefold() for fact in record.facts if fact.about == about)


def lacking(mention: Mention[T]) -> str | None:
    """Name the identifier that was not said."""
    return TAX_NUMBER if mention.tax_number is None else KEY if mention.reference is None else None
