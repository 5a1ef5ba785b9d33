"""An ERP that offers some of the ports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

from adapters.bootstrap import connect
from adapters.cli.quarantine import read_everything
from adapters.erp import Erp
from ports.errors import NotOffered


@pytest.fixture
def whole() -> Iterator[Erp]:
    with connect(system="protheus") as erp:
        yield erp


def test_the_ports_that_are_offered_are_named(whole: Erp) -> None:
    assert whole.ports == ("suppliers", "purchase_orders")
    assert evolve(whole, purchase_orders=None).ports == ("suppliers",)


def test_a_port_that_is_not_offered_says_so(whole: Erp) -> None:
    without = evolve(whole, suppliers=None)

    assert without.purchase_orders is whole.purchase_orders
    with pytest.raises(NotOffered, match=r"^protheus offers no suppliers$"):
        _ = without.suppliers


def test_everything_is_what_the_ports_give(whole: Erp) -> None:
    orders_alone = evolve(whole, suppliers=None)

    assert 0 < read_everything(orders_alone) < read_everything(whole)
    assert read_everything(evolve(orders_alone, purchase_orders=None)) == 0
