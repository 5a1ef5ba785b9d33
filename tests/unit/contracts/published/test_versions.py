"""Two versions are served side by side from the same objects, and an old one outlives a change of the domain."""

from __future__ import annotations

import json
from typing import cast

import pytest
from attrs import evolve, frozen

from contracts.published.changes import Change, Role
from contracts.published.compatibility import breaks
from contracts.published.contract import Contract, Version
from contracts.published.forms import Record
from contracts.published.schemas import json_schema
from contracts.published.shapes import Told, shape, told_by
from contracts.published.snapshots import Kept, kept
from contracts.published.v1.catalogue import V1
from contracts.published.versions import versions
from domain.identifiers import SupplierId
from domain.places import Address
from domain.provenance import SourceRef
from domain.suppliers import BankAccount, Supplier, SupplierBlock
from domain.tax import TaxId
from sandbox.scenario import scenario
from tests.builders import supplier_of

SUPPLIER = next(supplier_of(each) for each in scenario().suppliers if each.trade_name is not None)


def _blocked(supplier: Supplier) -> SupplierBlock:
    return supplier.block


V2 = Version(
    name="v2",
    open_lists=V1.open_lists,
    shapes=(
        shape(Supplier, Told("blocked", SupplierBlock, "What is stopped.", _blocked), without={"block", "trade_name"}),
        *(each for each in V1.shapes if each.kind is not Supplier),
    ),
    contracts=V1.contracts,
)
"""A second version that renames one field and drops another."""


def test_both_versions_are_served_from_one_object() -> None:
    old, new = (version.record(version.contract_of(Supplier), SUPPLIER) for version in (V1, V2))

    assert (old["block"], old["trade_name"]) == (SUPPLIER.block.value, SUPPLIER.trade_name)
    assert new["blocked"] == SUPPLIER.block.value
    assert old.keys() - new.keys() == {"block", "trade_name"}
    assert {name: old[name] for name in old.keys() & new.keys()} == {
        name: new[name] for name in old.keys() & new.keys()
    }


def test_the_renamed_and_the_dropped_field_break_the_readers_of_the_first_version() -> None:
    contract = V1.contract("supplier")

    broken = breaks(json_schema(V1, contract), json_schema(V2, contract), Role.READER)

    assert [(each.path, each.change) for each in broken] == [
        ("trade_name", Change.FIELD_REMOVED),
        ("block", Change.FIELD_REMOVED),
    ]


@frozen(kw_only=True)
class LaterSupplier:
    """What a supplier may be one day: its name is called otherwise, and nobody keeps e-mail addresses any more."""

    id: SupplierId
    legal_name: str
    trade_name: str | None
    tax_ids: tuple[TaxId, ...]
    address: Address
    bank_accounts: tuple[BankAccount, ...]
    block: SupplierBlock
    source: SourceRef


def _name(supplier: LaterSupplier) -> str:
    return supplier.legal_name


def _no_email(_: LaterSupplier) -> None:
    return None


V1_LATER = Version(
    name="v1",
    open_lists=V1.open_lists,
    shapes=(
        shape(
            LaterSupplier,
            Told("name", str, "The legal name.", _name),
            Told("email", str | None, "Null: nobody keeps it any more.", _no_email),
            without={"legal_name"},
        ),
    ),
    contracts=(evolve(V1.contract("supplier"), of=LaterSupplier),),
)
"""The first version, served from a domain that has moved on."""


def test_a_version_outlives_a_change_of_the_domain() -> None:
    moved = LaterSupplier(
        id=SUPPLIER.id,
        legal_name=SUPPLIER.name,
        trade_name=SUPPLIER.trade_name,
        tax_ids=SUPPLIER.tax_ids,
        address=SUPPLIER.address,
        bank_accounts=SUPPLIER.bank_accounts,
        block=SUPPLIER.block,
        source=SUPPLIER.source,
    )
    (contract,) = V1_LATER.contracts
    released = json.loads(kept(V1, Kept.RELEASED)["supplier"])

    now = V1_LATER.record(contract, moved)

    assert now == {**V1.record(V1.contract("supplier"), SUPPLIER), "email": None}
    assert V1.model(V1.contract("supplier")).model_validate(now)
    assert breaks(released, json_schema(V1_LATER, contract), Role.CONSUMER) == ()


def test_the_versions_have_names_of_their_own_and_publish_each_contract_once() -> None:
    names = [version.name for version in versions()]

    assert len(set(names)) == len(names)
    for version in versions():
        contracts = [contract.name for contract in version.contracts]
        assert len(set(contracts)) == len(contracts)


def test_a_nested_class_is_served_by_its_version_too() -> None:
    page = V2.contract("supplier_page")
    fields = cast("dict[str, Record]", json_schema(V2, page)["$defs"])["Supplier"]["properties"]

    assert "blocked" in cast("Record", fields)
    assert "block" not in cast("Record", fields)


@pytest.mark.parametrize(
    ("told", "without"), [(("block",), set[str]()), ((), {"colour"})], ids=["told twice", "left out but absent"]
)
def test_a_shape_that_contradicts_its_class_is_refused(told: tuple[str, ...], without: set[str]) -> None:
    with pytest.raises(TypeError, match=r"(block|colour) of Supplier is left out although it is absent, or told twice"):
        shape(Supplier, *(Told(name, SupplierBlock, "", _blocked) for name in told), without=without)


def test_only_a_property_is_told_as_one() -> None:
    with pytest.raises(TypeError, match=r"Supplier\.block is no property"):
        told_by(Supplier, "block")


def test_adding_a_contract_is_one_entry_of_the_catalogue() -> None:
    address = Contract(name="address", of=Address, meaning="Where somebody is.", owner="purchasing")

    grown = evolve(V1, contracts=(*V1.contracts, address))

    assert grown.record(address, SUPPLIER.address)["country"] == SUPPLIER.address.country.code
