"""Service tickets: how far one has come."""

from __future__ import annotations

from enum import Enum


class TicketStatus(Enum):
    """How far a ticket has come."""

    OPEN = "open"
    CLOSED = "closed"
