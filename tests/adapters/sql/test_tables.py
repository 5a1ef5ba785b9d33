"""Records that stand in several tables: joined as far as they are needed, chosen whole, sorted by their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.sql.database import Row, SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.sql.tables import Integer, Join, Tables, Text
from ports.errors import Drifted, Misconfigured
from tests.databases import KINDS, installed

SCRIPT = """
create table party (id integer, code varchar(9), name varchar(20));
create table bill (no varchar(9), part varchar(2), party integer, approver integer, mark varchar(1));
create table bill_line (bill varchar(9), line integer, kind varchar(5), pieces integer);
insert into party values (1, 'P1', 'One'), (2, 'P2', 'Two');
insert into bill values ('a1', '01', 1, 2, ' '), ('B1', '01', 2, null, null), ('B1', '02', 9, null, ' '),
  ('gone', '01', 1, 1, '*');
insert into bill_line values ('a1', 20, 'item', 2), ('a1', 3, 'item', 1), ('a1', 5, 'note', null), ('B1', 1, null, 7);
"""
LINES = Join("bill_line", on={"bill": "no"}, counts=(Condition("kind", Comparison.NE, "note"),))
BILLS = Tables(
    root="bill",
    key=(Text("no"), Text("part")),
    rows=(Integer("bill_line.line"),),
    joins=(
        Join("party", on={"id": "party"}),
        Join("party", name="approver", on={"id": "approver"}),
        LINES,
    ),
    counts=(Condition("mark", Comparison.NE, "*"),),
)
WHOLE = ("no", "part", "party.name", "approver.code", "bill_line.line", "bill_line.pieces")
ROWS = [
    ("B1", "01", "Two", None, 1, 7),
    ("B1", "02", None, None, 1, 7),
    ("a1", "01", "One", "P2", 3, 1),
    ("a1", "01", "One", "P2", 20, 2),
]


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlDatabase]:
    def install(url: str) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            for statement in SCRIPT.strip().rstrip(";").split(";"):
                connection.execute(text(statement))
        engine.dispose()

    with installed(request.param, install, tmp_path) as url, SqlDatabase(SqlConnection(url)) as opened:
        yield opened


def read(database: SqlDatabase, tables: Tables, columns: Sequence[str], *where: Where) -> list[Row]:
    return [row for page in tables.pages(database, columns, where, size=2) for row in page]


def equal(column: str, value: object) -> Condition:
    return Condition(column, Comparison.EQ, value)


def test_rows_come_in_the_order_of_their_keys_with_what_they_refer_to(database: SqlDatabase) -> None:
    assert read(database, BILLS, WHOLE) == ROWS


def test_a_condition_on_one_row_brings_every_row_of_its_record(database: SqlDatabase) -> None:
    assert read(database, BILLS, WHOLE, equal("bill_line.pieces", 2)) == ROWS[2:]


def test_conditions_on_different_rows_are_met_by_the_record_that_has_both(database: SqlDatabase) -> None:
    both = (equal("bill_line.pieces", 2), equal("bill_line.pieces", 1))

    assert read(database, BILLS, WHOLE, *both) == ROWS[2:]
    assert read(database, BILLS, WHOLE, *both, equal("approver.code", "P1")) == []


def test_a_composite_key_is_chosen_as_a_whole(database: SqlDatabase) -> None:
    assert read(database, BILLS, ("no", "part"), equal("party.name", "Two")) == [("B1", "01")]


def test_ranges_of_a_text_key_follow_its_bytes(database: SqlDatabase) -> None:
    assert read(database, BILLS, WHOLE, Condition("no", Comparison.GT, "Z")) == ROWS[2:]


def test_none_of_none_is_nothing(database: SqlDatabase) -> None:
    assert read(database, BILLS, WHOLE, AnyOf(())) == []
    assert read(database, BILLS, WHOLE, AnyOf((equal("no", "a1"), equal("party.code", "P2")))) == [ROWS[0], *ROWS[2:]]


def test_what_is_marked_is_left_out_and_what_has_no_mark_is_not(database: SqlDatabase) -> None:
    assert {row[0] for row in read(database, BILLS, ("no",))} == {"B1", "a1"}
    assert read(database, BILLS, ("no",), equal("party.code", "P1")) == [("a1",), ("a1",)]


def test_a_row_that_does_not_count_is_as_good_as_not_there_and_its_record_still_comes(database: SqlDatabase) -> None:
    nothing = Tables(root="bill", key=(Text("no"),), joins=(Join("bill_line", on={"bill": "no"}, counts=(AnyOf(()),)),))

    assert read(database, nothing, ("no", "bill_line.line"), equal("no", "a1")) == [("a1", None)]


def test_a_table_that_nobody_reads_is_not_joined(database: SqlDatabase) -> None:
    plain = Tables(root="bill", key=(Text("no"),), joins=(Join("no_such_table", on={"id": "party"}), LINES))

    assert len(read(database, plain, ("no", "mark"))) == 4
    plain.check(database, ("no", "mark"))
    with pytest.raises(Drifted):
        read(database, plain, ("no", "no_such_table.name"))
    with pytest.raises(Drifted):
        plain.check(database, ("no", "no_such_table.name"))


def test_a_table_that_another_is_reached_by_is_joined() -> None:
    way = Tables(
        root="bill",
        key=(Text("no"),),
        joins=(Join("party", on={"id": "party"}), Join("country", on={"id": "party.country"}), LINES),
    )

    assert way.used(("no", "country.code")) == {
        "bill": ("no", "party"),
        "country": ("code", "id"),
        "party": ("country", "id"),
    }


def test_a_check_asks_for_every_column_that_reading_needs(database: SqlDatabase) -> None:
    BILLS.check(database, WHOLE)
    assert BILLS.used(WHOLE)["bill_line"] == ("line", "pieces", "bill", "kind")

    with pytest.raises(Drifted, match="bill_line has no colour"):
        BILLS.check(database, (*WHOLE, "bill_line.colour"))


def test_a_name_of_a_table_that_is_not_joined_is_told(database: SqlDatabase) -> None:
    with pytest.raises(Misconfigured, match=r"^country.code is to be read, but country is not joined to bill$"):
        read(database, BILLS, ("no", "country.code"))


@pytest.mark.parametrize(
    ("joins", "told"),
    [
        ((Join("bill", on={"id": "party"}),), "two tables are called bill"),
        ((Join("party", on={}),), "party is joined on nothing"),
        ((Join("party", on={"id": "bill_line.line"}), LINES), "bill_line.line, which is not before it"),
    ],
)
def test_joins_that_cannot_be_are_refused_where_they_are_written(joins: tuple[Join, ...], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Tables(root="bill", key=(Text("no"),), joins=joins)


def test_a_table_without_a_key_is_refused_where_it_is_written() -> None:
    with pytest.raises(ValueError, match="name the columns of the key"):
        Tables(root="bill", key=())
