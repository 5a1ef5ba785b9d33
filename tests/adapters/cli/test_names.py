"""``dragoman resolver``: what a name means, what people said of it, and what that proves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.governed.opening import governed
from application.resolving.notebook import RESOLUTION
from domain.identifiers import SupplierId
from domain.questions import Proof
from domain.scope import Scope
from sandbox.web import PASSWORD, USER, Server
from tests.adapters.cli.conftest import Command, Desk
from tests.adapters.cli.governed_site import ERP
from tests.unit.application.resolving.asking import PROVEN

NAMES = """
[governance.names]
index = "names"
bound = "0.05"
audited = "1"
"""
PEOPLE = """
[people.ana]
accounts = ["ana"]
may = [{ do = ["submit"] }]

[people.bia]
accounts = ["bia"]
may = [{ do = ["settle", "promote"], action = "resolve names" }]
"""
HERE = ("--system", "sap", "--company", "1010")
KNOWN = "10000102"
NUMBER = "79.574.505/0001-10"


def answered(desk: Desk, *arguments: object) -> dict[str, object]:
    """Ask for a record as Bia, and give the answer."""
    told: dict[str, object] = json.loads(desk.run("bia", "resolver", "ask", *arguments, *HERE, "--json").out)
    return told


@pytest.fixture
def desk(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dragoman: Command) -> Desk:
    config, site = tmp_path / "erp.toml", ERP.format(url=server.url, user=USER, password=PASSWORD, key="k" * 32)
    config.write_text(site.replace('policy = "policy.toml"\n', "") + NAMES, encoding="utf-8")
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    desk = Desk(config, dragoman, monkeypatch)
    assert desk.run("bia", "resolver", "refresh", *HERE).out == "48 suppliers in the index: 48 new, 0 changed, 0 gone\n"
    return desk


def test_a_key_or_a_tax_number_settles_it(desk: Desk) -> None:
    by_key, by_number = (
        desk.run("bia", "resolver", "ask", KNOWN, *HERE),
        desk.run("bia", "resolver", "ask", "Metalurgica Sao Joao", "--tax-number", NUMBER, *HERE),
    )

    assert (by_key.code, by_number.code) == (0, 0)
    assert by_key.out.startswith(f"{KNOWN}  Metalúrgica São João Ltda.  (supplier key equal)")
    assert "tax number equal" in by_number.out


def test_a_name_of_which_nothing_is_proved_halts_and_says_what_would_settle_it(desk: Desk) -> None:
    ran = desk.run("bia", "resolver", "ask", "Metalurgica Sao Joao", *HERE)

    assert ran.code == 4
    assert KNOWN in ran.out
    assert "halted: nothing is proved of answers by name here" in ran.err
    assert "ask for the tax number" in ran.err


@pytest.mark.parametrize(
    ("said", "more", "told"),
    [
        ("Metalurgica Sao Joao", ("--tax-number", "79.574.505/0001-11"), "fails its check digits"),
        ("Construções Irmãos Peixoto", ("--tax-number", NUMBER), "but the name is that of record 10000801"),
        ("Мüller Großhandel", (), "mixes letters of several alphabets"),
        ("", (), "no record is known that could be meant"),
    ],
)
def test_what_contradicts_itself_or_means_nothing_is_never_answered(
    desk: Desk, said: str, more: tuple[str, ...], told: str
) -> None:
    answer = answered(desk, said, *more)

    assert answer["answer"] != "resolved"
    assert told in str(answer["because"])


def test_products_are_found_by_what_orders_call_them(desk: Desk) -> None:
    assert desk.run("bia", "resolver", "refresh", "--of", "products", *HERE).code == 0

    answer = answered(desk, "no such thing as this", "--of", "products")

    assert answer["answer"] in ("ambiguous", "unknown")


def test_each_field_says_how_much_likelier_it_makes_a_record(desk: Desk) -> None:
    shown = desk.run("bia", "resolver", "ask", "Metalurgica Sao Joao", "--fact", "city=Hamburg", *HERE).out
    candidate = answered(desk, "Metalurgica Sao Joao", "--fact", "city=Hamburg")["candidates"]
    (name,) = [each for each in candidate[0]["evidence"] if each["about"] == "name"]  # type: ignore[index]  # a list

    assert f"(×{float(name['odds']):.0f})" in shown
    assert "city differs (÷" in shown


def test_every_question_that_halted_waits_for_a_judgement(desk: Desk) -> None:
    answered(desk, "Muller Grosshandel")
    (line,) = desk.run("bia", "resolver", "questions", "--json").out.splitlines()
    question = json.loads(line)["question"]
    assert "Muller Grosshandel" in desk.run("bia", "resolver", "questions").out

    judged = desk.run("bia", "resolver", "judge", question, "10002901", "--because", "the one in Austin")

    assert (judged.code, judged.out) == (0, f"{question}: 10002901\n")
    assert desk.run("bia", "resolver", "questions", "--json").out == ""
    assert json.loads(desk.run("bia", "resolver", "report", *HERE, "--json").out)["judged"] == 1


def test_who_may_not_judge_or_calibrate_is_refused(desk: Desk) -> None:
    answered(desk, "Muller Grosshandel")
    question = json.loads(desk.run("bia", "resolver", "questions", "--json").out)["question"]

    for refused in (
        desk.run("ana", "resolver", "judge", question, "--not-there", "--because", "so it is"),
        desk.run("ana", "resolver", "calibrate", *HERE),
    ):
        assert refused.code == 1
        assert "may not" in refused.err


def test_a_judgement_names_one_thing_that_is_there(desk: Desk) -> None:
    answered(desk, "Muller Grosshandel")
    question = json.loads(desk.run("bia", "resolver", "questions", "--json").out)["question"]

    neither = desk.run("bia", "resolver", "judge", question, "--because", "so it is")
    nobody = desk.run("bia", "resolver", "judge", question, "99", "--because", "so it is")
    never = desk.run("bia", "resolver", "judge", "q9", "--not-there", "--because", "so it is")

    assert (neither.code, nobody.code, never.code) == (2, 4, 4)
    assert neither.err == "dragoman: say what was meant: either a KEY, or --not-there\n"
    assert nobody.err == "dragoman: no record 99 is there in company 1010 of sap\n"


def test_a_calibration_says_what_it_proves_and_what_is_lacking(desk: Desk) -> None:
    ran = desk.run("bia", "resolver", "calibrate", *HERE)

    assert ran.code == 0
    assert "before" in ran.out
    assert ran.err == "nothing is proved yet: 0 are judged, and 59 are the fewest for 5 %\n"


def test_a_report_tells_what_names_are_worth_and_which_masters_are_alike(desk: Desk) -> None:
    told = desk.run("bia", "resolver", "report", *HERE).out

    assert "suppliers in company 1010 of sap are chosen by their keys alone" in told
    assert "one name    10000801 10018301" in told
    assert "were wrong" not in told  # nobody has judged an answer


def test_after_a_bulk_load_it_says_that_nothing_is_proved_any_more(desk: Desk) -> None:
    with governed(desk.config) as path, path.journal.ledger.transaction() as transaction:
        proof = Proof(scope=Scope("sap", "1010"), kind=SupplierId, model="m1", records=40, certificate=PROVEN)
        transaction.append(path.journal.entry(RESOLUTION, None, "bia", "calibrated", "as it was", details=proof))

    refreshed, told = desk.run("bia", "resolver", "refresh", *HERE), desk.run("bia", "resolver", "report", *HERE)

    assert refreshed.err == "names were proved among 40 records, there are 48 now; calibrate anew\n"
    assert told.out.startswith("suppliers in company 1010 of sap are chosen by their keys alone: names were proved")
    record = json.loads(desk.run("bia", "resolver", "report", *HERE, "--json").out)
    assert (record["records"], record["lapsed"], record["in_force"]) == (48, True, None)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ask", "x", "--system", "nope", "--company", "1"), "nobody here knows company 1 of nope"),
        (("ask", "x", "--fact", "Bremen", *HERE), "--fact 'Bremen' is not of the form city=Bremen"),
        (("refresh", "--of", "ships", *HERE), "ships are not found by name; there are suppliers, products"),
    ],
)
def test_what_is_typed_wrong_is_told_in_one_sentence(desk: Desk, arguments: tuple[str, ...], told: str) -> None:
    ran = desk.run("bia", "resolver", *arguments)

    assert ran.code == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_a_site_that_says_nothing_of_names_says_how_to(desk: Desk) -> None:
    desk.config.write_text(desk.config.read_text(encoding="utf-8").replace(NAMES, ""), encoding="utf-8")

    ran = desk.run("bia", "resolver", "questions")

    assert ran.code == 2
    assert "add [governance.names]" in ran.err
