"""Which values a CHECK constraint allows, if it is a closed list of one column and nothing else.

Databases spell ``CHECK (state IN ('A', 'N'))`` in their own ways; whatever is not surely such a list gives nothing.
"""

from __future__ import annotations

import re

_NAME = r"""(?:"(?P<quoted>(?:[^"]|"")+)"|`(?P<ticked>(?:[^`]|``)+)`|\[(?P<bracketed>[^\]]+)\]|(?P<plain>\w+))"""
_CAST = r"(?:::[\w ]+(?:\(\d+\))?(?:\[\])?)?"
_VALUE = rf"(?:N?'(?P<text>(?:[^']|'')*)'|(?P<number>-?\d+)){_CAST}"
_VALUES = rf"(?P<values>{re.sub('[?]P<[a-z]+>', '?:', _VALUE)}(?:\s*,\s*{re.sub('[?]P<[a-z]+>', '?:', _VALUE)})*)"
_COLUMN = rf"(?:\(?{_NAME}\)?{_CAST})"
_LISTS = tuple(
    re.compile(spelling, re.IGNORECASE)
    for spelling in (
        rf"{_COLUMN}\s+IN\s*\({_VALUES}\)",
        rf"{_COLUMN}\s*=\s*ANY\s*\(\(?ARRAY\[{_VALUES}\]\)?{_CAST}\)",
        rf"{_COLUMN}\s*=\s*{_VALUES}",
    )
)


def closed_list(check: str) -> tuple[str, tuple[str, ...]] | None:
    """Give the column and the values that it may hold; ``None`` if *check* says anything else."""
    text = _bare(check.strip())
    if "\\" in text:  # MariaDB escapes with it, the others mean the letter
        return None
    for spelling in _LISTS:
        found = spelling.fullmatch(text)
        if found is not None:
            values = tuple(_value(each) for each in re.finditer(_VALUE, found["values"]))
            return _column(found), values
    return None


def _bare(text: str) -> str:
    """Take off parentheses around the whole."""
    while text.startswith("(") and text.endswith(")") and _closes_last(text):
        text = text[1:-1].strip()
    return text


def _closes_last(text: str) -> bool:
    """Say whether the first parenthesis is closed by the last character, texts left out of sight."""
    depth = 0
    for place, letter in enumerate(re.sub("'(?:[^']|'')*'", lambda each: "_" * len(each[0]), text)):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return place == len(text) - 1
    return False


def _value(found: re.Match[str]) -> str:
    text = found["text"]
    return str(found["number"]) if text is None else text.replace("''", "'")


def _column(found: re.Match[str]) -> str:
    if found["quoted"] is not None:
        return found["quoted"].replace('""', '"')
    if found["ticked"] is not None:
        return found["ticked"].replace("``", "`")
    return found["bracketed"] if found["bracketed"] is not None else found["plain"]
