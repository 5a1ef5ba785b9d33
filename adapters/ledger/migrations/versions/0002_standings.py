"""How far each action has been let go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; and have PostgreSQL keep intents and records in their rows as they are.

    From two thousand bytes on it would compress them at each move, which takes longer than it saves.
    """
    if op.get_bind().dialect.name == "postgresql":
        for name in ("intents", "records"):
            op.execute(f"ALTER TABLE {name} SET (toast_tuple_target = 8160)")
    op.create_table(
        "standings",
        sa.Column("system", sa.Text, primary_key=True),
        sa.Column("company", sa.Text, primary_key=True),
        sa.Column("action", sa.Text, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
    )
