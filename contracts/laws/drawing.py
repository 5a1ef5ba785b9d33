"""Judging a law on many drawn examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TypeVar

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

T = TypeVar("T")


def for_all(examples: int, seed: int, check: Callable[[st.DataObject], None]) -> None:
    """Run *check* on so many examples, the same ones for the same *seed*; a broken one is told as it was drawn.

    Nothing is made smaller first, and no example is kept on disk.
    """

    @hypothesis.seed(seed)
    @settings(
        deadline=None,
        max_examples=examples,
        database=None,
        report_multiple_bugs=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def drawn(data: st.DataObject) -> None:
        check(data)

    drawn()


def some(strategy: st.SearchStrategy[T], examples: int, seed: int) -> tuple[T, ...]:
    """Draw so many examples of *strategy*, the same ones for the same *seed*."""
    found: list[T] = []
    for_all(examples, seed, lambda data: found.append(data.draw(strategy)))
    return tuple(found)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Give Hypothesis a folder for what it finds out about the code, and take it away afterwards.

    Without one it leaves ``.hypothesis`` where the person works.
    """
    with TemporaryDirectory(prefix="dragoman-") as folder:
        set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)
