"""Names of columns as words, and how much they are like a term of purchasing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache

from attrs import frozen

Words = tuple[str, ...]
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9]{0,5}_")
_SHARED = 0.6
"""From this share of its columns on, what their names begin with is the table's and says nothing."""
_EACH_EXTRA = 0.2
_SHORTENED, _MISSPELT, _FAINT = 0.85, 0.75, 0.45


@frozen
class Term:
    """One way to call something; *weight* is how surely it means just that."""

    words: Words
    weight: float


def terms(listed: str) -> tuple[Term, ...]:
    """Read terms that stand between commas; one that may mean many things ends in a question mark."""
    each = (one.strip() for one in listed.split(","))
    return tuple(Term(words_of(one), 0.7 if one.endswith("?") else 1.0) for one in each)


@cache
def words_of(name: str) -> Words:
    """Take a name apart, ``RazaoSocial2`` into ``razao``, ``social``, ``2``: small, without marks, singular."""
    marked = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    plain = "".join(char for char in marked if not unicodedata.combining(char))
    found = (_singular(part.lower()) for part in _PARTS.findall(plain))
    return tuple(dict.fromkeys(found))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def shared_prefix(names: Sequence[str]) -> str:
    """Give what most of *names* begin with up to a low line, as ``A2_``; empty if they share nothing."""
    found = Counter(match[0] for name in names if (match := _PREFIX.match(name)))
    prefix, count = found.most_common(1)[0] if found else ("", 0)
    return prefix if len(names) > 2 and count >= _SHARED * len(names) else ""


def likeness(words: Words, context: frozenset[str], known: Iterable[Term]) -> float:
    """Say from 0 to 1 how much *words* are like the best of *known*; what is in *context* may be left out."""
    return max((term.weight * _like(words, context, term.words) for term in known), default=0.0)


def _like(words: Words, context: frozenset[str], wanted: Words) -> float:
    if words == wanted:
        return 1.0
    told = tuple(word for word in words if word in wanted or not _is_context(word, context)) or words
    if told == wanted or "".join(told) == "".join(wanted):
        return 0.97
    if set(wanted) < set(told):
        return max(0.0, 0.95 - _EACH_EXTRA * (len(told) - len(wanted)))
    if len(told) == len(wanted) and all(map(_shortens, told, wanted)):
        return _SHORTENED if min(map(len, told)) > 3 else _MISSPELT
    ratio = SequenceMatcher(None, "".join(told), "".join(wanted)).ratio()
    return _MISSPELT if ratio >= 0.9 and told[0][0] == wanted[0][0] else ratio * _FAINT


def _is_context(word: str, context: frozenset[str]) -> bool:
    return any(word == each or _shortens(word, each) for each in context)


def _shortens(word: str, full: str) -> bool:
    return word == full or (len(word) >= 3 and full.startswith(word))
