"""What became of one wish, by the ERP's own books, and the sums of many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from attrs import frozen

from benchmarks.faults.plot import REPEATED
from benchmarks.faults.route import Wish

PROMISES = ("duplicates", "rewritten", "lost", "false_done", "unsettled")
"""What must not be, each a number."""
OF_A_SCRIPT = ("duplicates", "rewritten", "lost", "false_done")
"""What can be said of a client that never settles anything."""


@frozen(kw_only=True)
class Verdict:
    """What was promised about one wish and not kept, in numbers; *told* is what its client says, and what the books do.

    *duplicates* are records that the client made once more, *rewritten* changes that it wrote once more. *lost* is what
    stands in the books while the client says that it does not, *false_done* what does not stand there, once and as
    asked, while the client says so. *unsettled* is at rest nowhere, *queued* waits for a person.
    """

    duplicates: int
    rewritten: int
    lost: int
    false_done: int
    unsettled: int
    queued: int
    struck: tuple[str, ...]
    told: str

    @classmethod
    def of(
        cls,
        wish: Wish,
        reference: str,
        *,
        done: bool,
        told: str,
        struck: Sequence[str],
        queued: int = 0,
        unsettled: int = 0,
    ) -> Self:
        """Compare the books with what the client says: done, or queued for a person, or else not done."""
        books, creates = wish.books(reference), wish.command.terms.creates is not None
        again = max(0, books.written - 1 - struck.count(REPEATED))
        return cls(
            duplicates=again if creates else 0,
            rewritten=0 if creates else again,
            lost=int(books.written > 0 and not done and not queued),
            false_done=int(done and not (books.written > 0 and books.as_asked)),
            unsettled=unsettled,
            queued=queued,
            struck=tuple(struck),
            told=f"{told}; written {books.written} times{'' if books.as_asked else ', and not as asked'}",
        )

    @property
    def is_kept(self) -> bool:
        """Every promise was kept."""
        return not any(getattr(self, name) for name in PROMISES)


def sums(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Add up."""
    every = list(verdicts)
    return {name: sum(getattr(each, name) for each in every) for name in (*PROMISES, "queued")}
