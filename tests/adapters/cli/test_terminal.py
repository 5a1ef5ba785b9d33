"""What a terminal gets, and what a file or pipe gets in its place."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import pytest

from adapters.cli.progress import Progress
from adapters.cli.screen import Screen, Sheet

SHEET = Sheet("", ("key", "raw", "reason"), [("1", "x" * 90, "y" * 90)], wrapped=("raw", "reason"))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    return Terminal()


@contextmanager
def shown_on(terminal: Terminal) -> Iterator[Screen]:
    """Give a screen on *terminal*; pytest puts its own streams back before each test, so a fixture could not."""
    with redirect_stdout(terminal), redirect_stderr(terminal):
        yield Screen()


def test_a_terminal_gets_rules_and_colours_and_lines_that_fit(terminal: Terminal) -> None:
    with shown_on(terminal) as screen:
        screen.sheet(SHEET)

    assert "─" in terminal.getvalue()
    assert "\x1b[" in terminal.getvalue()
    assert max(len(line) for line in terminal.getvalue().splitlines() if "\x1b" not in line) <= 80


def test_a_terminal_that_wants_no_colours_keeps_rules_and_wrapping(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    with shown_on(terminal) as screen:
        screen.sheet(SHEET)

    assert "─" in terminal.getvalue()
    assert re.search(r"\x1b\[[\d;]*[34]\dm", terminal.getvalue()) is None
    assert max(len(line) for line in terminal.getvalue().splitlines() if "\x1b" not in line) <= 80


@pytest.mark.parametrize("width", ["20", "30", "40", "60"])
@pytest.mark.parametrize("wrapped", [(), ("name",), ("name", "more")])
def test_keys_and_amounts_stay_whole_however_narrow_the_terminal(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, width: str, wrapped: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    row = ("450057-10-1", "two words", "some more", "1234567.89 EUR")

    with shown_on(terminal) as screen:
        screen.sheet(Sheet("orders", ("order", "name", "more", "total"), [row], ("total",), wrapped))

    assert "450057-10-1" in terminal.getvalue()
    assert "1234567.89" in terminal.getvalue()
    assert "…" not in terminal.getvalue()


def test_a_terminal_that_can_draw_nothing_gets_plain_columns(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")

    with shown_on(terminal) as screen:
        screen.sheet(SHEET)

    assert terminal.getvalue().splitlines()[1] == f"1    {'x' * 90}  {'y' * 90}"


def test_a_pipe_gets_plain_columns_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().sheet(SHEET)

    assert capsys.readouterr().out.splitlines()[1] == f"1    {'x' * 90}  {'y' * 90}"


def test_two_texts_stand_beside_each_other_where_there_is_room(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    with shown_on(terminal) as screen:
        screen.beside(("left", ["one [bold]"]), ("right", ["two \x1b[2J"]))
    wide = terminal.getvalue()
    monkeypatch.setenv("COLUMNS", "80")
    with shown_on(terminal) as screen:
        screen.beside(("left", ["one"]), ("right", ["two"]))

    assert any("one [bold]" in line and "two \\x1b[2J" in line for line in wide.splitlines())
    assert not any("one" in line and "two" in line for line in terminal.getvalue()[len(wide) :].splitlines())


def test_progress_counts_what_passes_and_shows_itself_when_it_takes_long(terminal: Terminal) -> None:
    with shown_on(terminal), Progress("reading [bold]") as progress:
        passed = list(progress.over(range(7)))
        progress._show()
        progress.now("more")
        passed += progress.over(range(3))

    assert passed == [*range(7), *range(3)]
    assert "reading [bold]" in terminal.getvalue()
    assert "7 records" in terminal.getvalue()


def test_progress_says_nothing_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("reading") as progress:
        list(progress.over(range(7)))
        progress._show()

    assert capsys.readouterr() == ("", "")


def test_progress_does_not_begin_after_the_end(terminal: Terminal) -> None:
    with shown_on(terminal):
        with Progress("reading") as progress:
            pass
        progress._show()

    assert terminal.getvalue() == ""
