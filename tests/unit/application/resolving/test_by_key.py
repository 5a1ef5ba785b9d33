"""A record is found by its key, a supplier by its tax number too; a name only ever gives candidates."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.purchase_orders import InMemoryPurchaseOrders
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.memory.suppliers import InMemorySuppliers
from application.resolving.by_key import ResolveByKey
from application.resolving.made import bound, made_by
from domain.commands.command import Made
from domain.commands.purchase_orders import StartApprovalRouting
from domain.commands.suppliers import BlockSupplier
from domain.errors import InvalidValue
from domain.identifiers import CustomerId, ProductId, PurchaseOrderId, SupplierId
from domain.mentions import Mention
from domain.outcomes import Done
from domain.resolution import Ambiguous, Resolved, Unknown
from domain.scope import Scope
from domain.suppliers import Supplier, SupplierBlock
from ports.errors import NotOffered
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of
from tests.governed.examples import EXAMPLES, MORNING, PLACE, SCOPE
from tests.governed.house import FakeClock

SUPPLIERS = tuple(map(supplier_of, scenario().suppliers))
TAXED = next(supplier for supplier in SUPPLIERS if supplier.tax_ids)


ORDERS = tuple(map(purchase_order_of, (order for order in scenario().orders if not order.deleted)))


def resolver(*suppliers: Supplier) -> ResolveByKey:
    kept = InMemorySuppliers(suppliers or SUPPLIERS, quarantine=InMemoryQuarantine())
    orders = InMemoryPurchaseOrders(ORDERS, quarantine=InMemoryQuarantine())
    return ResolveByKey(suppliers={SCOPE: kept}, purchase_orders={SCOPE: orders}, clock=FakeClock())


def test_the_erps_own_key_settles_it() -> None:
    found = resolver().resolve(Mention(kind=SupplierId, said=TAXED.id.text), SCOPE)

    assert isinstance(found, Resolved)
    assert found.id == TAXED.id
    assert found.chosen.label == TAXED.name
    assert found.expires_at == MORNING + timedelta(hours=1)


def test_a_tax_number_settles_it_whatever_name_was_said() -> None:
    found = resolver().resolve(Mention(kind=SupplierId, said="somebody", tax_number=TAXED.tax_ids[0].number), SCOPE)

    assert isinstance(found, Resolved)
    assert found.id == TAXED.id


def test_two_masters_with_one_tax_number_are_ambiguous() -> None:
    twin = evolve(TAXED, id=SupplierId("twin"))

    found = resolver(TAXED, twin).resolve(Mention(kind=SupplierId, said="x", tax_number=TAXED.tax_ids[0].number), SCOPE)

    assert isinstance(found, Ambiguous)
    assert found.because == "several suppliers have this tax number"
    assert len(found.candidates) == 2


def test_a_name_gives_candidates_even_if_only_one_has_it() -> None:
    found = resolver().resolve(Mention(kind=SupplierId, said=TAXED.name), SCOPE)

    assert isinstance(found, Ambiguous)
    assert TAXED.id in [candidate.id for candidate in found.candidates]
    assert found.ask_for == "key"


@pytest.mark.parametrize("said", ["nobody at all", "' or 1=1 --", "A" * 10_000, "\u202eevil"])
def test_what_nobody_is_called_is_unknown(said: str) -> None:
    assert isinstance(resolver().resolve(Mention(kind=SupplierId, said=said), SCOPE), Unknown)


def test_an_order_is_found_by_its_key_alone() -> None:
    order = ORDERS[0]

    found = resolver().resolve(Mention(kind=PurchaseOrderId, said=order.id.text), SCOPE)

    assert isinstance(found, Resolved)
    assert (found.id, found.chosen.label) == (order.id, f"order of {order.ordered_on} for {order.total}")
    assert isinstance(resolver().resolve(Mention(kind=PurchaseOrderId, said="nobody's"), SCOPE), Unknown)


def test_a_product_is_known_by_the_orders_it_stands_on() -> None:
    order = ORDERS[0]
    line = order.lines[0]
    assert line.product is not None

    found = resolver().resolve(Mention(kind=ProductId, said=line.product.text), SCOPE)

    assert isinstance(found, Resolved)
    assert (found.id, found.chosen.label) == (line.product, line.description)
    assert isinstance(resolver().resolve(Mention(kind=ProductId, said=line.description), SCOPE), Unknown)
    assert isinstance(resolver().resolve(Mention(kind=ProductId, said="\u202eevil"), SCOPE), Unknown)


def test_nothing_is_resolved_where_nobody_looks() -> None:
    with pytest.raises(NotOffered, match="company 9 of elsewhere"):
        resolver().resolve(Mention(kind=SupplierId, said=TAXED.id.text), Scope("elsewhere", "9"))


def test_another_kind_is_not_offered() -> None:
    with pytest.raises(NotOffered, match="CustomerId"):
        resolver().resolve(Mention(kind=CustomerId, said="1"), SCOPE)


def test_what_a_step_made_takes_the_place_of_its_promise() -> None:
    order = made_by(Done(record=PurchaseOrderId("4500000009")), SCOPE, MORNING)

    assert bound(StartApprovalRouting(order=Made("place")), {"place": order}).targets == (order,)
    with pytest.raises(KeyError):
        bound(StartApprovalRouting(order=Made("place")), {})


def test_a_record_of_another_kind_cannot_take_the_place_of_a_promise() -> None:
    order = made_by(Done(record=PurchaseOrderId("4500000009")), SCOPE, MORNING)

    with pytest.raises(InvalidValue, match="must be a resolved SupplierId"):
        bound(BlockSupplier(supplier=Made("place"), block=SupplierBlock.ALL), {"place": order})


def test_a_command_without_promises_stays_the_very_same() -> None:
    assert all(bound(command, {}) is command for command in EXAMPLES)
    assert bound(PLACE, {}) is PLACE


def _since(before: Supplier, after: Supplier | None) -> str | None:
    found = resolver(before).resolve(Mention(kind=SupplierId, said=before.id.text), SCOPE)
    assert isinstance(found, Resolved)
    other = next(each for each in SUPPLIERS if each.id != before.id)
    return resolver(other if after is None else after).changed(found)


def test_a_supplier_that_stands_as_it_was_resolved_has_not_changed() -> None:
    assert _since(TAXED, evolve(TAXED, email="new@example.com")) is None


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (None, "it is not there, or cannot be read"),
        (evolve(TAXED, name="Somebody Else"), "it is called Somebody Else now"),
        (evolve(TAXED, block=SupplierBlock.ALL), "it is blocked now"),
    ],
    ids=["gone", "renamed", "blocked"],
)
def test_what_has_become_of_a_supplier_since_is_told(after: Supplier | None, told: str) -> None:
    assert _since(evolve(TAXED, block=SupplierBlock.NONE), after) == told


@pytest.mark.parametrize("said", ["", "  "])
def test_nothing_that_was_said_is_no_name(said: str) -> None:
    assert isinstance(resolver().resolve(Mention(kind=SupplierId, said=said), SCOPE), Unknown)


@pytest.mark.parametrize("number", ["DE136695976", "no number"])
def test_a_key_and_a_number_that_contradict_it_halt(number: str) -> None:
    found = resolver().resolve(Mention(kind=SupplierId, said=TAXED.id.text, tax_number=number), SCOPE)

    assert isinstance(found, Ambiguous)
    assert found.because == "this key's record has another tax number"


def test_a_key_and_its_own_number_agree() -> None:
    number = TAXED.tax_ids[0].number
    found = resolver().resolve(Mention(kind=SupplierId, said=TAXED.id.text, tax_number=number), SCOPE)

    assert isinstance(found, Resolved)
