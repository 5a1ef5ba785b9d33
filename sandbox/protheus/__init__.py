"""TOTVS Protheus, company 01, as its database shows it: suppliers and purchase orders in fixed-width columns."""
