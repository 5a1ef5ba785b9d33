"""TOTVS Protheus, read from its database: fixed-width columns, one row per order line."""
