"""Bringing a database to the tables that this version knows."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from adapters.ledger.book import Book
from adapters.ledger.tables import VERSION
from ports.errors import Misconfigured

HEAD = "0002"
"""The last migration; alembic is loaded only where another one stands in the database, or none."""
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(book: Book) -> None:
    """Make the tables in an empty database, and bring older ones up to date; others wait meanwhile.

    Raises:
        Misconfigured: the database was written by a later version, or is somebody else's.
        Unavailable: it is not reached.
    """
    with book.migrating() as connection:
        found = _version(connection)
        if found == HEAD:
            return
        if found is None and (others := inspect(connection).get_table_names()):
            told = f"it holds the table {others[0]}; give the ledger a database of its own"
            raise Misconfigured(f"{book.name} is not a ledger's: {told}")
        _upgrade(connection, book.name, found)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION):
        return None
    return connection.execute(select(table(VERSION, column("version_num")).c.version_num)).scalar()


def _upgrade(connection: Connection, name: str, found: str | None) -> None:
    from alembic import command  # not before it is needed: it takes longer to load than all the rest
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = [revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()]
    if found is not None and found not in known:
        raise Misconfigured(
            f"{name} was written by a later version of Dragoman ({found}, and this one knows {HEAD}); install that one"
        )
    command.upgrade(config, "head")
