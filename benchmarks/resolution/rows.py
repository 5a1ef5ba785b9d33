"""The two files of a labelled set: the records of a master, and questions whose answer is known."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

_HIDDEN = frozenset({"qid", "name", "truth", "kind", "support", "split", "contested"})
"""Columns of a question that no resolver may see as a fact."""


@frozen
class MasterRow:
    """One record; *columns* are all others that the file has, the empty ones too."""

    id: str
    name: str
    aliases: tuple[str, ...]
    columns: Mapping[str, str]


@frozen
class QuestionRow:
    """One question; *truth* is the id that was meant, ``None`` if the master does not hold it.

    *cal* questions are for learning and calibration, the others for judging alone. *contested* marks a label in doubt.
    """

    qid: str
    name: str
    columns: Mapping[str, str]
    truth: str | None
    cal: bool
    contested: bool


def master(folder: Path) -> Sequence[MasterRow]:
    """Read ``master.csv``.

    Raises:
        SystemExit: the file is absent, lacks a column, holds no record, or two of one id.
    """
    rows = _read(folder / "master.csv", ("id", "name"))
    found = tuple(
        MasterRow(row["id"], row["name"], (row["alias"],) if row.get("alias") else (), _others(row, {"alias"}))
        for row in rows
    )
    if len({row.id for row in found}) < len(found):
        raise SystemExit(f"{folder / 'master.csv'} holds the same id twice; give every record its own")
    return found


def questions(folder: Path) -> Sequence[QuestionRow]:
    """Read ``queries.csv``, in the order of the file.

    Raises:
        SystemExit: the file is absent, lacks a column, its split is not always cal or test, or always cal.
    """
    path = folder / "queries.csv"
    rows = _read(path, ("qid", "name", "truth", "split"))
    strange = {row["split"] for row in rows} - {"cal", "test"}
    if strange:
        raise SystemExit(f"{path} has the split {min(strange)!r}; every question must be in cal or test")
    if all(row["split"] == "cal" for row in rows):
        raise SystemExit(f"{path} has no question with the split 'test', so nothing could be judged")
    return tuple(
        QuestionRow(
            row["qid"],
            row["name"],
            _others(row),
            row["truth"] or None,
            row["split"] == "cal",
            row.get("contested", "") == "1",
        )
        for row in rows
    )


def _read(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", restkey="")
            absent = [column for column in needed if column not in (reader.fieldnames or ())]
            if absent:
                raise SystemExit(f"{path} lacks the column {absent[0]!r}")
            rows = [{key: value for key, value in row.items() if key} for row in reader]
    except FileNotFoundError:
        raise SystemExit(f"{path} is not there; name a folder that holds master.csv and queries.csv") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SystemExit(f"{path} cannot be read: {error}") from None
    if not rows:
        raise SystemExit(f"{path} holds no rows")
    return rows


def _others(row: Mapping[str, str], more: frozenset[str] | set[str] = frozenset()) -> Mapping[str, str]:
    left_out = {"id", *_HIDDEN, *more}
    return MappingProxyType({column: value for column, value in row.items() if column not in left_out})
