"""``dragoman drift`` from a pin to a finding in the words of the domain, on tables that change under its eyes."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from adapters.drift.pins import Pins
from adapters.erp import Published
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from sandbox.inhouse.store import install
from sandbox.sap.business_partner_service import BUSINESS_PARTNER_SERVICE
from sandbox.sap.metadata import edmx
from tests.adapters.cli.conftest import Command


@pytest.fixture
def shop(tmp_path: Path, dragoman: Command) -> Path:
    """The configuration of a site with an in-house database of its own, pinned as it is."""
    install(f"sqlite:///{tmp_path / 'inhouse.db'}")
    config = tmp_path / "erp.toml"
    config.write_text(f'[systems.branch]\nkind = "inhouse"\nurl = "sqlite:///{tmp_path / "inhouse.db"}"\n')
    assert dragoman("drift", "pin", "--config", config).code == 0
    return config


def alter(config: Path, *statements: str) -> None:
    with closing(sqlite3.connect(config.with_name("inhouse.db"))) as database, database:
        for each in statements:
            database.execute(each)


def test_pins_stand_beside_the_configuration_and_say_when_and_where(shop: Path, dragoman: Command) -> None:
    pin = json.loads((shop.parent / "pins" / "branch.json").read_text(encoding="utf-8"))

    assert [each["name"] for each in pin["records"]] == ["FORNECEDORES", "PEDIDOS", "PEDIDOS_ITENS"]
    assert "inhouse.db, read 2" in pin["origin"]
    assert pin["origin"].endswith(" UTC")


def test_nothing_is_told_while_nothing_changed(shop: Path, dragoman: Command) -> None:
    ran = dragoman("drift", "check", "--config", shop)

    assert (ran.code, ran.out, ran.err) == (0, "", "branch: it publishes what is pinned\n")


def test_a_renamed_column_is_told_in_words_of_the_domain(shop: Path, dragoman: Command) -> None:
    alter(shop, "alter table FORNECEDORES rename column CIDADE to CIDADE_NOME")

    ran = dragoman("drift", "check", "--config", shop, "--json")

    assert ran.code == 1
    assert ran.records == [
        {
            "system": "branch",
            "document": "",
            "port": "suppliers",
            "fields": ["address.city"],
            "severity": "warning",
            "matters": True,
            "stops_reading": True,
            "closes_write_of": [],
            "change": "renamed",
            "record": "FORNECEDORES",
            "columns": ["CIDADE"],
            "before": "CIDADE",
            "after": "CIDADE_NOME",
            "means": "suppliers cannot be read: the column is asked for by its name",
        }
    ]


def test_what_is_said_to_stop_a_port_does_stop_it_and_the_others_go_on(shop: Path, dragoman: Command) -> None:
    alter(shop, "alter table FORNECEDORES drop column EMAIL")

    ran = dragoman("drift", "check", "--config", shop)

    assert ran.code == 1
    assert "note" in ran.out
    assert "suppliers  email" in ran.out
    assert "branch: suppliers cannot be read until the mapping follows" in ran.err
    assert dragoman("find", "suppliers", "--config", shop).code == 3
    assert dragoman("find", "purchase-orders", "--config", shop).code == 0


PAGE = (Path(__file__).parents[3] / "docs" / "contracts.md").read_text(encoding="utf-8").split("## Source contracts")[1]


def test_the_page_shows_what_a_check_says(shop: Path, dragoman: Command) -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    alter(
        shop,
        "alter table FORNECEDORES rename column CIDADE to CIDADE_NOME",
        "alter table PEDIDOS drop column REF",
        "alter table PEDIDOS add column NOVO varchar(20)",
    )

    ran = dragoman("drift", "check", "--config", shop)

    assert ran.out + ran.err == shown


def test_the_page_s_own_adapter_can_be_watched(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102  # our own page
    with SqlDatabase(SqlConnection(f"sqlite:///{tmp_path}/nowhere.db")) as database:
        (document,) = cast("Callable[[SqlDatabase], tuple[Published, ...]]", names["published"])(database)

    assert {each.record for source in document.sources for each in source.columns} == {"SA2"}


def test_what_no_port_uses_does_not_matter(shop: Path, dragoman: Command) -> None:
    alter(
        shop,
        "alter table FORNECEDORES drop column DT_CAD",
        "alter table PEDIDOS add column NOVO varchar(20)",
        "create table OUTRA (X integer)",
    )

    ran = dragoman("drift", "check", "--config", shop)

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "branch: 2 more changes concern nothing that is used; --json tells them\n"
    assert [each["severity"] for each in dragoman("drift", "check", "--config", shop, "--json").records] == [
        "outside"
    ] * 2


def test_a_column_that_two_ports_use_is_told_to_both(shop: Path, dragoman: Command) -> None:
    alter(shop, "alter table FORNECEDORES rename column COD_PRINC to PRINCIPAL")

    ran = dragoman("drift", "check", "--config", shop, "--json")

    assert {(each["port"], *each["fields"]) for each in ran.records} == {  # type: ignore[misc]  # a list of fields
        ("suppliers", "block"),
        ("purchase_orders", "supplier"),
    }


def test_a_table_that_is_gone_is_told_and_no_error(shop: Path, dragoman: Command) -> None:
    alter(shop, "drop table PEDIDOS_ITENS")

    ran = dragoman("drift", "check", "--config", shop, "--json")

    assert ran.code == 1
    assert [(each["change"], each["record"], each["stops_reading"]) for each in ran.records] == [
        ("record removed", "PEDIDOS_ITENS", True)
    ]


def test_columns_that_the_database_calls_the_same_are_the_same(tmp_path: Path, shop: Path, dragoman: Command) -> None:
    alter(shop, "alter table FORNECEDORES rename column NOME to Nome")

    assert dragoman("drift", "check", "--config", shop).code == 0
    assert dragoman("find", "suppliers", "--config", shop).code == 0


def test_a_mapping_that_reads_more_than_the_pin_holds_is_told(shop: Path, dragoman: Command) -> None:
    pin = shop.parent / "pins" / "branch.json"
    content = json.loads(pin.read_text(encoding="utf-8"))
    content["records"] = [each for each in content["records"] if each["name"] != "PEDIDOS"]
    pin.write_text(json.dumps(content), encoding="utf-8")

    ran = dragoman("drift", "check", "--config", shop)

    assert ran.code == 0
    assert ran.err.splitlines()[0] == (
        "branch: the pin lacks PEDIDOS/NUMERO, PEDIDOS/COD_FORN, PEDIDOS/DT_EMISSAO, PEDIDOS/MOEDA, PEDIDOS/REF "
        "and 4 more, so no change there is seen; pin it anew with --replace"
    )
    assert dragoman("drift", "check", "--config", shop, "--json").err == f"{ran.err.splitlines()[0]}\n"


def test_a_pin_is_not_replaced_over_a_difference_unless_it_is_said(shop: Path, dragoman: Command) -> None:
    pin = shop.parent / "pins" / "branch.json"
    before = pin.read_text(encoding="utf-8")
    assert (
        dragoman("drift", "pin", "--config", shop).err == "branch: it publishes what is pinned; nothing was written\n"
    )
    alter(shop, "alter table PEDIDOS drop column REF")

    refused = dragoman("drift", "pin", "--config", shop)

    assert refused.code == 2
    assert refused.err == (
        f"dragoman: {pin}: something else is pinned there (differences: 1); "
        "see what it means with `dragoman drift check`, then pin with --replace\n"
    )
    assert pin.read_text(encoding="utf-8") == before
    replaced = dragoman("drift", "pin", "--config", shop, "--replace")
    assert (replaced.code, replaced.out) == (0, f"{pin}\n")
    assert replaced.err == "branch: the mapping reads PEDIDOS/REF, which is not there\n"
    assert [each.name for each in pin.parent.iterdir()] == ["branch.json"]


def test_a_system_without_a_pin_says_what_to_do(shop: Path, tmp_path: Path, dragoman: Command) -> None:
    ran = dragoman("drift", "check", "--config", shop, "--pins", tmp_path / "elsewhere")

    assert ran.code == 2
    assert ran.err == (
        f"dragoman: {tmp_path / 'elsewhere' / 'branch.json'}: branch is not pinned there; "
        "pin it with `dragoman drift pin`\n"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "is no complete JSON document; write it anew"),
        (b"\xff\xfe", "it is not a UTF-8 text, and so no pin"),
        (b'{"format": 99}', "is not a schema in the format 1; write it anew"),
    ],
)
def test_a_damaged_pin_is_one_sentence(shop: Path, dragoman: Command, content: bytes, sentence: str) -> None:
    (shop.parent / "pins" / "branch.json").write_bytes(content)

    ran = dragoman("drift", "check", "--config", shop)

    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert sentence in ran.err


def test_a_pin_that_cannot_be_written_is_one_sentence(shop: Path, dragoman: Command) -> None:
    ran = dragoman("drift", "pin", "--config", shop, "--pins", shop)

    assert ran.code == 2
    assert "it cannot be written" in ran.err


def test_one_system_out_of_reach_does_not_hide_the_others(tmp_path: Path, shop: Path, dragoman: Command) -> None:
    with shop.open("a") as file:
        file.write('[systems.lost]\nkind = "inhouse"\nurl = "postgresql://reader:hidden-7431@127.0.0.1:1/x"\n')
    shutil.copy(shop.parent / "pins" / "branch.json", shop.parent / "pins" / "lost.json")
    alter(shop, "alter table FORNECEDORES drop column NOME")

    ran = dragoman("drift", "check", "--config", shop, "--json")

    assert ran.code == 3
    assert [each["system"] for each in ran.records] == ["branch"]
    assert ran.err.startswith("lost: ")
    assert "hidden-7431" not in ran.err


def test_names_with_dots_have_pins_of_their_own(tmp_path: Path) -> None:
    pins = Pins(tmp_path)

    assert pins.path("a.b", "c") != pins.path("a", "b.c")


def test_what_has_no_record_of_the_system_is_not_pinned(shop: Path, dragoman: Command) -> None:
    saved = shop.with_name("metadata.xml")
    saved.write_bytes(edmx(BUSINESS_PARTNER_SERVICE))

    ran = dragoman("drift", "pin", "--config", shop, "--system", "branch", "--live", saved, "--replace")

    assert ran.code == 2
    assert ran.err.endswith("has no record that branch relies on, so there is nothing to pin\n")
    assert dragoman("drift", "check", "--config", shop).code == 0


def test_a_system_that_cannot_be_pinned_does_not_keep_the_others_from_it(
    tmp_path: Path, shop: Path, dragoman: Command
) -> None:
    shop.write_text(f'[systems.lost]\nkind = "inhouse"\nurl = "sqlite:///{tmp_path / "gone.db"}"\n' + shop.read_text())
    (tmp_path / "pins" / "branch.json").unlink()

    ran = dragoman("drift", "pin", "--config", shop)

    assert (ran.code, ran.out) == (2, f"{tmp_path / 'pins' / 'branch.json'}\n")
    assert ran.err.startswith("lost: ")
    assert ran.err.count("\n") == 1


def test_what_is_owed_is_shown_without_asking_anybody(shop: Path, dragoman: Command) -> None:
    shop.with_name("inhouse.db").unlink()

    table = dragoman("drift", "show", "--config", shop)
    records = dragoman("drift", "show", "--config", shop, "--json").records

    assert table.code == 0
    assert "What branch owes to purchase_orders" in table.out
    assert {
        "system": "branch", "port": "suppliers", "record": "FORNECEDORES", "column": "SITUACAO",
        "forms": ["integer", "float"], "nullable": False, "length": None, "scale": None, "exact": False,
        "codes": ["1", "2", "3", "4"], "use": "read", "asked_by_name": True, "fields": ["block"],
    } in records  # fmt: skip
