"""From which score on a resolver may answer, so that wrong answers stay rare: an exact bound, not an estimate.

What is bounded is wrong answers *per question asked*. It can only fall as the threshold rises, so the lowest threshold
whose exact binomial upper bound is within what the site can bear keeps its promise at the stated confidence.

Source: Bates et al., Distribution-free, risk-controlling prediction sets, Journal of the ACM 68 (2021).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from math import exp, fsum, inf, isfinite, lgamma, log, log1p

from attrs import Attribute, define, field, frozen, validators

from domain.errors import InvalidValue
from domain.resolution import share

CONFIDENCE = Decimal("0.95")
"""How sure a bound is unless somebody asks for more."""

_FINE = Decimal("0.000001")


def _between(_: object, attribute: Attribute[Decimal], value: Decimal) -> None:
    if type(value) is not Decimal or not value.is_finite() or not 0 < value < 1:
        raise InvalidValue(f"{attribute.name} must be a decimal between 0 and 1, not {value!r}")


def _weight(_: object, __: Attribute[Decimal], value: Decimal) -> None:
    if type(value) is not Decimal or not value.is_finite() or value < 1:
        raise InvalidValue(f"a label stands for at least one question, not for {value!r}")


@frozen
class Trial:
    """One question whose answer is known: the *score* of the first candidate, and whether that was *right*.

    A question that is never answered, whatever the threshold, has the score 0. *weight* is how many questions it
    stands for: 1 if all of its sort were judged, 20 if it was drawn for an audit with a probability of 5 %.
    """

    score: Decimal = field(validator=share)
    right: bool = field(validator=validators.instance_of(bool))
    weight: Decimal = field(default=Decimal(1), validator=_weight)


@frozen(kw_only=True)
class Certificate:
    """What a site may rely on: with *threshold*, at most *bound* of all questions are answered wrongly.

    *threshold* is ``None`` where the labels prove nothing yet. *asked*, *answered* and *wrong* count labels, the latter
    two from the threshold on; *upper* is the upper end of the rate of wrong answers at *confidence*.
    """

    bound: Decimal = field(validator=_between)
    confidence: Decimal = field(validator=_between)
    threshold: Decimal | None = field(validator=validators.optional(share))
    asked: int
    answered: int
    wrong: int
    upper: Decimal = field(validator=share)


def certify(trials: Sequence[Trial], bound: Decimal, confidence: Decimal = CONFIDENCE) -> Certificate:
    """Give the lowest threshold that keeps *bound*, with what it was proved by.

    Where weights differ, each weight is bounded for itself and they share the doubt between them, which is never too
    bold. Nor may the scores themselves promise more wrong answers than *bound*: labels can be lucky. Trials must be
    scored by a model that has not learnt from them.
    """
    strata = _Strata.of(trials, float(1 - confidence))
    best, answered, proved, tried, promised = None, 0, strata.risk(), 0, Decimal(0)
    ranked = sorted((trial for trial in trials if trial.score > 0), key=lambda trial: -trial.score)
    for score, equals in groupby(ranked, key=lambda trial: trial.score):
        group = list(equals)
        for trial in group:
            promised += trial.weight * (1 - score)
            strata.count(trial)
        if strata.risk() > bound or promised > bound * strata.whole:
            break
        tried += len(group)
        best, answered, proved = score, tried, strata.risk()
    return Certificate(
        bound=bound,
        confidence=confidence,
        threshold=best,
        asked=len(trials),
        answered=answered,
        wrong=sum(not trial.right for trial in ranked[:answered]),
        upper=min(Decimal(1), Decimal(proved).quantize(_FINE, "ROUND_CEILING")),
    )


@define
class _Strata:
    """Trials of equal weight, each with its own bound: *asked* and *wrong* by weight."""

    asked: dict[Decimal, int]
    wrong: dict[Decimal, int]
    bounds: dict[Decimal, float]
    whole: Decimal
    doubt: float

    @classmethod
    def of(cls, trials: Sequence[Trial], doubt: float) -> _Strata:
        asked = Counter(trial.weight for trial in trials)
        doubt /= max(1, len(asked))
        bounds = {weight: upper(0, count, doubt) for weight, count in asked.items()}
        whole = sum((weight * count for weight, count in asked.items()), Decimal(0))
        return cls(asked, dict.fromkeys(asked, 0), bounds, whole, doubt)

    def count(self, trial: Trial) -> None:
        if not trial.right:
            self.wrong[trial.weight] += 1
            self.bounds[trial.weight] = upper(self.wrong[trial.weight], self.asked[trial.weight], self.doubt)

    def risk(self) -> float:
        """Give the bound of wrong answers among all questions that the trials stand for; 1 if there are none."""
        if not self.asked:
            return 1.0
        shares = {weight: float(weight * count / self.whole) for weight, count in self.asked.items()}
        return fsum(share * self.bounds[weight] for weight, share in shares.items())


def upper(wrong: int, asked: int, doubt: float) -> float:
    """Give the rate at which *wrong* or fewer of *asked* still have the probability *doubt*: Clopper and Pearson."""
    if wrong >= asked:
        return 1.0
    if wrong == 0:
        return float(1 - doubt ** (1 / asked))
    low, high = 0.0, 1.0
    while (middle := (low + high) / 2) not in (low, high) and high - low > high * 1e-12:
        if at_most(wrong, asked, middle) > doubt:
            low = middle
        else:
            high = middle
    return high


def tolerable(asked: int, bound: float, doubt: float = 0.05) -> int:
    """Count the wrong answers among *asked* that still prove *bound*; -1 if not even none of them does."""
    seen, count = 0.0, -1
    for wrong in range(asked):
        seen += exp(_log_chance(wrong, asked, bound))
        if seen > doubt:
            break
        count = wrong
    return count


def at_most(wrong: int, asked: int, rate: float) -> float:
    """Give the probability of at most *wrong* in *asked*, each being wrong with the probability *rate*."""
    if rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0 if wrong < asked else 1.0
    return min(1.0, fsum(exp(_log_chance(count, asked, rate)) for count in range(wrong + 1)))


def _log_chance(wrong: int, asked: int, rate: float) -> float:
    ways = lgamma(asked + 1) - lgamma(wrong + 1) - lgamma(asked - wrong + 1)
    chance = ways + wrong * log(rate) + (asked - wrong) * log1p(-rate)
    return chance if isfinite(chance) else -inf
