"""What was learnt of one master: how its facts agree, trees, and the scale on which their sum is a probability."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import cast

import numpy as np
import numpy.typing as npt
from attrs import fields, frozen

from adapters.matching import features
from adapters.matching.additive import Additive
from adapters.matching.trees import Trees

Floats = npt.NDArray[np.float64]
Arrays = dict[str, npt.NDArray[np.generic]]
_NEVER_SURE = 0.9995
"""The highest probability that is given for a name: no number of labels shows more."""


@frozen(eq=False)
class Model:
    """Weighs candidates by its *trees*, and says by its *additive* form what each field is worth.

    *truth* tells how often the right record's value agrees, by what a fact is about.
    """

    trees: Trees
    additive: Additive
    truth: Mapping[str, tuple[float, ...]]
    slope: float
    offset: float

    def probabilities(self, logits: Floats) -> Floats:
        """Give the probability that each candidate is the one."""
        scaled = self.slope * logits + self.offset
        return cast("Floats", np.minimum(1 / (1 + np.exp(-np.clip(scaled, -30, 30))), _NEVER_SURE))

    @property
    def version(self) -> str:
        """Sixteen characters that stand for all that was learnt."""
        digest = blake2b(digest_size=8)
        for name, array in sorted(written(self).items()):
            digest.update(name.encode() + np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


def written(model: Model) -> Arrays:
    """Give a model as named arrays."""
    told = json.dumps({"truth": {about: list(levels) for about, levels in model.truth.items()}}, sort_keys=True)
    arrays: Arrays = {f"trees_{field.name}": np.asarray(getattr(model.trees, field.name)) for field in fields(Trees)}
    return arrays | {
        "additive_weights": model.additive.weights,
        "additive_usual": model.additive.usual,
        "scale": np.array([model.slope, model.offset]),
        "truth": np.frombuffer(told.encode(), np.uint8),
        "features": np.array(features.FEATURES),
    }


def read(arrays: Mapping[str, npt.NDArray[np.generic]]) -> Model:
    """Read what `written` gave.

    Raises:
        ValueError, KeyError: it is no model, or one of other features.
    """
    if tuple(str(name) for name in arrays["features"]) != features.FEATURES:
        raise ValueError("the model was learnt on other features")
    told = json.loads(arrays["truth"].astype(np.uint8).tobytes())
    slope, offset = (float(value) for value in arrays["scale"].astype(np.float64))
    return Model(
        trees=Trees(
            feature=arrays["trees_feature"].astype(np.int32),
            threshold=arrays["trees_threshold"].astype(np.float64),
            left=arrays["trees_left"].astype(np.int32),
            right=arrays["trees_right"].astype(np.int32),
            value=arrays["trees_value"].astype(np.float64),
            start=float(arrays["trees_start"].astype(np.float64)),
            depth=int(arrays["trees_depth"].astype(np.int64)),
        ),
        additive=Additive(
            weights=arrays["additive_weights"].astype(np.float64),
            usual=arrays["additive_usual"].astype(np.float64),
        ),
        truth={str(about): tuple(float(level) for level in levels) for about, levels in told["truth"].items()},
        slope=slope,
        offset=offset,
    )
