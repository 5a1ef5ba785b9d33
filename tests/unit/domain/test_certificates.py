"""From which score on a resolver may answer: the bound is exact, and kept."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from domain.certificates import Trial, at_most, certify, tolerable, upper
from domain.errors import InvalidValue

ONE_PERCENT = Decimal("0.01")


def some(right: int, wrong: int, score: str = "1", weight: str = "1") -> list[Trial]:
    """Give trials of one score."""
    return [Trial(Decimal(score), number < right, Decimal(weight)) for number in range(right + wrong)]


def halted(count: int) -> list[Trial]:
    """Give trials that are never answered."""
    return some(count, 0, score="0")


@given(st.integers(0, 400), st.integers(1, 4000), st.sampled_from([0.05, 0.01, 0.2]))
def test_the_bound_is_that_of_the_beta_distribution(wrong: int, more: int, doubt: float) -> None:
    asked = wrong + more

    assert upper(wrong, asked, doubt) == pytest.approx(stats.beta.ppf(1 - doubt, wrong + 1, asked - wrong), rel=1e-7)


@given(st.integers(1, 5000), st.sampled_from([0.001, 0.005, 0.01, 0.05]))
def test_what_is_tolerable_is_the_most_whose_bound_is_kept(asked: int, bound: float) -> None:
    most = tolerable(asked, bound)

    assert most < 0 or upper(most, asked, 0.05) <= bound * (1 + 1e-9)
    assert upper(most + 1, asked, 0.05) > bound * (1 - 1e-9)


def test_all_wrong_may_be_all_wrong() -> None:
    assert upper(3, 3, 0.05) == 1.0
    assert upper(0, 0, 0.05) == 1.0


@pytest.mark.parametrize(("rate", "expected"), [(0.0, 1.0), (1.0, 0.0)])
def test_the_ends_of_the_scale_are_exact(rate: float, expected: float) -> None:
    assert at_most(2, 10, rate) == expected


def test_299_right_answers_prove_one_percent_and_298_do_not() -> None:
    assert certify(some(299, 0), ONE_PERCENT).threshold == 1
    assert certify(some(298, 0), ONE_PERCENT).threshold is None


def test_questions_that_are_halted_count_as_asked() -> None:
    certificate = certify(some(9, 1) + halted(990), ONE_PERCENT)

    assert certificate.threshold == 1
    assert (certificate.asked, certificate.answered, certificate.wrong) == (1000, 10, 1)
    assert certificate.upper < ONE_PERCENT


def test_the_lowest_score_that_keeps_the_bound_is_the_threshold() -> None:
    trials = some(400, 0, "0.9999") + some(100, 2, "0.99") + some(100, 50, "0.98") + halted(400)

    assert certify(trials, ONE_PERCENT).threshold == Decimal("0.99")


def test_equal_scores_are_answered_together_or_not_at_all() -> None:
    assert certify(some(500, 100, "0.999"), ONE_PERCENT).threshold is None


def test_scores_that_promise_more_wrong_answers_than_the_bound_are_not_answered_however_lucky_the_labels() -> None:
    trials = some(500, 0, "0.9999") + some(500, 0, "0.9")

    assert certify(trials, ONE_PERCENT).threshold == Decimal("0.9999")


def test_a_question_that_is_never_answered_sets_no_threshold() -> None:
    assert certify(halted(1000), Decimal("0.5")).threshold is None


def test_nothing_is_proved_by_nothing() -> None:
    certificate = certify([], ONE_PERCENT)

    assert certificate.threshold is None
    assert certificate.upper == 1


def test_an_audit_of_every_twentieth_answer_proves_less_than_a_look_at_all() -> None:
    whole = certify(some(2000, 0) + halted(2000), ONE_PERCENT)
    sampled = certify(some(100, 0, weight="20") + halted(2000), ONE_PERCENT)

    assert whole.threshold == 1
    assert sampled.threshold is None
    assert sampled.upper > whole.upper


def test_a_wrong_answer_in_an_audit_counts_for_all_that_it_stands_for() -> None:
    light = certify(some(2000, 1) + some(1000, 0, weight="20"), ONE_PERCENT)
    heavy = certify(some(2000, 0) + some(1000, 1, weight="20"), ONE_PERCENT)

    assert heavy.upper > light.upper


@given(st.lists(st.tuples(st.integers(1, 9999), st.booleans()), min_size=1, max_size=60))
def test_what_is_certified_keeps_its_bound_on_the_labels(drawn: list[tuple[int, bool]]) -> None:
    bound = Decimal("0.2")
    trials = [Trial(Decimal(score) / 10000, right) for score, right in drawn]
    certificate = certify(trials, bound)

    if certificate.threshold is not None:
        answered = [trial for trial in trials if trial.score >= certificate.threshold]
        assert (len(answered), sum(not trial.right for trial in answered)) == (certificate.answered, certificate.wrong)
        assert upper(certificate.wrong, len(trials), 0.05) <= bound
        assert certificate.upper <= bound


@pytest.mark.parametrize("weight", ["0.5", "0", "-1", "NaN"])
def test_a_label_stands_for_at_least_one_question(weight: str) -> None:
    with pytest.raises(InvalidValue, match="stands for at least one question"):
        Trial(Decimal(1), True, Decimal(weight))


@pytest.mark.parametrize("bound", ["0", "1", "1.5", "NaN"])
def test_a_bound_is_between_none_and_all(bound: str) -> None:
    with pytest.raises(InvalidValue, match="between 0 and 1"):
        certify([], Decimal(bound))


def test_weights_share_the_doubt_between_them() -> None:
    certificate = certify(some(200, 0) + some(200, 0, weight="2"), Decimal("0.1"))

    assert float(certificate.upper) == pytest.approx(upper(0, 200, 0.025), abs=1e-5)
