"""Every law notices a port that breaks it, and only an honest port keeps them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from attrs import evolve, fields_dict

from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite
from contracts.laws.suppliers import SupplierLaws
from contracts.laws.verdicts import LawBroken
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
from tests.laws.sabotage import Saboteur

OrderSaboteur = Saboteur[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder]
SupplierSaboteur = Saboteur[SupplierId, SupplierQuery, Supplier]

ORDER_SABOTEURS: tuple[OrderSaboteur, ...] = (
    *finding_saboteurs.SABOTEURS,
    *streaming_saboteurs.SABOTEURS,
    *value_saboteurs.SABOTEURS,
    *query_saboteurs.SABOTEURS,
)
SUPPLIER_SABOTEURS: tuple[SupplierSaboteur, ...] = supplier_saboteurs.SABOTEURS


def laws_of(suite: type[Suite[K, Q, T]]) -> list[str]:
    """List the laws of a suite, inherited ones included."""
    return [name for name in dir(suite) if name.startswith("test_")]


def judge(suite: Suite[K, Q, T], law: str, subject: Subject[K, Q, T]) -> None:
    """Run one law on one subject."""
    cast("Callable[[Subject[K, Q, T]], None]", getattr(suite, law))(subject)


def some_orders() -> PurchaseOrderSubject:
    return memory.purchase_orders(size=48)


@pytest.mark.parametrize("saboteur", ORDER_SABOTEURS, ids=str)
def test_a_law_notices_a_saboteur_among_orders(saboteur: OrderSaboteur) -> None:
    with pytest.raises(LawBroken, match=saboteur.told):
        judge(PurchaseOrderLaws(), saboteur.law, saboteur.spoil(some_orders()))


@pytest.mark.parametrize("saboteur", SUPPLIER_SABOTEURS, ids=str)
def test_a_law_notices_a_saboteur_among_suppliers(saboteur: SupplierSaboteur) -> None:
    with pytest.raises(LawBroken, match=saboteur.told):
        judge(SupplierLaws(), saboteur.law, saboteur.spoil(memory.suppliers()))


@pytest.mark.parametrize("law", laws_of(PurchaseOrderLaws))
def test_the_honest_port_that_saboteurs_spoil_keeps_the_law(law: str) -> None:
    judge(PurchaseOrderLaws(), law, some_orders())


def test_every_law_of_purchase_orders_has_a_saboteur() -> None:
    assert {saboteur.law for saboteur in ORDER_SABOTEURS} == set(laws_of(PurchaseOrderLaws))


def test_every_law_that_suppliers_answer_for_themselves_has_a_saboteur() -> None:
    own = set(laws_of(SupplierLaws)) - set(laws_of(PurchaseOrderLaws))

    assert own < {saboteur.law for saboteur in SUPPLIER_SABOTEURS} <= set(laws_of(SupplierLaws))


@pytest.mark.parametrize("suite", [SupplierLaws, PurchaseOrderLaws])
def test_every_law_states_its_reason_in_one_sentence(suite: type[Suite[K, Q, T]]) -> None:
    for law in laws_of(suite):
        reason = cast("str | None", getattr(suite, law).__doc__)
        assert reason is not None, law
        assert reason.endswith("."), law
        assert "\n" not in reason, law


def test_every_field_of_a_query_is_asked_about() -> None:
    orders, suppliers = memory.purchase_orders(), memory.suppliers()

    asked_of_orders = {question.field for order in orders.expected for question in PurchaseOrderLaws().about(order)}
    asked_of_suppliers = {each.field for supplier in suppliers.expected for each in SupplierLaws().about(supplier)}

    assert asked_of_orders == fields_dict(PurchaseOrderQuery).keys() - {"after"}
    assert asked_of_suppliers == fields_dict(SupplierQuery).keys() - {"after"}


@pytest.mark.parametrize("part", ["down", "fetched"])
def test_a_law_that_lacks_what_it_needs_is_skipped_with_the_reason(part: str) -> None:
    skipped = []
    for law in laws_of(PurchaseOrderLaws):
        honest = some_orders()
        without = evolve(honest, down=None) if part == "down" else evolve(honest, fetched=None)
        try:
            judge(PurchaseOrderLaws(), law, without)
        except pytest.skip.Exception as reason:
            skipped.append(str(reason))

    assert len(skipped) == {"down": 3, "fetched": 2}[part]
    assert all(f"Subject.{part}" in reason for reason in skipped)


def test_a_law_over_nothing_cannot_be_kept_by_accident() -> None:
    with pytest.raises(ValueError, match="expected"):
        evolve(some_orders(), expected=())
