"""What is published follows the domain, field by field, and says what it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import cast

import pytest
from attrs import fields_dict, frozen
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.published.contract import Contract, Version
from contracts.published.forms import Record
from contracts.published.schemas import Schema, json_schema
from contracts.published.v1.catalogue import V1
from domain.provenance import SourceRef
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Problem, ProblemKind
from ports.quarantine import Refusal
from ports.reads import Page
from sandbox.scenario import scenario
from tests.builders import READ_AT, purchase_order_of, supplier_of

SUPPLIERS = [supplier_of(each) for each in scenario().suppliers]
ORDERS = [purchase_order_of(each) for each in scenario().orders]
every_contract = pytest.mark.parametrize("contract", V1.contracts, ids=lambda contract: contract.name)


def places(schema: object) -> Iterator[Schema]:
    """Walk through a schema and give each object in it."""
    if isinstance(schema, dict):
        yield schema
        for each in schema.values():
            yield from places(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from places(each)


def a_contract_of(kind: type, name: str = "thing") -> tuple[Version, Contract]:
    contract = Contract(name=name, of=kind, meaning="A thing.", owner="tests")
    return Version(name="v0", contracts=(contract,)), contract


@pytest.mark.parametrize(("kind", "more"), [(Supplier, set()), (PurchaseOrder, {"total"}), (Refusal, set())])
def test_every_attribute_of_the_class_is_published(kind: type, more: set[str]) -> None:
    model = V1.model(V1.contract_of(kind))

    assert set(model.model_fields) == set(fields_dict(kind)) | more


def test_a_new_attribute_is_published_without_a_word() -> None:
    @frozen
    class Pallet:
        """A pallet; *height* is in centimetres."""

        height: int
        labelled_on: date | None

    version, contract = a_contract_of(Pallet)

    assert version.record(contract, Pallet(120, None)) == {"height": 120, "labelled_on": None}
    assert json_schema(version, contract)["properties"] == {
        "height": {"type": "integer", "description": "A pallet; height is in centimetres."},
        "labelled_on": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
    }


def test_a_value_without_a_decided_form_is_refused() -> None:
    @frozen
    class Carrier:
        weight: float

    version, contract = a_contract_of(Carrier)

    with pytest.raises(TypeError, match="no form was decided for float"):
        version.record(contract, Carrier(1.5))
    with pytest.raises(TypeError, match="no form was decided for <class 'float'>"):
        version.model(contract)


@pytest.mark.parametrize("value", [*SUPPLIERS, *ORDERS], ids=lambda value: f"{type(value).__name__} {value.id}")
def test_every_record_of_the_scenario_is_a_value_of_its_contract(value: Supplier | PurchaseOrder) -> None:
    contract = V1.contract_of(type(value))

    record = V1.record(contract, value)

    assert V1.model(contract).model_validate(record).model_dump(mode="json", by_alias=True) == {
        **record,
        "source": {**cast("Record", record["source"]), "read_at": "2026-01-02T03:04:05Z"},
    }


def test_a_page_tells_where_the_next_one_begins() -> None:
    contract = V1.contract("supplier_page")

    more = V1.record(contract, Page(tuple(SUPPLIERS[:2]), has_more=True))
    last = V1.record(contract, Page(tuple(SUPPLIERS[2:4]), has_more=False))
    empty = V1.record(contract, Page((), has_more=False))

    assert (more["cursor"], more["has_more"]) == (SUPPLIERS[1].id.text, True)
    assert (last["cursor"], last["has_more"]) == (None, False)
    assert empty == {"items": [], "has_more": False, "cursor": None}


def test_a_page_of_another_aggregate_is_refused() -> None:
    with pytest.raises(ValidationError, match="tax_ids"):
        V1.record(V1.contract("supplier_page"), Page(tuple(ORDERS[:1]), has_more=False))


def test_a_refusal_is_published_with_its_problems() -> None:
    problem = Problem("id", "LIFNR", "'x'", ProblemKind.INVALID_IDENTIFIER, "it is no number", None)
    refusal = Refusal(SourceRef("sap", "LFA1", "x", READ_AT), (problem,), "raw")

    record = V1.record(V1.contract("refusal"), refusal)

    assert record["problems"] == [
        {"field": "id", "column": "LIFNR", "raw": "'x'", "kind": "invalid identifier", "reason": "it is no number",
         "quirk": None},
    ]  # fmt: skip


def test_a_contract_is_found_by_class_only_where_there_is_one() -> None:
    with pytest.raises(TypeError, match="v1 has several contracts of a Page"):
        V1.contract_of(Page)
    with pytest.raises(LookupError, match="v1 has no contract invoice; it has supplier, purchase_order"):
        V1.contract("invoice")


@every_contract
def test_every_field_is_required_and_says_what_it_means(contract: Contract) -> None:
    schema = json_schema(V1, contract)
    definitions = cast("dict[str, Schema]", schema.get("$defs", {}))
    objects = [schema, *definitions.values()]
    for each in objects:
        properties = cast("dict[str, Schema]", each["properties"])

        assert each["required"] == list(properties)
        assert each["description"]
        for name, field in properties.items():
            reference = str(field.get("$ref", "")).removeprefix("#/$defs/")
            assert field.get("description") or definitions[reference]["description"], name


@every_contract
def test_readers_are_told_of_every_list_of_values_whether_it_may_grow(contract: Contract) -> None:
    for each in places(json_schema(V1, contract)):
        if "enum" in each:
            assert str(each["description"]).endswith("another value comes only with another version.")
        if "x-extensible-enum" in each:
            assert str(each["description"]).endswith("take a value that is not in it for unknown, and go on.")


@every_contract
def test_objects_are_open_so_that_a_version_can_grow(contract: Contract) -> None:
    assert not [each for each in places(json_schema(V1, contract)) if "additionalProperties" in each]


@every_contract
def test_no_word_of_python_stands_in_a_contract(contract: Contract) -> None:
    told = [
        str(each["description"])
        for each in places(json_schema(V1, contract))
        if isinstance(each.get("description"), str)
    ]

    assert not [each for each in told if "`" in each or "None" in each or "*" in each]


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_an_exact_decimal_goes_out_and_comes_back_unchanged(number: Decimal) -> None:
    @frozen
    class Weighed:
        weight: Decimal

    version, contract = a_contract_of(Weighed)

    record = version.record(contract, Weighed(number))

    assert Decimal(str(record["weight"])) == number
    assert version.model(contract).model_validate(record).model_dump() == record


@pytest.mark.parametrize("wrong", [1.5, 1, None, "", "1e3", "1,5", " 1", "NaN", "1.", True])
def test_what_is_no_decimal_in_full_is_refused_by_the_model(wrong: object) -> None:
    @frozen
    class Weighed:
        weight: Decimal

    version, contract = a_contract_of(Weighed)

    with pytest.raises(ValidationError):
        version.model(contract).model_validate({"weight": wrong})


def test_a_closed_list_refuses_another_value_and_an_open_one_takes_it() -> None:
    order = V1.record(V1.contract("purchase_order"), ORDERS[0])
    supplier = V1.record(V1.contract("supplier"), next(each for each in SUPPLIERS if each.tax_ids))
    (tax_id,) = cast("list[Record]", supplier["tax_ids"])

    with pytest.raises(ValidationError, match="status"):
        V1.model(V1.contract("purchase_order")).model_validate({**order, "status": "paused"})
    V1.model(V1.contract("supplier")).model_validate({**supplier, "tax_ids": [{**tax_id, "kind": "ein"}]})


def test_the_lists_that_may_grow_are_lists_of_the_domain() -> None:
    assert all(issubclass(each, Enum) for each in V1.open_lists)
    assert OrderStatus not in V1.open_lists


def test_absent_zero_false_and_blank_stay_four_facts() -> None:
    @frozen
    class Facts:
        absent: str | None
        zero: int
        no: bool
        blank: str

    version, contract = a_contract_of(Facts)

    record = version.record(contract, Facts(None, 0, False, ""))

    assert [repr(each) for each in record.values()] == ["None", "0", "False", "''"]


def test_every_contract_has_an_owner_and_a_meaning() -> None:
    assert all(each.owner and each.meaning.endswith(".") for each in V1.contracts)
    assert all(each.levels and each.quality and each.constraints for each in V1.contracts if each.port is not None)
    assert {each.port.page for each in V1.contracts if each.port is not None} <= {each.name for each in V1.contracts}
