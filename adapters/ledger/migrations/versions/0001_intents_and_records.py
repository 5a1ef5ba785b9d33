"""Intents and audit records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "intents",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("place", sa.LargeBinary, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("intention", sa.LargeBinary, nullable=False),
        sa.Column("round", sa.BigInteger, nullable=False),
        sa.Column("unsettled", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("system", sa.Text, nullable=False),
        sa.Column("saga", sa.Text),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("held_until", sa.BigInteger),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("id", name="intents_id"),
        sa.UniqueConstraint("intention", "round", name="intents_key"),
    )
    for name in ("unsettled", "saga", "due_at"):
        given = sa.column(name).is_not(None)
        op.create_index(f"intents_{name}", "intents", [name], sqlite_where=given, postgresql_where=given)
    op.create_table(
        "records",
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
    )
