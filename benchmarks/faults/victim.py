"""The process that is killed: it does one governed write, from the request to the proof, unless it dies before."""

from __future__ import annotations

from datetime import datetime
from multiprocessing.connection import Connection

from attrs import frozen

from adapters.ledger.opening import LedgerSettings, open_ledger
from adapters.settings import SystemSettings
from benchmarks.faults.clock import VirtualClock
from benchmarks.faults.house import Process
from benchmarks.faults.lines import Line, Lines
from benchmarks.faults.route import writing
from contracts.stored import read
from domain.commands.command import Command
from domain.scope import Scope


@frozen(kw_only=True)
class Orders:
    """What a victim is to do, in a form that goes from process to process; *deadly* is the line at which it dies."""

    worker: str
    scope: Scope
    settings: SystemSettings
    ledger: LedgerSettings
    now: datetime
    command: bytes
    occasion: str
    deadly: Line | None


def live(orders: Orders, told: Connection) -> None:
    """Do the write, and tell which lines it took."""
    command = read(Command, orders.command)  # type: ignore[type-abstract]  # one of its subclasses
    with writing(orders.scope, orders.settings) as execution, open_ledger(orders.ledger) as ledger:
        clock = VirtualClock(orders.now)
        process = Process(worker=orders.worker, ledger=ledger, clock=clock, scope=orders.scope, execution=execution)
        with Lines(orders.deadly) as lines:
            process.bring_to_rest(command, orders.occasion)
    told.send(lines.last)
