"""Every law notices a port that breaks it, and only an honest port keeps them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import cast

import pytest
from attrs import evolve, fields_dict

from contracts.laws.applicability import stated
from contracts.laws.failing import FailureLaws
from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite
from contracts.laws.suppliers import SupplierLaws
from contracts.laws.verdicts import LawBroken, NotApplicable
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from tests.laws import (
    finding_saboteurs,
    memory,
    query_saboteurs,
    streaming_saboteurs,
    supplier_saboteurs,
    value_saboteurs,
)
from tests.laws.sabotage import Saboteur, finding

OrderSaboteur = Saboteur[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder]
SupplierSaboteur = Saboteur[SupplierId, SupplierQuery, Supplier]

ORDER_SABOTEURS: tuple[OrderSaboteur, ...] = (
    *finding_saboteurs.SABOTEURS,
    *streaming_saboteurs.SABOTEURS,
    *value_saboteurs.SABOTEURS,
    *query_saboteurs.SABOTEURS,
)
SUPPLIER_SABOTEURS: tuple[SupplierSaboteur, ...] = supplier_saboteurs.SABOTEURS
CRITERIA = fields_dict(PurchaseOrderQuery).keys() - {"after"}


def judge(suite: Suite[K, Q, T], law: str, subject: Subject[K, Q, T]) -> None:
    """Run one law on one subject."""
    cast("Callable[[Subject[K, Q, T]], None]", getattr(suite, law))(subject)


def judge_for_sure(suite: Suite[K, Q, T], law: str, subject: Subject[K, Q, T]) -> None:
    """Run one law on one subject, and let nothing pass for a skip."""
    try:
        judge(suite, law, subject)
    except NotApplicable as reason:
        pytest.fail(f"{law} was not judged: {reason}")


def some_orders() -> PurchaseOrderSubject:
    return memory.purchase_orders(size=48)


@pytest.mark.parametrize("saboteur", ORDER_SABOTEURS, ids=str)
def test_a_law_notices_a_saboteur_among_orders(saboteur: OrderSaboteur) -> None:
    with pytest.raises(LawBroken, match=saboteur.told):
        judge_for_sure(PurchaseOrderLaws(), saboteur.law, saboteur.spoil(some_orders()))


@pytest.mark.parametrize("saboteur", SUPPLIER_SABOTEURS, ids=str)
def test_a_law_notices_a_saboteur_among_suppliers(saboteur: SupplierSaboteur) -> None:
    with pytest.raises(LawBroken, match=saboteur.told):
        judge_for_sure(SupplierLaws(), saboteur.law, saboteur.spoil(memory.suppliers()))


@pytest.mark.parametrize("law", PurchaseOrderLaws.names())
def test_the_honest_port_that_saboteurs_spoil_keeps_the_law(law: str) -> None:
    judge_for_sure(PurchaseOrderLaws(), law, some_orders())


def test_every_two_criteria_are_asked_together() -> None:
    asked: set[frozenset[str]] = set()
    subject = some_orders()

    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        asked.add(frozenset(each for each in CRITERIA if getattr(query, each) is not None))
        return subject.port.find(query)

    judge_for_sure(PurchaseOrderLaws(), "test_two_criteria_together_give_what_meets_both", finding(subject, find))

    assert asked - {frozenset()} == set(map(frozenset, combinations(CRITERIA, 2)))


def test_every_law_of_purchase_orders_has_a_saboteur() -> None:
    assert {saboteur.law for saboteur in ORDER_SABOTEURS} == set(PurchaseOrderLaws.names())


def test_every_law_that_suppliers_answer_for_themselves_has_a_saboteur() -> None:
    own = set(SupplierLaws.names()) - set(PurchaseOrderLaws.names())

    assert own < {saboteur.law for saboteur in SUPPLIER_SABOTEURS} <= set(SupplierLaws.names())


@pytest.mark.parametrize("suite", [SupplierLaws, PurchaseOrderLaws])
def test_every_law_states_its_reason_in_one_sentence(suite: type[Suite[K, Q, T]]) -> None:
    for law in suite.names():
        reason = cast("str | None", getattr(suite, law).__doc__)
        assert reason is not None, law
        assert reason.endswith("."), law
        assert "\n" not in reason, law


def test_every_field_of_a_query_is_asked_about() -> None:
    orders, suppliers = memory.purchase_orders(), memory.suppliers()

    asked_of_orders = {question.field for order in stated(orders) for question in PurchaseOrderLaws().about(order)}
    asked_of_suppliers = {each.field for supplier in stated(suppliers) for each in SupplierLaws().about(supplier)}

    assert asked_of_orders == fields_dict(PurchaseOrderQuery).keys() - {"after"}
    assert asked_of_suppliers == fields_dict(SupplierQuery).keys() - {"after"}


@pytest.mark.parametrize("part", ["down", "fetched"])
def test_a_law_that_lacks_what_it_needs_is_skipped_with_the_reason(part: str) -> None:
    skipped = []
    for law in PurchaseOrderLaws.names():
        honest = some_orders()
        without = evolve(honest, down=None) if part == "down" else evolve(honest, fetched=None)
        try:
            judge(PurchaseOrderLaws(), law, without)
        except NotApplicable as reason:
            skipped.append(str(reason))

    assert len(skipped) == {"down": 3, "fetched": 2}[part]
    assert all(f"Subject.{part}" in reason for reason in skipped)


NEEDS_NO_RECORD = {"test_a_page_of_less_than_one_record_is_refused", "test_a_find_fails_only_when_it_is_read"}


@pytest.mark.parametrize("law", PurchaseOrderLaws.names())
@pytest.mark.parametrize("is_stated", [True, False])
@pytest.mark.parametrize("size", [0, 2])
def test_a_law_over_too_few_records_is_not_kept_by_accident(law: str, *, is_stated: bool, size: int) -> None:
    few = memory.purchase_orders(size=size)
    subject = evolve(few, refused={}, quarantined=tuple, expected=few.expected if is_stated else None)

    if law in NEEDS_NO_RECORD:
        judge_for_sure(PurchaseOrderLaws(), law, subject)
        return
    with pytest.raises(NotApplicable, match=r"records stand there|nobody said|no record"):
        judge(PurchaseOrderLaws(), law, subject)


NEEDS_TO_KNOW = {
    "test_find_gives_every_record_once_and_nothing_else",
    "test_find_gives_records_equal_in_every_field",
    "test_what_is_absent_is_none",
    "test_no_end_and_an_unknown_end_stay_apart",
    "test_get_of_a_refused_record_names_column_and_raw_value",
    "test_get_of_a_refused_record_leaves_it_in_the_quarantine",
    "test_a_full_find_quarantines_exactly_the_refused_records",
    "test_a_refused_record_never_stops_the_stream",
}
"""The laws that say nothing about a system whose contents nobody stated."""
NOTICED_UNTOLD = [
    each
    for each in ORDER_SABOTEURS
    if each.law not in NEEDS_TO_KNOW and each.spoil is not finding_saboteurs.gives_nothing
]
"""An ERP of which nothing comes may as well be empty."""


@pytest.mark.parametrize("law", PurchaseOrderLaws.names())
def test_where_nobody_said_what_stands_there_the_laws_of_consistency_are_judged(law: str) -> None:
    unstated = evolve(some_orders(), expected=None, refused=None)

    if law in NEEDS_TO_KNOW:
        with pytest.raises(NotApplicable, match="nobody said what stands in this system; give --expected FILE"):
            judge(PurchaseOrderLaws(), law, unstated)
    else:
        judge_for_sure(PurchaseOrderLaws(), law, unstated)


@pytest.mark.parametrize("saboteur", NOTICED_UNTOLD, ids=str)
def test_a_law_of_consistency_notices_its_saboteur_without_being_told_what_stands_there(
    saboteur: OrderSaboteur,
) -> None:
    spoiled = saboteur.spoil(some_orders())

    with pytest.raises(LawBroken, match=saboteur.told):
        judge_for_sure(PurchaseOrderLaws(), saboteur.law, evolve(spoiled, expected=None, refused=None))


def test_an_unknown_key_may_be_that_of_a_refused_record_where_nobody_said_which_those_are() -> None:
    law, subject = "test_get_of_an_unknown_key_raises_not_found", memory.purchase_orders(size=48, spoiled=("999998",))

    judge_for_sure(PurchaseOrderLaws(), law, evolve(subject, expected=None, refused=None))
    with pytest.raises(LawBroken, match="raised TranslationError where NotFound belongs"):
        judge(PurchaseOrderLaws(), law, evolve(subject, refused={}))


def test_of_a_source_that_comes_in_one_fetch_nobody_can_say_whether_it_streams() -> None:
    fetched = iter((0, 1, 1))

    with pytest.raises(NotApplicable, match="comes in one fetch"):
        judge(
            PurchaseOrderLaws(),
            "test_the_first_record_comes_before_the_whole_source_is_read",
            evolve(some_orders(), fetched=lambda: next(fetched)),
        )


@pytest.mark.parametrize("law", PurchaseOrderLaws.names())
def test_a_destructive_law_is_judged_only_in_a_sandbox(law: str) -> None:
    dangerous = {name for name in vars(FailureLaws) if name.startswith("test_")}
    elsewhere = evolve(some_orders(), is_sandbox=False)

    if law in dangerous:
        with pytest.raises(NotApplicable, match=r"may lock the user; .* say sandbox = true in the configuration"):
            judge(PurchaseOrderLaws(), law, elsewhere)
    else:
        judge_for_sure(PurchaseOrderLaws(), law, elsewhere)
