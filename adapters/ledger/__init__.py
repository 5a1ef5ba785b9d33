"""The durable ledger: intents and audit records in SQLite or PostgreSQL, and the anchors beside them.

One writer at a time, readers whenever they like: what a transaction reads stays as it is until it has ended, and no two
of them can wait for each other.
"""
