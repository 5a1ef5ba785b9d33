"""Opening the ledger that a site's settings name."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from adapters.ledger.anchors import Anchors
from adapters.ledger.book import Book
from adapters.ledger.engines import writing_engine
from adapters.ledger.ledger import SqlLedger
from adapters.ledger.rows import Seals
from adapters.ledger.schema import migrate
from adapters.secrets import Secret
from adapters.sql.engines import SqlConnection, described
from ports.errors import Misconfigured

SHORTEST_KEY = 32
"""Bytes; as many as the seal has."""


class LedgerSettings(BaseModel):
    """Where the ledger is, what seals it, and where its anchors are kept: on a disk that the database cannot write."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    url: Secret
    key: Secret
    anchors: Path
    timeout: float = Field(default=30.0, gt=0, le=3600, allow_inf_nan=False)


def open_ledger(settings: LedgerSettings) -> SqlLedger:
    """Open a ledger, and make it if it is not there yet.

    Raises:
        Misconfigured: a setting cannot be used, or the database was written by a later version.
        Unavailable: the database is not reached.
    """
    url, key = settings.url.get_secret_value(), settings.key.get_secret_value().encode()
    if len(key) < SHORTEST_KEY:
        raise Misconfigured(
            f"the ledger's `key` is shorter than {SHORTEST_KEY} bytes; take as many from a random source"
        )
    anchors = Anchors(settings.anchors)
    anchors.check()
    engine = writing_engine(url, settings.timeout)
    book = Book(engine, described(SqlConnection(url)), settings.timeout)
    try:
        migrate(book)
    except BaseException:  # whatever kept it from opening, nobody else will close it
        book.close()
        raise
    return SqlLedger(book, seals=Seals(key), anchors=anchors)
