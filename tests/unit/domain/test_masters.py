"""What of a supplier and of a product people say, and which masters are hard to tell apart."""

from __future__ import annotations

from attrs import evolve

from domain.identifiers import ProductId, SupplierId
from domain.masters import Quality, group_of, of_products, of_supplier, quality
from domain.matching import MasterRecord
from domain.mentions import Nature, Trait
from domain.places import Address, Country
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


def test_everything_about_its_place_is_a_fact_under_its_own_name() -> None:
    place = Address(street="Am Hafen, 3", city="Bremen", region="HB", postal_code="28195", country=Country("DE"))
    record = of_supplier(evolve(SUPPLIER, address=place, email="a@example.com"))

    assert {fact.about: fact.value for fact in record.facts} == {
        "street": "Am Hafen, 3",
        "city": "Bremen",
        "region": "HB",
        "postal code": "28195",
        "country": "DE",
        "e-mail": "a@example.com",
    }


def test_a_supplier_without_a_trade_name_has_one_name() -> None:
    assert of_supplier(evolve(SUPPLIER, trade_name=None)).names == (SUPPLIER.name,)


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
    assert of_supplier(evolve(SUPPLIER, tax_ids=(VAT, branch))).group == "cnpj 11222333"


def test_a_product_is_called_what_its_orders_call_it() -> None:
    orders = [purchase_order_of(order) for order in scenario().orders if not order.deleted]
    line = next(line for order in orders for line in order.lines if line.product is not None)
    again = evolve(orders[0], lines=(evolve(line, description="Sechskantschraube"),))

    (record,) = [each for each in of_products([*orders, again, again]) if each.id == line.product]

    assert {line.description, "Sechskantschraube"} <= set(record.names)
    assert len(record.names) == len(set(record.names))
    assert isinstance(record.id, ProductId)


def a_master(
    key: str, *names: str, numbers: tuple[str, ...] = (), group: str | None = None
) -> MasterRecord[SupplierId]:
    return MasterRecord(id=SupplierId(key), names=names or (f"Firm {key}",), tax_numbers=numbers, group=group)


def test_masters_that_have_nothing_in_common_are_in_order() -> None:
    fine = [a_master("1", numbers=("DE136695976",), group="a"), a_master("2", group="b"), a_master("3"), a_master("4")]

    assert quality(fine) == quality([]) == Quality(numbers=(), names=(), branches=(), unchecked=())


def test_a_number_of_several_masters_names_them_all() -> None:
    one, two, three = (a_master(key, numbers=("DE136695976",)) for key in "123")

    assert quality([one, a_master("4"), two, three]).numbers == ((one.id, two.id, three.id),)


def test_a_master_that_holds_a_number_twice_shares_it_with_nobody() -> None:
    assert quality([a_master("1", numbers=("DE136695976", "DE136695976"))]).numbers == ()


def test_a_name_is_the_same_however_it_is_written_and_counts_once_for_each_master() -> None:
    one = a_master("1", "Schrauben KG", "SCHRAUBEN KG")
    two = a_master("2", "Muttern KG", " schrauben\tkg")

    assert quality([one]).names == ()
    assert quality([one, two]).names == ((one.id, two.id),)


def test_firms_with_several_masters_are_told() -> None:
    one, two, other = a_master("1", group="a"), a_master("2", group="a"), a_master("3", group="b")

    assert quality([one, other, two, a_master("4")]).branches == ((one.id, two.id),)


def test_a_master_with_any_number_that_fails_its_check_digits_is_told() -> None:
    wrong = a_master("1", numbers=("DE136695976", "DE136695977"))

    assert quality([a_master("2"), wrong, a_master("3", numbers=("11222333000181",))]).unchecked == (wrong.id,)
