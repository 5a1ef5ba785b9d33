"""Splink without labels: what agrees among matches is found by expectation maximisation."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from splink import DuckDBAPI, Linker, block_on
from splink.internals.exceptions import EMTrainingException

from benchmarks.resolution.peers.answers import Answer
from benchmarks.resolution.peers.linkage.linking import linked
from benchmarks.resolution.peers.linkage.tables import Tables


def answers(tables: Tables) -> Sequence[Answer]:
    """Answer each question, in order; scores are match weights."""
    return linked(tables, _maximised)


def _maximised(linker: Linker, _: DuckDBAPI) -> None:
    for column in ("first_word", "last_word"):
        with suppress(EMTrainingException):  # where no two rows share the word, there is nothing to learn from it
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(column), record_sample_proportion=1.0
            )
