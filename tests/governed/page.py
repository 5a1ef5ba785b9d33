"""The parts of docs/governed-writes.md that are drawn from the code: `python -m tests.governed.page` writes them."""

from __future__ import annotations

import re
from pathlib import Path

from domain.commands.catalogue import COMMANDS
from domain.commands.command import Made, NoUndo
from domain.lifecycle import drawn
from tests.governed.attacks.listed import ATTACKS
from tests.governed.examples import EXAMPLES

PAGE = Path(__file__).parents[2] / "docs" / "governed-writes.md"


def _commands() -> str:
    rows = ["| action | class by nature | found again by | taken back by |", "| --- | --- | --- | --- |"]
    for command in sorted(EXAMPLES, key=lambda each: COMMANDS.index(type(each))):
        terms = command.terms
        undo = command.undo(command.effect, None if terms.creates is None else Made("it"))
        told = undo.because if isinstance(undo, NoUndo) else undo.terms.action
        how = "nothing: " if isinstance(undo, NoUndo) else ""
        rows.append(f"| {terms.action} | {terms.by_default.value} | {terms.located_by.value} | {how}{told} |")
    return "\n".join(rows)


def _attacks() -> str:
    rows = ["| attack | what is told |", "| --- | --- |"]
    return "\n".join([*rows, *(f"| {attack.name} | {attack.stopped_by} |" for attack in ATTACKS)])


PARTS = {"machine": f"```mermaid\n{drawn()}```", "commands": _commands(), "attacks": _attacks()}


def written(page: str) -> str:
    """Put every drawn part into its place on the *page*."""
    for name, part in PARTS.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert marks.search(page), f"the page has no place for {name}"
        page = marks.sub(lambda found, part=part: f"{found[1]}{part}\n{found[2]}", page)  # type: ignore[misc]  # bound now
    return page


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
