"""Texts: padded to a fixed width, or as they are; and keys made of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar, cast, overload

from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from acl.engine.emitter import Emitter
from acl.engine.fields import Slow
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.text import words
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789çãéõüöß .,-&'/"
"""What generated texts are made of: every code page of the house has these."""


def sound(raw: object, quirk: str) -> str:
    """Give a text in which nothing was lost before it was read.

    Raises:
        Unreadable: it is no text, or holds control characters or U+FFFD.
    """
    if type(raw) is not str:
        refuse_repeated(raw)
        raise Unreadable(ProblemKind.DRIFT, f"a text is expected, not {type(raw).__name__}", quirk)
    if "\ufffd" in raw:
        raise Unreadable(ProblemKind.ENCODING, "characters were lost before the text was read", "INH-ENC-01")
    strange = set() if raw.isprintable() else {unicodedata.category(char) for char in raw}
    if "Cs" in strange:
        raise Unreadable(ProblemKind.ENCODING, "the text holds bytes that are no characters", "PRO-ENC-01")
    if "Cc" in strange:
        raise Unreadable(ProblemKind.ENCODING, "the text holds control characters", "INH-ENC-04")
    return raw


def refuse_repeated(raw: object, column: str | None = None) -> None:
    """Refuse the list that stands for an element which came several times where the schema declares one.

    *column* is named by codecs of several columns.

    Raises:
        Unreadable: *raw* is such a list.

    Source: SOAP-11.
    """
    if type(raw) is list:
        reason = f"{len(raw)} values stand where one is declared"
        raise Unreadable(ProblemKind.DRIFT, reason, "SOAP-11", column=column, raw=raw)


@overload
def padded(column: str, *, width: int) -> str: ...
@overload
def padded(column: str, *, width: int, into: Callable[[str], T]) -> T: ...
def padded(column: str, *, width: int, into: Callable[[str], object] = str) -> object:
    """Read a text that is filled with blanks on the right; all blanks mean that nothing is known.

    Blanks on the left are data, and no domain value admits them. A text longer than *width* is never written.

    Source: PRO-PAD-01, PRO-PAD-02.
    """
    return bound(_padded(width, into), column)


def _padded(width: int, into: Callable[[str], object]) -> Codec[object]:
    def decode(raw: object) -> object:
        text = sound(raw, "PRO-PAD-02").rstrip(" ")
        return into(text if into is str else fitting(text, width, "PRO-PAD-01"))

    def encode(value: object) -> str:
        return fitting(str(value), width, "PRO-PAD-01").ljust(width)

    return Codec(
        name=f"padded({width})",
        decode=decode,
        encode=encode,
        kind=ProblemKind.INVALID_TEXT if into is str else ProblemKind.INVALID_IDENTIFIER,
        absent=(" " * width, ""),
        blank=lambda raw: type(raw) is str and not raw.strip(" "),
        quirks=("PRO-PAD-01", "PRO-PAD-02"),
        produces=(into,) if isinstance(into, type) else (),
        proves=(words,) if into is str else (),
        spellings=lambda value: (encode(value),),
        ordered=True,
        memo=into is not str,
        inline=_inline_rstrip if into is str else None,
        facets=(Facets(forms=(Form.TEXT,), length=width, exact=into is not str),),
        raws=lambda strategies: texts(strategies, width, key=into is not str).map(lambda text: text.ljust(width)),
    )


def _inline_rstrip(emitter: Emitter, raws: tuple[str, ...]) -> str:
    text = emitter.let("text", f"{raws[0]}.rstrip(' ')")
    slow = emitter.constant(Slow, "slow")
    emitter.put(f"if not {text}.isprintable() or {text}[0] == ' ' or '\\ufffd' in {text}: raise {slow}")
    return text


@overload
def text(column: str, *, width: int = ..., quirk: str = ...) -> str: ...
@overload
def text(column: str, *, width: int = ..., into: Callable[[str], T], quirk: str = ...) -> T: ...
def text(column: str, *, width: int = 255, into: Callable[[str], object] = str, quirk: str = "G5") -> object:
    """Read a text as it is; null and the empty text mean that nothing is known. A longer one is never written.

    Source: G5, the ground rule that nothing is shortened silently; name the vendor's own row with *quirk*.
    """
    return bound(_text(width, into, quirk), column)


def _text(width: int, into: Callable[[str], object], quirk: str) -> Codec[object]:
    return Codec(
        name=f"text({width})",
        decode=lambda raw: into(sound(raw, quirk)),
        encode=lambda value: fitting(str(value), width, quirk),
        kind=ProblemKind.INVALID_TEXT if into is str else ProblemKind.INVALID_IDENTIFIER,
        absent=("", None),
        quirks=(quirk,),
        produces=(into,) if isinstance(into, type) else (),
        spellings=lambda value: (fitting(str(value), width, quirk),),
        ordered=True,
        memo=into is not str,
        facets=(Facets(forms=(Form.TEXT,), length=width),),
        raws=lambda strategies: texts(strategies, width, key=into is not str),
    )


def fitting(value: str, width: int, quirk: str) -> str:
    """Give *value* if the column can hold it.

    Raises:
        Unreadable: it is longer, for nothing is ever cut; or it holds what no vendor stores, such as control characters
            and halves of characters.
    """
    if len(value) > width:
        raise Unreadable(ProblemKind.INVALID_IDENTIFIER, f"{value!r} is longer than the column's {width}", quirk)
    if not value.isprintable() and any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
        raise Unreadable(ProblemKind.ENCODING, f"{value!r} holds characters that no column can", "SOAP-18")
    return value


def texts(strategies: ModuleType, width: int, *, key: bool) -> SearchStrategy[str]:
    """Draw texts that a domain attribute admits; keys are capitals and digits."""
    alphabet = "ABCDEFGHJK0123456789" if key else LETTERS
    drawn = strategies.text(alphabet, min_size=1, max_size=min(width, 30)).map(str.strip)
    return cast("SearchStrategy[str]", drawn.filter(bool))
