"""Stored procedures are called once, with bound values; and nothing else can be said on that way, nor on any other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from math import inf
from pathlib import Path
from uuid import uuid4

import pytest
from attrs import frozen
from sqlalchemy import func, select, text

from adapters.sql.call_faults import CallFailed
from adapters.sql.engines import SqlConnection
from adapters.sql.procedures import SqlProcedures
from ports.errors import (
    Drifted,
    Misconfigured,
    OutcomeUnknown,
    Refused,
    Unavailable,
)
from tests.adapters.sql.conftest import Place

BODIES = {
    "postgresql": """create procedure "{name}"(a text, b text, n integer, inout x text, inout y text, inout z integer)
        language plpgsql as $$ begin
          if a = 'RAISE' then raise exception using errcode = b, message = 'told' || chr(10) || 'more'; end if;
          x := a; y := b; z := n;
        end $$""",
    "mariadb": """create procedure `{name}`(a varchar(255), b varchar(255), n int)
        begin
          declare stop condition for sqlstate '45000';
          if a = 'RAISE' then
            signal stop set message_text = 'told', mysql_errno = n;
          elseif a = 'NOTHING' then select 1 from dual where 1 = 0;
          elseif a = 'TWICE' then select a, b, n union all select a, b, n;
          else select a, b, n; end if;
        end""",
}


@frozen
class Calling:
    """The procedures of a database, and one of them that gives back what it was given."""

    kind: str
    procedures: SqlProcedures
    echo: str

    def call(self, *arguments: str | int | None) -> tuple[object, ...]:
        return self.procedures.call(self.echo, arguments, gives=3, until=inf)


on_servers = pytest.mark.parametrize("place", ["postgresql", "mariadb"], indirect=True)
"""SQLite has no stored procedures."""


@pytest.fixture
def calling(place: Place) -> Iterator[Calling]:
    name, engine = f"ECHO_{uuid4().hex[:12]}", place.writer()
    quoted = engine.dialect.identifier_preparer.quote_identifier(name)
    with engine.begin() as connection:
        connection.exec_driver_sql(BODIES[place.kind].format(name=name))
    procedures = SqlProcedures(place.connection)
    yield Calling(place.kind, procedures, name)
    procedures.close()
    with engine.begin() as connection:
        connection.exec_driver_sql(f"drop procedure {quoted}")
    engine.dispose()


@on_servers
@pytest.mark.parametrize("given", ["O'Neil'; DROP TABLE x; --", "Müller \\ %s :a0 {0}", "", None, "a\nb"])
def test_a_value_arrives_as_it_was_given(calling: Calling, given: str | None) -> None:
    assert calling.call(given, None, -7) == (given, None, -7)


WRITING = (
    "insert into {table} (code) values ('000009')",
    "update {table} set name = 'x'",
    "delete from {table}",
    "select 1",
    "call x; delete from {table}",
    'CALL "X"(1); delete from {table}',
    'CALL "X"((select 1))',
    "set transaction read write",
)


@on_servers
@pytest.mark.parametrize("writing", WRITING)
def test_nothing_but_a_call_can_be_executed_where_procedures_are_called(
    place: Place, calling: Calling, writing: str
) -> None:
    """Whoever reaches behind the driver for its engine is refused before anything is sent."""
    with calling.procedures._engine.connect() as connection, pytest.raises(TypeError, match="nothing else was sent"):
        connection.exec_driver_sql(writing.format(table=place.table.name))
    engine = place.writer()
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(place.table)).scalar() == 5
        assert connection.execute(text(f"select count(*) from {place.table.name} where name = 'x'")).scalar() == 0  # noqa: S608  # a name of our own
    engine.dispose()


def test_no_module_of_the_house_but_the_ledger_can_say_a_write_in_sql() -> None:
    """By construction: what makes such a statement is imported nowhere where an ERP is at hand."""
    root = Path(__file__).parents[3]
    words = {"insert", "update", "delete", "Insert", "Update", "Delete", "create_engine", "DDL"}
    found = {
        str(file.relative_to(root))
        for file in (each for top in ("acl", "adapters") for each in (root / top).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        if words & {alias.name for alias in node.names}
    }

    assert {each for each in found if not each.startswith("adapters/ledger/")} == {
        "adapters/sql/engines.py",  # every transaction is read-only
        "adapters/sql/procedures.py",  # nothing but a call is let through
    }


@on_servers
@pytest.mark.parametrize("name", ['X"(); --', "", "a.b", "a b", "É", "x" * 64])
def test_what_is_no_plain_name_is_not_called(calling: Calling, name: str) -> None:
    with pytest.raises(ValueError, match="no name of a procedure"):
        calling.procedures.call(name, (), gives=1, until=inf)


@on_servers
def test_what_is_not_there_is_told(calling: Calling) -> None:
    assert calling.procedures.missing([calling.echo, "SP_NADA"]) == ("SP_NADA",)
    with pytest.raises(CallFailed) as caught:
        calling.procedures.call("SP_NADA", (), gives=1, until=inf)
    assert isinstance(caught.value.meaning, Drifted)


@on_servers
def test_too_late_is_not_sent(calling: Calling) -> None:
    with pytest.raises(Unavailable, match="not sent any more"):
        calling.procedures.call(calling.echo, ("a", "b", 1), gives=3, until=0)


@on_servers
def test_an_answer_of_another_form_leaves_the_outcome_open(calling: Calling) -> None:
    arguments = [("TWICE", "b", 1), ("NOTHING", "b", 1)] if calling.kind == "mariadb" else []
    for given in arguments:
        with pytest.raises(OutcomeUnknown, match="one row of 3 values"):
            calling.call(*given)
    with pytest.raises((OutcomeUnknown, CallFailed)):
        calling.procedures.call(calling.echo, ("a", "b", 1), gives=2, until=inf)


@on_servers
def test_what_a_procedure_raises_is_refused_in_its_first_line(calling: Calling) -> None:
    with pytest.raises(CallFailed) as caught:
        calling.call("RAISE", "P0001", 1644)

    assert isinstance(caught.value.meaning, Refused)
    assert caught.value.meaning.reasons == ("told",)


def test_a_file_of_sqlite_has_no_procedures(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no stored procedures"):
        SqlProcedures(SqlConnection(f"sqlite:///{tmp_path / 'erp.db'}"))


@pytest.mark.parametrize(
    "url", ["postgresql://x:hidden-7431@127.0.0.1:1/erp", "mariadb://x:hidden-7431@127.0.0.1:1/erp"]
)
def test_a_server_out_of_reach_has_been_sent_nothing(url: str) -> None:
    procedures = SqlProcedures(SqlConnection(url, timeout=2))
    with pytest.raises(Unavailable) as caught:
        procedures.call("SP_X", (), gives=1, until=inf)

    assert "hidden-7431" not in str(caught.value)
    procedures.close()
