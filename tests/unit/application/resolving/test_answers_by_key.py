"""What is answered by key, word for word: a person reads it, and the audit keeps it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from adapters.memory.quarantine import InMemoryQuarantine
from adapters.memory.suppliers import InMemorySuppliers
from application.resolving.by_key import SHOWN, ResolveByKey
from domain.identifiers import Identifier, ProductId, PurchaseOrderId, SupplierId
from domain.mentions import Mention
from domain.resolution import Ambiguous, Candidate, Evidence, Resolved, Unknown
from domain.suppliers import Supplier, SupplierBlock
from ports.purchase_orders import PurchaseOrderQuery
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of
from tests.governed.examples import SCOPE
from tests.governed.house import FakeClock
from tests.unit.application.resolving.test_known import CountedOrders

SUPPLIER = next(supplier for supplier in map(supplier_of, scenario().suppliers) if supplier.tax_ids)
FREE = evolve(SUPPLIER, block=SupplierBlock.NONE)
BLOCKED = evolve(SUPPLIER, block=SupplierBlock.ALL)
NUMBER = SUPPLIER.tax_ids[0].number
ORDERS = tuple(purchase_order_of(order) for order in scenario().orders if not order.deleted)
ORDER = next(order for order in ORDERS if order.lines[0].product is not None)
NO_KEY = "\u202eevil"


class StrictSuppliers(InMemorySuppliers):
    """Suppliers that take nothing but a key for a key, as the port says."""

    def get(self, key: SupplierId) -> Supplier:
        if not isinstance(key, SupplierId):
            raise TypeError(f"{key!r} is not a supplier's key")
        return super().get(key)


def a_house(*there: Supplier) -> tuple[ResolveByKey, CountedOrders]:
    counted = CountedOrders(ORDERS, quarantine=InMemoryQuarantine())
    suppliers = StrictSuppliers(there, quarantine=InMemoryQuarantine())
    return ResolveByKey(suppliers={SCOPE: suppliers}, purchase_orders={SCOPE: counted}, clock=FakeClock()), counted


def answer(kind: type[Identifier], said: str, *there: Supplier, tax_number: str | None = None) -> object:
    by_key, _ = a_house(*there)
    return by_key.resolve(Mention(kind=kind, said=said, tax_number=tax_number), SCOPE)


def candidate(supplier: Supplier, verdict: str) -> Candidate[SupplierId]:
    return Candidate(id=supplier.id, label=supplier.name, score=Decimal(0), evidence=(Evidence("supplier", verdict),))


@pytest.mark.parametrize(
    ("kind", "said", "because"),
    [
        (SupplierId, "x" * 10_000, "what was said is too long, or holds half a character"),
        (SupplierId, "nobody", "no supplier has this key, tax number or name"),
        (PurchaseOrderId, "nobody's", "no purchase order has this key"),
        (ProductId, "nobody's", "no product of this key has been ordered before"),
    ],
)
@pytest.mark.parametrize("padding", ["", NO_KEY])
def test_what_is_not_there_is_unknown_in_the_words_in_which_it_was_asked_for(
    kind: type[Identifier], said: str, because: str, padding: str
) -> None:
    assert answer(kind, said + padding) == Unknown(mention=said + padding, because=because)


def test_a_name_gives_those_who_have_it_and_asks_for_a_key() -> None:
    why = "a name is not enough to write by"

    assert answer(SupplierId, f" {FREE.name} ", FREE) == Ambiguous(
        mention=f" {FREE.name} ", candidates=(candidate(FREE, why),), because=why, ask_for="key"
    )


def test_a_key_whose_number_was_said_otherwise_asks_for_the_key() -> None:
    why = "this key's record has another tax number"

    assert answer(SupplierId, FREE.id.text, FREE, tax_number="DE136695976") == Ambiguous(
        mention=FREE.id.text, candidates=(candidate(FREE, why),), because=why, ask_for="key"
    )


def test_a_number_that_several_have_asks_for_the_key() -> None:
    why = "several suppliers have this tax number"
    twin = evolve(FREE, id=SupplierId(f"{FREE.id}-2"))

    assert answer(SupplierId, "somebody", FREE, twin, tax_number=NUMBER) == Ambiguous(
        mention="somebody", candidates=(candidate(FREE, why), candidate(twin, why)), because=why, ask_for="key"
    )


def test_what_was_found_is_kept_with_what_was_said() -> None:
    found = answer(SupplierId, "somebody", FREE, tax_number=NUMBER)

    assert isinstance(found, Resolved)
    assert found.chosen.evidence == (Evidence("supplier", "tax number equal"),)
    assert (found.chosen.score, found.mention, found.others, found.index) == (Decimal(1), "somebody", (), "live")


def test_that_it_is_blocked_is_shown_with_what_was_found() -> None:
    found = answer(SupplierId, BLOCKED.id.text, BLOCKED)

    assert isinstance(found, Resolved)
    assert found.chosen.evidence == (Evidence("supplier", "key equal"), Evidence("block", "everything"))


def test_an_order_is_kept_with_its_key() -> None:
    found = answer(PurchaseOrderId, ORDER.id.text)

    assert isinstance(found, Resolved)
    assert found.chosen.evidence == (Evidence("purchase order", "key equal"),)
    assert (found.chosen.score, found.mention) == (Decimal(1), ORDER.id.text)


def test_a_product_is_kept_with_the_order_that_it_stands_on() -> None:
    product = ORDER.lines[0].product
    assert product is not None
    first = next(order for order in ORDERS if product in [line.product for line in order.lines])

    found = answer(ProductId, product.text)

    assert isinstance(found, Resolved)
    assert found.chosen.evidence == (Evidence("product", f"key equal, ordered before on {first.id}"),)
    assert (found.chosen.score, found.mention) == (Decimal(1), product.text)


def test_a_products_orders_are_asked_for_by_its_key_and_one_is_enough() -> None:
    product = ORDER.lines[0].product
    assert product is not None
    by_key, orders = a_house()

    by_key.resolve(Mention(kind=ProductId, said=product.text), SCOPE)

    assert orders.queries == ((PurchaseOrderQuery(product=product), 1),)


def test_no_order_is_asked_for_where_what_was_said_can_be_no_key() -> None:
    by_key, orders = a_house()

    by_key.resolve(Mention(kind=ProductId, said=NO_KEY), SCOPE)

    assert orders.queries == ()


@pytest.mark.parametrize("tax_number", [None, NUMBER])
def test_no_more_are_read_than_a_person_can_choose_from(tax_number: str | None) -> None:
    many = [evolve(FREE, id=SupplierId(f"{number:03}")) for number in range(SHOWN + 1)]

    found = answer(SupplierId, FREE.name, *many, tax_number=tax_number)

    assert isinstance(found, Ambiguous)
    assert len(found.candidates) == SHOWN == 10
