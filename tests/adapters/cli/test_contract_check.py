"""Whether a system keeps the published contracts: which it breaks, by which rule and which records."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
import stamina
from attrs import evolve

from adapters.embedded import SANDBOXES, Embedded
from contracts.published import versions as served
from contracts.published.contract import Version
from contracts.published.levels import Measure, ServiceLevel
from contracts.published.v1.catalogue import V1
from sandbox.inhouse.store import install
from sandbox.scenario import scenario
from tests.adapters.cli.conftest import Command, Ran, inside, items, section

every_system = pytest.mark.parametrize("system", sorted(SANDBOXES))
CHECKED = [contract for contract in V1.contracts if contract.port is not None]


def promising(measure: Measure, promised: int) -> Version:
    """Give a version that promises more, or less, of one thing."""
    return evolve(
        V1,
        contracts=tuple(
            evolve(
                contract,
                levels=tuple(
                    ServiceLevel(measure, Decimal(promised)) if level.measure is measure else level
                    for level in contract.levels
                ),
            )
            for contract in V1.contracts
        ),
    )


def verdicts(ran: Ran) -> dict[tuple[object, object], object]:
    return {(each["contract"], each["rule"]): each["kept"] for each in ran.records}


@every_system
def test_every_rule_of_every_contract_gets_a_verdict(dragoman: Command, site: Path, system: str) -> None:
    ran = dragoman("contract", "check", "--config", site, "--system", system, "--json")

    assert list(verdicts(ran)) == [
        (contract.name, rule)
        for contract in CHECKED
        for rule in [*(each.name for each in contract.quality), *(each.measure.value for each in contract.levels)]
    ]
    assert {each["system"] for each in ran.records} == {system}
    assert {each["version"] for each in ran.records} == {"v1"}


@every_system
def test_a_sandbox_breaks_only_completeness_and_every_refused_record_is_named(
    dragoman: Command, site: Path, system: str
) -> None:
    refused = dragoman("quarantine", "--config", site, "--system", system, "--json").records

    ran = dragoman("contract", "check", "--config", site, "--system", system, "--json")

    assert ran.code == 1
    assert {rule for (_, rule), kept in verdicts(ran).items() if kept is not True} == {"completeness"}
    broken = [each for finding in ran.records for each in items(finding, "broken")]
    assert sorted(str(inside(each, "key")) for each in broken) == sorted(
        str(inside(each, "source", "key")) for each in refused
    )
    assert all(inside(each, "reason") for each in broken)


def test_a_system_that_keeps_its_contracts_is_told_so(
    dragoman: Command, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "V1", promising(Measure.COMPLETENESS, 80))

    ran = dragoman("contract", "check", "--config", site, "--system", "sap")

    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "sap keeps its contracts."


def test_a_level_that_is_missed_is_told_with_the_records(
    dragoman: Command, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "V1", promising(Measure.FRESHNESS, 0))

    ran = dragoman("contract", "check", "--config", site, "--system", "inhouse")

    assert ran.code == 1
    alive = sum(not each.deleted for each in scenario().suppliers)
    assert re.search(r"^supplier v1 +freshness +\d+ +it was read [\d.]+ s before it was handed over$", ran.out, re.M)
    assert re.search(rf"^supplier v1 +freshness +\.\.\. +{alive - 5} more; --json tells all$", ran.out, re.M)
    assert ran.out.splitlines()[-1] == "inhouse breaks 4 rules of purchase_order, supplier."


def test_a_system_that_does_not_answer_breaks_its_availability(
    dragoman: Command, sandboxes: Embedded, tmp_path: Path
) -> None:
    config = tmp_path / "erp.toml"
    config.write_text(section("mine", sandboxes.settings("sap"), url="http://127.0.0.1:9", timeout=1), encoding="utf-8")

    with stamina.set_testing(True):
        ran = dragoman("contract", "check", "--config", config, "--json")
        table = dragoman("contract", "check", "--config", config)

    assert (ran.code, table.code) == (1, 1)
    assert {(rule, kept) for (_, rule), kept in verdicts(ran).items() if kept is not None} == {("availability", False)}
    assert all("127.0.0.1" in str(each["failure"]) for each in ran.records if each["rule"] == "availability")
    assert "not known" in table.out
    assert "mine breaks 2 rules of purchase_order, supplier." in table.out


def test_a_system_without_records_is_not_praised(dragoman: Command, tmp_path: Path) -> None:
    install(f"sqlite:///{tmp_path / 'inhouse.db'}")
    with closing(sqlite3.connect(tmp_path / "inhouse.db")) as database, database:
        for table in ("PEDIDOS_ITENS", "PEDIDOS", "FORNECEDORES"):
            database.execute(f"delete from {table}")  # noqa: S608  # the three names above
    config = tmp_path / "erp.toml"
    config.write_text(f'[systems.branch]\nkind = "inhouse"\nurl = "sqlite:///{tmp_path / "inhouse.db"}"\n')

    ran = dragoman("contract", "check", "--config", config)

    assert ran.code == 0
    assert ran.out.splitlines()[-1] == (
        "branch breaks nothing, but of 12 rules nobody can say, as it gave no record to judge."
    )


def test_a_wrong_configuration_is_one_sentence(dragoman: Command, tmp_path: Path) -> None:
    ran = dragoman("contract", "check", "--config", tmp_path / "none.toml")

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "there is no such file" in ran.err


def test_two_versions_are_checked_each_for_itself(
    dragoman: Command, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "versions", lambda: (V1, evolve(V1, name="v2")))

    ran = dragoman("contract", "check", "--config", site, "--system", "protheus", "--json")

    first, second = ([each for each in ran.records if each["version"] == name] for name in ("v1", "v2"))
    assert [each["rule"] for each in first] == [each["rule"] for each in second]
    assert [each["broken"] for each in first if each["rule"] == "completeness"] == [
        each["broken"] for each in second if each["rule"] == "completeness"
    ]
