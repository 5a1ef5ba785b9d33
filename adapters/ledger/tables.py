"""The tables of the ledger as they are now; `migrations` says how they came to be.

An intent is its body, the canonical form; the other columns repeat what it is found by, and are believed only if the
body says the same. Instants are microseconds since 1970, digests and seals are bytes.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

LEDGER = MetaData()
VERSION = "ledger_version"
"""The table that says which migration was applied last."""
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # only an INTEGER is the row's own key there

INTENTS = Table(
    "intents",
    LEDGER,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),  # in the order in which they were added
    Column("place", LargeBinary, nullable=False),  # a seal over number and id, which stay as they are
    Column("id", Text, nullable=False),
    Column("intention", LargeBinary, nullable=False),
    Column("round", BigInteger, nullable=False),
    Column("unsettled", LargeBinary),  # what the command says, until the intent is at rest
    Column("state", Text, nullable=False),
    Column("system", Text, nullable=False),
    Column("saga", Text),
    Column("due_at", BigInteger),
    Column("held_until", BigInteger),
    Column("fence", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    UniqueConstraint("id", name="intents_id"),
    UniqueConstraint("intention", "round", name="intents_key"),
)

RECORDS = Table(
    "records",
    LEDGER,
    Column("stream", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)

STANDINGS = Table(
    "standings",
    LEDGER,
    Column("system", Text, primary_key=True),
    Column("company", Text, primary_key=True),
    Column("action", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)


def _index_of_few(column: Column[object]) -> None:
    """Index the rows that have a value there: those that are under way, however many have come to rest."""
    given = column.is_not(None)
    Index(f"intents_{column.name}", column, sqlite_where=given, postgresql_where=given)


for _column in (INTENTS.c.unsettled, INTENTS.c.saga, INTENTS.c.due_at):
    _index_of_few(_column)
