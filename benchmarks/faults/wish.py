"""Wishes on systems that keep a journal of what they have committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress

from attrs import define, field

from benchmarks.faults.route import Again, Books, No
from domain.commands.command import Command

Script = Callable[[str], object]
Journal = Callable[[], Sequence[Sequence[str]]]
"""Gives the records that each unit of work has written, in the order in which they were committed."""


@define(kw_only=True)
class JournalWish:
    """A wish that is told by what the *journal* gets from now on.

    *script* asks for it under a reference, *meddling* is what somebody else does. *stands* says of a record, and of the
    reference that it should bear, whether it is as asked; *about* is that record, where none is created.
    """

    command: Command
    journal: Journal
    script: Script
    meddling: Callable[[], object]
    stands: Callable[[str, str], bool]
    about: str = ""
    _begun: int = field(init=False)
    _others: set[int] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        self._begun = len(self.journal())

    def plainly(self, reference: str) -> None:
        self.script(reference)

    def meddle(self) -> None:
        before = len(self.journal())
        with suppress(Again, No):  # the bad day is theirs, too
            self.meddling()
        self._others |= set(range(before, len(self.journal())))

    def books(self, reference: str) -> Books:
        ours = [records for number, records in enumerate(self.journal()) if self._is_ours(number)]
        written = Counter(record for records in ours for record in records)
        if self.command.terms.creates is None:
            return Books(max(written.values(), default=0), self.stands(self.about, reference))
        return Books(len(written), len(written) == 1 and self.stands(next(iter(written)), reference))

    def _is_ours(self, number: int) -> bool:
        return number >= self._begun and number not in self._others
