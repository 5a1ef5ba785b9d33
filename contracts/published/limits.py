"""The words of a schema that limit values, compared: which are tighter now, and which are looser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from contracts.published.changes import Change

_LEAST = frozenset("minLength minimum exclusiveMinimum minItems minProperties minContains".split())
_MOST = frozenset("maxLength maximum exclusiveMaximum maxItems maxProperties maxContains".split())
_OFF: Mapping[str, object] = {"uniqueItems": False, "additionalProperties": True}
"""What a word that is left out means."""


def changed_limits(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[tuple[Change, str]]:
    """Give each limit that is not the same, and what to tell of it; a word of any other sort counts as exchanged."""
    for word in sorted(old.keys() | new.keys()):
        before, after = old.get(word, _OFF.get(word)), new.get(word, _OFF.get(word))
        if before != after:
            yield _change(word, before, after), f"{word} was {_told(before)}, is {_told(after)}"


def _change(word: str, before: object, after: object) -> Change:
    if before == _OFF.get(word):
        return Change.TIGHTENED
    if after == _OFF.get(word):
        return Change.LOOSENED
    if word not in _LEAST | _MOST:
        return Change.REWRITTEN
    grew = cast("float", after) > cast("float", before)
    return Change.TIGHTENED if grew is (word in _LEAST) else Change.LOOSENED


def _told(limit: object) -> str:
    return "not there" if limit is None else repr(limit)
