"""Each quality rule and each service level is found broken by exactly the records that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from contracts.published.assessment import Finding, assess
from contracts.published.contract import Contract, Version
from contracts.published.levels import Measure, ServiceLevel
from contracts.published.observation import Broken, Clock
from contracts.published.quality import NotBefore, SumOf, Unique, UniqueWithin, reach
from contracts.published.shapes import Told, shape
from contracts.published.v1.catalogue import V1
from domain.identifiers import PurchaseOrderId
from domain.money import Money
from domain.purchasing import PurchaseOrder
from ports.errors import Misconfigured, Problem, ProblemKind, Unavailable
from ports.quarantine import Refusal
from sandbox.scenario import scenario
from tests.builders import READ_AT, purchase_order_of, source_of

ORDERS = [purchase_order_of(each) for each in scenario().orders[:6]]
CONTRACT = V1.contract("purchase_order")
PROBLEM = Problem("status", "ST", "'9'", ProblemKind.INVALID_CODE, "no such status", None)


def at(seconds: float, ticks: Sequence[float] = (0.0, 0.5)) -> Clock:
    """Give a clock that stands so many seconds after the records were read, and whose ticks are given."""
    left = iter(ticks)
    return Clock(now=lambda: READ_AT + timedelta(seconds=seconds), seconds=lambda: next(left))


def refused(*keys: str) -> Callable[[], Sequence[Refusal]]:
    return lambda: [Refusal(source_of("purchase order", key), (PROBLEM,), "raw") for key in keys]


def judged(
    *orders: PurchaseOrder,
    clock: Clock | None = None,
    refusals: Callable[[], Sequence[Refusal]] = tuple,
    version: Version = V1,
    contract: Contract = CONTRACT,
) -> dict[str, Finding]:
    found = assess(version, contract, orders, refusals, at(1) if clock is None else clock)
    return {each.rule: each for each in found}


def test_sound_records_keep_every_rule() -> None:
    found = judged(*ORDERS)

    assert {each.kept for each in found.values()} == {True}
    assert not any(each.broken for each in found.values())
    assert list(found) == [
        "id_is_unique", "lines_number_is_unique", "total_is_the_sum", "lines_due_on_is_not_before_ordered_on",
        "freshness", "availability", "latency", "completeness",
    ]  # fmt: skip


def test_a_key_that_comes_twice_is_named() -> None:
    finding = judged(*ORDERS, ORDERS[2])["id_is_unique"]

    assert finding.kept is False
    assert finding.broken == (Broken(str(ORDERS[2].id), f"id {ORDERS[2].id} came before"),)
    assert (finding.measured, finding.unit) == ("1", "records")


def test_goods_that_are_due_before_they_were_ordered_are_named() -> None:
    line = evolve(ORDERS[0].lines[0], due_on=ORDERS[0].ordered_on - timedelta(days=1))
    early = evolve(ORDERS[0], lines=(line, *ORDERS[0].lines[1:]))

    finding = judged(early, ORDERS[1])["lines_due_on_is_not_before_ordered_on"]

    assert [each.key for each in finding.broken] == [str(early.id)]
    assert finding.broken[0].reason == f"lines.due_on is {line.due_on}, before ordered_on {early.ordered_on}"


def test_a_day_that_is_not_known_is_before_nothing() -> None:
    line = evolve(ORDERS[0].lines[0], due_on=None)

    assert judged(evolve(ORDERS[0], lines=(line,)))["lines_due_on_is_not_before_ordered_on"].kept is True


def test_a_version_that_serves_a_wrong_total_is_caught() -> None:
    def first(order: PurchaseOrder) -> Money:
        return order.lines[0].amount

    wrong = evolve(V1, shapes=(shape(PurchaseOrder, Told("total", Money, "The first line.", first)),))
    order = next(each for each in map(purchase_order_of, scenario().orders) if len(each.lines) > 1)

    finding = judged(order, version=wrong)["total_is_the_sum"]

    assert [each.key for each in finding.broken] == [str(order.id)]
    told = f"total is {order.lines[0].amount.amount:f}, and the lines come to {order.total.amount:f}"
    assert finding.broken[0].reason == told


def test_a_cancelled_line_takes_no_part_in_the_total() -> None:
    order = next(each for each in map(purchase_order_of, scenario().orders) if each.status.value == "cancelled")

    assert judged(order)["total_is_the_sum"].kept is True


@pytest.mark.parametrize("seconds", [300, 300.001])
def test_an_answer_is_fresh_up_to_the_promise_itself(seconds: float) -> None:
    finding = judged(*ORDERS, clock=at(seconds))["freshness"]

    assert finding.kept is (seconds == 300)
    assert len(finding.broken) == (0 if finding.kept else len(ORDERS))
    assert finding.promised == "at most 300 s"


def test_only_the_records_that_are_too_old_are_named() -> None:
    older = evolve(ORDERS[1], source=evolve(ORDERS[1].source, read_at=READ_AT - timedelta(seconds=1)))

    finding = judged(ORDERS[0], older, clock=at(300))["freshness"]

    assert finding.measured == "301.0"
    assert finding.broken == (Broken(str(older.id), "it was read 301.0 s before it was handed over"),)


@pytest.mark.parametrize(("seconds", "kept"), [(10.0, True), (10.001, False)])
def test_the_first_record_comes_in_time(seconds: float, kept: bool) -> None:
    finding = judged(*ORDERS, clock=at(1, (5.0, 5.0 + seconds)))["latency"]

    assert (finding.kept, finding.broken) == (kept, ())


@pytest.mark.parametrize(("records", "kept"), [(99, True), (98, False)])
def test_of_a_hundred_records_one_may_be_refused(records: int, kept: bool) -> None:
    orders = [evolve(ORDERS[0], id=PurchaseOrderId(str(number))) for number in range(records)]

    finding = judged(*orders, refusals=refused("X1", "X2") if not kept else refused("X1"))["completeness"]

    assert finding.kept is kept
    assert [each.key for each in finding.broken] == ([] if kept else ["X1", "X2"])
    assert (finding.measured, finding.unit) == (f"{records}.00", "percent")


def test_what_falls_short_by_little_is_not_rounded_up() -> None:
    orders = [evolve(ORDERS[0], id=PurchaseOrderId(str(number))) for number in range(989)]

    finding = judged(*orders, refusals=refused(*(f"X{number}" for number in range(10))))["completeness"]

    assert (finding.kept, finding.measured) == (False, "98.99")


def test_a_refused_record_is_told_with_its_reasons() -> None:
    (broken,) = judged(refusals=refused("X1"))["completeness"].broken

    assert broken == Broken("X1", "status (ST='9'): no such status")


def test_a_system_that_stops_answering_is_not_available_and_nobody_can_say_the_rest() -> None:
    def found() -> Iterator[PurchaseOrder]:
        yield ORDERS[0]
        raise Unavailable("sap did not answer")

    findings = {each.rule: each for each in assess(V1, CONTRACT, found(), refused(), at(1))}

    assert findings["availability"].kept is False
    assert (findings["availability"].measured, findings["availability"].failure) == ("0", "sap did not answer")
    assert findings["id_is_unique"].kept is None


def test_what_was_broken_before_the_system_stopped_is_broken() -> None:
    def found() -> Iterator[PurchaseOrder]:
        yield from (ORDERS[0], ORDERS[0])
        raise Unavailable("sap did not answer")

    findings = {each.rule: each for each in assess(V1, CONTRACT, found(), refused(), at(1))}

    assert findings["id_is_unique"].kept is False


def test_a_wrong_configuration_is_no_broken_contract() -> None:
    def found() -> Iterator[PurchaseOrder]:
        raise Misconfigured("no such company")
        yield

    with pytest.raises(Misconfigured):
        assess(V1, CONTRACT, found(), refused())


def test_of_no_record_nobody_can_say_whether_it_is_sound_or_fresh() -> None:
    found = judged()

    assert {rule for rule, each in found.items() if each.kept is None} == set(found) - {"availability"}
    assert found["availability"].kept is True
    assert {each.measured for each in found.values() if each.kept is None} == {None}


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (Unique("id"), [{"id": "1"}, {"id": "2"}], [{"id": "1"}, {"id": "1"}]),
        (
            UniqueWithin("lines", "number"),
            [{"lines": [{"number": "1"}, {"number": "2"}]}, {"lines": [{"number": "1"}]}, {"lines": []}],
            [{"lines": [{"number": "1"}, {"number": "1"}]}],
        ),
        (
            SumOf("total", "lines", "amount", "cancelled"),
            [{"total": {"amount": "0.3"}, "lines": [
                {"status": "open", "amount": {"amount": "0.1"}}, {"status": "open", "amount": {"amount": "0.20"}},
                {"status": "cancelled", "amount": {"amount": "5"}},
            ]}],
            [{"total": {"amount": "0.31"}, "lines": [{"status": "open", "amount": {"amount": "0.3"}}]}],
        ),
        (
            NotBefore("to", "since"),
            [{"to": "2024-02-01", "since": "2024-02-01"}, {"to": None, "since": "2024-02-01"}],
            [{"to": "2023-12-31", "since": "2024-01-01"}],
        ),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_each_kind_of_rule_tells_good_from_bad(
    rule: Unique | UniqueWithin | SumOf | NotBefore, good: list[dict[str, object]], bad: list[dict[str, object]]
) -> None:
    sound, broken = rule.judge(), rule.judge()

    assert [sound(each) for each in good] == [None] * len(good)
    assert broken(bad[0]) is not None or broken(bad[-1]) is not None
    assert rule.meaning.endswith(".")


def test_a_path_goes_through_lists_and_ends_at_null() -> None:
    record = {"lines": [{"price": {"amount": "1"}}, {"price": None}], "since": date(2024, 1, 1)}

    assert list(reach(record, "lines.price.amount")) == ["1"]


def test_a_level_is_kept_at_its_limit() -> None:
    assert str(ServiceLevel(Measure.COMPLETENESS, Decimal(99))) == "at least 99 percent"
    assert ServiceLevel(Measure.COMPLETENESS, Decimal(99)).kept_by(Decimal(99))
    assert not ServiceLevel(Measure.COMPLETENESS, Decimal(99)).kept_by(Decimal("98.99"))
    assert not ServiceLevel(Measure.LATENCY, Decimal(1)).kept_by(Decimal("1.001"))
