"""A labelled set as a site would have it: master records, and what was asked about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.resolution.rows import MasterRow, QuestionRow
from domain.identifiers import SupplierId
from domain.matching import MasterRecord
from domain.mentions import Mention, Nature, Trait
from domain.tax import TaxIdKind, readings

_NATURES = {"PER": Nature.PERSON, "ORG": Nature.ORGANISATION}
_ROOT = 8
"""The digits of a CNPJ that all branches of one firm share."""


def records(master: Sequence[MasterRow], questions: Sequence[QuestionRow]) -> list[MasterRecord[SupplierId]]:
    """Give *master* as records; a column that *questions* have in the singular holds several values between blanks."""
    asked = questions[0].columns if questions else {}
    return [
        MasterRecord(
            id=SupplierId(row.id),
            names=(row.name or row.id, *row.aliases),
            tax_numbers=tuple(filter(None, [row.columns.get("tax_id")])),
            facts=tuple(_facts(row.columns, asked)),
            nature=_NATURES.get(row.columns.get("type", "")),
            group=_group(row.columns.get("tax_id", "")),
        )
        for row in master
    ]


def mention(question: QuestionRow) -> Mention[SupplierId]:
    """Give what was asked, with all that the question tells."""
    return Mention(
        kind=SupplierId,
        said=question.name,
        tax_number=question.columns.get("tax_id") or None,
        nature=_NATURES.get(question.columns.get("type", "")),
        facts=tuple(_facts(question.columns, {})),
    )


def truth(question: QuestionRow) -> SupplierId | None:
    """Give the record that was meant."""
    return None if question.truth is None else SupplierId(question.truth)


def _facts(columns: Mapping[str, str], asked: Mapping[str, str]) -> Iterator[Trait]:
    for column, value in columns.items():
        if not value or column in ("type", "tax_id"):
            continue
        if column not in asked and column.removesuffix("s") in asked:
            yield from (Trait(column.removesuffix("s"), one) for one in value.split())
        else:
            yield Trait(column, value)


def _group(tax_number: str) -> str | None:
    numbers = [each.number for each in readings(tax_number) if each.kind is TaxIdKind.CNPJ]
    return numbers[0][:_ROOT] if numbers else None
