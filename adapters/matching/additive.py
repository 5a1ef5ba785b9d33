"""The logistic form of the model: how many times likelier each field makes a record, which a person can follow.

Trees decide, because they are right more often. A sum cannot see that a rare surname weighs more if the birth date
differs, but it says of each field alone what it is worth, and is learnt from the same pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

import numpy as np
import numpy.typing as npt
from attrs import frozen

from adapters.matching.facts import Column
from adapters.matching.features import DIRECTIONS, FEATURES, OF_NAMES, Compared, Table
from domain.matching import BRANCHES, NAME, NAMESAKES, RIVALS

Floats = npt.NDArray[np.float64]

_ABOUT = {
    **dict.fromkeys(OF_NAMES, NAME),
    "namesakes": NAMESAKES,
    "holders": NAMESAKES,
    "sisters": BRANCHES,
    "lead": RIVALS,
    "name_lead": RIVALS,
    "near": RIVALS,
    "near_names": RIVALS,
}
"""What evidence is about, by the features that tell of it; facts have one feature together, and are told apart."""
_FACTS = FEATURES.index("facts")
_WEIGHED = tuple(
    number for number, name in enumerate(FEATURES) if DIRECTIONS[number] and (name in _ABOUT or number == _FACTS)
)
"""Only what can be said to speak for a record or against it: a person could make nothing of the rest."""
_PLACES = {
    about: np.array([number for number in _WEIGHED if _ABOUT.get(FEATURES[number]) == about])
    for about in (NAME, NAMESAKES, BRANCHES, RIVALS)
}
_RESTRAINT = 0.3
"""How little the weights are held back; scikit-learn calls it C."""
_MOST = log(1000)
"""Nats beyond which nothing is told: no sample shows more."""


@frozen(eq=False)
class Additive:
    """A weight for each feature, most of them 0, in nats; a name is weighed beside the *usual* one of a candidate."""

    weights: Floats
    usual: Floats

    def odds(self, row: npt.NDArray[np.float32]) -> dict[str, float]:
        """Give how many times likelier a candidate is by its name, and by what stands beside it; below 1 less likely.

        *row* are its features among its rivals.
        """
        parts = self.weights * (row - self.usual)
        return {about: _odds(float(parts[places].sum())) for about, places in _PLACES.items()}

    def of_facts(self, columns: Mapping[str, Column], one: Compared) -> list[float | None]:
        """Give the same of each fact that was said; ``None`` where the record does not hold it, which says nothing."""
        weight = float(self.weights[_FACTS])
        return [
            None if level is None else _odds(weight * columns[what].weight(level, count))
            for what, level, count in one.levels
        ]


def _odds(nats: float) -> float:
    return exp(min(max(nats, -_MOST), _MOST))


def fitted(rows: Table, right: npt.NDArray[np.bool_], weights: npt.NDArray[np.float32]) -> Additive:
    """Learn from pairs; a feature whose weight would contradict what it means is left out.

    Features overlap, and of two that say the same one may well get a weight that only corrects the other.
    """
    from sklearn.linear_model import LogisticRegression

    kept = list(_WEIGHED)
    spread = rows.std(axis=0, dtype=np.float64) + 1e-9
    while True:
        model = LogisticRegression(C=_RESTRAINT, max_iter=500)
        model.fit((rows[:, kept] - rows[:, kept].mean(axis=0)) / spread[kept], right, sample_weight=weights)
        signed = model.coef_[0] * np.array([DIRECTIONS[number] for number in kept])
        worst = int(np.argmin(signed))
        if signed[worst] >= 0:
            break
        kept.pop(worst)
    found = np.zeros(len(FEATURES))
    found[kept] = model.coef_[0] / spread[kept]
    usual = np.zeros(len(FEATURES))
    usual[_PLACES[NAME]] = rows[:, _PLACES[NAME]].mean(axis=0)
    return Additive(found, usual)
