"""What a person states is read exactly, or refused with the line and the field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.bootstrap import Systems
from adapters.cli.records import line_of, record_of
from adapters.conformance.expected import expected_at
from adapters.conformance.opened import opened
from adapters.conformance.stated import Stated
from adapters.embedded import Embedded
from adapters.scenario import purchase_orders, suppliers
from ports.errors import Misconfigured
from ports.purchase_orders import PurchaseOrderQuery
from tests.laws.memory import refusal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "expected.jsonl"


@pytest.fixture(scope="module")
def site() -> Iterator[Systems]:
    with Systems(Embedded()) as running:
        yield running


def test_what_find_writes_is_read_back_as_the_same_objects(file: Path) -> None:
    every = [*suppliers(), *purchase_orders()]
    file.write_text("\n".join(line_of(record_of(each)) for each in every) + "\n\n", encoding="utf-8")

    read = expected_at(file)

    assert read.every_supplier == suppliers()
    assert read.every_purchase_order == purchase_orders()


def line(of: str, **changes: object) -> str:
    record = record_of(suppliers()[0] if of == "supplier" else purchase_orders()[0])
    for path, value in changes.items():
        inside: object = record
        *steps, last = path.split("__")
        for step in steps:
            inside = inside[int(step)] if isinstance(inside, list) else inside[step]  # type: ignore[index]  # the test knows the record
        if value is None and last.startswith("no_"):
            del inside[last.removeprefix("no_")]  # type: ignore[attr-defined]  # as above
        else:
            inside[last] = value  # type: ignore[index]  # as above
    return json.dumps(record)


REFUSED = line_of(record_of(refusal("SA2", "1/01")))


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("{", "line 2: this is not a line of JSON"),
        ("7", "line 2: 7 is not a Supplier as an object of JSON"),
        (line("supplier", no_name=None), "line 2: name: is missing"),
        (line("supplier", colour="red"), "line 2: colour: a Supplier has no such field"),
        (line("supplier", name=7), "line 2: name: 7 is not a text"),
        (line("supplier", block="sometimes"), "line 2: block: 'sometimes' is not a valid SupplierBlock"),
        (line("supplier", address__country="UK"), "line 2: address.country: 'UK'"),
        (line("supplier", tax_ids="none"), "line 2: tax_ids: 'none' is not a list"),
        (line("supplier", tax_ids__0__number="1"), r"line 2: tax_ids\[0\]: "),
        (line("supplier", source__read_at="now"), "line 2: source.read_at: Invalid isoformat"),
        (line("order", lines__0__amount__amount=1.5), r"line 2: lines\[0\].amount.amount: 1.5 is not a text"),
        (line("order", lines__0__ordered__amount="1e3"), r"lines\[0\].ordered.amount: '1e3' is not a decimal in full"),
        (line("order", ordered_on="2024-02-30"), "line 2: ordered_on: "),
        (line("order", total={"amount": "0.01", "currency": "BRL"}), "line 2: total: .* does not follow"),
        (line("supplier"), "line 2: .* stands there twice"),
        (REFUSED.replace("invalid date", "bad luck"), r"line 2: problems\[0\].kind: 'bad luck' is not a valid"),
        (f"{REFUSED}\n{REFUSED}", "line 3: SA2 1/01 stands there twice"),
    ],
)
def test_a_bad_line_is_one_sentence_with_its_number_and_field(file: Path, bad: str, told: str) -> None:
    file.write_text(f"{line('supplier')}\n{bad}\n", encoding="utf-8")

    with pytest.raises(Misconfigured, match=told) as caught:
        expected_at(file)

    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("content", "told"), [(b"", "there is no record"), (b"\xff", "not a UTF-8 text")])
def test_a_file_that_holds_nothing_readable_is_refused(file: Path, content: bytes, told: str) -> None:
    file.write_bytes(content)

    with pytest.raises(Misconfigured, match=told):
        expected_at(file)


def test_a_file_that_is_not_there_is_refused(file: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        expected_at(file)


def test_refused_records_are_read_from_the_same_file_and_belong_to_the_port_that_meets_them(
    file: Path, site: Systems
) -> None:
    with opened(site, "protheus") as system:
        every = [*suppliers(), *system.erp.purchase_orders.find(PurchaseOrderQuery())]
        refused = system.quarantine.refusals
        file.write_text("\n".join(line_of(record_of(each)) for each in [*every, *refused]), encoding="utf-8")

        read = expected_at(file)

        assert read.refusals == refused
        assert read.purchase_orders(system) == Stated(
            read.every_purchase_order, {each.source.key: None for each in refused}
        )
        assert read.suppliers(system) == Stated(suppliers(), {})
        with opened(site, "sap") as other, pytest.raises(Misconfigured, match="but sap has no SC7; take"):
            read.suppliers(other)


def test_where_no_refused_record_is_stated_nothing_is_said_about_them(file: Path, site: Systems) -> None:
    file.write_text(line("supplier"), encoding="utf-8")

    with opened(site, "protheus") as system:
        assert expected_at(file).suppliers(system) == Stated(suppliers()[:1], None)
        assert expected_at(file).purchase_orders(system) is None
