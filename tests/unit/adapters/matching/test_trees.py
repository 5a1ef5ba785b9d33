"""Trees as plain arrays: they learn, and keep their direction."""

from __future__ import annotations

import numpy as np

from adapters.matching.trees import grown


def test_trees_learn_what_is_right() -> None:
    draw = np.random.default_rng(0)
    rows = draw.random((600, 3)).astype(np.float32)
    right = rows[:, 0] + 0.3 * draw.random(600) > 0.6
    ours = grown(rows, right, np.ones(600, np.float32), (1, 0, 0)).logits(rows)

    assert ((ours > 0) == right).mean() > 0.9


def test_trees_never_fall_where_they_may_only_rise() -> None:
    draw = np.random.default_rng(0)
    rows = draw.random((600, 2)).astype(np.float32)
    right = draw.random(600) > rows[:, 0]  # the data says the opposite
    trees = grown(rows, right, np.ones(600, np.float32), (1, 0))
    rising = np.stack([np.linspace(0, 1, 50), np.full(50, 0.5)], axis=1).astype(np.float32)

    assert (np.diff(trees.logits(rising)) >= 0).all()
