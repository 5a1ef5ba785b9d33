"""What is undecided is refused: by the type checker in every place, and by the import at the first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mypy import api

from acl.codecs.codes import code
from acl.mapping import optional, unsure
from domain.places import Country

ROOT = Path(__file__).parents[3]
CASE = """
from attrs import frozen
from acl.codecs.codes import code
from acl.mapping import embedded, gathered, mapping, optional, unsure
from domain.places import Country


@frozen
class Place:
    street: str | None
    country: Country
    names: tuple[str, ...]


PLACE = mapping(Place, record="P")(
    street=optional(unsure("STREET (0.41)")),
    country=code("LAND", {"D": Country("DE"), "A": unsure()}),
    names=gathered(unsure()),
)
"""


def test_mypy_refuses_it_wherever_it_stands(tmp_path: Path) -> None:
    case = tmp_path / "case.py"
    case.write_text(CASE)

    told, _, _ = api.run(
        ["--strict", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path), str(case)]
    )

    for place in ('"street"', '"country"', '1 to "gathered"'):
        assert f"Argument {place} has incompatible type" in told
    assert "Found 3 errors" in told


def test_the_import_refuses_it_with_the_place_and_the_candidates() -> None:
    with pytest.raises(TypeError) as caught:
        optional(unsure("STATE (0.41)", "FLAG (0.22)"))

    told = r"^test_unsure\.py, line \d+: a field is undecided among STATE \(0\.41\), FLAG \(0\.22\); choose one$"
    assert re.match(told, str(caught.value))


def test_a_code_that_nobody_explained_is_refused_too() -> None:
    with pytest.raises(TypeError, match="a field is undecided and nothing here looks like it"):
        code("LAND", {"D": Country("DE"), "A": unsure()})
