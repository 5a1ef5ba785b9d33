"""Finding and getting records from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.embedded import SANDBOXES
from sandbox.scenario import scenario
from tests.adapters.cli.conftest import Command, inside, items

ORDER = scenario().orders[0]
every_system = pytest.mark.parametrize("system", sorted(SANDBOXES))


@every_system
def test_finds_the_open_orders_of_a_supplier(dragoman: Command, site: Path, system: str) -> None:
    wanted = [each.number for each in scenario().orders if each.status == "open" and each.supplier == ORDER.supplier]

    ran = dragoman(
        "find", "purchase-orders", "--config", site, "--system", system, "--status", "open",
        "--supplier", ORDER.supplier, "--json",
    )  # fmt: skip

    assert ran.code == 0
    assert sorted(str(each["id"]) for each in ran.records) == sorted(wanted)


@every_system
def test_finds_orders_of_a_currency_between_two_days_both_included(dragoman: Command, site: Path, system: str) -> None:
    days = sorted(each.ordered_on for each in scenario().orders if each.currency == "KWD")
    first, last = days[2], days[-3]
    wanted = [each.number for each in scenario().orders if each.currency == "KWD" and first <= each.ordered_on <= last]

    ran = dragoman(
        "find", "purchase-orders", "--config", site, "--system", system, "--currency", "KWD",
        "--from", first, "--until", last, "--json",
    )  # fmt: skip

    assert sorted(str(each["id"]) for each in ran.records) == sorted(wanted)
    assert len(wanted) > 2


@every_system
def test_pages_through_suppliers_without_losing_or_repeating_one(dragoman: Command, site: Path, system: str) -> None:
    found: list[str] = []
    after: tuple[str, ...] = ()
    while page := dragoman(
        "find", "suppliers", "--config", site, "--system", system, "--limit", 20, "--json", *after
    ).records:
        found += [str(each["id"]) for each in page]
        after = ("--after", found[-1])

    assert sorted(found) == sorted(each.number for each in scenario().suppliers)


def test_a_table_says_how_to_go_on_when_it_does_not_show_all(dragoman: Command, site: Path) -> None:
    ran = dragoman("find", "suppliers", "--config", site, "--system", next(iter(SANDBOXES)), "--limit", 3)

    assert len(ran.out.splitlines()) == 4
    assert "go on with --after" in ran.err


def test_the_spelling_of_json_is_accepted_for_a_status_too(dragoman: Command, site: Path) -> None:
    asked = ("find", "purchase-orders", "--config", site, "--system", next(iter(SANDBOXES)), "--json", "--status")

    ran = dragoman(*asked, "partly_received")

    assert ran.records == [
        {**each, "source": mine["source"]}
        for each, mine in zip(dragoman(*asked, "partly-received").records, ran.records, strict=True)
    ]
    assert {each["status"] for each in ran.records} == {"partly_received"}


@pytest.mark.parametrize("written", ["79574505000110", "79.574.505/0001-10"])
def test_a_tax_id_is_found_however_it_is_punctuated(dragoman: Command, site: Path, written: str) -> None:
    owner = next(each for each in scenario().suppliers if each.tax == ("CNPJ", "79574505000110"))

    ran = dragoman(
        "find", "suppliers", "--config", site, "--system", next(iter(SANDBOXES)), "--tax-id", written, "--json"
    )

    assert [each["id"] for each in ran.records] == [owner.number]


@every_system
def test_gets_one_order_with_exact_amounts_as_texts(dragoman: Command, site: Path, system: str) -> None:
    ran = dragoman("get", "purchase-orders", ORDER.number, "--config", site, "--system", system, "--json")

    (order,) = ran.records
    line = ORDER.lines[0]
    assert ran.code == 0
    assert order["id"] == ORDER.number
    assert order["ordered_on"] == ORDER.ordered_on.isoformat()
    assert len(items(order, "lines")) == len(ORDER.lines)
    assert inside(order, "lines", 0, "amount") == {"amount": f"{line.amount:f}", "currency": ORDER.currency}


def test_a_table_of_an_order_shows_every_line(dragoman: Command, site: Path) -> None:
    ran = dragoman(
        "get", "purchase-orders", scenario().orders[7].number, "--config", site, "--system", next(iter(SANDBOXES))
    )

    lines = ran.out.split("status\n")[-1].splitlines()
    assert len(lines) == len(scenario().orders[7].lines)


def test_a_limit_beyond_all_counting_is_no_limit(dragoman: Command, site: Path) -> None:
    asked = ("find", "suppliers", "--config", site, "--system", next(iter(SANDBOXES)), "--limit", "9" * 30)

    assert len(dragoman(*asked, "--json").records) == len(scenario().suppliers)
    assert len(dragoman(*asked).out.splitlines()) == len(scenario().suppliers) + 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            ("purchase-orders", "--from", "2025-01-02", "--until", "2025-01-01"),
            "--from: 2025-01-02 is later than 2025-01-01 of --until; exchange them",
        ),
        (
            ("purchase-orders", "--currency", "eur"),
            "--currency: 'eur' is not an ISO 4217 currency; did you mean EUR?",
        ),
        (("suppliers", "--country", "de"), "--country: 'de' is not an ISO 3166-1 country; did you mean DE?"),
        (("suppliers", "--country", "dx"), "--country: 'dx' is not an ISO 3166-1 country"),
    ],
)
def test_an_option_that_cannot_be_meant_is_one_sentence(dragoman: Command, asked: tuple[str, ...], told: str) -> None:
    ran = dragoman("find", *asked)

    assert (ran.code, ran.out, ran.err) == (2, "", f"dragoman: {told}\n")


def test_one_day_is_from_and_until(dragoman: Command, site: Path) -> None:
    day = ORDER.ordered_on
    asked = ("find", "purchase-orders", "--config", site, "--system", next(iter(SANDBOXES)), "--json")

    ran = dragoman(*asked, "--from", day, "--until", day)

    assert ORDER.number in [each["id"] for each in ran.records]


def test_an_empty_variable_names_no_configuration(dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_CONFIG", "")

    ran = dragoman("get", "suppliers", ORDER.supplier, "--json")

    assert [each["id"] for each in ran.records] == [ORDER.supplier]


def test_the_environment_names_the_configuration(
    dragoman: Command, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_CONFIG", str(site))

    ran = dragoman("get", "suppliers", ORDER.supplier, "--system", "nobody")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"dragoman: the system 'nobody' is not known; known are {', '.join(sorted(SANDBOXES))}\n"


def test_without_a_configuration_a_sandbox_is_asked(dragoman: Command) -> None:
    ran = dragoman("get", "suppliers", ORDER.supplier, "--json")

    assert ran.code == 0
    assert [each["id"] for each in ran.records] == [ORDER.supplier]
