"""The page about governed writes shows what the code does."""

from __future__ import annotations

from tests.governed.page import PAGE, written


def test_the_page_is_drawn_from_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == written(page), "run python -m tests.governed.page"
