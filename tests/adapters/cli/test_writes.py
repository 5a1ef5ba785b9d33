"""The commands of those who answer for writes: each says what it did, or in one sentence why not."""

from __future__ import annotations

import re

import pytest

from domain.intents import Intent
from sandbox.misbehaviour import Drop
from sandbox.web import Server
from tests.adapters.cli.conftest import Command, Desk


def here(stage: str, company: str = "1") -> tuple[str, ...]:
    """Give what says where an action moves, to which stage and why."""
    return ("--system", "sap", "--company", company, "--to", stage, "--because", "x")


def test_what_is_in_doubt_says_when_it_is_looked_for_next(desk: Desk, waiting: Intent, server: Server) -> None:
    before = desk.run("bia", "intents").out
    desk.run("bia", "approve", waiting.id, "--proposal", waiting.proposal.digest.text)
    server.misbehaviour.writing(Drop(carried_out=False))
    desk.run("bia", "work", "--once")

    listed, shown = desk.run("bia", "intents", "--in-doubt").out, desk.run("bia", "intents", waiting.id).out

    assert "next look" not in before
    assert "next look (UTC)" in listed.splitlines()[0]
    (at,) = re.findall(r"^next look  .*?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC$", shown, re.MULTILINE)
    assert at in listed


@pytest.mark.parametrize(("mode", "warns"), [(0o600, False), (0o640, False), (0o644, True)])
def test_a_key_that_everybody_may_read_is_warned_of(desk: Desk, mode: int, warns: bool) -> None:
    key = desk.config.parent / "ledger.key"
    key.write_text("k" * 32, encoding="utf-8")
    key.chmod(mode)
    text = desk.config.read_text(encoding="utf-8").replace(f'key = "{"k" * 32}"', 'key = { file = "ledger.key" }')
    desk.config.write_text(text, encoding="utf-8")

    ran = desk.run("bia", "intents", "--all")

    assert ran.code == 0
    assert (f"everybody on this machine may read {key}" in ran.err) is warns
    assert len(ran.err.splitlines()) == 1 + warns


def test_what_is_carried_out_can_be_taken_back(desk: Desk, waiting: Intent) -> None:
    desk.run("bia", "approve", waiting.id, "--proposal", waiting.proposal.digest.text)
    assert desk.run("bia", "work", "--once").code == 0
    assert "done" in desk.run("bia", "intents", "--all").out

    undone = desk.run("bia", "undo", waiting.id, "--because", "the wrong one", "--json")

    assert undone.code == 0
    assert undone.records[0]["undoes"] == str(waiting.id)
    assert undone.records[0]["state"] == "awaiting approval"


def test_what_no_machine_can_settle_is_settled_by_one_word(desk: Desk, waiting: Intent) -> None:
    both = desk.run("bia", "resolve", waiting.id, "--because", "x", "--done", "1", "--not-done")
    none = desk.run("bia", "resolve", waiting.id, "--because", "x")
    early = desk.run("bia", "resolve", waiting.id, "--because", "x", "--not-done")
    other = desk.run("bia", "resolve", waiting.id, "--because", "x", "--done", "4711")

    assert (both.code, none.code, early.code, other.code) == (2, 2, 1, 2)
    assert "either --done KEY, or --not-done" in both.err
    assert "nobody needs to settle it" in early.err
    assert "was about 10026001; --done 4711 is another record" in other.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("intents", "nobodyhasit"), 4, "there is no intent"),
        (("approve", "nobodyhasit", "--proposal", "0" * 12), 4, "there is no intent"),
        (("intents", "--waiting", "--all"), 2, "only one can be meant"),
        (("intents", "--system", "nope"), 2, "there is no system nope; there are sap"),
        (("rollout", "show", "--system", "nope"), 2, "there is no system nope; there are sap"),
        (("audit", "show", "--stream", "elsewhere"), 2, "there is no stream elsewhere"),
        (("rollout", "promote", "block supplier", *here("supervised")), 1, "may not promote"),
        (("rollout", "demote", "sing", *here("read-only", company="1010")), 1, "may"),
        (("work", "--twice"), 2, "--twice"),
        (("rollout", "demote", "x", *here("autonomous"), "--share", "much"), 2, "no number from 0 to 1"),
        (("rollout", "demote", "x", *here("autonomous"), "--share", "2"), 2, "no number from 0 to 1"),
    ],
)
def test_bad_input_gets_one_sentence(desk: Desk, arguments: tuple[str, ...], code: int, told: str) -> None:
    ran = desk.run("bia", *arguments)

    assert ran.code == code
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_without_a_site_there_is_no_ledger(dragoman: Command) -> None:
    ran = dragoman("intents")

    assert ran.code == 2
    assert "give --config erp.toml" in ran.err


def test_a_site_that_says_nothing_of_writing_is_told_how(desk: Desk) -> None:
    text = desk.config.read_text(encoding="utf-8")
    desk.config.write_text(text[: text.index("[governance]")], encoding="utf-8")

    ran = desk.run("bia", "intents")

    assert ran.code == 2
    assert "add [governance]" in ran.err
