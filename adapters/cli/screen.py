"""What people see: tables with rules and colours on a terminal, plain columns in a file or a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from adapters.cli.escapes import escaped
from adapters.cli.records import line_of

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_SIDE_BY_SIDE = 110
"""From so many columns on, two texts stand beside each other."""


_FOLDED = 16
"""So wide a folded column must be at least, if its texts are."""
_BETWEEN = 2
"""What a drawn table puts between two columns."""


@frozen
class Sheet:
    """A table of texts.

    *numbers* names the columns that are set flush right, *wrapped* those that may take several lines; where there is no
    room for several of these they stand below each other.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[str] = ()
    wrapped: Sequence[str] = ()


class Screen:
    """Standard output for what was asked, standard error for everything else."""

    def __init__(self) -> None:
        self._out, self._err = sys.stdout, sys.stderr
        self.is_terminal = self._out.isatty()
        self.is_drawn = self.is_terminal and os.environ.get("TERM", "") != "dumb"
        self._ascii_only = not (self._out.encoding or "").lower().startswith("utf")

    @property
    def is_narrow(self) -> bool:
        """Two texts do not fit beside each other; what is not drawn is never narrow."""
        return self.is_drawn and self._console.width < _SIDE_BY_SIDE

    def line(self, text: str = "") -> None:
        """Put one line of our own, or of a vendor, out as it is apart from what a terminal would obey."""
        self._out.write(f"{escaped(text)}\n")

    def json(self, record: object) -> None:
        """Put one record out as a line of JSON."""
        self._out.write(f"{line_of(record, ascii_only=self._ascii_only)}\n")

    def note(self, text: str) -> None:
        """Tell the person something that is not part of the answer."""
        self._err.write(f"{escaped(text)}\n")

    def heading(self, text: str) -> None:
        """Begin a new part."""
        if not self.is_drawn:
            self._out.write(f"\n{escaped(text)}\n")
            return
        from rich.rule import Rule
        from rich.text import Text

        self._print("", Rule(Text(escaped(text), style="bold"), align="left", style="dim"))

    def sheet(self, sheet: Sheet) -> None:
        """Draw a table."""
        if self.is_drawn:
            stacked = self.is_narrow and len(sheet.wrapped) > 1
            fits = _least_width(sheet, stacked=stacked) <= self._console.width
            self._print(_drawn(sheet, stacked=stacked) if fits else _listed(sheet))
        else:
            self._out.write(_plain(sheet))

    def beside(self, left: tuple[str, Sequence[str]], right: tuple[str, Sequence[str]]) -> None:
        """Show two texts, each under its title, beside each other where there is room."""
        if not self.is_drawn:
            for title, lines in (left, right):
                self._out.write("\n".join([f"[{escaped(title)}]", *(f"  {escaped(line)}" for line in lines), ""]))
            return
        from rich.table import Table

        panels = [_panel(title, lines) for title, lines in (left, right)]
        if self.is_narrow:
            self._print(*panels)
            return
        grid = Table.grid(expand=True)
        grid.add_column(ratio=1)
        grid.add_column(ratio=1)
        grid.add_row(*panels)
        self._print(grid)

    def verdict(self, text: str, *, good: bool) -> None:
        """Put out the sentence that it all comes down to."""
        if not self.is_drawn:
            self._out.write(f"\n{escaped(text)}\n")
            return
        from rich.text import Text

        self._print("", Text(escaped(text), style="bold green" if good else "bold red"))

    def _print(self, *what: RenderableType) -> None:
        for each in what:
            self._console.print(each)

    @property
    def _console(self) -> Console:
        from rich.console import Console

        return Console(
            file=self._out, markup=False, emoji=False, highlight=False, no_color=os.environ.get("NO_COLOR", "") != ""
        )


def _plain(sheet: Sheet) -> str:
    """Set in columns without rules; nothing is cut, whatever the width."""
    table = [list(sheet.columns), *([escaped(cell) for cell in row] for row in sheet.rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(sheet.columns))]
    flush = [str.rjust if column in sheet.numbers else str.ljust for column in sheet.columns]
    lines = [
        "  ".join(set_(cell, width) for set_, cell, width in zip(flush, row, widths, strict=True)).rstrip()
        for row in table
    ]
    title = [] if sheet.title == "" else [escaped(sheet.title)]
    return "\n".join([*title, *lines, ""])


def _least_width(sheet: Sheet, *, stacked: bool) -> int:
    """Give the columns of a terminal below which something would have to be shortened."""
    from rich.cells import cell_len

    widest = {
        column: max(cell_len(escaped(cell)) for cell in (column, *(row[place] for row in sheet.rows)))
        for place, column in enumerate(sheet.columns)
    }
    whole = [width for column, width in widest.items() if column not in sheet.wrapped]
    folded = [min(width, _FOLDED) for column, width in widest.items() if column in sheet.wrapped]
    together = whole + (folded[:1] if stacked else folded)
    return sum(together) + _BETWEEN * (len(together) - 1)


def _listed(sheet: Sheet) -> RenderableType:
    """Set each row as a list, where its columns have no room beside each other; every value stays whole."""
    from rich.text import Text

    text = Text(overflow="fold")
    if sheet.title != "":
        text.append(f"{escaped(sheet.title)}\n", style="bold")
    for row in sheet.rows:
        for column, cell in zip(sheet.columns, row, strict=True):
            text.append(f"{column}: ", style="bold cyan").append(f"{escaped(cell)}\n")
        text.append("\n")
    text.rstrip()
    return text


def _drawn(sheet: Sheet, *, stacked: bool) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold cyan")
    if sheet.title != "":
        table.title, table.title_justify = Text(escaped(sheet.title), style="bold"), "left"
    apart = [column for column in sheet.columns if not (stacked and column in sheet.wrapped)]
    for column in apart:
        folds = column in sheet.wrapped
        justify: Literal["left", "right"] = "right" if column in sheet.numbers else "left"
        table.add_column(Text(column), justify=justify, no_wrap=not folds, overflow="fold")
    if stacked:
        table.add_column("")
    for row in sheet.rows:
        cells = dict(zip(sheet.columns, map(escaped, row), strict=True))
        together = "\n".join(f"{column}: {cells[column]}" for column in sheet.wrapped if cells[column] != "-")
        table.add_row(*(Text(cells[column]) for column in apart), *([Text(together)] if stacked else []))
    return table


def _panel(title: str, lines: Sequence[str]) -> RenderableType:
    from rich import box
    from rich.panel import Panel
    from rich.text import Text

    content = Text("\n".join(map(escaped, lines)), overflow="fold")
    return Panel(content, title=Text(escaped(title), style="bold cyan"), title_align="left", box=box.ROUNDED)
