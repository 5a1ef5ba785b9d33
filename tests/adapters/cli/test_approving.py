"""The commands that decide what is written: a card is read first, and only who may decide does."""

from __future__ import annotations

import pytest

from domain.intents import Intent
from tests.adapters.cli.conftest import Command, Desk


def test_a_card_shows_who_what_why_and_what_every_figure_rests_on(desk: Desk, waiting: Intent) -> None:
    told = desk.run("bia", "intents", waiting.id).out

    for part in (
        "asked by",
        "ana",
        "a recall",
        "high (no rule of the policy says otherwise)",
        "one approver; nobody yet",
        "10026001",
    ):
        assert part in told
    assert "block none all" in " ".join(told.split())
    assert waiting.proposal.digest.text in told


@pytest.mark.parametrize(
    ("typed", "code", "state"), [("yes\n", 0, "ready"), ("no\n", 1, "awaiting"), ("", 1, "awaiting")]
)
def test_at_a_terminal_the_card_is_shown_and_only_yes_is_a_yes(
    desk: Desk, waiting: Intent, typed: str, code: int, state: str
) -> None:
    desk.answers(typed)

    ran = desk.run("bia", "approve", waiting.id)

    assert ran.code == code
    assert "It writes" in ran.out
    assert "Approve exactly this?" in ran.err
    assert state in desk.run("bia", "intents").out


def test_in_a_script_one_names_what_one_has_read(desk: Desk, waiting: Intent) -> None:
    digest = waiting.proposal.digest.text

    blind = desk.run("bia", "approve", waiting.id)
    wrong = desk.run("bia", "approve", waiting.id, "--proposal", "0" * 12)
    short = desk.run("bia", "approve", waiting.id, "--proposal", digest[:4])
    right = desk.run("bia", "approve", waiting.id, "--proposal", digest[:12], "--json")

    assert (blind.code, wrong.code, short.code, right.code) == (2, 2, 2, 0)
    assert "read the card (`dragoman intents ID`), and name the proposal that stands there with --proposal" in blind.err
    assert f"is not the proposal of intent {waiting.id}" in wrong.err
    assert right.records[0]["state"] == "ready"


@pytest.mark.parametrize("command", ["approve", "reject", "revoke", "withdraw"])
def test_the_help_of_every_decision_says_what_a_script_must_name(dragoman: Command, command: str) -> None:
    told = " ".join(dragoman(command, "--help").out.replace("│", " ").split())

    assert "a script must name it" in told
    assert "--proposal 9f2c41d07a55" in told


def test_beside_an_account_stands_the_person_behind_it(desk: Desk, waiting: Intent) -> None:
    assert desk.run("admin", "approve", waiting.id, "--proposal", waiting.proposal.digest.text).code == 0

    assert "one approver; approved by admin (bia)" in desk.run("bia", "intents", waiting.id).out
    assert "  admin (bia)  approved" in desk.run("bia", "audit", "show", waiting.id).out


@pytest.mark.parametrize(
    ("who", "arguments", "told"),
    [
        ("ana", ("approve",), "ana may not decide"),
        ("mallory", ("approve",), "nobody is known as mallory"),
        ("bia", ("revoke", "--because", "x"), "bia has not approved"),
        ("bia", ("withdraw", "--because", "x"), "bia did not ask"),
    ],
)
def test_whoever_may_not_is_told_so(
    desk: Desk, waiting: Intent, who: str, arguments: tuple[str, ...], told: str
) -> None:
    read = ("--proposal", waiting.proposal.digest.text)

    ran = desk.run(who, arguments[0], waiting.id, *arguments[1:], *read)

    assert ran.code == 1
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert told in desk.run("bia", "audit", "show").out


@pytest.mark.parametrize(("who", "command", "state"), [("bia", "reject", "refused"), ("ana", "withdraw", "halted")])
def test_a_no_and_its_reason_are_kept(desk: Desk, waiting: Intent, who: str, command: str, state: str) -> None:
    read = ("--proposal", waiting.proposal.digest.text)

    ran = desk.run(who, command, waiting.id, "--because", "not this one", *read)

    assert ran.code == 0
    assert f"{waiting.id}: {state}, not this one" in ran.out
    assert "not this one" in desk.run("bia", "audit", "show", waiting.id).out
