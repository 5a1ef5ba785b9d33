"""``dragoman audit``: what the trail tells, and that whoever touches it is found out."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from adapters.governed.opening import governed
from application.operators import BY_HAND, FINISHED
from domain.intents import Intent
from domain.keys import SagaId
from tests.adapters.cli.conftest import Desk


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
