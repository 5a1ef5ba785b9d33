"""What a database says of its own tables becomes the neutral schema, alike on all three."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from acl.protheus import purchase_orders as protheus_orders
from adapters.sql.catalogue import catalogue
from adapters.sql.checks import closed_list
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from contracts.source.schema import Column, Form, Reference, Schema
from ports.errors import AccessDenied
from sandbox.inhouse import store as inhouse_store
from sandbox.protheus import store as protheus_store
from tests.databases import KINDS, MARIADB, POSTGRESQL, installed, own_database, run_script, url_of

BUYER = "create table buyer (id integer primary key, name varchar(30) not null)"
ORDERED = """create table "Odd name; drop" (
  no char(6) not null, line integer not null, buyer integer references buyer (id), state varchar(3), urgent boolean,
  total decimal(12, 3), rate double precision, made timestamp, due date, at time, note text,
  primary key (no, line), constraint states check (state in ('A', 'N')))"""
VIEW = 'create view v_names as select no, total from "Odd name; drop"'


def statements(*lines: str) -> Callable[[str], None]:
    def run(url: str) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            for line in lines:
                connection.execute(
                    text(line.replace('"', "`") if engine.dialect.name in ("mysql", "mariadb") else line)
                )
        engine.dispose()

    return run


def read(url: str, tables: Sequence[str] | None = None, *, schema: str | None = None) -> Schema:
    with SqlDatabase(SqlConnection(url, timeout=10)) as database:
        return catalogue(database, tables, schema=schema)


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    foreign = "create table buyer_of (id integer, foreign key (id) references buyer (id))"
    with installed(request.param, statements(BUYER, ORDERED, VIEW, foreign), tmp_path) as found:
        yield found


def found(schema: Schema, record: str, path: str) -> Column:
    column = schema.column(record, path)
    assert column is not None
    return column


def test_every_column_has_its_form_and_size(url: str) -> None:
    ordered = read(url).records["Odd name; drop"]

    told = {each.name: (each.form, each.length, each.precision, each.scale, each.nullable) for each in ordered.columns}
    assert told == {
        "no": (Form.TEXT, 6, None, None, False),
        "line": (Form.INTEGER, None, None, None, False),
        "buyer": (Form.INTEGER, None, None, None, True),
        "state": (Form.TEXT, 3, None, None, True),
        "urgent": (Form.INTEGER if "mysql" in url else Form.BOOLEAN, None, None, None, True),
        "total": (Form.DECIMAL, None, 12, 3, True),
        "rate": (Form.FLOAT, None, None, None, True),
        "made": (Form.TIMESTAMP, None, None, None, True),
        "due": (Form.DATE, None, None, None, True),
        "at": (Form.TIME, None, None, None, True),
        "note": (Form.TEXT, None, None, None, True),
    }


def test_keys_references_and_closed_lists_are_told(url: str) -> None:
    schema = read(url)

    assert schema.records["Odd name; drop"].key == ("no", "line")
    assert schema.records["buyer_of"].references == (Reference(("id",), "buyer", ("id",)),)
    assert found(schema, "Odd name; drop", "state").codes == ("A", "N")
    assert found(schema, "Odd name; drop", "note").codes is None
    assert found(schema, "buyer", "id").nullable is False


def test_a_view_is_a_record_whose_nulls_nobody_tells(url: str) -> None:
    total = found(read(url), "v_names", "total")

    assert (total.form, total.precision, total.scale, total.nullable) == (Form.DECIMAL, 12, 3, None)


def test_only_the_tables_asked_for_are_read_and_a_missing_one_is_left_out(url: str) -> None:
    assert set(read(url).records) == {"buyer", "buyer_of", "Odd name; drop", "v_names"}
    assert set(read(url, ["Odd name; drop", "v_names", "gone"]).records) == {"Odd name; drop", "v_names"}
    assert set(read(url, ["buyer"]).records) == {"buyer"}
    assert read(url, []).records == {}


def test_the_word_of_the_database_is_kept(url: str) -> None:
    schema = read(url)

    assert found(schema, "buyer", "name").native == "VARCHAR(30)"
    assert found(schema, "Odd name; drop", "total").native in ("DECIMAL(12, 3)", "NUMERIC(12, 3)")


@pytest.mark.parametrize("url", ["sqlite", "mariadb"], indirect=True)
def test_a_view_over_what_is_gone_hides_no_other_table(url: str) -> None:
    statements("create table base (a integer)", "create view broken as select a from base", "drop table base")(url)

    assert set(read(url).records) == {"buyer", "buyer_of", "Odd name; drop", "v_names"}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_free_types_of_sqlite_are_told_as_far_as_they_go(url: str) -> None:
    statements(
        "create table free (a, b numeric, c nvarchar(7), d blob, e boolean check (e in (0, 1)), f text primary key)"
    )(url)
    free = {each.name: each for each in read(url).records["free"].columns}

    assert (free["a"].form, free["a"].native) == (Form.OTHER, "")
    assert (free["b"].form, free["b"].precision, free["c"].length) == (Form.DECIMAL, None, 7)
    assert (free["d"].form, free["e"].form, free["e"].codes) == (Form.BINARY, Form.BOOLEAN, ("0", "1"))
    assert free["f"].nullable is True  # SQLite does let null into such a key


def test_enumerations_domains_and_lists_of_postgresql_are_what_stands_behind_them() -> None:
    script = """
    create schema other; create type state as enum ('new', 'it''s done');
    create domain amount as numeric not null check (value > 0);
    create table other.base (id integer primary key, above integer references other.base (id));
    create table ware (state state, total amount, names varchar(9)[], body jsonb, id uuid,
      base integer references other.base (id), odd char(2) check (odd in ('A', 'B')), place point)"""
    with own_database(POSTGRESQL, "catalogue") as name:
        run_script(POSTGRESQL, name, script)
        url = url_of(POSTGRESQL, name)
        schema, other = read(url), read(url, schema="other")
    ware = {each.name: each for each in schema.records["ware"].columns}

    assert (ware["state"].form, ware["state"].codes) == (Form.TEXT, ("new", "it's done"))
    assert (ware["total"].form, ware["total"].nullable) == (Form.DECIMAL, False)
    assert (ware["names"].form, ware["names"].many, ware["names"].length) == (Form.TEXT, True, 9)
    assert {ware[each].form for each in ("body", "id", "place")} == {Form.OTHER}
    assert ware["odd"].codes == ("A", "B")
    assert schema.records["ware"].references == (Reference(("base",), "other.base", ("id",)),)
    assert other.records["base"].references == (Reference(("above",), "base", ("id",)),)


def test_enumerations_and_sizes_of_mariadb_are_told() -> None:
    script = """create table ware (state enum('new','it''s'), tags set('a','b'), made datetime(6), flag tinyint(1),
      code binary(3), year year, stock int unsigned)"""
    with own_database(MARIADB, "catalogue") as name:
        run_script(MARIADB, name, script)
        ware = {each.name: each for each in read(url_of(MARIADB, name)).records["ware"].columns}

    assert (ware["state"].form, ware["state"].codes, ware["state"].length) == (Form.TEXT, ("new", "it's"), None)
    assert (ware["tags"].form, ware["tags"].length) == (Form.OTHER, None)
    assert (ware["made"].form, ware["flag"].form, ware["year"].form) == (Form.TIMESTAMP, Form.INTEGER, Form.INTEGER)
    assert (ware["code"].form, ware["code"].length) == (Form.BINARY, 3)
    assert ware["stock"].native == "INTEGER(10) UNSIGNED"


def test_a_database_that_refuses_says_so_and_names_no_password() -> None:
    with pytest.raises(AccessDenied) as caught:
        read("mariadb://nobody:sesame@127.0.0.1/mysql")

    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("state IN ('A', 'N')", ("state", ("A", "N"))),
        ("`state` in ('A','it''s')", ("state", ("A", "it's"))),
        ('"odd ""name" in (1, -2)', ('odd "name', ("1", "-2"))),
        ("[state] IN (N'A')", ("state", ("A",))),
        (
            "((state)::text = ANY ((ARRAY['A'::character varying, 'N'::character varying])::text[]))",
            ("state", ("A", "N")),
        ),
        ("(n = ANY (ARRAY[1, 2]))", ("n", ("1", "2"))),
        ("((k)::text = 'Y'::text)", ("k", ("Y",))),
        ("(state IN ('(', ')'))", ("state", ("(", ")"))),
        ("(state in ('A')) or (state in ('B'))", None),
        ("state in ('A') or state is null", None),
        ("not state in ('A')", None),
        ("state not in ('A')", None),
        ("upper(state) in ('A')", None),
        ("n > 2", None),
        ("a = b", None),
        ("n in (1, 2) and m in (3)", None),
        ("state in ('A', other)", None),
        ("n in (1.5, 2)", None),
        ("k in ('A', 'N\\'X')", None),
        ("k in ('A', 'N\\\\X')", None),
        ("", None),
    ],
)
def test_only_a_sure_list_of_one_column_is_a_closed_list(
    check: str, expected: tuple[str, tuple[str, ...]] | None
) -> None:
    assert closed_list(check) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_the_sandboxes_publish_what_our_mappings_read(kind: str, tmp_path: Path) -> None:
    with installed(kind, protheus_store.install, tmp_path) as url:
        protheus = read(url)
    (tmp_path / "inhouse").mkdir()
    with installed(kind, inhouse_store.install, tmp_path / "inhouse") as url:
        inhouse = read(url)

    names = {each.name.upper() for each in protheus.records["SC7010"].columns}
    assert set(protheus_orders.PURCHASE_ORDER.columns) <= names
    assert protheus.records["SA2010"].key == ("R_E_C_N_O_",)
    assert {"FORNECEDORES", "PEDIDOS", "PEDIDOS_ITENS"} <= {name.upper() for name in inhouse.records}
