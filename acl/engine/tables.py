"""A mapping as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from acl.engine.fields import Lineage

Style = Literal["plain", "markdown"]
_HEAD = ("field", "columns", "codec", "absent", "written", "quirks")


def table(target: str, record: str, lineage: Sequence[Lineage], style: Style) -> str:
    """Draw one line per attribute: where it comes from, through what, and whether it is written."""
    rows = [_row(each) for each in lineage]
    if style == "markdown":
        lines = [_HEAD, tuple("---" for _ in _HEAD), *rows]
        drawn = [f"| {' | '.join(map(_escaped, line))} |" for line in lines]
        return "\n".join([f"### {target} from {record}", "", *drawn]) + "\n"
    widths = [max(len(row[place]) for row in (_HEAD, *rows)) for place in range(len(_HEAD))]
    lines = [_HEAD, tuple("-" * width for width in widths), *rows]
    drawn = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    return "\n".join([f"{target} from {record}", "", *drawn]) + "\n"


def _row(each: Lineage) -> tuple[str, ...]:
    absent = "yes" if each.optional else "no"
    written = "yes" if each.read_only is None else f"no: {each.read_only}"
    return each.field, ", ".join(each.columns), each.codec, absent, written, " ".join(each.quirks)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")
