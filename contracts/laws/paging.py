"""Laws of `page`: the stream in slices, nothing lost at a seam."""

from __future__ import annotations

from functools import partial

from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, found, texts
from contracts.laws.verdicts import raises, require, succeeds

SIZES = (1, 2, 7, 50)
_PAGES = 12
"""How many pages of one size are read; small ones are read at the end, where the last page is."""


class PageLaws(Suite[K, Q, T]):
    """What `page` gives."""

    def test_pages_laid_end_to_end_equal_the_stream(self, subject: Subject[K, Q, T]) -> None:
        """A caller who pages sees what a caller who streams sees."""
        keys = texts(self.whole(subject))
        for size in SIZES:
            start = max(0, len(keys) - _PAGES * size)
            due = keys[start:]
            after = keys[start - 1] if start > 0 else None
            got = self.paged(subject, self.everything(), after, size=size, most=len(due) // size + 1)
            require(got == due, f"pages of {size} gave {got}, the stream {due}")

    def test_pages_of_a_narrowed_query_equal_its_stream(self, subject: Subject[K, Q, T]) -> None:
        """A page counts the records that match, not those that were read to find them."""
        for question in self.some_questions(self.facts(subject)):
            query = question.narrow(self.everything())
            due = texts(found(subject.port, query, question.text))[:_PAGES]
            got = self.paged(subject, query, None, size=2, most=-(-len(due) // 2))
            require(got == due, f"pages of 2 for {question.text} gave {got}, the stream {due}")

    def test_a_page_says_truly_whether_more_follow(self, subject: Subject[K, Q, T]) -> None:
        """A caller stops when told to: too early loses records, too late asks in vain."""
        total = len(self.whole(subject))
        for size in {*SIZES, total - 1, total, total + 1} - {0, -1}:
            page = succeeds(partial(subject.port.page, self.everything(), size=size), f"page(size={size})")
            require(len(page.items) == min(size, total), f"a page of {size} out of {total} holds {len(page.items)}")
            require(page.has_more is (total > size), f"a page of {size} out of {total} says has_more={page.has_more}")

    def test_the_page_after_the_last_key_is_empty(self, subject: Subject[K, Q, T]) -> None:
        """The end is an empty page that promises nothing."""
        *_, last = self.whole(subject)
        query = self.following(self.everything(), self.key(last.id.text))
        page = succeeds(lambda: subject.port.page(query, size=7), f"page(after {last.id})")
        require(page.items == (), f"after the last key {last.id} came {texts(page.items)}")
        require(page.has_more is False, f"after the last key {last.id} more is promised")

    def test_a_page_of_less_than_one_record_is_refused(self, subject: Subject[K, Q, T]) -> None:
        """An empty page that says "more" would be asked for ever."""
        for size in (0, -1):
            raises((ValueError,), partial(subject.port.page, self.everything(), size=size), f"page(size={size})")

    def paged(self, subject: Subject[K, Q, T], query: Q, after: str | None, *, size: int, most: int) -> list[str]:
        """Read page after page of *query* until no more is promised, but *most* pages at most."""
        keys: list[str] = []
        for _ in range(most):
            rest = query if after is None else self.following(query, self.key(after))
            page = succeeds(partial(subject.port.page, rest, size=size), f"page(after {after}, size={size})")
            keys += texts(page.items)
            if not page.has_more or not page.items:
                break
            after = keys[-1]
        return keys
