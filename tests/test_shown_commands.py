"""Every command that the pages and the help texts show can be typed as it stands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App, CycloptsError

from adapters.cli.app import _config_last, app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^ *- `(dragoman .*)`$", re.MULTILINE)


def commands(text: str) -> Iterator[tuple[str, ...]]:
    """Give the arguments of each ``dragoman`` in lines of a shell, however it is put together with others."""
    for line in text.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words: list[str] = []
        for word in (*lexer, ";"):
            if word.strip("();<>|&"):
                words.append(word)
                continue
            if words and Path(words[0]).name == "dragoman":
                yield tuple(words[1:])
            words = []


def called(arguments: tuple[str, ...]) -> str:
    """Give the name of the function that *arguments* call, all of them understood."""
    function, _, _ = app.parse_args(_config_last(arguments), exit_on_error=False, print_error=False)
    return function.__name__


SHOWN = [
    *((page.name, found) for page in PAGES for block in _BLOCK.findall(page.read_text()) for found in commands(block)),
    *(
        (module.name, found)
        for module in sorted((ROOT / "adapters" / "cli").rglob("*.py"))
        for example in _EXAMPLE.findall(module.read_text())
        for found in commands(example)
    ),
]


def test_there_are_commands_to_try() -> None:
    places = {place for place, _ in SHOWN}

    assert {"README.md", "contracts.md", "tutorial.md", "app.py", "find.py"} <= places
    assert len(SHOWN) > 40


@pytest.mark.parametrize(("place", "arguments"), SHOWN, ids=[f"{place}: {' '.join(each)}" for place, each in SHOWN])
def test_a_command_that_is_shown_can_be_typed(place: str, arguments: tuple[str, ...]) -> None:
    assert called(arguments) != "help_print", place


@pytest.mark.parametrize("line", ["find suppliers --colour red", "find supplers", "drift pin now", "contract tset"])
def test_what_cannot_be_typed_would_be_found(line: str) -> None:
    with pytest.raises(CycloptsError):
        called(tuple(line.split()))


def test_a_command_that_only_shows_its_help_would_be_found() -> None:
    assert called(("find",)) == called(()) == "help_print"


def test_commands_are_found_in_pipes_lists_and_comments() -> None:
    text = """
      python -m pip install x && .venv/bin/dragoman demo   # and then dragoman systems
      dragoman find suppliers --json | jq 'select(.a | .b)' >> out.txt
      dragoman find suppliers \\
        --name "a | b"
    """

    assert list(commands(text)) == [
        ("demo",),
        ("find", "suppliers", "--json"),
        ("find", "suppliers", "--name", "a | b"),
    ]


def _every(of: App) -> Iterator[tuple[str, App]]:
    for name in of:
        if not name.startswith("-"):
            yield name, of[name]
            yield from _every(of[name])


@pytest.mark.parametrize(("name", "command"), list(_every(app)), ids=[name for name, _ in _every(app)])
def test_no_help_says_that_a_flag_is_off_unless_it_is_given(
    name: str, command: App, capsys: pytest.CaptureFixture[str]
) -> None:
    command.help_print([])

    shown = capsys.readouterr().out
    assert name in shown
    assert "default: False" not in shown
