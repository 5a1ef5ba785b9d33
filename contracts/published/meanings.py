"""What a field means, in the words of the class that has it; said once, beside the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from inspect import cleandoc
from typing import get_args

from attrs import has

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z*`])")
_MARKED = re.compile(r"\*(\w+)\*")
_QUOTED = re.compile(r"`{1,2}([^`]+)`{1,2}")


def summary_of(kind: type) -> str:
    """Give the first sentence of what *kind* says of itself; empty if it says nothing."""
    return _plain(next(iter(_sentences(kind)), ""))


def field_meaning(kind: type, name: str, holds: object) -> str:
    """Give the sentences of *kind*'s docstring that speak of the field *name*; else what *holds*, its type, is.

    A field is spoken of where its name is *marked*. Empty if neither says anything.
    """
    spoken = [each for each in _sentences(kind) if name in _MARKED.findall(each)]
    if spoken:
        return _plain(" ".join(spoken))
    return next((summary_of(each) for each in _classes(holds)), "")


def _classes(holds: object) -> Iterator[type]:
    """Give the classes with words of their own that stand in a type, a union or a list."""
    if isinstance(holds, type) and (has(holds) or issubclass(holds, Enum)):
        yield holds
    for each in get_args(holds):
        yield from _classes(each)


def _sentences(kind: type) -> list[str]:
    """Give the docstring of *kind* by sentences, the members of a list by the values that stand in JSON."""
    said = cleandoc(kind.__doc__ or "")
    for name, member in kind.__members__.items() if issubclass(kind, Enum) else ():
        said = said.replace(f"``{name}``", f"``{member.value}``")
    return [sentence for paragraph in said.split("\n\n") for sentence in _SENTENCE.split(" ".join(paragraph.split()))]


def _plain(text: str) -> str:
    """Write for readers of JSON, not of Python: ``None`` is null there."""
    unmarked = _MARKED.sub(r"\1", _QUOTED.sub(r"\1", text))
    return re.sub(r"\bNone\b", "null", unmarked)
