"""Measuring a governed write: the ledger's two transactions, beside one bare durable commit of the same database.

The first takes in an intent and claims it; the second keeps the outcome, with the fence. Each holds its audit record,
chained and sealed, and leaves an anchor outside the database. The bare commit is the driver's own: begin, insert one
row of an intent's size, commit. Beside the two, the same write with the look before it, which finds out whether the
same was asked before. Wall time, all in every round, in random order.
"""

from __future__ import annotations

import gc
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar
from uuid import uuid4

import psycopg
from attrs import evolve

from adapters.ledger.ledger import SqlLedger
from adapters.ledger.opening import LedgerSettings, open_ledger
from application.journal import Journal
from application.submit import next_key
from benchmarks.databases import own_database
from benchmarks.governed_write.wishes import Silent, StillClock, wishes
from domain.canonical import canonical
from domain.identifiers import SupplierId
from domain.intents import Intent
from domain.lifecycle import Event
from domain.outcomes import Done
from ports.ledger import IntentQuery

T = TypeVar("T")
Told = Callable[[str], None]
Bare = Callable[[bytes], None]
_KEY = "a key for the benchmark, and no secret"


def measure(*, writes: int, rounds: int, postgresql: str, told: Told) -> dict[str, object]:
    """Run the benchmark on both databases; *writes* of each kind make one sample."""
    result: dict[str, object] = {"writes": writes, "rounds": rounds}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        told(f"timing {rounds} rounds of {writes} writes on SQLite")
        with _sqlite(folder) as bare, _ledger(f"sqlite:///{folder / 'ledger.db'}", folder) as ledger:
            result["sqlite"] = _compared(ledger, bare, writes, rounds)
        told(f"timing {rounds} rounds of {writes} writes on PostgreSQL")
        try:
            with own_database(postgresql) as url, _ledger(url, folder) as ledger, _postgresql(url) as bare:
                result["postgresql"] = _compared(ledger, bare, writes, rounds)
        except psycopg.OperationalError:
            told("no PostgreSQL answers; name one with --postgresql")
            result["postgresql"] = None
    return result


def table(result: dict[str, object]) -> str:
    """Show a result to a person."""
    lines = ["time of one governed write (two commits) over that of one bare durable commit", ""]
    for name in ("sqlite", "postgresql"):
        found = result[name]
        shown = (
            f"{found['ratio']} (upper quartile {found['upper_quartile']}); {found['with_look']} with the look before"
            if isinstance(found, dict)
            else "not there"
        )
        lines.append(f"  {name:12} {shown}")
    return "\n".join([*lines, "", f"{result['rounds']} rounds of {result['writes']} writes"])


def _compared(ledger: SqlLedger, bare: Bare, writes: int, rounds: int) -> dict[str, float]:
    journal = Journal(ledger=ledger, clock=StillClock(), wakeups=Silent(), policy="policy of the benchmark")
    source, ratios, looked = wishes(), list[float](), list[float]()
    body = canonical(next(wishes()))
    for _ in range(rounds):
        work: dict[str, Callable[[], None]] = {
            "governed": partial(_all, partial(_governed, journal), list(islice(source, writes))),
            "looked": partial(_all, partial(_looked, journal), list(islice(source, writes))),
            "bare": partial(_all, bare, [body] * writes),
        }
        spent = {name: _spent(work[name]) for name in random.sample(list(work), len(work))}
        ratios.append(spent["governed"] / spent["bare"])
        looked.append(spent["looked"] / spent["bare"])
    if len(list(ledger.intents(IntentQuery()))) != 2 * writes * rounds:
        raise SystemExit("the ledger does not hold what was written; the ratios mean nothing")
    return {
        "ratio": round(median(ratios), 3),
        "upper_quartile": round(quantiles(ratios, n=4)[2], 3),
        "with_look": round(median(looked), 3),
    }


def _looked(journal: Journal, intent: Intent) -> None:
    with journal.ledger.view() as view:
        key, standing = next_key(view, intent.key.intention, intent.proposal.content)
    if key != intent.key or standing is not None:
        raise SystemExit("the ledger is not as it must be before a write; the ratios mean nothing")
    _governed(journal, intent)


def _governed(journal: Journal, intent: Intent) -> None:
    journal.take_in(intent, by="ana", what="submitted")
    done = evolve(
        intent.moved(Event.PROVEN, "it stands as asked"),
        answer=Done(record=SupplierId("4711")),
        lease=None,
        due_at=None,
    )
    journal.keep(done, by="worker 1", what=Event.PROVEN.value, details=(intent.reference, 1, done.answer))


def _all(write: Callable[[T], None], values: list[T]) -> None:
    for value in values:
        write(value)


def _spent(work: Callable[[], None]) -> float:
    gc.collect()
    begun = perf_counter()
    work()
    return perf_counter() - begun


@contextmanager
def _ledger(url: str, folder: Path) -> Iterator[SqlLedger]:
    settings = {"url": url, "key": _KEY, "anchors": folder / f"anchors-{uuid4().hex}"}
    with open_ledger(LedgerSettings.model_validate(settings)) as ledger:
        yield ledger


@contextmanager
def _sqlite(folder: Path) -> Iterator[Bare]:
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE bare (number INTEGER PRIMARY KEY, body BLOB)")

        def bare(body: bytes) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bare (body) VALUES (?)", (body,))
            connection.execute("COMMIT")

        yield bare


@contextmanager
def _postgresql(url: str) -> Iterator[Bare]:
    with closing(psycopg.connect(url, options="-c synchronous_commit=on")) as connection:
        connection.execute("CREATE TABLE bare (number BIGSERIAL PRIMARY KEY, body BYTEA)")
        connection.commit()

        def bare(body: bytes) -> None:
            connection.execute("INSERT INTO bare (body) VALUES (%s)", (body,))
            connection.commit()

        yield bare
