"""Names and facts in the form in which they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matching.texts import LONGEST, name, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  ÁGUA  e   Luz ", "agua e luz"),
        ("D'Ávila & Søn", "davila son"),
        ("A. B. C. Transportes", "abc transportes"),
        ("S/A", "sa"),
        ("Ромашка", "romashka"),
        ("", ""),
        ("...", ""),
        ("x" * (LONGEST + 1), ""),
    ],
)
def test_a_text_is_brought_to_one_alphabet_and_case(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Posto Lua Ltda. - ME", "posto lua"),
        ("Companhia de Gás S/A", "de gas"),
        ("Müller & Söhne GmbH & Co. KG", "muller sohne"),
        ("LTDA", "ltda"),
    ],
)
def test_legal_forms_are_taken_from_a_firm_unless_nothing_is_left(text: str, core: str) -> None:
    assert name(text, firm=True).core == core


def test_a_person_called_sa_keeps_the_name() -> None:
    assert name("João Sá", firm=False).core == "joao sa"


@given(st.text(max_size=LONGEST))
def test_whatever_is_said_becomes_plain_once_and_for_all(text: str) -> None:
    once = plain(text)

    assert once == once.strip()
    assert "  " not in once
