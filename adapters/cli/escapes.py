"""Text of an outside system on a terminal: shown, never obeyed."""

from __future__ import annotations


def escaped(text: str) -> str:
    """Give *text* on one line, with every control, direction or unassigned character written as an escape."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
