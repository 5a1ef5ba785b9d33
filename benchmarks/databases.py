"""Databases that a benchmark makes for itself, and drops again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

POSTGRESQL = "postgresql://root@127.0.0.1/postgres"
"""A server on which a database may be made, if nobody names another."""


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """Make a database that lasts as long as the block, and give its URL.

    Raises:
        psycopg.OperationalError: no server answers there.
    """
    name = f"dragoman_benchmark_{uuid4().hex[:8]}"
    with closing(psycopg.connect(server, autocommit=True, connect_timeout=5)) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
