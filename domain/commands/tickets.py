"""Commands about service tickets."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from domain.classification import Impact, Reversibility
from domain.commands.command import Command, LocatedBy, NoUndo, Target, Terms, sets, target
from domain.identifiers import Identifier, TicketId
from domain.images import Image
from domain.text import words
from domain.tickets import TicketStatus


@frozen(kw_only=True)
class CloseTicket(Command):
    """Close a ticket and tell how it was solved."""

    terms: ClassVar = Terms(
        action="close ticket",
        aggregate="tickets",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.INTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("ticket subject", "ticket status"),
        states=Image((("status", TicketStatus.CLOSED),)),
    )
    ticket: Target[TicketId] = target(TicketId)
    resolution: str = sets("resolution", words)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("who reported it has been told; what is not solved is reported anew")
