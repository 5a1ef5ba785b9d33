"""Protheus over REST behind the ports: every trap of its generic query, and what a configuration may say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from pydantic import SecretStr, ValidationError

from acl.protheus.purchase_orders import PURCHASE_ORDER
from acl.protheus.rest.rows import rows_of
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.rest.filters import totvs_filter
from adapters.rest.service import RestService
from adapters.systems.protheus_rest import ProtheusRestSettings, opened
from adapters.systems.protheus_rest_tables import ProtheusTables, order_table
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.purchasing import OrderStatus
from ports.errors import AccessDenied, Drifted, Misconfigured, NotFound
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from sandbox.protheus_rest import ORDERS, TokenServer, broken, protheus_rest_server
from sandbox.scenario import scenario
from sandbox.web import PASSWORD, USER
from tests.builders import purchase_order_of, supplier_of
from tests.systems.protheus_rest_writing import running

SUPPLIERS = sorted(map(supplier_of, scenario().suppliers), key=lambda supplier: supplier.id)
FACTS = sorted(map(purchase_order_of, scenario().orders), key=lambda order: order.id)
COMPANY = {"orders": ORDERS, "payment_terms": "001", "delivery_branch": "01"}


@pytest.fixture(scope="module")
def server() -> Iterator[TokenServer]:
    """A sandbox that nobody writes to."""
    with protheus_rest_server() as running_:
        yield running_


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(server: TokenServer, quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    with opened("protheus", settings(server), quarantine, {}) as found:
        yield found


def settings(server: TokenServer, **changes: Any) -> ProtheusRestSettings:
    """Give the settings of the sandbox, as a site's file says them."""
    told = {"url": server.url, "company": "01", "branch": "01", "user": USER, "password": SecretStr(PASSWORD)}
    return ProtheusRestSettings.model_validate(told | changes)


def test_the_tables_are_those_the_mappings_were_written_for(erp: Erp) -> None:
    erp.check()


def test_everything_is_the_scenarios_in_the_order_of_keys(erp: Erp, quarantine: InMemoryQuarantine) -> None:
    assert list(erp.suppliers.find(SupplierQuery())) == SUPPLIERS
    assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == FACTS
    assert {each.source.key.replace("/", "") for each in quarantine.refusals} == {each.key for each in broken()}


def test_dead_rows_other_branches_and_other_documents_are_not_there(erp: Erp) -> None:
    """PRO-DEL-01, PRO-FIL-01, PRO-PO-06."""
    for gone in ("800001", "800002", *(order.number for order in scenario().deleted_orders)):
        with pytest.raises(NotFound):
            erp.purchase_orders.get(PurchaseOrderId(gone))


def test_a_question_about_a_line_gives_the_order_with_all_its_lines(erp: Erp) -> None:
    """The framework filters rows; the keys are asked for first."""
    product = ProductId("A/B 1")

    found = list(erp.purchase_orders.find(PurchaseOrderQuery(product=product)))

    assert found == [order for order in FACTS if any(line.product == product for line in order.lines)]
    assert any(line.product != product for order in found for line in order.lines)


@pytest.mark.parametrize("status", OrderStatus)
def test_a_status_that_no_column_holds_can_be_asked_for(erp: Erp, status: OrderStatus) -> None:
    found = list(erp.purchase_orders.find(PurchaseOrderQuery(status=status)))

    assert found == [order for order in FACTS if order.status is status]


def test_a_condition_never_hides_that_the_rows_of_an_order_disagree(erp: Erp, quarantine: InMemoryQuarantine) -> None:
    """PRO-PO-07."""
    (torn,) = [each for each in broken() if each.quirk == "PRO-PO-07"]

    found = list(erp.purchase_orders.find(PurchaseOrderQuery(ordered_from=FACTS[0].ordered_on)))

    assert torn.key not in {str(order.id) for order in found}
    assert torn.key in {each.source.key for each in quarantine.refusals}


def test_a_filter_in_a_criterion_is_a_text_like_any_other(erp: Erp) -> None:
    hostile = "x' or '1' eq '1"

    assert list(erp.purchase_orders.find(PurchaseOrderQuery(reference=hostile))) == []
    assert list(erp.purchase_orders.find(PurchaseOrderQuery(supplier=SupplierId("O'Neil01")))) == []
    assert list(erp.suppliers.find(SupplierQuery(name=hostile))) == []


def test_one_order_costs_one_question(erp: Erp, server: TokenServer) -> None:
    before = len(server.seen)
    assert erp.purchase_orders.get(FACTS[0].id) == FACTS[0]

    (asked,) = server.seen[before:]
    assert asked.header("tenantId") == "01,01"
    assert "filter=c7_tipo" in asked.query


def test_a_field_that_does_not_come_is_drift_and_not_blank() -> None:
    """The framework leaves out what the dictionary does not have, or our user may not see."""
    rows = rows_of(PURCHASE_ORDER)
    table = evolve(order_table(PURCHASE_ORDER), rows=evolve(rows, columns=(*rows.columns, "C7_XNOBODY")))
    with (
        running() as protheus,
        RestService(protheus.connection, render=totvs_filter) as service,
        pytest.raises(Drifted, match="lacks C7_XNOBODY"),
    ):
        ProtheusTables(service=service, branch="01").check(table)


def test_a_wrong_password_is_told_and_shown_nowhere(server: TokenServer, quarantine: InMemoryQuarantine) -> None:
    wrong = settings(server, password=SecretStr("hidden-7431"))
    with opened("protheus", wrong, quarantine, {}) as erp, pytest.raises(AccessDenied) as caught:
        erp.check()

    assert "hidden-7431" not in str(caught.value)


def test_another_company_is_a_system_of_its_own(server: TokenServer, quarantine: InMemoryQuarantine) -> None:
    with pytest.raises(Misconfigured, match="company 02 is not the one of protheus"):
        opened("protheus", settings(server, companies={"02": COMPANY}), quarantine, {})


def test_a_system_without_companies_is_only_read(server: TokenServer, quarantine: InMemoryQuarantine) -> None:
    with opened("protheus", settings(server), quarantine, {}) as erp:
        assert dict(erp.executions) == {}
    with opened("protheus", settings(server, companies={"01": COMPANY}), quarantine, {}) as erp:
        assert [*erp.executions] == ["01"]
        assert len(erp.executions["01"].lacks()) == 2


@pytest.mark.parametrize(
    ("key", "value"),
    [("order_reference", "A2_XIDEXT"), ("supplier_reference", "A2_XREF; drop"), ("orders", "https://other/host")],
)
def test_a_field_of_another_table_and_another_host_are_refused_before_anything_is_asked(
    server: TokenServer, key: str, value: str
) -> None:
    with pytest.raises(ValidationError):
        settings(server, companies={"01": COMPANY | {key: value}})
