"""Names and facts in the form in which they are compared: one alphabet, one case, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from attrs import frozen
from rigour.names import normalize_name, remove_org_types
from rigour.text import ascii_text

LONGEST = 300
"""Characters of a name that are looked at; whatever is longer is no name."""

_FORMS = frozenset(
    "ab ag as asa bv bvba cia co comp companhia company corp corporation cv doo eireli eirelli ei epp eurl gmbh inc "
    "incorporated kft kg lda limitada limited llc llp ltd ltda me mei nv oao ohg ooo oy oyj plc pllc pte pty sa sarl "
    "sas sc scs se sl slu snc soc spa spol spzoo srl sro ss ste zao".split()
)
"""Legal forms as single words, most of which the library does not take away; added to what it does."""

_LATIN = str.maketrans({"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th"})
"""Letters of Latin alphabets that are not a letter with a mark."""

_LETTERS = re.compile(r"\b(?:\w )+\w\b")
_NUMBER = re.compile(r"\d+")


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
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half a character would break the libraries
    normal = normalize_name(whole) or ""
    if not normal.isascii():
        normal = _bare(normal)
    if not normal.isascii():  # other alphabets; the library takes long over each text
        normal = normalize_name(ascii_text(normal)) or ""
    return _LETTERS.sub(_together, normal)


def name(text: str, *, firm: bool) -> Name:
    """Read a name; only a *firm* has a legal form, since people are called Sá, too."""
    whole = plain(text)
    if not firm or not whole:
        return Name(whole, whole, frozenset())
    left = set(remove_org_types(whole).split())
    tokens = whole.split()
    core = [word for word in tokens if word in left and word not in _FORMS]
    if not core or len(core) == len(tokens):
        return Name(whole, whole, frozenset())
    return Name(whole, " ".join(core), frozenset(_form(word) for word in tokens if word not in left or word in _FORMS))


def numbers(text: str) -> frozenset[str]:
    """Give the numbers that stand in *text*, without leading zeros."""
    return frozenset(number.lstrip("0") for number in _NUMBER.findall(text))


def _bare(text: str) -> str:
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return "".join(letters).translate(_LATIN)


def _together(found: re.Match[str]) -> str:
    return found.group().replace(" ", "")


def _form(word: str) -> str:
    return {"ltda": "ltd", "limitada": "ltd", "limited": "ltd", "companhia": "co", "cia": "co", "company": "co"}.get(
        word, word
    )
