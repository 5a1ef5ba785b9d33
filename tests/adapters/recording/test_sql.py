"""Answers of databases, recorded as they are pulled and replayed without the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from math import isnan
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Select, column, select, table

from acl.codecs.relational import serial
from acl.codecs.taxes import tax_id
from acl.codecs.text import text
from acl.mapping import Shape, embedded, gathered, mapping, never, optional, provenance
from acl.mapping import column as field
from adapters.recording.masks import Masks
from adapters.recording.pseudonyms import Pseudonyms
from adapters.recording.rules import rules_of
from adapters.recording.sql import Answers, RecordingSql, ReplayingSql
from adapters.recording.values import read, written
from adapters.sql.database import Row, SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.sql.tapped import tapped
from domain.identifiers import SupplierId
from domain.places import Address, Country
from domain.suppliers import Supplier, SupplierBlock
from domain.tax import TaxIdKind
from ports.errors import Drifted, Misconfigured, NotOffered

VALUES = [
    None, True, False, 0, 1, -5, 10**40, "", "text", "\ud800 half", "é\x00", 0.1, -0.0, 1e300, Decimal("1.50"),
    Decimal("-0"), date(2024, 2, 29), datetime(2024, 2, 29, 23, 59, 59, 999999), time(1, 2, 3), timedelta(-1, 5, 7),
    b"\x00\xff", UUID(int=7), ["a", None], ("a", Decimal(1)),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_read_back_equal_and_of_the_same_type(value: object) -> None:
    again = read(written(value))

    assert type(again) is type(value)
    assert again == value
    assert repr(again) == repr(value)


def _once(moment: datetime) -> datetime:
    return moment.replace(fold=0)  # which of two equal hours is meant, no database says


@given(
    st.decimals() | st.floats() | st.datetimes().map(_once) | st.timedeltas() | st.binary() | st.text(st.characters())
)
def test_every_value_is_read_back_as_itself(value: object) -> None:
    again = read(written(value))

    assert repr(again) == repr(value) or (isinstance(value, float) and isnan(value))


def test_a_value_of_an_unknown_type_is_refused_by_its_type_alone() -> None:
    with pytest.raises(Misconfigured, match="a value of the type complex cannot be recorded"):
        written(1j)


@pytest.mark.parametrize(
    "stored", [1.5, {}, {"Decimal": "x"}, {"eval": "1"}, {"date": 5}, {"a": 1, "b": 2}, {"list": 1}]
)
def test_what_was_never_written_is_not_read(stored: object) -> None:
    with pytest.raises(ValueError):
        read(stored)


SUPPLIER = mapping(Supplier, record="VENDOR", shape=Shape.ROW)(
    id=serial("NO", into=SupplierId),
    name=text("NAME", width=80),
    trade_name=never(None, because="one name is enough"),
    tax_ids=gathered(optional(field(tax_id(TaxIdKind.CNPJ), "VAT"))),
    address=embedded(Address)(
        street=never(None, because="nobody writes"),
        city=optional(text("CITY", width=80)),
        region=never(None, because="nobody writes"),
        postal_code=never(None, because="nobody writes"),
        country=never(Country("BR"), because="all are there"),
    ),
    email=never(None, because="nobody writes"),
    bank_accounts=never((), because="all is paid in cash"),
    block=never(SupplierBlock.NONE, because="nobody is blocked"),
    source=provenance("NO"),
)
VENDOR = table("VENDOR", *map(column, (*SUPPLIER.columns, "NOTE")))
ROWS = [(number, f"Miller {number}", "11222333000181" if number == 2 else None, "Leeds", "Ann") for number in range(7)]


def everything() -> Select[tuple[object, ...]]:
    return select(*(VENDOR.c[name] for name in SUPPLIER.columns)).order_by(VENDOR.c["NO"])


def with_vat(number: object) -> Select[tuple[object, ...]]:
    return everything().where(VENDOR.c["VAT"].in_([number, "another"]))


@pytest.fixture
def connection(tmp_path: Path) -> SqlConnection:
    path = tmp_path / "erp.db"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("create table VENDOR (NO integer, NAME text, VAT text, CITY text, NOTE text)")
        made.executemany("insert into VENDOR values (?, ?, ?, ?, ?)", ROWS)
    return SqlConnection(f"sqlite:///{path}")


GONE = SqlConnection("sqlite:////recorded/recorded.db")


class Recorded:
    """A database that is recorded, and the replay of it at another place."""

    def __init__(self, connection: SqlConnection) -> None:
        self.answers = Answers()
        self.masks = Masks([rules_of(SUPPLIER)], Pseudonyms(b"a seed of these tests"))
        names = {f"the SQLite file {connection.url[10:]}": "the SQLite file /recorded/recorded.db"}
        with tapped(RecordingSql(self.answers, lambda: self.masks, names)):
            self.database = SqlDatabase(connection)

    def replayed(self) -> SqlDatabase:
        answers = Answers.of(list(self.answers.lines()))
        with tapped(ReplayingSql(answers, "the recording", [])):
            return SqlDatabase(GONE)


@pytest.fixture
def recorded(connection: SqlConnection) -> Iterator[Recorded]:
    found = Recorded(connection)
    yield found
    found.database.close()


def rows_of(pages: Iterator[list[Row]]) -> list[Row]:
    return [row for page in pages for row in page]


def test_a_replay_gives_what_was_read_through_the_masks_in_blocks_of_any_size(recorded: Recorded) -> None:
    seen = rows_of(recorded.database.pages(everything(), size=3))

    assert [row[0] for row in seen] == list(range(7))
    assert all("Miller" not in str(row) and "11222333000181" not in str(row) for row in seen)
    assert rows_of(recorded.replayed().pages(everything(), size=3)) == seen
    assert [len(page) for page in recorded.replayed().pages(everything(), size=5)] == [5, 2]


def test_only_what_was_pulled_is_kept_and_more_is_not_made_up(recorded: Recorded) -> None:
    pages = recorded.database.pages(everything(), size=2)
    seen = next(pages)
    pages.close()  # type: ignore[attr-defined]  # it is a generator

    again = recorded.replayed().pages(everything(), size=2)
    assert next(again) == seen
    with pytest.raises(Misconfigured, match="does not hold more than the first 2 rows of this answer; record it again"):
        next(again)


def test_what_was_read_to_its_end_is_not_forgotten_for_what_was_abandoned_later(recorded: Recorded) -> None:
    seen = rows_of(recorded.database.pages(everything(), size=2))
    list(islice(recorded.database.pages(everything(), size=2), 1))

    assert rows_of(recorded.replayed().pages(everything(), size=2)) == seen


def test_the_database_is_asked_for_the_value_behind_a_pseudonym(recorded: Recorded) -> None:
    pseudonym = next(row[2] for row in rows_of(recorded.database.pages(everything())) if row[2] is not None)

    found = rows_of(recorded.database.pages(with_vat(pseudonym)))

    assert [(row[0], row[2]) for row in found] == [(2, pseudonym)]
    assert rows_of(recorded.replayed().pages(with_vat(pseudonym))) == found
    assert "11222333000181" not in "".join(recorded.answers.lines())


def test_a_question_that_was_not_asked_has_no_answer(recorded: Recorded) -> None:
    list(recorded.database.pages(with_vat("one")))

    with pytest.raises(Misconfigured, match="does not hold an answer to this question to the SQLite file /recorded/"):
        list(recorded.replayed().pages(with_vat("two")))


def test_an_error_is_replayed_as_the_same_error(recorded: Recorded) -> None:
    lost = table("GONE", *map(column, SUPPLIER.columns))
    statement = select(*lost.c)
    with pytest.raises(Drifted) as seen:
        list(recorded.database.pages(statement))

    with pytest.raises(Drifted) as again:
        list(recorded.replayed().pages(statement))
    assert str(again.value) == str(seen.value)


def test_names_of_columns_are_replayed(recorded: Recorded) -> None:
    assert recorded.database.column_names(everything()) == recorded.replayed().column_names(everything())


def test_a_column_that_no_mapping_reads_is_not_recorded(recorded: Recorded) -> None:
    with pytest.raises(Misconfigured, match="a select of NO, NOTE cannot be recorded: it is not what a mapping reads"):
        list(recorded.database.pages(select(VENDOR.c["NO"], VENDOR.c["NOTE"])))


def test_a_recorded_database_does_not_describe_itself(recorded: Recorded) -> None:
    with pytest.raises(NotOffered, match="a recording does not hold how"):
        recorded.database.inspected(lambda inspector: inspector.get_table_names())


@pytest.mark.parametrize(
    "line", ["{}", "[]", '{"question": {}, "rows": [[{"eval": "1"}]], "whole": true, "error": null}']
)
def test_a_file_of_something_else_is_not_taken_for_answers(line: str) -> None:
    with pytest.raises(ValueError):
        Answers.of([line])
