"""Opening the ledger that a site's settings name."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from adapters.ledger.anchors import Anchors
from adapters.ledger.book import Book
from adapters.ledger.engines import is_only_read, writing_engine
from adapters.ledger.ledger import SqlLedger
from adapters.ledger.rows import Seals
from adapters.ledger.schema import migrate
from adapters.secrets import Secret
from adapters.sql.engines import SqlConnection, described
from application.reading import readable
from domain.audit import verify
from ports.errors import Misconfigured
from ports.ledger import IntentQuery

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
        Misconfigured: a setting cannot be used, the key is not the one of this ledger, or the database was written by a
            later version.
        Unavailable: the database is not reached.
    """
    url, key = settings.url.get_secret_value(), settings.key.get_secret_value().encode()
    if len(key) < SHORTEST_KEY:
        raise Misconfigured(
            f"the ledger's `key` is shorter than {SHORTEST_KEY} bytes; take as many from a random source"
        )
    anchors = Anchors(settings.anchors)
    if not is_only_read(url):  # whoever only reads adds no anchors
        anchors.check()
    engine = writing_engine(url, settings.timeout)
    book = Book(engine, described(SqlConnection(url)), settings.timeout)
    try:
        migrate(book)
        ledger = SqlLedger(book, seals=Seals(key), anchors=anchors)
        if not _is_ours(ledger, key):
            told = "the ledger's `key` is not the one that it was sealed with, or all that stands there was changed"
            raise Misconfigured(f"{told}; nothing was written")
    except BaseException:  # whatever kept it from opening, nobody else will close it
        book.close()
        raise
    return ledger


def _is_ours(ledger: SqlLedger, key: bytes) -> bool:
    """Say whether anything in the ledger was sealed with *key*, or nothing is in it: with another nobody may begin."""
    streams = ledger.streams()
    for stream in streams:
        first = next(readable(ledger.records(stream), _nobody), None)
        if first is not None and not any(verify([first], stream=stream, key=key)):
            return True
    return not streams or next(readable(ledger.intents(IntentQuery()), _nobody), None) is not None


def _nobody(_: str) -> None:
    """Hear what cannot be read, which `VerifyAudit` tells."""
