"""Protheus order lines as a database hands them out: seeded, with the repetition that real tables have."""

from __future__ import annotations

import random
from datetime import date, timedelta
from math import inf, nextafter

Row = tuple[object, ...]
COLUMNS = (
    "C7_ITEM", "C7_PRODUTO", "C7_DESCRI", "C7_QUANT", "C7_UM", "C7_QUJE", "C7_XQTFAT", "C7_MOEDA", "C7_PRECO",
    "C7_XPRBAS", "C7_TOTAL", "C7_DATPRF", "C7_RESIDUO",
)  # fmt: skip
"""The columns of each row, which are the mapping's."""
_TEXTS = ("Parafuso sextavado M8", "Chapa de aço 2 mm", "Cabo elétrico 2,5 mm", "Válvula de esfera", "Tinta epóxi")


def order_lines(
    count: int, *, seed: int = 2011, products: int = 5_000, days: int = 1_095, computed: bool = False
) -> list[Row]:
    """Give *count* rows of `COLUMNS`.

    Keys repeat as in a real table (5 000 products, three years of days); amounts hardly do. One line in five has no
    due day. The amounts are in currencies with two places, as nearly all are. Where they are *computed*, as in the
    sandbox, every other price and total is the float beside the decimal that was meant.
    """
    rnd = random.Random(seed)
    beside = (lambda number: nextafter(number, rnd.choice((inf, 0.0, number)))) if computed else float
    units = ("UN", "KG", "MT", "LT", "CX", "HR")
    first = date(2023, 1, 1)
    calendar = [(first + timedelta(days=day)).strftime("%Y%m%d") for day in range(days)]
    return [
        (
            f"{rnd.randrange(1, 400) * 10:04d}",
            f"P{rnd.randrange(products):05d}".ljust(15),
            f"{rnd.choice(_TEXTS)} {rnd.randrange(2_000)}".ljust(40),
            ordered := rnd.randrange(1, 2_000_000) / 1000,
            rnd.choice(units),
            rnd.choice((0.0, ordered, rnd.randrange(1, 1_000) / 1000)),
            0.0,
            rnd.choice((1, 1, 1, 2, 3)),
            beside(rnd.randrange(1, 10_000_000) / 10_000),
            rnd.choice((1.0, 1.0, 100.0, 1000.0)),
            beside(rnd.randrange(1, 100_000_000) / 100),
            " " * 8 if rnd.random() < 0.2 else rnd.choice(calendar),
            " ",
        )
        for _ in range(count)
    ]
