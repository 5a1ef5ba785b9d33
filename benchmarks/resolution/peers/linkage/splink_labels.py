"""Splink with labels: what agrees among matches is counted on the ``cal`` questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from splink import DuckDBAPI, Linker

from benchmarks.resolution.peers.answers import NOTHING, Answer
from benchmarks.resolution.peers.linkage.linking import MASTER, QUERIES, linked
from benchmarks.resolution.peers.linkage.tables import Tables
from benchmarks.resolution.rows import QuestionRow


def answers(tables: Tables, questions: Sequence[QuestionRow]) -> Sequence[Answer]:
    """Answer each question, in order; scores are match weights. Without a label there is no answer."""
    labels = list(_labels(tables, questions))
    if not labels:
        return [Answer(None, NOTHING, NOTHING) for _ in questions]

    def counted(linker: Linker, database: DuckDBAPI) -> None:
        # Splink gives this method, alone of those used here, no type.
        linker.training.estimate_m_from_pairwise_labels(database.register(labels))  # type: ignore[no-untyped-call]

    return linked(tables, counted)


def _labels(tables: Tables, questions: Sequence[QuestionRow]) -> Iterator[dict[str, object]]:
    """Pair each question whose answer may be learnt with every name of the right record."""
    names = defaultdict(list)
    for name, record in tables.owners.items():
        names[record].append(name)
    for question in questions:
        if question.cal and question.truth is not None:
            for name in names[question.truth]:
                yield {
                    "unique_id_l": name,
                    "source_dataset_l": MASTER,
                    "unique_id_r": question.qid,
                    "source_dataset_r": QUERIES,
                    "clerical_match_score": 1.0,
                }
