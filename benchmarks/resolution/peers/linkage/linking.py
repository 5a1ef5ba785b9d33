"""Comparing every question with its candidates by a model of splink, on a database in memory."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.resolution.peers.answers import Answer, answer
from benchmarks.resolution.peers.linkage.fields import FIELDS, names_compared
from benchmarks.resolution.peers.linkage.tables import Tables

MASTER, QUERIES = "master", "queries"
"""What the two tables are called.

Splink puts what comes first in the alphabet on the left of a pair, and draws its samples by these names as well: others
give slightly other figures.
"""
_PAIRS = 2e6
"""Pairs drawn to see how often fields agree by chance."""
_EQUAL = 0.5
"""The share of all matches whose names are equal: half of them, as a guess that splink asks for."""
Trained = Callable[[Linker, DuckDBAPI], None]
"""Learns how often fields agree among true matches."""


def linked(tables: Tables, trained: Trained) -> Sequence[Answer]:
    """Train a model and answer each question, in order; scores are match weights, in bits."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for name, question, weight in _weighed(tables, trained):
        record = tables.owners[name]
        weights[question][record] = max(weight, weights[question].get(record, weight))
    return [
        answer((record, weights[qid][record]) for record in near if record in weights[qid])
        for qid, near in tables.candidates.items()
    ]


def _weighed(tables: Tables, trained: Trained) -> Sequence[tuple[str, str, float]]:
    """Give the weight of each pair of a name and a question, both by their ``unique_id``."""
    with _silent(), closing(duckdb.connect()) as connection:
        database = DuckDBAPI(connection)
        linker = Linker(
            [
                database.register(tables.master, dataset_display_name=MASTER),
                database.register(tables.questions, dataset_display_name=QUERIES),
            ],
            SettingsCreator(
                link_type="link_only",
                comparisons=[names_compared(), *(FIELDS[field].compared(field) for field in tables.fields)],
                blocking_rules_to_generate_predictions=[block_on("near", arrays_to_explode=["near"])],
                probability_two_random_records_match=_prior(tables),
                retain_matching_columns=False,
            ),
            log_level=None,
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=1)
        trained(linker, database)
        predicted = linker.inference.predict().as_duckdbpyrelation()
        return predicted.select("unique_id_l", "unique_id_r", "match_weight").fetchall()


def _prior(tables: Tables) -> float:
    """Estimate how likely a name and a question that are drawn at random are of one record.

    Splink's own estimate fails if no question is asked in the very words of the master; one such pair is assumed then.
    """
    names = Counter(str(row["name"]) for row in tables.master)
    equal = sum(names[str(row["name"])] for row in tables.questions)
    likely = max(equal, 1) / _EQUAL / (len(tables.master) * len(tables.questions))
    return min(likely, 0.5)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep splink's advice for its users off the terminal."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
