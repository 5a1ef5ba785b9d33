"""Run by alembic: the migrations, within the transaction of whoever opens the ledger."""

from __future__ import annotations

from alembic import context

from adapters.ledger.tables import VERSION

context.configure(connection=context.config.attributes["connection"], version_table=VERSION)
context.run_migrations()
