"""Judging the ports of an opened system by all their laws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from itertools import chain

from adapters.conformance.opened import Opened
from adapters.conformance.ports import PURCHASE_ORDERS, SUPPLIERS, A, K, PortLaws, Q
from adapters.conformance.stated import Facts, Stated
from adapters.conformance.subjects import subject_of
from adapters.settings import Aggregates
from contracts.laws.conformance import Conformance, Outcome, Verdict, judge
from contracts.laws.mappings import MappingLaws
from contracts.laws.subject import Adapter, Subject


def judged_ports(
    opened: Opened,
    ports: Iterable[Aggregates],
    facts: Facts,
    tell: Callable[[Aggregates, Verdict], None],
) -> Iterator[Conformance]:
    """Judge *ports* of an opened system against *facts*; *tell* is called with each verdict as it comes.

    Raises:
        PortError: see `judged`.
    """
    for name in ports:
        match name:
            case "suppliers":
                yield judged(opened, SUPPLIERS, facts.suppliers(opened), partial(tell, name))
            case "purchase_orders":
                yield judged(opened, PURCHASE_ORDERS, facts.purchase_orders(opened), partial(tell, name))


def judged(
    opened: Opened,
    port: PortLaws[K, Q, A],
    stated: Stated[K, A] | None,
    tell: Callable[[Verdict], None],
) -> Conformance:
    """Judge one port of an opened system, and its mapping; *tell* is called with each verdict as it comes.

    Raises:
        PortError: the system is out of reach, or has left in the middle; that breaks no law.
    """
    opened.erp.check()
    subject = subject_of(opened, port, stated)
    mapping = port.of(opened.erp).mapping

    @contextmanager
    def afresh() -> Iterator[Subject[K, Q, A]]:
        opened.quarantine.clear()
        yield subject

    verdicts: list[Verdict] = []
    for verdict in chain(judge(port.suite, afresh), judge(MappingLaws, lambda: nullcontext(mapping))):
        if verdict.outcome is Outcome.BROKEN:
            opened.erp.check()  # a system that is gone breaks every law, and no law is to blame
        verdicts.append(verdict)
        tell(verdict)
    adapter = subject.adapter or Adapter(opened.erp.name, opened.erp.kind)
    return Conformance(adapter=adapter, port=port.name, judged_at=datetime.now(UTC), verdicts=tuple(verdicts))
