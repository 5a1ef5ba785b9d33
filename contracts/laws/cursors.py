"""Laws of the cursor: what comes after a key."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice, pairwise

from contracts.laws import hostile
from contracts.laws.questions import few
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, stream, texts
from contracts.laws.verdicts import require, shortened, succeeds

_SEAM = 12
"""How many records show where a hostile cursor was taken to stand."""


class CursorLaws(Suite[K, Q, T]):
    """Where `find` goes on."""

    def test_after_a_key_come_exactly_those_that_follow_it(self, subject: Subject[K, Q, T]) -> None:
        """The cursor is strict: never the key itself again, never a gap."""
        keys = texts(self.whole(subject))
        for index in few(range(len(keys)), 8):
            rest = self.after(subject, keys[index])
            due = keys[index + 1 :]
            told = f"after {keys[index]} came {rest[:3]}…, not {due[:3]}…{_out_of_order(keys)}"
            require(rest == due, told)

    def test_after_a_hostile_key_nothing_is_invented(self, subject: Subject[K, Q, T]) -> None:
        """A cursor is data of a caller: it is compared, never executed, and what follows it in the order comes."""
        keys = texts(self.whole(subject))
        for text in hostile.KEYS:
            rest = self.after(subject, text, _SEAM)
            if keys == sorted(keys):  # then the texts say where the cursor stands; else it stands somewhere
                start = bisect_right(keys, text)
            else:
                start = keys.index(rest[0]) if rest and rest[0] in keys else len(keys)
            due = keys[start : start + _SEAM]
            require(rest == due, f"after {text[:40]!r} came {shortened(rest)}, not {shortened(due)}")

    def after(self, subject: Subject[K, Q, T], text: str, most: int | None = None) -> list[str]:
        """Give the keys that come after *text*, the first *most* of them at most."""
        query = self.following(self.everything(), self.key(text))
        asked = f"find(after {text[:40]!r})"
        return succeeds(lambda: texts(islice(stream(subject.port, query), most)), asked)


def _out_of_order(keys: Sequence[str]) -> str:
    """Say where a stream is in no order that keys may have, a usual mistake of a fetch; blank if it is in one."""
    numbers = [int(key) for key in keys if key.isdecimal()]
    if numbers == sorted(numbers) and len(numbers) == len(keys):
        return ""
    turned = next((pair for pair in pairwise(keys) if pair[0] > pair[1]), None)
    return "" if turned is None else f"; everything gives {turned[1]} behind {turned[0]}: is it sorted by the key?"
