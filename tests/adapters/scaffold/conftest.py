"""The databases of the integrations that were made by hand: what is guessed is held against them."""

from __future__ import annotations

from tests.real.conftest import frontaccounting, mywind, northwind

__all__ = ["frontaccounting", "mywind", "northwind"]
