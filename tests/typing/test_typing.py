"""mypy proves that a mapping is complete; each way of getting it wrong is refused, for the right reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api

ROOT = Path(__file__).parents[2]
SOUND = (ROOT / "tests" / "typing" / "complete.py").read_text()

MISTAKES = {
    "forgets an attribute": (
        '    name=padded("NAME", width=40),\n',
        "",
        'Missing named argument "name"',
    ),
    "misspells an attribute": (
        '    name=padded("NAME"',
        '    nane=padded("NAME"',
        'Unexpected keyword argument "nane"',
    ),
    "gives a str where an identifier belongs": (
        'padded("ID", width=8, into=FirmId)',
        'padded("ID", width=8)',
        'Argument "id" has incompatible type "str"; expected "FirmId"',
    ),
    "gives an optional value where one is required": (
        '    name=padded("NAME", width=40)',
        '    name=optional(padded("NAME", width=40))',
        'Argument "name" has incompatible type "str | None"; expected "str"',
    ),
    "reads an enumeration through the wrong codec": (
        'column(KIND, "KIND")',
        'padded("KIND", width=1)',
        'Argument "kind" has incompatible type "str"; expected "Kind"',
    ),
    "forgets where the record was read": (
        '    source=provenance("ID"),\n',
        "",
        'Missing named argument "source"',
    ),
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder where mypy keeps what it learnt of the library between the cases."""
    return tmp_path_factory.mktemp("mypy")


def checked(source: str, cache: Path, tmp_path: Path) -> str:
    case = tmp_path / "case.py"
    case.write_text(source)
    told, _, _ = api.run(
        [
            "--strict", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(cache),
            str(case),
        ]
    )  # fmt: skip
    return told


def test_a_complete_mapping_is_accepted(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert "Success" in checked(SOUND, cache, tmp_path)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_for_the_right_reason(
    mistake: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    right, wrong, reason = MISTAKES[mistake]
    assert right in SOUND

    told = checked(SOUND.replace(right, wrong), cache, tmp_path)

    assert reason in told
    assert "Found 1 error" in told
