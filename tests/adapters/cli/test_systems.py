"""What the command line tells about the systems themselves: reachability, mappings, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.embedded import SANDBOXES, Embedded
from tests.adapters.cli.conftest import Command, inside, items, section

every_system = pytest.mark.parametrize("system", sorted(SANDBOXES))
every_aggregate = pytest.mark.parametrize("aggregate", ["suppliers", "purchase-orders"])


def test_all_systems_are_shown_with_what_they_can_do(dragoman: Command, site: Path) -> None:
    ran = dragoman("systems", "--config", site, "--json")

    assert ran.code == 0
    assert [each["system"] for each in ran.records] == list(SANDBOXES)
    assert all(each["reachable"] is True and each["problem"] is None for each in ran.records)
    assert all("--supplier" in str(each["filters"]) for each in ran.records)
    assert {str(each["system"]): list(each["writes"]) for each in ran.records} == {  # type: ignore[call-overload]  # JSON
        "sap": ["1010"],
        "protheus": [],  # its database is read and never written
        "protheus-rest": ["01"],
        "oracle": ["Head Office"],
        "inhouse": ["01"],
    }
    assert all(each["lacks"] == [] for each in ran.records)


def test_a_system_that_is_wrongly_configured_does_not_hide_the_others(
    dragoman: Command, sandboxes: Embedded, tmp_path: Path
) -> None:
    (good, settings), config = (next(iter(SANDBOXES)), sandboxes.settings(next(iter(SANDBOXES)))), tmp_path / "erp.toml"
    broken = section("broken", settings, surplus="x")
    config.write_text(section(good, settings) + broken, encoding="utf-8")

    ran = dragoman("systems", "--config", config, "--json")

    assert ran.code == 2
    assert [each["reachable"] for each in ran.records] == [True, False]
    assert ran.records[1]["problem"] == f"{config}: systems.broken: {str(ran.records[1]['problem']).split(': ', 2)[2]}"
    assert "surplus is not known" in str(ran.records[1]["problem"])
    table = dragoman("systems", "--config", config)
    assert table.err.startswith("broken: ")
    assert "surplus is not known" in table.err
    assert ran.records[1]["kind"] == settings.kind
    assert table.out.splitlines()[0].split() == ["system", "kind", "place", "answers", "written", "in"]


@every_system
@every_aggregate
def test_every_mapping_is_explained_with_columns_plans_and_source(
    dragoman: Command, site: Path, system: str, aggregate: str
) -> None:
    asked = ("explain", aggregate, "--config", site, "--system", system)
    (told,) = dragoman(*asked, "--json", "--source").records

    fields = [str(inside(each, "field")) for each in items(told, "lineage")]
    assert told["columns"]
    assert {each.split(".")[0].split("[")[0] for each in fields} >= {"id", "source"}
    assert "def " in str(told["source"])
    assert dragoman(*asked, "--source").out == str(told["source"])
    assert dragoman(*asked, "--markdown").out.startswith("### ")
    assert "--after" in dragoman(*asked).out


@every_system
def test_the_plan_of_one_question_is_shown_in_the_words_of_the_vendor(
    dragoman: Command, site: Path, system: str
) -> None:
    ran = dragoman(
        "explain", "purchase-orders", "--config", site, "--system", system,
        "--status", "open", "--supplier", "10000102", "--json",
    )  # fmt: skip

    (plan,) = items(ran.records[0], "queries")
    assert inside(plan, "example") == "status is open and supplier is 10000102"
    assert "100001" in str(inside(plan, "asked"))


@every_system
def test_every_refused_record_is_shown_with_column_raw_value_and_reason(
    dragoman: Command, site: Path, system: str
) -> None:
    asked = ("quarantine", "--config", site, "--system", system)

    records = dragoman(*asked, "--json").records
    table = dragoman(*asked)

    assert len(records) == 20
    for record in records:
        assert record["raw"]
        for problem in items(record, "problems"):
            assert inside(problem, "column")
            assert str(inside(problem, "reason")) in table.out
    assert f"were read, {len(records)} were refused" in table.err
