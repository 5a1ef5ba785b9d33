"""Boosted trees as plain arrays: grown by scikit-learn, read with numpy alone, and stored without code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
from attrs import frozen

Floats = npt.NDArray[np.float32]
Logits = npt.NDArray[np.float64]


@frozen(eq=False)
class Trees:
    """Trees whose leaves are summed; each array has a row for a tree and a column for a node.

    At an inner node a row goes to *left* if its *feature* is at most *threshold*; a leaf leads to itself.
    """

    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float64]
    start: float
    depth: int

    def logits(self, rows: Floats) -> Logits:
        """Give the log-odds of each row, uncalibrated."""
        trees = np.arange(len(self.feature))
        at = np.zeros((len(rows), len(trees)), np.int32)
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[row, self.feature[trees, at]] <= self.threshold[trees, at]
            at = np.where(goes_left, self.left[trees, at], self.right[trees, at])
        return self.start + cast("Logits", self.value[trees, at].sum(axis=1))


def grown(rows: Floats, right: npt.NDArray[np.bool_], weights: Floats, directions: Sequence[int]) -> Trees:
    """Grow trees that tell *right* rows from others, and can only rise or fall where *directions* say so."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it carries no types

    model = HistGradientBoostingClassifier(
        learning_rate=0.09,
        max_iter=110,
        max_leaf_nodes=12,
        min_samples_leaf=25,
        l2_regularization=3.0,
        monotonic_cst=list(directions),
        early_stopping=False,
        random_state=0,
    )
    with threadpool_limits(1):  # on a busy machine more threads wait for each other, and take ten times as long
        model.fit(rows, right, sample_weight=weights)
    grown = [stage[0].nodes for stage in model._predictors]  # noqa: SLF001 -- the one way to the nodes
    most = max(len(nodes) for nodes in grown)
    shape = (len(grown), most)
    here = np.broadcast_to(np.arange(most, dtype=np.int32), shape)
    feature, threshold, value = np.zeros(shape, np.int32), np.zeros(shape), np.zeros(shape)
    left, right_ = here.copy(), here.copy()
    for number, nodes in enumerate(grown):
        inner = nodes["is_leaf"] == 0
        size = len(nodes)
        feature[number, :size] = np.where(inner, nodes["feature_idx"], 0)
        threshold[number, :size] = np.where(inner, nodes["num_threshold"], 0)
        left[number, :size] = np.where(inner, nodes["left"], here[number, :size])
        right_[number, :size] = np.where(inner, nodes["right"], here[number, :size])
        value[number, :size] = nodes["value"]
    start = float(np.ravel(model._baseline_prediction)[0])  # noqa: SLF001 -- as above
    depth = max(int(nodes["depth"].max()) for nodes in grown)
    return Trees(feature, threshold, left, right_, value, start, depth)
