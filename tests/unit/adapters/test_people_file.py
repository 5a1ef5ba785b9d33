"""A file of people: accounts, agents, rights and delegations; nobody is known who is not in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.config.people import people_at
from domain.identifiers import PersonId
from domain.principals import Agent, Principal
from domain.scope import Scope
from ports.directory import Right
from ports.errors import AccessDenied, Misconfigured

HERE = Scope("production", "1010")
WHOLE = """
[people.P1]
accounts = ["maria", "maria@example.com"]

[[people.P1.may]]
do = ["submit"]

[[people.P1.may]]
do = ["approve", "settle"]
action = "block supplier"
system = "production"
company = "1010"

[people.P2]
accounts = ["joao"]

[agents.buyer-bot]
owner = "P2"

[agents.old-bot]
owner = "P2"
stopped = true

[[delegations]]
giver = "P1"
taker = "P2"
starts = 2026-12-01T00:00:00-03:00
ends = 2026-12-24T00:00:00-03:00
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "people.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_accounts_lead_to_people_and_agents_to_their_owners(tmp_path: Path) -> None:
    people = people_at(written(tmp_path, WHOLE))

    assert people.principal("maria@example.com") == Principal("maria@example.com", PersonId("P1"))
    assert people.agent("buyer-bot") == Agent("buyer-bot", PersonId("P2"))


@pytest.mark.parametrize("account", ["Maria", "P1", "", "buyer-bot"])
def test_nobody_else_is_known(tmp_path: Path, account: str) -> None:
    with pytest.raises(AccessDenied, match="nobody is known as"):
        people_at(written(tmp_path, WHOLE)).principal(account)


def test_an_agent_that_is_stopped_or_unknown_is_denied(tmp_path: Path) -> None:
    people = people_at(written(tmp_path, WHOLE))

    with pytest.raises(AccessDenied, match="the agent old-bot is stopped"):
        people.agent("old-bot")
    with pytest.raises(AccessDenied, match="no agent is known as maria"):
        people.agent("maria")


@pytest.mark.parametrize(
    ("person", "right", "action", "scope", "may"),
    [
        ("P1", Right.SUBMIT, "place purchase order", Scope("anywhere", "1"), True),
        ("P1", Right.APPROVE, "block supplier", HERE, True),
        ("P1", Right.SETTLE, "block supplier", HERE, True),
        ("P1", Right.APPROVE, "change supplier", HERE, False),
        ("P1", Right.APPROVE, "block supplier", Scope("production", "2010"), False),
        ("P1", Right.APPROVE, "block supplier", Scope("branch", "1010"), False),
        ("P2", Right.SUBMIT, "block supplier", HERE, False),
        ("P3", Right.SUBMIT, "block supplier", HERE, False),
    ],
)
def test_a_right_is_for_what_is_named(
    tmp_path: Path, person: str, right: Right, action: str, scope: Scope, *, may: bool
) -> None:
    assert people_at(written(tmp_path, WHOLE)).may(PersonId(person), right, action, scope) is may


def test_a_right_somewhere_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)

    assert people_at(path, companies={"production": ("1010",)}).accounts
    with pytest.raises(Misconfigured, match="the system 'production' is not known, did you mean produccion"):
        people_at(path, companies={"produccion": ("1010",)})
    with pytest.raises(Misconfigured, match="the company '1010' is not known"):
        people_at(path, companies={"production": ()})


def test_a_delegation_holds_from_its_start_until_its_end(tmp_path: Path) -> None:
    people, taker = people_at(written(tmp_path, WHOLE)), PersonId("P2")
    starts, ends = datetime(2026, 12, 1, 3, tzinfo=UTC), datetime(2026, 12, 24, 3, tzinfo=UTC)

    assert [each.giver for each in people.delegations(taker, starts)] == [PersonId("P1")]
    assert people.delegations(taker, ends) == []
    assert people.delegations(PersonId("P1"), starts) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "people is missing"),
        ("[people]", "people is empty; give it at least one entry"),
        ("[people.P1]\naccounts = []", "people.P1: accounts is empty"),
        ('[people.P1]\naccounts = ["a"]\n[people.P2]\naccounts = ["a"]', "people.P2: the account a is P1's already"),
        ('[people.P1]\naccounts = ["a"]\n[[people.P1.may]]\ndo = ["aprove"]', "people.P1.may[1]: do.0"),
        ('[people.P1]\naccounts = ["a"]\n[[people.P1.may]]\ndo = []', "people.P1.may[1]: do is empty"),
        (
            '[people.P1]\naccounts = ["a"]\n[[people.P1.may]]\ndo = ["submit"]\naction = "pay"',
            "people.P1.may[1]: the action 'pay' is not known",
        ),
        ('[people.P1]\naccounts = ["a"]\n[agents.bot]\nowner = "P2"', "agents.bot: the person 'P2' is not known"),
        (
            '[people.P1]\naccounts = ["a"]\n[[delegations]]\ngiver = "P1"\ntaker = "P1"\nstarts = 2026-12-01T00:00:00\n'
            "ends = 2026-12-02T00:00:00Z",
            "delegations[1]: starts",
        ),
        (
            '[people.P1]\naccounts = ["a"]\n[[delegations]]\ngiver = "P1"\ntaker = "P1"\n'
            "starts = 2026-12-02T00:00:00Z\nends = 2026-12-02T00:00:00Z",
            "delegations[1]: it ends before it starts",
        ),
        ('[people." P1"]\naccounts = ["a"]', "cannot be a PersonId"),
    ],
)
def test_what_is_not_of_the_form_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(Misconfigured) as refused:
        people_at(path)

    assert str(refused.value).startswith(f"{path}: ")
    assert told in str(refused.value)
