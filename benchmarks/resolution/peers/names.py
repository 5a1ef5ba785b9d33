"""The names under which the records of a master are found, and how a name is made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from attrs import frozen

from benchmarks.resolution.rows import MasterRow

_LEGAL_FORMS = frozenset(
    "cia co companhia company corp eireli epp inc limitada llc ltd ltda me mei plc sa sarl spa srl".split()
    + "ag bv gmbh nv sl".split()
)
"""What says how a company is constituted rather than which it is."""
_SHARES = re.compile(r"\bs[\s./]*a\b\.?")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@frozen
class Name:
    """One name of the record whose id is *record*."""

    record: str
    text: str


def names_of(master: Sequence[MasterRow]) -> Sequence[Name]:
    """List every name: record after record, its own name before its aliases."""
    return [Name(row.id, text) for row in master for text in (row.name, *row.aliases)]


def normalised(text: str) -> str:
    """Write *text* in small letters without accents, its words apart by one space; "S/A" becomes "sa"."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    joined = _SHARES.sub("sa", bare.casefold()).replace("'", "")
    return _BETWEEN_WORDS.sub(" ", joined).strip()


def core(text: str) -> str:
    """Leave the legal forms out of a normalised name, unless it consists of nothing else."""
    words = normalised(text)
    return " ".join(word for word in words.split() if word not in _LEGAL_FORMS) or words
