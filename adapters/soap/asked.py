"""What was asked of a service, in words that may be shown."""

from __future__ import annotations

from attrs import frozen

from ports.errors import OutcomeUnknown, PortError, Unavailable, Unintelligible


@frozen
class Asked:
    """One request: nothing of arguments, answers or credentials.

    *what* is the operation or the document, *host* the address it went to.
    """

    what: str
    host: str
    writing: bool = False

    def lost(self, story: str, *, retry_after: float | None = None) -> PortError:
        """Give the error for a request of which nobody knows how far it came."""
        if self.writing:
            return OutcomeUnknown(f"{self.what}: {story}; the change may have happened")
        return Unavailable(f"{self.what}: {story}", retry_after=retry_after)

    def unreadable(self, story: str) -> PortError:
        """Give the error for an answer that makes no sense."""
        if self.writing:
            return OutcomeUnknown(f"{self.what}: {story}; the change may have happened")
        return Unintelligible(f"{self.what}: {story}")
