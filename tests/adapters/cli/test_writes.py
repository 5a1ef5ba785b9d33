"""The commands of those who answer for writes: each says what it did, or in one sentence why not."""

from __future__ import annotations

import io
import pwd
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import frozen

from adapters.governed.opening import governed
from application.operators import BY_HAND, FINISHED
from application.propose import Request
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import SupplierId
from domain.intents import Intent
from domain.keys import SagaId
from domain.mentions import Mention
from domain.resolution import Resolved
from domain.scope import Scope
from domain.suppliers import SupplierBlock
from sandbox.misbehaviour import Drop
from sandbox.sap import sap_server
from sandbox.web import PASSWORD, USER, Server
from tests.adapters.cli.conftest import Command, Ran

HERE = Scope("sap", "1010")
SUPPLIER = SupplierId("10026001")
ERP = """
[systems.sap]
kind = "sap"
url = "{url}"
client = "100"
user = "{user}"
password = "{password}"

[systems.sap.companies.1010]
purchasing_organisation = "1010"
purchasing_group = "001"
plant = "1010"
grouping = "BP02"
longest = 1

[governance]
people = "people.toml"
policy = "policy.toml"

[governance.ledger]
url = "sqlite:///ledger.db"
key = "{key}"
anchors = "anchors"
"""
PEOPLE = """
[people.ana]
accounts = ["ana"]
may = [{ do = ["submit"] }]

[people.bia]
accounts = ["bia", "admin"]
may = [{ do = ["approve", "settle", "submit"] }]

[people.caio]
accounts = ["caio"]
may = [{ do = ["promote", "demote"] }]
"""
PLACE = ("--system", "sap", "--company", "1", "--to", "autonomous", "--because", "x")
POLICY = """
[rollout.supervised]
lasting = "not asked"
proposals = "not asked"
compared = "not asked"
same = "not asked"
"""


@frozen
class Desk:
    """A site with a ledger, and whoever sits before it."""

    config: Path
    dragoman: Command
    monkeypatch: pytest.MonkeyPatch

    def run(self, who: str, *arguments: object) -> Ran:
        """Type a command as *who*."""
        self.monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name=who))
        return self.dragoman(*arguments, "--config", self.config)

    def answers(self, text: str) -> None:
        """Sit at a terminal, and be about to type *text*."""
        terminal = io.StringIO(text)
        self.monkeypatch.setattr(terminal, "isatty", lambda: True)
        self.monkeypatch.setattr("sys.stdin", terminal)

    def asked(self, occasion: str = "REQ-17") -> Intent:
        """Have Ana ask for a supplier to be blocked."""
        with governed(self.config) as path:
            supplier = path.resolver.resolve(Mention(kind=SupplierId, said=SUPPLIER.text), HERE)
            assert isinstance(supplier, Resolved)
            request = Request(account="ana", agent=None, scope=HERE, occasion=occasion, rationale="a recall")
            return path.submit(request, BlockSupplier(supplier=supplier, block=SupplierBlock.ALL))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sap_server() as running:
        yield running


@pytest.fixture
def desk(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dragoman: Command) -> Desk:
    config = tmp_path / "erp.toml"
    config.write_text(ERP.format(url=server.url, user=USER, password=PASSWORD, key="k" * 32), encoding="utf-8")
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    return Desk(config, dragoman, monkeypatch)


@pytest.fixture
def waiting(desk: Desk) -> Intent:
    """Give an intent that waits for an approver."""
    where = ("--system", "sap", "--company", "1010", "--to", "supervised", "--because", "a test")
    assert desk.run("caio", "rollout", "promote", "block supplier", *where).code == 0
    return desk.asked()


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
    assert "block  none  all" in " ".join(told.split()).replace("block none all", "block  none  all")
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


def test_the_trail_says_what_was_promoted_to_what_and_at_which_second(desk: Desk, waiting: Intent) -> None:
    told = desk.run("bia", "audit", "show", "--stream", "rollout").out.splitlines()[1]

    assert told.endswith("promoted  block supplier in company 1010 of sap, from read-only to supervised: a test")
    assert re.search(r"  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d  ", told)
    assert "." in str(desk.run("bia", "audit", "show", "--stream", "rollout", "--json").records[0]["at"])


def test_of_what_the_trail_does_not_know_it_says_so(desk: Desk, waiting: Intent) -> None:
    ran = desk.run("bia", "audit", "show", "nobodyhasit")

    assert (ran.code, ran.out, ran.err) == (0, "", "no record tells of nobodyhasit.\n")


