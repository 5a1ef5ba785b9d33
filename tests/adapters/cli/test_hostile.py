"""Bad input: one sentence on standard error, an exit code, nothing on standard output, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.embedded import SANDBOXES, Embedded
from adapters.kinds import kind_named
from tests.adapters.cli.conftest import Command, Ran, inside, section

SYSTEM = next(iter(SANDBOXES))
KEYED = sorted(kind for kind in SANDBOXES if "password" in kind_named(kind).settings.model_fields)
UNREACHABLE = "http://127.0.0.1:9"  # the port of a service that throws everything away; nobody listens


def refused(ran: Ran, code: int, *told: str) -> None:
    assert ran.code == code
    assert ran.out == ""
    assert ran.err.startswith("dragoman: ")
    assert ran.err.count("\n") == 1, "one sentence is one line"
    assert "Traceback" not in ran.err
    for each in told:
        assert each in ran.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("find", "purchase-orders", "--system", "nope"), "'nope' is not known; known are "),
        (("find", "purchase-orders", "--status", "opn"), '"partly-received"'),
        (("find", "suppliers", "--block", "opn"), '"purchasing"'),
        (("find", "purchase-orders", "--from", "31/12/2024"), "write year, month and day as 2025-01-31"),
        (("find", "purchase-orders", "--until", "20241231"), "write year, month and day as 2025-01-31"),
        (("find", "purchase-orders", "--until", "2024-02-30"), "'2024-02-30' is not a day"),
        (("find", "purchase-orders", "--currency", "XXX"), "--currency: 'XXX' is not an ISO 4217 currency"),
        (("find", "purchase-orders", "--limit", "0"), "ask for at least one"),
        (("find", "purchase-orders", "--limit", "many"), "--limit"),
        (("find", "purchase-orders", "--supplier", ""), "--supplier: '' cannot be a SupplierId"),
        (("find", "purchase-orders", "--supplyer", "1"), "--supplyer"),
        (("find", "purchase-orders", "surplus"), "nothing is expected here: surplus"),
        (("find", "suppliers", "--tax-id", "123"), "no valid CNPJ, CPF or EU VAT number"),
        (("find", "suppliers", "--country", "XX"), "--country: 'XX' is not an ISO 3166-1 country"),
        (("find", "suppliers", "--system"), "--system requires an argument"),
        (("get", "suppliers"), "KEY requires an argument"),
        (("get", "suppliers", "\udcff\x00\x1b[31m"), r"KEY: '\udcff\x00\x1b[31m' cannot be a SupplierId"),
        (("fynd",), 'Did you mean "find"?'),
        (("systems", "--config", "/nowhere/erp.toml"), "/nowhere/erp.toml: there is no such file"),
    ],
    ids=str,
)
def test_what_was_typed_wrongly_is_named(dragoman: Command, arguments: tuple[str, ...], told: str) -> None:
    refused(dragoman(*arguments), 2, told)


@pytest.mark.parametrize("system", sorted(SANDBOXES))
@pytest.mark.parametrize(
    "text", ["O'Neil'; DROP TABLE", "' or ''='", "x') or 1 eq 1--", "<!DOCTYPE x>&y;", "%_*", "9" * 300]
)
def test_a_criterion_is_data_in_every_system(dragoman: Command, site: Path, system: str, text: str) -> None:
    for option in ("--supplier", "--reference", "--product"):
        ran = dragoman("find", "purchase-orders", "--config", site, "--system", system, option, text, "--json")

        assert (ran.code, ran.out) == (0, "")
        assert "Traceback" not in ran.err


@pytest.mark.parametrize("system", sorted(SANDBOXES))
@pytest.mark.parametrize("key", ["O'Neil'; DROP TABLE", "nobody", "no such"])
def test_a_key_that_nobody_has_is_not_found(dragoman: Command, site: Path, system: str, key: str) -> None:
    refused(dragoman("get", "suppliers", key, "--config", site, "--system", system), 4, f"{system} has no Supplier")


@pytest.mark.parametrize("system", sorted(SANDBOXES))
def test_a_record_that_cannot_be_translated_says_why(dragoman: Command, site: Path, system: str) -> None:
    refusal = next(
        each
        for each in dragoman("quarantine", "--config", site, "--system", system, "--json").records
        if str(inside(each, "source", "key")).isalnum()
    )
    key = inside(refusal, "source", "key")
    column = str(inside(refusal, "problems", 0, "column"))

    tried = [
        dragoman("get", each, key, "--config", site, "--system", system) for each in ("suppliers", "purchase-orders")
    ]

    assert any(column in ran.err and ran.code == 4 for ran in tried)


@pytest.mark.parametrize("kind", KEYED)
def test_a_wrong_password_is_said_to_be_one_and_not_shown(
    dragoman: Command, sandboxes: Embedded, tmp_path: Path, kind: str
) -> None:
    config = tmp_path / "erp.toml"
    config.write_text(section("mine", sandboxes.settings(kind), password="not the one"), encoding="utf-8")

    ran = dragoman("find", "suppliers", "--config", config)

    refused(ran, 3)
    assert "not the one" not in ran.err


@pytest.mark.parametrize("kind", KEYED)
def test_a_host_that_does_not_answer_is_named(
    dragoman: Command, sandboxes: Embedded, tmp_path: Path, kind: str
) -> None:
    config = tmp_path / "erp.toml"
    config.write_text(section("mine", sandboxes.settings(kind), url=UNREACHABLE, timeout=1), encoding="utf-8")

    refused(dragoman("find", "suppliers", "--config", config), 3, "127.0.0.1")


@pytest.mark.parametrize("kind", sorted(set(SANDBOXES) - set(KEYED)))
def test_a_database_that_is_not_there_is_named(
    dragoman: Command, sandboxes: Embedded, tmp_path: Path, kind: str
) -> None:
    config = tmp_path / "erp.toml"
    url = f"sqlite:///{tmp_path}/nothing.db"
    config.write_text(section("mine", sandboxes.settings(kind), url=url), encoding="utf-8")

    refused(dragoman("find", "suppliers", "--config", config), 2, f"{tmp_path}/nothing.db is not there")
    assert not (tmp_path / "nothing.db").exists()
