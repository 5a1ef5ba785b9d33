"""Which of a family is meant, by the last word of a name."""

from __future__ import annotations

import pytest

from domain.generations import generation


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("David Molt Sr.", 1),
        ("José Molt JÚNIOR", 2),
        ("José Molt Filho", 2),
        ("José Molt Neto", 3),
        ("David Molt IV", 4),
        ("Sr. José Molt", None),
        ("Filho", None),
        ("José Neto Molt", None),
        ("", None),
    ],
)
def test_only_the_last_word_of_a_name_tells_a_generation(name: str, number: int | None) -> None:
    assert generation(name) == number
