"""Validators of text: what no padding, blank or control character of an outside system may pass."""

from __future__ import annotations

import unicodedata

from attrs import Attribute

from domain.errors import InvalidValue

_OTHER = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
"""Categories of what no line of text holds: controls, half characters, unassigned ones, breaks of lines."""


def words(_: object, attribute: Attribute[str], value: str) -> None:
    """Admit one non-blank line of text without leading or trailing white space.

    Raises:
        InvalidValue: it is not a text, is blank, is padded, or holds a control or replacement character.
    """
    if type(value) is not str:
        raise InvalidValue(f"{attribute.name} must be a text, not {type(value).__name__}")
    if value != value.strip() or not value:
        raise InvalidValue(f"{attribute.name} is blank or padded: {value!r}")
    if not value.isprintable() and any(unicodedata.category(char) in _OTHER for char in value):
        raise InvalidValue(f"{attribute.name} holds a control character: {value!r}")
    if "\ufffd" in value:
        raise InvalidValue(f"{attribute.name} lost characters before it was read: {value!r}")
