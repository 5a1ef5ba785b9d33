"""The published contracts in the forms that other tools read; what those tools say of them stands in tests/real."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import cast

import pytest
from open_data_contract_standard.model import OpenDataContractStandard, SchemaProperty

from contracts.published.snapshots import texts
from contracts.published.v1.catalogue import V1
from tests.adapters.cli.conftest import Command, inside, items

NAMES = [contract.name for contract in V1.contracts]
ENDINGS = {"odcs": "odcs.yaml", "jsonschema": "schema.json"}


def the_standard(dragoman: Command, name: str) -> OpenDataContractStandard:
    return OpenDataContractStandard.from_string(
        dragoman("contract", "export", "--format", "odcs", "--contract", name).out
    )


def properties(document: OpenDataContractStandard) -> dict[str, SchemaProperty]:
    (whole,) = document.schema_ or []
    return {str(each.name): each for each in whole.properties or []}


@pytest.mark.parametrize("form", ENDINGS)
def test_every_contract_becomes_a_file_of_its_own(dragoman: Command, tmp_path: Path, form: str) -> None:
    ran = dragoman("contract", "export", "--format", form, "--into", tmp_path / "new" / "folder")

    written = sorted(each.name for each in (tmp_path / "new" / "folder").iterdir())
    assert (ran.code, ran.out) == (0, "")
    assert written == sorted(f"{name}.v1.{ENDINGS[form]}" for name in NAMES)
    assert ran.err.count("wrote ") == len(NAMES)


def test_the_json_schemas_are_the_snapshots(dragoman: Command) -> None:
    for name, text in texts(V1).items():
        assert dragoman("contract", "export", "--format", "jsonschema", "--contract", name).out == text


def test_several_documents_on_standard_output_can_be_taken_apart(dragoman: Command) -> None:
    yaml = dragoman("contract", "export", "--format", "odcs").out
    text, found = dragoman("contract", "export", "--format", "jsonschema").out, []
    while text:
        schema, end = json.JSONDecoder().raw_decode(text)
        found.append(schema["title"])
        text = text[end:].lstrip()

    assert found == NAMES
    assert [OpenDataContractStandard.from_string(each).name for each in yaml.split("\n---\n")] == NAMES


@pytest.mark.parametrize("name", ["supplier", "purchase_order"])
def test_a_contract_of_the_standard_carries_owner_meaning_rules_and_levels(dragoman: Command, name: str) -> None:
    document, contract = the_standard(dragoman, name), V1.contract(name)
    (whole,) = document.schema_ or []

    assert (document.apiVersion, document.version, document.status) == ("v3.1.0", "v1", "active")
    assert document.team is not None
    assert not isinstance(document.team, list)
    assert document.team.name == contract.owner
    assert document.description is not None
    assert document.description.purpose == contract.meaning
    assert all(each in str(document.description.limitations) for each in contract.constraints)
    assert [(each.property, each.value, each.unit) for each in document.slaProperties or []] == [
        (level.measure.value, int(level.promised), level.measure.unit) for level in contract.levels
    ]
    told = {each.name for each in whole.quality or []} | {
        each.name for each in properties(document)["id"].quality or []
    }
    assert told == {rule.name for rule in contract.quality}


def test_the_standard_tells_types_nullability_and_lists_of_values(dragoman: Command) -> None:
    order, supplier = (properties(the_standard(dragoman, name)) for name in ("purchase_order", "supplier"))
    (listed,) = order["status"].quality or []
    tax_ids = supplier["tax_ids"].items
    assert tax_ids is not None
    (kind, _) = tax_ids.properties or []
    validity = {each.name: each for each in order["validity"].properties or []}

    assert order["ordered_on"].logicalType == "date"
    assert (order["reference"].required, order["supplier"].required) == (False, True)
    assert (order["id"].unique, order["id"].primaryKey) == (True, True)
    assert (listed.metric, listed.mustBe) == ("invalidValues", 0)
    assert cast("dict[str, list[str]]", listed.arguments)["validValues"][:2] == ["draft", "pending_approval"]
    assert [each.value for each in kind.customProperties or []] == [["cnpj", "cpf", "eu_vat"]]
    assert [each.value for each in validity["ends"].customProperties or []] == [["date", "open end"]]
    assert {each.logicalType for each in order["lines"].items.properties or []} >= {"object", "string", "date"}  # type: ignore[union-attr]  # a list has items


def test_openapi_offers_every_port_by_key_and_by_query(dragoman: Command) -> None:
    document = json.loads(dragoman("contract", "export", "--format", "openapi").out)

    assert list(document["paths"]) == [
        "/v1/suppliers", "/v1/suppliers/{id}", "/v1/purchase-orders", "/v1/purchase-orders/{id}"
    ]  # fmt: skip
    found = {each["name"]: each for each in items(document, "paths", "/v1/purchase-orders", "get", "parameters")}  # type: ignore[index]  # a parameter is an object
    assert list(found) == [
        "status", "supplier", "ordered_from", "ordered_until", "currency", "reference", "product", "after", "size"
    ]  # fmt: skip
    assert inside(found, "ordered_from", "schema") == {"type": "string", "format": "date"}
    assert set(NAMES) <= set(document["components"]["schemas"])
    assert "#/$defs/" not in json.dumps(document)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("--format", "odcs", "--contract", "invoice"),
            "--contract: nothing is published as 'invoice'; there are error,",
        ),
        (("--format", "openapi", "--contract", "supplier"), "--contract: an OpenAPI document holds all contracts"),
        (("--format", "xml"), "--format"),
        ((), "--format requires an argument"),
    ],
)
def test_what_was_asked_wrongly_is_named(dragoman: Command, arguments: tuple[str, ...], told: str) -> None:
    ran = dragoman("contract", "export", *arguments)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert told in ran.err


def test_a_folder_that_is_a_file_is_named(dragoman: Command, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")

    ran = dragoman("contract", "export", "--format", "jsonschema", "--into", file)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"dragoman: --into: {file} cannot be written to: File exists\n"
    assert file.read_text(encoding="utf-8") == "mine"


def test_nothing_half_written_is_left(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "purchase_order.v1.schema.json").mkdir()

    ran = dragoman("contract", "export", "--format", "jsonschema", "--into", tmp_path)

    assert ran.code == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "purchase_order.v1.schema.json",
        "supplier.v1.schema.json",
    ]


def test_without_the_library_the_extra_is_named(dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "adapters.cli.contract.odcs", raising=False)
    monkeypatch.setitem(sys.modules, "open_data_contract_standard", None)
    monkeypatch.delitem(sys.modules, "open_data_contract_standard.model", raising=False)

    ran = dragoman("contract", "export", "--format", "odcs")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "dragoman: --format odcs needs a library: pip install 'dragoman[contracts]'\n"
