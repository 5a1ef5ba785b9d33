"""Keys that a vendor spreads over several columns, and keys that it fills up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from acl.codecs.text import fitting, sound
from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from contracts.source.owed import Facets
from contracts.source.schema import Form
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from types import ModuleType

    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
_KEY = ProblemKind.INVALID_IDENTIFIER
_SIGNS = "ABCDEFGHJK0123456789"


def composite(*columns: str, widths: tuple[int, ...], into: Callable[[str], T], quirk: str = "PRO-ID-01") -> T:
    """Read a key whose parts stand side by side, each filling its width: ``100017`` and ``01`` are ``10001701``.

    A part that does not fill its width is refused: put together with its neighbour it could be taken for another key.

    Source: PRO-ID-01.
    """

    def decode(*raws: object) -> T:
        parts = []
        for name, raw, width in zip(columns, raws, widths, strict=True):
            part = sound(raw, quirk).rstrip(" ")
            if len(part) != width or " " in part:
                reason = f"{raw!r} does not fill the {width} places of this part of the key"
                raise Unreadable(_KEY, reason, quirk, column=name, raw=raw)
            parts.append(part)
        return into("".join(parts))

    def encode(value: T) -> tuple[str, ...]:
        text, ends = str(value), [sum(widths[: place + 1]) for place in range(len(widths))]
        if len(text) != ends[-1] or " " in text:
            raise Unreadable(_KEY, f"{text!r} is not a key that fills {ends[-1]} places", quirk)
        return tuple(text[end - width : end] for end, width in zip(ends, widths, strict=True))

    def raws(strategies: ModuleType) -> SearchStrategy[object]:
        parts = [strategies.text(_SIGNS, min_size=width, max_size=width) for width in widths]
        return cast("SearchStrategy[object]", strategies.tuples(*parts))

    codec = Codec(
        name="composite",
        decode=decode,
        encode=encode,
        kind=_KEY,
        absent=(),
        quirks=(quirk, "PRO-PAD-01"),
        produces=(into,) if isinstance(into, type) else (),
        spellings=lambda value: (encode(value),),
        ordered=True,
        memo=True,
        facets=tuple(Facets(forms=(Form.TEXT,), length=width, exact=True) for width in widths),
        raws=raws,
    )
    return bound(codec, *columns)


def is_number(text: str) -> bool:
    """Say whether *text* is all digits, the ten that every system has."""
    return text.isascii() and text.isdecimal()


def _is_unset(raw: object) -> bool:
    return type(raw) is str and (not raw.strip(" ") or not raw.strip("0"))


def zero_filled(
    column: str,
    *,
    width: int,
    into: Callable[[str], T],
    quirk: str = "SAP-ID-01",
    numeric: bool = False,
    spaced: bool = False,
) -> T:
    """Read a key that is filled with zeros on the left if it is all digits; anything else is left alone.

    All zeros, and blank, mean that nothing is known. Small letters are refused, and blanks inside unless the key may be
    *spaced*; with *numeric* all letters are.

    Source: SAP-ID-01, SAP-ID-02, SAP-ID-03, SAP-ID-05.
    """

    def check(text: str) -> None:
        if numeric and not is_number(text):
            raise Unreadable(_KEY, f"{text!r} is not all digits", quirk)
        if text != text.upper() or text != text.strip() or len(text) > width or (" " in text and not spaced):
            reason = f"{text!r} is not a key of at most {width} capitals and digits"
            raise Unreadable(_KEY, reason, quirk)

    def decode(raw: object) -> T:
        text = sound(raw, quirk)
        check(text)
        return into(text.lstrip("0") if is_number(text) else text)

    def encode(value: T) -> str:
        text = fitting(str(value), width, quirk)
        check(text)
        if is_number(text) and text.startswith("0"):
            raise Unreadable(_KEY, f"{text!r} would be read back without its zeros", quirk)
        return text.zfill(width) if is_number(text) else text

    def raws(strategies: ModuleType) -> SearchStrategy[object]:
        digits = strategies.integers(1, 10 ** min(width, 12) - 1).map(lambda number: str(number).zfill(width))
        letters = strategies.text("ABCXYZ0123456789", min_size=1, max_size=width - 1).map(lambda text: f"K{text}")
        return cast("SearchStrategy[object]", digits if numeric else digits | letters)

    codec = Codec(
        name=f"zero_filled({width})",
        decode=decode,
        encode=encode,
        kind=_KEY,
        absent=("", "0" * width, None),
        blank=_is_unset,
        quirks=(quirk, "SAP-ID-02", "SAP-ID-03"),
        produces=(into,) if isinstance(into, type) else (),
        spellings=lambda value: (encode(value),),
        ordered=True,
        memo=True,
        facets=(Facets(forms=(Form.TEXT,), length=width, exact=True),),
        raws=raws,
    )
    return bound(codec, column)
