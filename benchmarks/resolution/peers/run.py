"""Asking every peer all questions, and judging each as the resolver is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter

from benchmarks.resolution.judging import Judged, judge
from benchmarks.resolution.peers.answers import Answer
from benchmarks.resolution.peers.names import names_of
from benchmarks.resolution.rows import MasterRow, QuestionRow

Told = Callable[[str], None]
PEERS = ("rapidfuzz_wratio", "rapidfuzz_token_sort", "tfidf", "splink_em", "splink_labels")
"""What the peers are called, in the order in which they are asked."""
_LIBRARIES = frozenset({"duckdb", "numpy", "pyarrow", "rapidfuzz", "sklearn", "splink"})


def peers(
    master: Sequence[MasterRow], questions: Sequence[QuestionRow], bound: float, told: Told = lambda _: None
) -> Mapping[str, Judged]:
    """Judge each of `PEERS`, in that order: its threshold from the ``cal`` questions, its answers to the others.

    *bound* is the share of wrong answers, per question asked, that is borne. *told* is given a line when a peer is
    asked, and one when it has answered.

    Raises:
        SystemExit: a library that a peer stands for is not installed.
    """
    judged, answering = {}, _answering(master, questions)
    for name in PEERS:
        told(f"{name}: {len(questions)} questions are asked")
        begun = perf_counter()
        answers = next(answering)
        told(f"{name}: answered in {perf_counter() - begun:.1f} s")
        judged[name] = judge(
            questions,
            [each.best for each in answers],
            [each.score for each in answers],
            [each.second for each in answers],
            bound,
        )
    return judged


def _answering(master: Sequence[MasterRow], questions: Sequence[QuestionRow]) -> Iterator[Sequence[Answer]]:
    """Let one peer after the other answer; all libraries are looked for before the first begins."""
    try:
        from benchmarks.resolution.peers import rapidfuzz_token_sort, rapidfuzz_wratio, tfidf
        from benchmarks.resolution.peers.linkage import splink_em, splink_labels
        from benchmarks.resolution.peers.linkage.tables import tables_of
    except ModuleNotFoundError as error:
        library = str(error.name).partition(".")[0]
        if library not in _LIBRARIES:
            raise
        raise SystemExit(f"the peers need {library}: pip install 'dragoman[bench]', or give --no-peers") from None
    names = names_of(master)
    yield rapidfuzz_wratio.answers(names, questions)
    yield rapidfuzz_token_sort.answers(names, questions)
    nearest = tfidf.nearest(names, questions)
    yield [each.answer for each in nearest]
    tables = tables_of(master, questions, [each.records for each in nearest])
    yield splink_em.answers(tables)
    yield splink_labels.answers(tables, questions)
