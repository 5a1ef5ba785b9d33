"""Invoices of suppliers: whether they may be paid."""

from __future__ import annotations

from enum import Enum


class InvoiceStatus(Enum):
    """What stands between an invoice and its payment."""

    OPEN = "open"
    DISPUTED = "disputed"
    PAID = "paid"
    CANCELLED = "cancelled"
