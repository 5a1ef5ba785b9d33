"""Texts and keys that a careless adapter takes for syntax, for a pattern, or for another key."""

from __future__ import annotations

from collections.abc import Iterator

TEXTS = (
    "'", "''", '"', "\\", "%", "_", "*", "?", "' OR '1'='1", "x'; DROP TABLE SUPPLIERS; --",
    "' or 1 eq 1 or 'a' eq 'b", "x' UNION SELECT NULL --", "O'Neil'", "%27", "../..", "a/b", "a,b", "(1)", "$top=1",
    "&amp;", "]]><x/>", "<!DOCTYPE x>", "\x00", "\n", "\t", "\x1f", "\x85", "\u200b", "\u202e", "\ud800", "\U0001f4a3",
    "e\u0301", "null", "None", "NaN", "0", "-1", "9" * 5000,
)  # fmt: skip
"""Quotes, SQL, OData and XML syntax, patterns, control and half characters, words for nothing, and one that is long."""

KEYS = tuple(text for text in TEXTS if text.isprintable() and text == text.strip())
"""Those of the texts that an identifier admits."""

_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}


def like(key: str) -> Iterator[str]:
    """Yield texts that are not *key*, although some conversion, collation or pattern takes them for it."""
    yield f"0{key}"
    yield f"00{key}"
    yield f"+{key}"
    yield f"{key}.0"
    yield f"{key[:1]}_{key[1:]}"
    yield f"{key[:-1]}%"
    yield f"{key[:-1]}_"
    yield f"{key}%"
    yield f"{key}'"
    yield f"{key}' OR '1'='1"
    yield f"{key}/1"
    yield from sorted({key.lower(), key.upper(), key.translate(_FULL_WIDTH)} - {key})
