"""What the ERP says at the moment that counts: of a key, and of what an index holds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from adapters.memory.purchase_orders import InMemoryPurchaseOrders
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.memory.suppliers import InMemorySuppliers
from application.resolving.by_key import ResolveByKey
from domain.identifiers import CustomerId, Identifier, ProductId, PurchaseOrderId, SupplierId
from domain.masters import of_products, of_supplier
from domain.matching import MasterRecord
from domain.mentions import Mention
from domain.purchasing import PurchaseOrder
from domain.resolution import Candidate, Evidence, Resolved
from domain.scope import Scope
from domain.suppliers import Supplier, SupplierBlock
from ports.errors import NotOffered, Problem, ProblemKind
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.reads import Page
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, source_of, supplier_of
from tests.governed.examples import MORNING, SCOPE
from tests.governed.house import FakeClock

ELSEWHERE = Scope("elsewhere", "9")
SUPPLIER, *OTHERS = (evolve(supplier_of(each), block=SupplierBlock.NONE) for each in scenario().suppliers)
ORDERS = tuple(purchase_order_of(order) for order in scenario().orders if not order.deleted)
ORDER = next(order for order in ORDERS if order.lines[0].product is not None)
LINE = ORDER.lines[0]
PRODUCT = next(each for each in of_products(ORDERS) if each.id == LINE.product)
BAD = Problem("name", "name", "", ProblemKind.RULE, "it is blank", None)
GONE = "it is not there any more, or cannot be read"
OUT_OF_DATE = "it has changed since the index was made; refresh the index"


class CountedOrders(InMemoryPurchaseOrders):
    """Orders that remember what was asked, and for how many."""

    queries: tuple[tuple[PurchaseOrderQuery, int], ...] = ()

    def page(self, query: PurchaseOrderQuery, *, size: int = 50) -> Page[PurchaseOrder]:
        self.queries = (*self.queries, (query, size))
        return super().page(query, size=size)


def resolver(*suppliers: Supplier, orders: InMemoryPurchaseOrders | None = None) -> ResolveByKey:
    spoiled = Refusal(source_of("supplier", "spoiled"), (BAD,), "{}")
    kept = InMemorySuppliers(suppliers, refused=[spoiled], quarantine=InMemoryQuarantine())
    return ResolveByKey(
        suppliers={SCOPE: kept},
        purchase_orders={SCOPE: orders or CountedOrders(ORDERS, quarantine=InMemoryQuarantine())},
        clock=FakeClock(),
    )


def test_a_suppliers_key_alone_stands_for_it() -> None:
    found = resolver(SUPPLIER).known(Mention(kind=SupplierId, said=SUPPLIER.id.text), SCOPE)

    assert found is not None
    assert found.chosen == Candidate(
        id=SUPPLIER.id,
        label=SUPPLIER.name,
        score=Decimal(1),
        evidence=(Evidence("supplier", "key equal"),),
    )
    assert (found.scope, found.mention, found.others, found.index) == (SCOPE, SUPPLIER.id.text, (), "live")
    assert found.expires_at == MORNING + timedelta(hours=1)


def test_a_products_key_alone_stands_for_it() -> None:
    assert LINE.product is not None
    found = resolver().known(Mention(kind=ProductId, said=LINE.product.text), SCOPE)

    assert found is not None
    assert (found.id, found.scope, found.mention) == (LINE.product, SCOPE, LINE.product.text)


@pytest.mark.parametrize("said", ["nobody's", "spoiled", "", SUPPLIER.name])
def test_what_is_no_readable_records_key_is_not_known_yet(said: str) -> None:
    assert resolver(SUPPLIER).known(Mention(kind=SupplierId, said=said), SCOPE) is None
    assert resolver(SUPPLIER).known(Mention(kind=ProductId, said=said), SCOPE) is None


def test_an_order_is_never_looked_for_by_what_may_be_its_name() -> None:
    assert resolver().known(Mention(kind=PurchaseOrderId, said=ORDER.id.text), SCOPE) is None


@pytest.mark.parametrize("kind", [SupplierId, ProductId])
def test_nobody_knows_what_is_elsewhere(kind: type[Identifier]) -> None:
    with pytest.raises(NotOffered, match="nobody here knows company 9 of elsewhere"):
        resolver(SUPPLIER).known(Mention(kind=kind, said=SUPPLIER.id.text), ELSEWHERE)


def test_a_supplier_that_stands_as_the_index_has_it_does_not_differ() -> None:
    assert resolver(SUPPLIER).differs(of_supplier(SUPPLIER), SCOPE) is None
    assert resolver(evolve(SUPPLIER, block=SupplierBlock.NONE)).differs(of_supplier(SUPPLIER), SCOPE) is None


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (OTHERS[0], GONE),
        (evolve(SUPPLIER, name="Somebody Else"), OUT_OF_DATE),
        (evolve(SUPPLIER, block=SupplierBlock.ALL), OUT_OF_DATE),
        (evolve(SUPPLIER, email="new@example.com"), OUT_OF_DATE),
    ],
    ids=["gone", "renamed", "blocked", "another e-mail"],
)
def test_how_a_supplier_differs_from_what_the_index_holds_is_told(now: Supplier, told: str) -> None:
    assert resolver(now).differs(of_supplier(SUPPLIER), SCOPE) == told


def test_a_supplier_that_cannot_be_read_any_more_is_as_good_as_gone() -> None:
    assert resolver(SUPPLIER).differs(evolve(of_supplier(SUPPLIER), id=SupplierId("spoiled")), SCOPE) == GONE


def test_a_product_does_not_differ_while_an_order_names_it_whatever_it_is_called_there() -> None:
    assert resolver().differs(PRODUCT, SCOPE) is None
    assert resolver().differs(evolve(PRODUCT, names=("called otherwise once",)), SCOPE) is None


def test_a_product_that_no_order_names_is_gone() -> None:
    assert resolver().differs(evolve(PRODUCT, id=ProductId("nobody's")), SCOPE) == GONE


def test_nothing_can_be_said_of_a_kind_that_nobody_reads() -> None:
    record: MasterRecord[Identifier] = MasterRecord(id=CustomerId("77"), names=("Schrauben",))

    assert resolver().differs(record, SCOPE) == GONE


@pytest.mark.parametrize("record", [of_supplier(SUPPLIER), PRODUCT])
def test_nothing_is_compared_with_what_is_elsewhere(record: MasterRecord[Identifier]) -> None:
    with pytest.raises(NotOffered, match="nobody here knows company 9 of elsewhere"):
        resolver(SUPPLIER).differs(record, ELSEWHERE)


def test_one_order_is_enough_to_know_a_product_by() -> None:
    orders = CountedOrders(ORDERS, quarantine=InMemoryQuarantine())
    by_key = resolver(orders=orders)

    by_key.known(Mention(kind=ProductId, said=PRODUCT.id.text), SCOPE)
    by_key.differs(PRODUCT, SCOPE)

    assert orders.queries == ((PurchaseOrderQuery(product=PRODUCT.id), 1),) * 2


def resolved(supplier: Supplier) -> Resolved[SupplierId]:
    found = resolver(supplier).known(Mention(kind=SupplierId, said=supplier.id.text), SCOPE)
    assert found is not None
    return found


def test_a_block_that_has_been_lifted_is_a_change() -> None:
    blocked = evolve(SUPPLIER, block=SupplierBlock.ALL)

    assert resolver(blocked).changed(resolved(blocked)) is None
    assert resolver(SUPPLIER).changed(resolved(blocked)) == "it is not blocked any more"


def test_a_block_for_something_is_no_change_for_everything_else() -> None:
    assert resolver(evolve(SUPPLIER, block=SupplierBlock.PAYMENT)).changed(resolved(SUPPLIER)) is None


def test_a_blocked_supplier_is_shown_with_that_it_is() -> None:
    found = resolved(evolve(SUPPLIER, block=SupplierBlock.ALL))

    assert found.chosen.evidence == (Evidence("supplier", "key equal"), Evidence("block", "everything"))


def test_a_product_changes_with_its_orders_and_not_by_itself() -> None:
    found = resolver().known(Mention(kind=ProductId, said=PRODUCT.id.text), SCOPE)

    assert found is not None
    assert resolver().changed(found) is None
