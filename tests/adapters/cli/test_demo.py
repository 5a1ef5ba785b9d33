"""The demonstration: agreement is shown, and disagreement is found."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from pydantic import SecretStr

from adapters import embedded
from adapters.cli.demo.agreement import differences
from adapters.cli.demo.evidence import raw_lines
from adapters.settings import SystemSettings
from adapters.systems.protheus import ProtheusSettings
from domain.purchasing import PurchaseOrder
from sandbox.protheus.store import install
from sandbox.scenario import scenario
from tests.adapters.cli.conftest import Command, inside, items
from tests.builders import purchase_order_of


def orders() -> list[PurchaseOrder]:
    return [purchase_order_of(each) for each in scenario().orders[:5]]


def test_all_sandboxes_agree_and_nothing_is_left_behind(
    dragoman: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    ran = dragoman("demo", "--yes", "--json")

    (told,) = ran.records
    assert ran.code == 0
    assert list(told) == ["systems", "agree", "compared", "quarantined", "seconds", "write"]
    assert told["systems"] == list(embedded.SANDBOXES)
    assert told["agree"] is True
    assert told["compared"] == {"suppliers": len(scenario().suppliers), "purchase_orders": len(scenario().orders)}
    assert told["quarantined"] == dict.fromkeys(embedded.SANDBOXES, 20)
    assert (inside(told, "write", "proven"), inside(told, "write", "answer_lost")) == (True, True)
    assert inside(told, "write", "intent", "state") == "done"
    assert list(tmp_path.iterdir()) == []


def test_people_see_questions_raw_records_refusals_and_the_verdict(dragoman: Command) -> None:
    ran = dragoman("demo", "--all")

    assert ran.code == 0
    assert f"{', '.join(embedded.SANDBOXES)} agree on 48 suppliers" in ran.out
    for name in embedded.SANDBOXES:
        assert f"[{name}: raw]" in ran.out
        assert f"[{name}: PurchaseOrder]" in ran.out
        assert f"Refused in {name}: 20 records" in ran.out


def test_the_short_form_shows_two_raw_records_some_refusals_and_where_the_others_are(dragoman: Command) -> None:
    ran = dragoman("demo")

    lines = ran.out.splitlines()
    assert ran.code == 0
    assert len(lines) <= 190
    assert [line for line in lines if line.startswith("[")] == [
        "[sap: raw]", "[sap: PurchaseOrder]", "[protheus: raw]", "[protheus: PurchaseOrder]",
    ]  # fmt: skip
    for name in embedded.SANDBOXES:
        assert f"17 more: dragoman quarantine --system {name}" in lines
    assert any(line.startswith(f"{', '.join(embedded.SANDBOXES)} agree on 48 suppliers") for line in lines)


def test_without_an_approver_the_write_waits(dragoman: Command) -> None:
    ran = dragoman("demo")

    assert ran.code == 0
    assert "so it waits; `dragoman demo --yes` approves" in ran.err
    assert ran.out.splitlines()[-1] == "Nothing was written: the intent is awaiting approval."


def test_an_approved_write_that_loses_its_answer_is_found_and_proven(dragoman: Command) -> None:
    ran = dragoman("demo", "--yes")

    assert ran.code == 0
    assert "Halted: a name is not enough to write by. Which one is meant?" in ran.out
    assert "its answer was lost: the intent is in doubt." in ran.out
    assert "sent once, there once; " in ran.out.splitlines()[-1]


def test_a_system_that_says_something_else_is_found_out(dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "SANDBOXES", {"honest": _honest, "altered": _altered})

    ran = dragoman("demo", "--json")

    (told,) = ran.records
    assert (ran.code, told["agree"]) == (1, False)
    assert {
        "question": "every supplier",
        "key": scenario().suppliers[0].number,
        "field": "name",
        "systems": ["honest", "altered"],
        "values": [scenario().suppliers[0].name, "SOMEBODY ELSE"],
    } in items(told, "differences")


def test_the_verdict_for_people_names_what_differs(dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "SANDBOXES", {"honest": _honest, "altered": _altered})

    ran = dragoman("demo")

    assert ran.code == 1
    assert "altered says SOMEBODY ELSE" in ran.out
    assert "honest, altered disagree in 1 place" in ran.out.splitlines()[-1]


def _honest(running: ExitStack) -> SystemSettings:
    return _installed(running)


def _altered(running: ExitStack) -> SystemSettings:
    settings = _installed(running)
    number = scenario().suppliers[0].number
    with closing(sqlite3.connect(settings.url.get_secret_value().removeprefix("sqlite:///"))) as database, database:
        database.execute("UPDATE SA2010 SET A2_NOME = ? WHERE A2_COD = ?", ("SOMEBODY ELSE".ljust(40), number[:6]))
    return settings


def _installed(running: ExitStack) -> ProtheusSettings:
    url = f"sqlite:///{running.enter_context(TemporaryDirectory())}/x.db"
    install(url)
    return ProtheusSettings(url=SecretStr(url), company="01", branch="01")


def test_a_record_that_one_system_lacks_is_a_difference() -> None:
    (lost,) = differences("q", {"a": orders(), "b": orders()[1:]})
    (gained,) = differences("q", {"a": orders()[1:], "b": orders()})

    assert str(lost) == f"q: {orders()[0].id}: record: a says (a record), b says (nothing)"
    assert str(gained) == f"q: {orders()[0].id}: record: a says (nothing), b says (a record)"


def test_a_record_that_comes_twice_is_a_difference() -> None:
    (found,) = differences("q", {"a": orders(), "b": [*orders(), orders()[0]]})

    assert str(found) == "q: -: keys that are given once: b says 5 keys, b says 6 records"


def test_every_pair_of_three_is_compared() -> None:
    other = [evolve(orders()[0], reference="ANOTHER"), *orders()[1:]]

    found = list(differences("q", {"a": orders(), "b": other, "c": orders()}))

    assert [(each.field, each.systems) for each in found] == [("reference", ("a", "b")), ("reference", ("b", "c"))]


def test_a_raw_record_that_is_no_json_is_shown_as_it_is() -> None:
    assert raw_lines(["<a>\n<b/>"]) == ["<a>", "<b/>"]


def test_rows_after_the_first_show_only_what_differs() -> None:
    assert raw_lines(['[{"A": " 1", "B": null}, {"A": " 1", "B": 0}]']) == [
        "[1]", '  A = " 1"', "  B = null", "[2] only what differs", "  B = 0",
    ]  # fmt: skip
