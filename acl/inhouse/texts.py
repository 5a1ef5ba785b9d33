"""Texts as people typed them: absent by the tokens of their column, some of them read as the wrong code page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar, overload

from acl.codecs.text import fitting, sound, texts
from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from contracts.source.owed import Facets
from contracts.source.schema import Form
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
Tokens = tuple[str | None, ...]

NOTHING: Tokens = (None, "", "-")
"""What stands in a code or number that is not known."""
NOTHING_IN_WORDS: Tokens = (*NOTHING, "N/A", ".")
"""What stands in a free text that is not known."""

WIDTH = 255
"""Every text column has so many places."""
TYPED = Facets(forms=(Form.TEXT,), length=WIDTH)
_ROUNDS = 3
"""How often a text is undone at most (INH-ENC-02)."""

_ACCENTS = bytes(range(0x80, 0x100)).decode("cp1252", "ignore")
_MISREAD = re.compile("|".join(re.escape(sign.encode().decode("cp1252", "replace")) for sign in _ACCENTS))
"""What a sign of code page 1252 becomes when its UTF-8 bytes are read as that code page."""


@overload
def typed(column: str, *, absent: Tokens = ...) -> str: ...
@overload
def typed(column: str, *, absent: Tokens = ..., into: Callable[[str], T]) -> T: ...
def typed(column: str, *, absent: Tokens = NOTHING_IN_WORDS, into: Callable[[str], object] = str) -> object:
    """Read a text as it stands; *absent* are the tokens of this column for what is not known.

    A token of another column is a value here, and a token of this one is never written as a value.

    Source: INH-NULL-01.
    """
    codec = Codec[object](
        name="typed",
        decode=lambda raw: into(sound(raw, "INH-NULL-01")),
        encode=lambda value: storable(str(value), absent),
        kind=ProblemKind.INVALID_TEXT if into is str else ProblemKind.INVALID_IDENTIFIER,
        absent=absent,
        quirks=("INH-NULL-01", "INH-LEN-01"),
        produces=(into,) if isinstance(into, type) else (),
        spellings=lambda value: (storable(str(value), absent),),
        memo=into is not str,
        facets=(TYPED,),
        raws=lambda strategies: _known_texts(strategies, absent, key=into is not str),
    )
    return bound(codec, column)


def garbled(column: str) -> str:
    """Read a text that may have been read as the wrong code page, up to three times over, before it was stored.

    It is undone as a whole, and only into signs that the system's own code page has. Where right and misread letters
    stand side by side nothing is certain, and the text is refused. It is written right.

    Source: INH-ENC-01, INH-ENC-02, INH-NULL-01.
    """
    codec = Codec[str](
        name="garbled",
        decode=lambda raw: _mended(sound(raw, "INH-ENC-01")),
        encode=_written_right,
        kind=ProblemKind.INVALID_TEXT,
        absent=NOTHING_IN_WORDS,
        quirks=("INH-ENC-01", "INH-ENC-02", "INH-NULL-01", "INH-LEN-01"),
        produces=(str,),
        memo=True,
        facets=(TYPED,),
        raws=lambda strategies: _known_texts(strategies, NOTHING_IN_WORDS, key=False),
    )
    return bound(codec, column)


def storable(text: str, absent: Tokens) -> str:
    """Give *text* if it is read back as itself.

    Raises:
        Unreadable: it is too long, a token for what is not known, or holds signs that no text may hold.
    """
    sound(fitting(text, WIDTH, "INH-LEN-01"), "INH-ENC-04")
    if any(unicodedata.category(sign) == "Cs" for sign in text):
        raise Unreadable(ProblemKind.ENCODING, "the text holds half a character", "INH-ENC-04")
    if text in absent:
        raise Unreadable(ProblemKind.INVALID_TEXT, f"{text!r} would be read back as not known", "INH-NULL-01")
    return text


def _written_right(text: str) -> str:
    if _mended(storable(text, NOTHING_IN_WORDS)) != text:
        raise Unreadable(ProblemKind.ENCODING, f"{text!r} would be taken for misread letters", "INH-ENC-01")
    return text


def _mended(text: str) -> str:
    if text.isascii():
        return text
    for _ in range(_ROUNDS):
        before, text = text, _undone(text)
        if text == before:
            break
    if _MISREAD.search(text):
        raise Unreadable(
            ProblemKind.ENCODING, "some letters are misread, and cannot be undone for certain", "INH-ENC-02"
        )
    return text


def _undone(text: str) -> str:
    try:
        right = text.encode("cp1252").decode()
        right.encode("cp1252")  # no other sign was ever typed: É followed by a closing quote is no ɔ
    except UnicodeError:
        return text
    return right


def _known_texts(strategies: ModuleType, absent: Tokens, *, key: bool) -> SearchStrategy[str]:
    return texts(strategies, 40, key=key).filter(lambda text: text not in absent)
