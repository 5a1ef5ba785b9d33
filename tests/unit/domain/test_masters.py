"""What of a supplier and of a product people say, and which masters are hard to tell apart."""

from __future__ import annotations

from attrs import evolve

from domain.identifiers import ProductId
from domain.masters import group_of, of_products, of_supplier
from domain.mentions import Nature, Trait
from domain.suppliers import SupplierBlock
from domain.tax import TaxId, TaxIdKind
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of

SUPPLIER = supplier_of(scenario().suppliers[0])
CNPJ = TaxId.parse(TaxIdKind.CNPJ, "11.222.333/0001-81")
CPF = TaxId.parse(TaxIdKind.CPF, "111.444.777-35")
VAT = TaxId.parse(TaxIdKind.EU_VAT, "DE136695976")


def test_a_supplier_is_known_by_its_names_numbers_and_place() -> None:
    record = of_supplier(evolve(SUPPLIER, trade_name="Parafusos", tax_ids=(CNPJ,), email="a@example.com"))

    assert record.id == SUPPLIER.id
    assert record.names == (SUPPLIER.name, "Parafusos")
    assert record.tax_numbers == (CNPJ.number,)
    assert Trait("country", SUPPLIER.address.country.code) in record.facts
    assert Trait("e-mail", "a@example.com") in record.facts


def test_what_is_not_known_is_not_a_fact() -> None:
    record = of_supplier(evolve(SUPPLIER, email=None, address=evolve(SUPPLIER.address, street=None, city=None)))

    assert {fact.about for fact in record.facts}.isdisjoint({"e-mail", "street", "city"})


def test_only_a_supplier_that_is_blocked_for_everything_is_never_chosen() -> None:
    usable = {block: of_supplier(evolve(SUPPLIER, block=block)).usable for block in SupplierBlock}

    assert [block for block, is_usable in usable.items() if not is_usable] == [SupplierBlock.ALL]


def test_a_number_that_only_people_or_only_firms_have_tells_the_nature() -> None:
    natures = [of_supplier(evolve(SUPPLIER, tax_ids=ids)).nature for ids in ((CPF,), (CNPJ,), (CPF, CNPJ), (VAT,), ())]

    assert natures == [Nature.PERSON, Nature.ORGANISATION, Nature.ORGANISATION, None, None]


def test_branches_of_one_firm_share_the_root_of_their_number() -> None:
    branch = TaxId.parse(TaxIdKind.CNPJ, "11.222.333/0002-62")

    assert group_of((CNPJ,)) == group_of((branch,)) == "cnpj 11222333"
    assert group_of((VAT, CPF)) is None


def test_a_product_is_called_what_its_orders_call_it() -> None:
    orders = [purchase_order_of(order) for order in scenario().orders if not order.deleted]
    line = next(line for order in orders for line in order.lines if line.product is not None)
    again = evolve(orders[0], lines=(evolve(line, description="Sechskantschraube"),))

    (record,) = [each for each in of_products([*orders, again, again]) if each.id == line.product]

    assert {line.description, "Sechskantschraube"} <= set(record.names)
    assert len(record.names) == len(set(record.names))
    assert isinstance(record.id, ProductId)
