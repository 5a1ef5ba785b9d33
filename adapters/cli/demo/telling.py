"""The governed write for people, and for programs that only want to know what it came to."""

from __future__ import annotations

import sys

from attrs import frozen

from adapters.cli.demo.write import AGENT, APPROVER, REQUESTER, SAID, WHY, Telling, Written
from adapters.cli.screen import Screen, Sheet
from adapters.cli.writes.cards import show
from domain.cards import Card
from domain.identifiers import SupplierId
from domain.resolution import Ambiguous


@frozen
class Quiet(Telling):
    """Says nothing, and decides what it was told to."""

    yes: bool

    def halted(self, asked: Ambiguous[SupplierId]) -> None:
        """Say nothing."""

    def approves(self, proposed: Card) -> bool:
        return self.yes

    def lost(self, shown: Card) -> None:
        """Say nothing."""

    def ended(self, written: Written) -> None:
        """Say nothing."""


@frozen
class Aloud(Telling):
    """Shows every step, and asks whoever is at the terminal, unless *yes* was said before."""

    screen: Screen
    yes: bool

    def halted(self, asked: Ambiguous[SupplierId]) -> None:
        screen = self.screen
        screen.heading("One write, on the governed path")
        screen.line(f"{AGENT}, for {REQUESTER}: order from {SAID!r} again, because {WHY}.")
        rows = [(str(each.id), each.label) for each in asked.candidates]
        screen.sheet(Sheet(f"Halted: {asked.because}. Which one is meant?", ("key", "name"), rows))
        screen.line(f"{AGENT} asks {REQUESTER}, and names the key {asked.candidates[-1].id}.")

    def approves(self, proposed: Card) -> bool:
        show(self.screen, proposed)
        if self.yes:
            self.screen.line()
            self.screen.line(f"{APPROVER} approves exactly this (--yes).")
            return True
        if not sys.stdin.isatty():
            self.screen.note("Nobody is there to approve it, so it waits; `dragoman demo --yes` approves and goes on.")
            return False
        sys.stdout.flush()
        sys.stderr.write(f"\nYou are {APPROVER}. Approve exactly this? Type yes: ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    def lost(self, shown: Card) -> None:
        self.screen.line(
            f"Sent once. The ERP carried it out, and its answer was lost: the intent is {shown.state.value}."
        )
        self.screen.line(
            "It is not sent again. It is looked for by our reference, once the ERP must have finished with it."
        )

    def ended(self, written: Written) -> None:
        ended, screen = written.ended, self.screen
        if not written.approved:
            screen.verdict(f"Nothing was written: the intent is {ended.state.value}.", good=True)
            return
        screen.line(f"Found under {ended.reference}, and read back field by field: {ended.note}.")
        sent, there = _times(written.sendings), _times(written.found)
        told = f"Order {ended.record} is {ended.state.value}: sent {sent}, there {there}"
        audit = f"{written.records} audit records, {written.flaws} of them touched"
        screen.verdict(f"{told}; {audit}.", good=written.is_proven)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
