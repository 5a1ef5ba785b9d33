"""Domain values drawn without a look at any vendor."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from domain.errors import InvalidValue
from domain.identifiers import Identifier
from domain.text import words

T = TypeVar("T", bound=Identifier)


class _Named:
    name = "text"


def _admitted(text: str) -> bool:
    try:
        words(None, _Named, text)  # type: ignore[arg-type]  # of the attribute it reads the name only
    except InvalidValue:
        return False
    return True


TEXTS = (st.text(max_size=14) | st.text("Aa1 -,\xa0\xadß", max_size=14)).filter(_admitted)
"""Texts that the domain admits, more than one code page can hold."""
DAYS = st.dates(max_value=date(9999, 12, 30))
"""Every day but the last, which systems keep for what never ends."""
PRINTABLE = (st.text("AB01 -/", min_size=1, max_size=12) | st.text("0123456789", min_size=1, max_size=12)).filter(
    lambda text: text == text.strip()
)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(-(10**9), 10**9, places=2)


def identifiers(kind: type[T]) -> SearchStrategy[T]:
    """Draw identifiers of one class."""
    return PRINTABLE.map(kind)
