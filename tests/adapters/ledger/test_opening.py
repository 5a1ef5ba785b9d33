"""Opening a ledger: made where nothing is, refused in a sentence where it cannot be."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, column, create_engine, inspect, table, text, update

from adapters.ledger.opening import LedgerSettings, open_ledger
from adapters.ledger.schema import HEAD, MIGRATIONS
from adapters.ledger.tables import LEDGER, VERSION
from ports.errors import Misconfigured, Unavailable
from tests.adapters.ledger.site import KEY, opened

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Give the database past the ledger, emptied."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE {name}"))
    yield engine
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE {name}"))
    engine.dispose()


def settings(tmp_path: Path, **others: object) -> LedgerSettings:
    given = {"url": f"sqlite:///{tmp_path / 'ledger.db'}", "key": KEY, "anchors": tmp_path / "anchors"}
    return LedgerSettings.model_validate({**given, **others})


def refused(tmp_path: Path, **others: object) -> str:
    with pytest.raises(Misconfigured) as told:
        open_ledger(settings(tmp_path, **others))
    return str(told.value)


def test_the_migrations_make_the_tables_that_the_ledger_knows(url: str, engine: Engine, tmp_path: Path) -> None:
    opened(url, tmp_path).close()

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION})
        assert compare_metadata(context, LEDGER) == []
        assert context.get_current_revision() == HEAD
        assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_a_ledger_that_is_up_to_date_is_left_as_it_is(url: str, engine: Engine, tmp_path: Path) -> None:
    opened(url, tmp_path).close()
    opened(url, tmp_path).close()

    with engine.connect() as connection:
        assert sorted(inspect(connection).get_table_names()) == ["intents", VERSION, "records", "standings"]


def test_a_ledger_of_a_later_version_is_refused(url: str, engine: Engine, tmp_path: Path) -> None:
    opened(url, tmp_path).close()
    with engine.begin() as connection:
        connection.execute(update(table(VERSION, column("version_num"))).values(version_num="0099"))

    with pytest.raises(Misconfigured, match=r"was written by a later version of Dragoman \(0099, .* 0002\); install"):
        opened(url, tmp_path)


def test_somebody_elses_database_is_left_alone(url: str, engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE vendors (number INTEGER)"))

    with pytest.raises(
        Misconfigured, match=r"is not a ledger's: it holds the table vendors; give the ledger a database"
    ):
        opened(url, tmp_path)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["vendors"]


def test_alembic_is_loaded_only_where_tables_are_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    opened(url, tmp_path).close()
    code = (
        "import sys; from pathlib import Path; from tests.adapters.ledger.site import opened;"
        f"opened({url!r}, Path({str(tmp_path)!r})).close(); print('alembic' in sys.modules)"
    )

    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  # ours

    assert said.stdout == "False\n"


def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    open_ledger(settings(tmp_path)).close()

    for name in ("ledger.db", "anchors"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"url": "mysql://writer:hidden-7431@127.0.0.1/ledger"}, "a ledger cannot be in mysql"),
        ({"url": "sqlite+aiosqlite:////tmp/x"}, "a ledger cannot be in sqlite"),
        ({"url": "hidden-7431"}, "is no database URL"),
        ({"url": "sqlite:///:memory:"}, "names no database"),
        ({"url": "postgresql://writer:hidden-7431@127.0.0.1"}, "names no database"),
        ({"url": "sqlite:////no/such/folder/ledger.db"}, "cannot be written to /no/such/folder/ledger.db"),
        ({"key": "hidden-7431"}, "shorter than 32 bytes"),
        ({"anchors": "/no/such/folder/anchors"}, "anchors cannot be written to /no/such/folder/anchors"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(others: dict[str, object], told: str, tmp_path: Path) -> None:
    sentence = refused(tmp_path, **others)

    assert told in sentence
    assert "hidden-7431" not in sentence
    assert "\n" not in sentence


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("this is a letter, and no database at all")

    assert "ledger.db" in refused(tmp_path)


def test_a_server_out_of_reach_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"the postgresql database ledger at 127.0.0.1:1 cannot be reached") as told:
        open_ledger(settings(tmp_path, url="postgresql://writer:hidden-7431@127.0.0.1:1/ledger"))

    assert "hidden-7431" not in str(told.value)


def test_the_settings_show_neither_the_key_nor_the_url(tmp_path: Path) -> None:
    assert KEY not in repr(settings(tmp_path))
    assert "sqlite" not in repr(settings(tmp_path))
