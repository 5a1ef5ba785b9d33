"""What a database is told to be reached at: a URL that cannot be used is said so at once, and never shown."""

from __future__ import annotations

import sys

import pytest

from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from ports.errors import Misconfigured


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("s3cret", "`url` is no database URL"),
        ("", "`url` is no database URL"),
        ("postgresql://u:s3cret@host:port/x", "`url` is no database URL"),
        ("oracle://u:s3cret@host/x", "`url` begins with oracle, which cannot be read here"),
        ("postgresql+asyncpg://u:s3cret@host/x", "`url` asks for the driver asyncpg; leave it out, psycopg is used"),
        ("postgresql://u:s3cret@host", "`url` names no database"),
        ("sqlite://", "`url` names no database"),
        ("sqlite:///:memory:", "`url` names no database"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_before_anything_is_opened(url: str, sentence: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        SqlDatabase(SqlConnection(url))

    assert str(caught.value).startswith(sentence)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "extra"),
    [
        ("postgresql://h/x", "psycopg; install dragoman[postgres]"),
        ("mysql://h/x", "pymysql; install dragoman[mariadb]"),
    ],
)
def test_a_missing_driver_is_named_with_what_installs_it(url: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("psycopg", "pymysql"):
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(Misconfigured, match="needs the driver") as caught:
        SqlDatabase(SqlConnection(url))

    assert str(caught.value).endswith(extra)


def test_the_url_never_shows() -> None:
    connection = SqlConnection("postgresql://u:s3cret@db.example:5433/erp?options=x")

    assert "s3cret" not in repr(connection)
    assert SqlDatabase(connection).name == "the postgresql database erp at db.example:5433"
