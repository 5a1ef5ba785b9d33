"""Names and facts in the form in which they are compared: one alphabet, one case, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from attrs import frozen

LONGEST = 300
"""Characters of a name that are looked at; whatever is longer is no name."""

_FORMS = frozenset(
    "ab ag aktiengesellschaft ao as asa bv bvba cia co comp companhia company corp corporation cv doo eireli "
    "eirelli ei epp eurl gmbh inc incorporated jsc kft kg lc lda limitada limited llc llp lp ltd ltda me mei nv oao "
    "ohg ojsc ooo oy oyj pao pc pjsc plc pllc pte pty sa sarl sas sc scs se sia sl slu snc soc spa spol spzoo srl "
    "sro ss ste zao".split()
)
"""Legal forms as single words, in the form of `plain`."""

_PHRASES = {
    "besloten vennootschap": "bv",
    "gesellschaft mit beschrankter haftung": "gmbh",
    "joint stock company": "jsc",
    "limited liability company": "llc",
    "public limited company": "plc",
    "sociedad anonima": "sa",
    "sociedade anonima": "sa",
    "sociedade limitada": "ltda",
    "societa per azioni": "spa",
    "societe anonyme": "sa",
}
"""Legal forms of several words, and what they are called for short."""

_LATIN = str.maketrans({"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th"})
"""Letters of Latin alphabets that are not a letter with a mark."""

_LETTERS = re.compile(r"\b(?:\w )+\w\b")
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"[0-9a-z]+")
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u02bc\u2019"))
_FORM = re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b")


@frozen
class Name:
    """A name made comparable.

    *plain* has all its words, *core* those that are no legal form, *forms* the others. *core* is never empty unless
    *plain* is.
    """

    plain: str
    core: str
    forms: frozenset[str]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Give *text* in lower-case Latin letters and digits, words apart by one blank; empty if nothing is left."""
    if len(text) > LONGEST:
        return ""
    normal = _bare(text.encode("utf-8", "replace").decode("utf-8").casefold())  # half a character breaks libraries
    if not normal.isascii():
        normal = anyascii(normal).lower()
    normal = _INITIALS.sub("", normal.translate(_APOSTROPHES))
    return _LETTERS.sub(_together, " ".join(_WORDS.findall(normal)))


def name(text: str, *, firm: bool) -> Name:
    """Read a name; only a *firm* has a legal form, since people are called Sá, too."""
    whole = plain(text)
    if not firm or not whole:
        return Name(whole, whole, frozenset())
    tokens = _FORM.sub(_short, whole).split()
    core = [word for word in tokens if word not in _FORMS]
    if not core or len(core) == len(tokens):
        return Name(whole, whole, frozenset())
    return Name(whole, " ".join(core), frozenset(_form(word) for word in tokens if word in _FORMS))


def numbers(text: str) -> frozenset[str]:
    """Give the numbers that stand in *text*, without leading zeros."""
    return frozenset(number.lstrip("0") for number in _NUMBER.findall(text))


def _bare(text: str) -> str:
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return "".join(letters).translate(_LATIN)


def _together(found: re.Match[str]) -> str:
    return found.group().replace(" ", "")


def _short(found: re.Match[str]) -> str:
    return _PHRASES[found.group()]


def _form(word: str) -> str:
    return {"ltda": "ltd", "limitada": "ltd", "limited": "ltd", "companhia": "co", "cia": "co", "company": "co"}.get(
        word, word
    )