def test_the_trail_says_that_a_saga_was_finished(desk: Desk) -> None:
    with governed(desk.config) as path, path.ledger.transaction() as transaction:
        transaction.append(path.journal.entry(BY_HAND, SagaId("7hq2mzk4xw3p"), "bia", FINISHED, "cancelled by hand"))

    told = desk.run("bia", "audit", "show").out

    assert "7hq2mzk4xw3p  bia  finished by hand  cancelled by hand" in told


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


def test_an_audit_trail_that_somebody_changed_is_found(desk: Desk, waiting: Intent) -> None:
    assert desk.run("bia", "audit", "verify").code == 0
    with sqlite3.connect(desk.config.parent / "ledger.db") as database:
        database.execute("UPDATE records SET body = CAST(replace(CAST(body AS TEXT), 'ana', 'bia') AS BLOB)")

    ran = desk.run("bia", "audit", "verify")

    assert ran.code == 1
    assert "changed, inserted, or sealed with another key" in ran.out
    shown = desk.run("bia", "audit", "show")
    assert (shown.code, "is not what was written" in shown.err) == (1, True)


def test_a_changed_intent_is_named(desk: Desk, waiting: Intent) -> None:
    with sqlite3.connect(desk.config.parent / "ledger.db") as database:
        database.execute("UPDATE intents SET state = 'ready'")

    ran = desk.run("bia", "audit", "verify", "--json")

    assert ran.code == 1
    assert ran.records[0]["flaws"] == [
        {
            "stream": "intents",
            "record": None,
            "about": f"intent {waiting.id}",
            "flaw": "it is not what was written there",
        }
    ]


def test_a_cut_end_is_suspected_where_the_anchors_are_gone_too(desk: Desk, waiting: Intent) -> None:
    (desk.config.parent / "anchors").unlink()

    ran = desk.run("bia", "audit", "verify")

    assert ran.code == 1
    assert "sap: nothing outside the database says where it ends" in ran.out


def test_a_row_that_is_ahead_of_its_last_record_is_found(desk: Desk, waiting: Intent) -> None:
    desk.run("bia", "reject", waiting.id, "--because", "x", "--proposal", waiting.proposal.digest.text)
    with sqlite3.connect(desk.config.parent / "ledger.db") as database:
        database.execute(
            "DELETE FROM records WHERE stream = 'sap' AND CAST(body AS TEXT) LIKE '%\"what\":\"rejected\"%'"
        )

    ran = desk.run("bia", "audit", "verify")

    assert ran.code == 1
    assert f"intent {waiting.id}: it has moved on, and no record tells of that" in ran.out


def test_another_key_opens_nothing_and_writes_nothing(desk: Desk, waiting: Intent) -> None:
    text = desk.config.read_text(encoding="utf-8")
    desk.config.write_text(text.replace("k" * 32, "x" * 32), encoding="utf-8")

    ran = desk.run("bia", "work", "--once")

    assert ran.code == 2
    assert "`key` is not the one that it was sealed with" in ran.err
    desk.config.write_text(text, encoding="utf-8")
    assert desk.run("bia", "audit", "verify").code == 0
    assert waiting.id.text in desk.run("bia", "intents", "--waiting").out


def test_an_export_does_not_write_over_a_file(desk: Desk, waiting: Intent, tmp_path: Path) -> None:
    there = tmp_path / "audit.jsonl"

    assert desk.run("bia", "audit", "export", "--into", there).code == 0
    before = there.read_bytes()
    again = desk.run("bia", "audit", "export", "--into", there)

    assert (again.code, there.read_bytes()) == (2, before)
    assert "is there already" in again.err
    assert desk.run("bia", "audit", "export", "--stream", "rollout").out.count("\n") >= 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("intents", "nobodyhasit"), 4, "there is no intent"),
        (("approve", "nobodyhasit", "--proposal", "0" * 12), 4, "there is no intent"),
        (("intents", "--waiting", "--all"), 2, "only one can be meant"),
        (("intents", "--system", "nope"), 2, "there is no system nope; there are sap"),
        (("rollout", "show", "--system", "nope"), 2, "there is no system nope; there are sap"),
        (("audit", "show", "--stream", "elsewhere"), 2, "there is no stream elsewhere"),
        (
            (
                "rollout",
                "promote",
                "block supplier",
                "--system",
                "sap",
                "--company",
                "1",
                "--to",
                "supervised",
                "--because",
                "x",
            ),
            1,
            "may not promote",
        ),
        (
            (
                "rollout",
                "demote",
                "sing",
                "--system",
                "sap",
                "--company",
                "1010",
                "--to",
                "read-only",
                "--because",
                "x",
            ),
            1,
            "may",
        ),
        (("work", "--twice"), 2, "--twice"),
        (("rollout", "demote", "x", *PLACE, "--share", "much"), 2, "no number from 0 to 1"),
        (("rollout", "demote", "x", *PLACE, "--share", "2"), 2, "no number from 0 to 1"),
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
