"""The master and the questions as the two tables that splink links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from benchmarks.resolution.peers.linkage.fields import FIELDS
from benchmarks.resolution.peers.names import core, normalised
from benchmarks.resolution.rows import MasterRow, QuestionRow

Row = dict[str, str | list[str] | None]
"""What splink takes a row of a table as; the columns are those of `tables_of`."""
_PARTICLES = frozenset("a and da das de do dos e o of the".split())
"""Words that say nothing when two names share them."""


@frozen
class Tables:
    """One row for each name in *master*, one for each question; *fields* are the columns beside those of the name.

    *owners* tells the record of each row of the master, by its ``unique_id``. *candidates* tells the records with which
    each question is compared, by its id; the nearest comes first, and wins where several weigh the same.
    """

    master: list[Row]
    questions: list[Row]
    fields: tuple[str, ...]
    owners: Mapping[str, str]
    candidates: Mapping[str, Sequence[str]]


def tables_of(
    master: Sequence[MasterRow], questions: Sequence[QuestionRow], candidates: Sequence[Sequence[str]]
) -> Tables:
    """Make both tables; *candidates* are the nearest records of each question, in the order of the questions.

    Rows meet where their lists ``near`` share a record: a name's list holds its own, a question's its candidates.
    """
    fields = tuple(_filled(master, questions))
    owners, named = {}, []
    for row in master:
        facts = {field: row.columns.get(FIELDS[field].in_master, "") for field in fields}
        for number, text in enumerate((row.name, *row.aliases)):
            named.append(_row(f"{row.id}#{number}", text, [row.id], facts))
            owners[f"{row.id}#{number}"] = row.id
    asked = [
        _row(question.qid, question.name, list(near), {field: question.columns.get(field, "") for field in fields})
        for question, near in zip(questions, candidates, strict=True)
    ]
    nearest = {question.qid: near for question, near in zip(questions, candidates, strict=True)}
    return Tables(named, asked, fields, owners, nearest)


def _filled(master: Sequence[MasterRow], questions: Sequence[QuestionRow]) -> Iterator[str]:
    """Name the fields that hold something on both sides; a database could not tell the type of an empty one."""
    for name, field in FIELDS.items():
        if any(row.columns.get(field.in_master) for row in master) and any(row.columns.get(name) for row in questions):
            yield name


def _row(unique_id: str, name: str, near: list[str], facts: Mapping[str, str]) -> Row:
    text = core(name)
    words = text.split()
    row: Row = {
        "unique_id": unique_id,
        "name": text,
        "sorted_name": " ".join(sorted(words)),
        "first_word": words[0] if words else None,
        "last_word": words[-1] if words else None,
        "words": sorted(set(words) - _PARTICLES),
        "near": list(near),
    }
    for field, value in facts.items():
        plain = normalised(value)
        row[field] = plain.split() if FIELDS[field].several else plain or None
    return row
