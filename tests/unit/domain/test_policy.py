"""Classification: by the nature of an action, and by the site's policy."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from domain.classification import ActionClass, Impact, Reversibility, classified
from domain.commands.suppliers import BlockSupplier
from domain.currency import Currency
from domain.images import NOTHING, Fact, Observation, Version
from domain.money import Money
from domain.policy import FORBIDDEN, Above, Condition, Forbidden, Is, Names, Patience, Policy, Rule, classify
from domain.provenance import SourceRef
from domain.quantity import Quantity
from domain.scope import Scope
from domain.stages import Stage
from tests.governed.examples import BLOCK, EUR, MORNING, PIECE, PLACE, RENAME, SCOPE

READ, LOW, HIGH, IRREVERSIBLE = ActionClass
R, J = Reversibility, Impact
SOURCE = SourceRef("sap", "order", "1", MORNING)
VALUE = Money(EUR, Decimal("10000.00"))


def seen(**facts: object) -> Observation:
    told = tuple(Fact(name.replace("_", " "), value, SOURCE) for name, value in facts.items())
    return Observation(version=Version("1"), before=NOTHING, facts=told)


def verdict(*rules: Rule, command: object = PLACE, scope: Scope = SCOPE, **facts: object) -> ActionClass | Forbidden:
    policy = Policy(version="1", rules=rules)
    return classify(policy, command, scope, seen(**facts)).verdict  # type: ignore[arg-type]  # a command


@pytest.mark.parametrize(
    ("reversibility", "impact", "expected"),
    [
        (R.REVERSIBLE, J.NONE, READ), (R.COMPENSABLE, J.NONE, READ), (R.IRREVERSIBLE, J.NONE, READ),
        (R.REVERSIBLE, J.INTERNAL, LOW), (R.COMPENSABLE, J.INTERNAL, HIGH), (R.IRREVERSIBLE, J.INTERNAL, HIGH),
        (R.REVERSIBLE, J.EXTERNAL, HIGH), (R.COMPENSABLE, J.EXTERNAL, HIGH), (R.IRREVERSIBLE, J.EXTERNAL, IRREVERSIBLE),
    ],
)  # fmt: skip
def test_the_class_by_nature(reversibility: Reversibility, impact: Impact, expected: ActionClass) -> None:
    assert classified(reversibility, impact) is expected


def test_the_more_careful_class_asks_more_people() -> None:
    assert [each.approvers for each in ActionClass] == [0, 0, 1, 2]
    assert [LOW.at_least(HIGH), HIGH.at_least(LOW), READ.at_least(READ)] == [HIGH, HIGH, READ]


def test_without_a_policy_the_nature_decides() -> None:
    assert verdict() is HIGH
    assert verdict(command=RENAME) is LOW
    assert classify(Policy(version="1"), PLACE, SCOPE, seen()).because == ("its nature",)


def test_a_rule_without_a_condition_replaces_the_class() -> None:
    assert verdict(Rule(action="place purchase order", verdict=LOW)) is LOW
    assert verdict(Rule(action="place purchase order", verdict=IRREVERSIBLE)) is IRREVERSIBLE


def test_a_rule_with_a_condition_never_lowers() -> None:
    assert verdict(Rule(verdict=LOW, when=Above("order value", VALUE)), order_value=Money(EUR, Decimal(10**6))) is HIGH


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Money(EUR, Decimal("10000.00")), HIGH),
        (Money(EUR, Decimal("10000.01")), IRREVERSIBLE),
        (Money(EUR, Decimal("-10000.01")), IRREVERSIBLE),
        (Money(Currency("USD"), Decimal(1)), IRREVERSIBLE),
        (Decimal(1), IRREVERSIBLE),
        ("10", IRREVERSIBLE),
        (None, IRREVERSIBLE),
    ],
)
def test_a_threshold_fails_closed(value: object, expected: ActionClass) -> None:
    assert verdict(Rule(verdict=IRREVERSIBLE, when=Above("order value", VALUE)), order_value=value) is expected


def test_a_fact_that_was_not_read_exceeds_every_threshold() -> None:
    for limit in (VALUE, Decimal(10**9), Quantity(Decimal(10**9), PIECE)):
        assert verdict(Rule(verdict=IRREVERSIBLE, when=Above("order value", limit))) is IRREVERSIBLE
    assert verdict(Rule(verdict=IRREVERSIBLE, when=Is("supplier block", frozenset({"all"})))) is IRREVERSIBLE


@pytest.mark.parametrize(
    ("condition", "fact", "met"),
    [
        (Above("f", Decimal(5)), Decimal("5.01"), True), (Above("f", Decimal(5)), Decimal(5), False),
        (Above("f", Quantity(Decimal(5), PIECE)), Quantity(Decimal(6), PIECE), True),
        (Above("f", Quantity(Decimal(5), PIECE)), Quantity(Decimal(5), PIECE), False),
        (Above("f", Decimal(5)), True, True),
        (Is("f", frozenset({"all"})), BLOCK.block, True), (Is("f", frozenset({"none"})), BLOCK.block, False),
        (Is("f", frozenset({"x"})), "x", True), (Is("f", frozenset({"None"})), None, True),
    ],
)  # fmt: skip
def test_conditions(condition: Condition, fact: object, met: bool) -> None:
    assert condition.holds(BLOCK, seen(f=fact)) is met


def test_a_deny_list_forbids_what_it_names_also_in_a_line() -> None:
    def denied(key: str) -> Rule:
        return Rule(verdict=FORBIDDEN, when=Names(frozenset({key})))

    assert verdict(denied("4711")) is FORBIDDEN
    assert verdict(denied("B-12")) is FORBIDDEN
    assert verdict(denied("4712")) is HIGH
    assert verdict(Rule(action="place purchase order", verdict=FORBIDDEN)) is FORBIDDEN


def test_a_rule_is_about_its_place_and_action_alone() -> None:
    there = Rule(system="sap", company="2000", verdict=LOW)
    assert verdict(there) is HIGH
    assert verdict(there, scope=Scope("sap", "2000")) is LOW
    assert verdict(Rule(system="oracle", verdict=LOW)) is HIGH
    assert verdict(Rule(action="block supplier", verdict=LOW)) is HIGH


def test_an_action_that_nobody_knows_is_irreversible_unless_the_policy_names_it() -> None:
    @frozen(kw_only=True)
    class DeleteEverything(BlockSupplier):
        """No part of the catalogue."""

    command = DeleteEverything(supplier=BLOCK.supplier, block=BLOCK.block)
    assert verdict(command=command) is IRREVERSIBLE
    assert verdict(Rule(verdict=LOW), command=command) is IRREVERSIBLE
    assert verdict(Rule(action="block supplier", verdict=LOW), command=command) is LOW


RULES = st.lists(
    st.builds(
        Rule,
        verdict=st.sampled_from([*ActionClass, FORBIDDEN]),
        action=st.sampled_from([None, "place purchase order", "block supplier"]),
        when=st.sampled_from([None, Above("order value", VALUE), Names(frozenset({"4711"}))]),
    ),
    max_size=4,
)


@given(RULES)
def test_the_order_of_the_rules_says_nothing(rules: list[Rule]) -> None:
    assert len({verdict(*order) for order in permutations(rules)}) == 1


@given(RULES, RULES)
def test_a_further_condition_never_makes_less_careful(rules: list[Rule], more: list[Rule]) -> None:
    before = verdict(*rules)
    after = verdict(*rules, *(rule for rule in more if rule.when is not None))

    assert after is FORBIDDEN or (isinstance(before, ActionClass) and isinstance(after, ActionClass))
    if isinstance(before, ActionClass) and isinstance(after, ActionClass):
        assert before.at_least(after) is after


def test_a_rule_reads_as_a_sentence() -> None:
    rule = Rule(action="change price", system="sap", company="1000", verdict=HIGH, when=Above("price", Decimal(5)))

    assert str(rule) == "change price, 1000 of sap, when price is above 5, or not known: high"
    assert str(Rule(verdict=FORBIDDEN)) == "every action, everywhere, always: forbidden"
    assert str(Is("block", frozenset({"none", "all"}))) == "block is all or none, or not known"
    assert str(Names(frozenset({"4712", "4711"}))) == "it concerns 4711 or 4712"


@pytest.mark.parametrize("verdict_", [HIGH, FORBIDDEN])
def test_a_classification_says_by_which_rules(verdict_: ActionClass | Forbidden) -> None:
    one, other = Rule(verdict=verdict_), Rule(verdict=LOW, when=Names(frozenset({"4711"})))
    elsewhere = Rule(system="oracle", verdict=LOW)

    classified_ = classify(Policy(version="1", rules=(other, elsewhere, one)), PLACE, SCOPE, seen())

    assert classified_.because == (str(one), str(other))


def test_a_site_that_says_nothing_about_time_is_this_patient() -> None:
    assert Policy(version="1").patience == Patience(
        approval=timedelta(days=3),
        lease=timedelta(minutes=5),
        pause=timedelta(seconds=30),
        settling=timedelta(hours=4),
        deciding=timedelta(days=7),
        losses=3,
    )


def test_supervision_asks_a_person_about_everything() -> None:
    assert [Stage.SUPERVISED.careful(each) for each in ActionClass] == [HIGH, HIGH, HIGH, IRREVERSIBLE]
    assert [Stage.AUTONOMOUS.careful(each) for each in ActionClass] == list(ActionClass)
