"""Measuring the reader: all variants in every round, in random order, in one process; ratios inside the round.

Before anything is timed, every variant is shown to give equal objects of the same class for the same rows. CPU time of
the process is counted. *dropped* throws each block of results away, as a stream does; *kept* holds all of them;
*computed* is dropped too, and has amounts as the sandboxes do: floats beside the decimals that were meant.
"""

from __future__ import annotations

import gc
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from sqlalchemy import column, select
from sqlalchemy import table as source_table

from acl.mapping import Origin
from acl.protheus.purchase_orders import PURCHASE_ORDER_LINE
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from benchmarks.reader import hand
from benchmarks.reader.rivals import Orm, with_cattrs, with_pydantic
from benchmarks.reader.rows import COLUMNS, Row, order_lines
from domain.purchasing import PurchaseOrderLine

Told = Callable[[str], None]
Work = Callable[[], object]
_ORIGIN = Origin("benchmark", datetime(2026, 1, 1, tzinfo=UTC))
_BLOCK = 5000
"""Rows in a block: what the SQL driver hands out at once."""


def measure(*, rows: int, kept: int, rounds: int, told: Told) -> dict[str, object]:
    """Run the benchmark; *told* is given a line of progress now and then.

    Raises:
        SystemExit: a variant gives other objects than the reference; nothing is timed then.
    """
    lines = order_lines(rows)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'lines.db'}"
        orm, database = Orm(url, lines), SqlDatabase(SqlConnection(url))
        told("comparing the objects of every variant")
        _compare(lines, orm, database)
        told(f"timing {rounds} rounds of {rows} rows")
        dropped = _timed(_dropping(lines), "generated", rounds)
        reads: dict[str, Work] = {"orm": orm.read, "generated": lambda: _consumed(_from(database))}
        from_database = _timed(reads, "generated", max(3, rounds // 3))
        orm.close()
        database.close()
    told(f"timing {max(3, rounds // 3)} rounds of {rows} rows with computed amounts")
    computed = order_lines(rows, computed=True)
    _compare_in_memory(computed)
    beside = _timed(_dropping(computed), "generated", max(3, rounds // 3))
    told(f"timing {max(3, rounds // 3)} rounds of {kept} rows that are kept")
    holding = _timed(_keeping(order_lines(kept)), "generated", max(3, rounds // 3))
    return {
        "generated_vs_hand_best": {
            "dropped": _mid(dropped["hand"]),
            "kept": _mid(holding["hand"]),
            "computed": _mid(beside["hand"]),
        },
        "upper_quartile": {"dropped": _upper(dropped["hand"]), "kept": _upper(holding["hand"])},
        "generated_vs_cattrs": _mid(dropped["cattrs"]),
        "generated_vs_pydantic": _mid(dropped["pydantic"]),
        "generated_vs_sqlalchemy_orm_and_hand_map": _mid(from_database["orm"]),
        "equal": True,
        "rows": {"dropped": rows, "kept": kept},
        "rounds": rounds,
    }


def table(result: dict[str, object]) -> str:
    """Show a result to a person; less than one is faster than the other."""
    lines = ["time of the generated reader over that of", ""]
    for name, value in result.items():
        if name.startswith("generated_vs_"):
            each = value.items() if isinstance(value, dict) else [("", value)]
            told = ", ".join(f"{kind} {ratio}".strip() for kind, ratio in each)
            lines.append(f"  {name.removeprefix('generated_vs_').replace('_', ' '):30} {told}")
    return "\n".join([*lines, "", f"equal objects asserted first; {result['rounds']} rounds"])


def _blocks(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]


def _generated(blocks: list[Sequence[Row]]) -> Iterator[PurchaseOrderLine]:
    return PURCHASE_ORDER_LINE.read_all(blocks, origin=_ORIGIN, quarantine=InMemoryQuarantine())


def _from(database: SqlDatabase) -> Iterator[PurchaseOrderLine]:
    source = source_table("SC7010", column("row"), *map(column, COLUMNS))
    statement = select(*(source.c[name] for name in COLUMNS)).order_by(source.c["row"])
    return PURCHASE_ORDER_LINE.read_all(database.pages(statement), origin=_ORIGIN, quarantine=InMemoryQuarantine())


def _consumed(found: Iterator[object]) -> None:
    for _ in found:
        pass


def _dropping(rows: list[Row]) -> dict[str, Work]:
    blocks, cattrs, pydantic = _blocks(rows), with_cattrs(), with_pydantic()
    return {
        "generated": lambda: _consumed(_generated(blocks)),
        "hand": lambda: _consumed(line for block in blocks for line in hand.translate(block)),
        "cattrs": lambda: _consumed(line for block in blocks for line in cattrs(block)),
        "pydantic": lambda: _consumed(line for block in blocks for line in pydantic(block)),
    }


def _keeping(rows: list[Row]) -> dict[str, Work]:
    blocks = _blocks(rows)
    return {
        "generated": lambda: list(_generated(blocks)),
        "hand": lambda: [line for block in blocks for line in hand.translate(block)],
    }


def _compare(rows: list[Row], orm: Orm, database: SqlDatabase) -> None:
    _compare_in_memory(rows)
    _check(rows, {"orm": orm.read(), "generated from the database": list(_from(database))})


def _compare_in_memory(rows: list[Row]) -> None:
    read = {
        "generated": list(_generated(_blocks(rows))),
        "cattrs": with_cattrs()(rows),
        "pydantic": with_pydantic()(rows),
    }
    _check(rows, read)


def _check(rows: list[Row], read: Mapping[str, list[PurchaseOrderLine]]) -> None:
    expected = hand.translate(rows)
    for name, found in read.items():
        if found != expected or {type(each) for each in found} != {PurchaseOrderLine}:
            raise SystemExit(f"{name} does not give the objects of the reference; nothing more was timed")


def _timed(work: dict[str, Work], reference: str, rounds: int) -> dict[str, list[float]]:
    """Give, for every variant but the *reference*, the reference's time over its own, round by round."""
    ratios: dict[str, list[float]] = {name: [] for name in work if name != reference}
    for _ in range(rounds):
        spent = {name: _spent(work[name]) for name in random.sample(list(work), len(work))}
        for name, found in ratios.items():
            found.append(spent[reference] / spent[name])
    return ratios


def _spent(work: Work) -> float:
    gc.collect()
    begun = process_time()
    result = work()
    spent = process_time() - begun
    del result
    return spent


def _mid(ratios: list[float]) -> float:
    return round(median(ratios), 3)


def _upper(ratios: list[float]) -> float:
    return round(quantiles(ratios, n=4)[2], 3)
