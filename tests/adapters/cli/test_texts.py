"""Texts of an ERP are shown and never obeyed; records in JSON are exact."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from attrs import evolve, frozen
from rich.console import Console

from acl.conditions import Comparison, Condition
from adapters.cli.escapes import escaped
from adapters.cli.records import line_of, record_of
from adapters.cli.screen import Sheet, _drawn, _plain
from sandbox.scenario import scenario
from tests.adapters.cli.conftest import inside
from tests.builders import purchase_order_of, supplier_of

HOSTILE = ["\x1b[2J\x1b]0;owned\x07", "a\nb", "\x9b31m", "evil\u202egnp.exe", "\ud800", "\u2028", "\x00\x7f\x85"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_terminal_would_obey_is_escaped(text: str) -> None:
    assert escaped(text).isprintable()
    assert line_of({"text": text}).isprintable()
    assert json.loads(line_of({"text": text})) == {"text": text}


def test_letters_of_any_language_stay_as_they_are() -> None:
    assert escaped("Großhandel São João 大阪") == "Großhandel São João 大阪"
    assert line_of("São") == '"São"'
    assert line_of("São", ascii_only=True) == '"S\\u00e3o"'


@pytest.mark.parametrize("text", [*HOSTILE, "[bold red]no[/]", ":smile:", "[link=http://x]y[/link]"])
def test_a_table_draws_hostile_text_as_text(text: str) -> None:
    sheet = Sheet(text, ("name", "rest"), [(text, text)], wrapped=("rest",))
    out = io.StringIO()
    Console(file=out, width=200, force_terminal=True, color_system=None).print(_drawn(sheet, stacked=False))

    drawn = out.getvalue()
    assert drawn.count(escaped(text)) == 3
    assert all(line.isprintable() for line in drawn.split("\n"))
    assert all(line.isprintable() for line in _plain(sheet).split("\n"))
    assert _plain(sheet).count(escaped(text)) == 3


def test_where_there_is_no_room_the_long_columns_stand_below_each_other() -> None:
    sheet = Sheet("", ("key", "raw", "reason"), [("1", "x" * 30, "y" * 30)], wrapped=("raw", "reason"))
    out = io.StringIO()
    Console(file=out, width=60, force_terminal=True, color_system=None).print(_drawn(sheet, stacked=True))

    assert [line.strip() for line in out.getvalue().splitlines()][-2:] == [
        f"1    raw: {'x' * 30}",
        f"reason: {'y' * 30}",
    ]


def test_an_order_is_exact_in_json() -> None:
    facts = next(each for each in scenario().orders if each.valid_until == "open end")
    order = purchase_order_of(facts)

    record = record_of(order)

    assert record["status"] == facts.status
    assert record["currency"] == facts.currency
    assert record["validity"] == {"starts": facts.ordered_on.isoformat(), "ends": "open end"}
    assert record["total"] == {"amount": f"{order.total.amount:f}", "currency": facts.currency}
    assert json.loads(line_of(record)) == record


def test_a_number_is_never_written_with_an_exponent() -> None:
    order = purchase_order_of(scenario().orders[0])
    line, many = order.lines[0], Decimal("1E+6")
    huge = evolve(line, amount=evolve(line.amount, amount=many), ordered=evolve(line.ordered, amount=many))

    record = record_of(evolve(order, lines=(huge,)))

    assert inside(record, "lines", 0, "amount", "amount") == "1000000"
    assert inside(record, "lines", 0, "ordered", "amount") == "1000000"


def test_an_absent_value_is_null_and_an_empty_list_is_one() -> None:
    facts = next(each for each in scenario().suppliers if each.email is None and each.bank is None)

    record = record_of(supplier_of(facts))

    assert record["email"] is None
    assert record["bank_accounts"] == []


@pytest.mark.parametrize(
    ("comparison", "value", "told"),
    [
        (Comparison.EQ, None, "X is null"),
        (Comparison.NE, None, "X is not null"),
        (Comparison.EQ, True, "X = true"),
        (Comparison.NE, False, "X <> false"),
        (Comparison.EQ, "", "X = ''"),
        (Comparison.GE, 0, "X >= 0"),
    ],
)
def test_a_condition_is_told_in_words_that_are_not_those_of_python(
    comparison: Comparison, value: object, told: str
) -> None:
    assert str(Condition("X", comparison, value)) == told


def test_what_no_contract_publishes_is_refused() -> None:
    @frozen
    class Carrier:
        weight: int

    with pytest.raises(TypeError, match="publishes no Carrier"):
        record_of(Carrier(1))
