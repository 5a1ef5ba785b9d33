"""Conditions reach the database as bound values, and mean the same in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import cast

import pytest
from sqlalchemy import ColumnElement, column, select, table

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.sql.conditions import rendered
from adapters.sql.database import SqlDatabase
from ports.errors import Drifted
from tests.adapters.sql.conftest import ROWS, Place

HOSTILE = "O'Neil'; DROP TABLE x; --"
MEANING: dict[Comparison, Callable[..., object]] = {
    Comparison.EQ: eq,
    Comparison.NE: ne,
    Comparison.GE: ge,
    Comparison.GT: gt,
    Comparison.LE: le,
    Comparison.LT: lt,
}


def columns(place: Place) -> dict[str, ColumnElement[object]]:
    untyped = table(place.table.name, *(column(name) for name in ROWS[0])).c
    return {name: cast("ColumnElement[object]", untyped[name]) for name in ROWS[0]}


def levels(place: Place, database: SqlDatabase, where: Sequence[Where]) -> list[object]:
    known = columns(place)
    statement = select(known["code"], known["level"]).where(*rendered(where, known)).order_by(known["code"])
    return [row[1] for block in database.pages(statement) for row in block]


def is_(name: str, value: object) -> Condition:
    return Condition(name, Comparison.EQ, value)


def test_a_hostile_text_finds_the_record_that_has_it_and_hurts_nobody(place: Place, database: SqlDatabase) -> None:
    assert levels(place, database, [is_("name", HOSTILE)]) == [1]
    assert levels(place, database, [AnyOf((is_("name", HOSTILE), is_("name", "' or '1'='1")))]) == [1]
    assert levels(place, database, [is_("name", "Müller & Söhne \\ %s :name")]) == [2]
    assert levels(place, database, [is_("name", "' or '1'='1")]) == []
    assert len(levels(place, database, [])) == len(ROWS)


def test_no_value_stands_in_the_statement() -> None:
    known = {name: cast("ColumnElement[object]", column(name)) for name in ("a", "b")}
    where: list[Where] = [
        is_("a", HOSTILE),
        AnyOf((is_("b", HOSTILE), is_("b", 7), Condition("a", Comparison.GT, HOSTILE))),
    ]

    text = " AND ".join(str(condition.compile()) for condition in rendered(where, known))

    assert text == "a = :param_1 AND b IN (:param_1, :param_2) OR a > :param_3"


@pytest.mark.parametrize("comparison", Comparison)
@pytest.mark.parametrize(("name", "value"), [("code", "000003"), ("level", 2), ("since", date(2023, 1, 1))])
def test_a_comparison_means_what_it_means_in_python(
    place: Place, database: SqlDatabase, comparison: Comparison, name: str, value: object
) -> None:
    expected = [row["level"] for row in ROWS if row[name] is not None and MEANING[comparison](row[name], value)]

    assert levels(place, database, [Condition(name, comparison, value)]) == expected


def test_a_text_compares_with_a_date_or_number_as_the_server_reads_it(place: Place, database: SqlDatabase) -> None:
    assert levels(place, database, [Condition("since", Comparison.GE, "2023-01-01")]) == [1, 2]
    assert levels(place, database, [is_("level", "2")]) == [2]


def test_blanks_that_fill_a_column_do_not_count_where_the_database_says_so(place: Place, database: SqlDatabase) -> None:
    padded = {"sqlite": [], "postgresql": [1], "mariadb": [1]}

    assert levels(place, database, [is_("code", "000001")]) == [1]
    assert levels(place, database, [is_("code", "000001  ")]) == padded[place.kind]


def test_empty_and_null_are_two_facts(place: Place, database: SqlDatabase) -> None:
    assert levels(place, database, [is_("name", "")]) == [3]
    assert levels(place, database, [is_("name", None)]) == [4]
    assert levels(place, database, [AnyOf((is_("name", ""), is_("name", None)))]) == [3, 4]
    assert levels(place, database, [Condition("name", Comparison.NE, None)]) == [1, 2, 3, None]


def test_nothing_is_greater_than_null() -> None:
    with pytest.raises(ValueError, match="nothing is > null"):
        rendered([Condition("a", Comparison.GT, None)], {"a": cast("ColumnElement[object]", column("a"))})


def test_any_of_none_finds_nothing(place: Place, database: SqlDatabase) -> None:
    assert levels(place, database, [AnyOf(())]) == []


def test_alternatives_over_several_columns_are_joined_by_or_and_conjuncts_by_and(
    place: Place, database: SqlDatabase
) -> None:
    either = AnyOf((is_("code", "000001"), is_("level", 3), is_("code", "000002")))

    assert levels(place, database, [either]) == [1, 2, 3]
    assert levels(place, database, [either, Condition("level", Comparison.GT, 1)]) == [2, 3]


@pytest.mark.parametrize("where", [is_("colour", "red"), AnyOf((is_("colour", "red"),))])
def test_an_unknown_column_is_named(where: Where) -> None:
    with pytest.raises(Drifted, match="asks for the column colour, but only these are read: a"):
        rendered([where], {"a": cast("ColumnElement[object]", column("a"))})
