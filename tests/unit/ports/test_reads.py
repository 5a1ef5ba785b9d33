"""A page is the beginning of the stream, and says truly whether more follows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ports.errors import NotFound
from ports.reads import Page, Reads


class _Numbers(Reads[int, int, int]):
    """The numbers below a limit; the query is the number after which to begin."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.given = 0

    def get(self, key: int) -> int:
        if key < self.limit:
            return key
        raise NotFound(f"there is no {key}")

    def find(self, query: int) -> Iterator[int]:
        for number in range(query, self.limit):
            self.given += 1
            yield number


@settings(deadline=None)
@given(st.integers(0, 20), st.integers(1, 8))
def test_pages_laid_end_to_end_are_the_stream(limit: int, size: int) -> None:
    numbers, seen, more = _Numbers(limit), list[int](), True
    while more:
        page = numbers.page(len(seen), size=size)
        assert len(page.items) == size or not page.has_more
        seen.extend(page.items)
        more = page.has_more

    assert seen == list(range(limit))


def test_a_page_takes_no_more_from_the_stream_than_it_needs() -> None:
    numbers = _Numbers(100)

    assert numbers.page(0, size=3) == Page((0, 1, 2), has_more=True)
    assert numbers.given == 4


def test_a_page_that_ends_with_the_stream_has_no_more() -> None:
    assert _Numbers(3).page(0, size=3) == Page((0, 1, 2), has_more=False)
    assert _Numbers(0).page(0) == Page((), has_more=False)


def test_a_page_holds_fifty_unless_told() -> None:
    assert len(_Numbers(100).page(0).items) == 50


@pytest.mark.parametrize("size", [0, -1])
def test_a_page_of_nothing_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=f"^a page of {size} records is no page; ask for at least one$"):
        _Numbers(3).page(0, size=size)
