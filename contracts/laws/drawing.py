"""Judging a law on many drawn examples."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st


def for_all(examples: int, check: Callable[[st.DataObject], None]) -> None:
    """Run *check* on so many examples, the same ones at every call; a broken one is told as it was drawn.

    Nothing is made smaller first: each attempt asks an ERP, and nothing is kept on disk.
    """

    @settings(
        deadline=None,
        max_examples=examples,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def drawn(data: st.DataObject) -> None:
        check(data)

    drawn()
