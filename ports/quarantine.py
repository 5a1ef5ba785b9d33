"""Where records go that could not be translated, so that nothing is lost and nothing stops."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol

from attrs import frozen

from domain.provenance import SourceRef
from ports.errors import Problem


@frozen
class Refusal:
    """One refused record: where it stands, every reason, and its raw form.

    *raw* is the record as it was read, field by field, as text; it is evidence for a person and never an instruction.
    """

    source: SourceRef
    problems: tuple[Problem, ...]
    raw: str


class Quarantine(Protocol):
    """Keeps what was refused until a person has looked at it."""

    @abstractmethod
    def put(self, refusal: Refusal) -> None:
        """Keep one refusal; the same record refused again replaces its earlier refusal."""
