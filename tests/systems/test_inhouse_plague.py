"""Many bad days in a row, and many callers at once: nothing is written twice or lost, and no number given twice."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from math import inf
from pathlib import Path

import pytest

from acl.inhouse.commands.answers import Answer
from adapters.sql.call_faults import CallFailed
from contracts.laws.executions import reference
from domain.commands.purchase_orders import PlacePurchaseOrder
from domain.outcomes import Done, Reference
from ports.errors import Locked, NotLocatable, OutcomeUnknown, Refused, Unavailable
from ports.execution import Execution
from sandbox.inhouse.books import Day, have
from sandbox.inhouse.night import Mishap
from sandbox.inhouse.store import install
from sandbox.inhouse.wire import Break
from tests.databases import installed
from tests.systems.inhouse_folder_writing import Shaky, by_folder
from tests.systems.inhouse_writing import InHouse, by_procedures, placing, suppliers

SERVERS = pytest.mark.parametrize("url", ["postgresql", "mariadb"], indirect=True)


@pytest.fixture(scope="module")
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with installed(request.param, install, tmp_path_factory.mktemp("inhouse")) as found:
        yield found


def settled(execution: Execution, command: PlacePurchaseOrder, mark: Reference, next_day: Callable[[], None]) -> int:
    """Go the way of the path in small: locate, and send again only what is not there; at most one is written."""
    for _ in range(12):
        next_day()
        with suppress(OutcomeUnknown, Unavailable, Locked, Refused):
            execution.perform(command, reference=mark, expected=None)
        found = execution.locate(command, reference=mark)
        if found:
            assert len(found) == 1
            return 1
    return 0


@SERVERS
@pytest.mark.parametrize("seed", range(2))
def test_a_plague_among_procedures_leaves_nothing_double_and_nothing_lost(url: str, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311  # a test that repeats itself
    with by_procedures(url) as (system, wire):

        def next_day() -> None:
            have(url, drawn.choice([*Day]))
            if drawn.random() < 0.5:
                wire.breaking(drawn.choice([Break.BEFORE, Break.AFTER, Break.WITHIN]))

        commands = [placing(each) for each in suppliers()[:5]]
        tally = [settled(system.execution, each, reference((seed, each)), next_day) for each in commands]
        assert system.committed == sum(tally) > 0


@pytest.mark.parametrize("seed", range(2))
def test_a_plague_of_nights_leaves_nothing_double_and_nothing_lost(tmp_path: Path, seed: int) -> None:
    """What nobody can know is at rest with a person; all else is written once, or not and told so."""
    drawn = random.Random(seed)  # noqa: S311  # a test that repeats itself
    with by_folder("sqlite", tmp_path) as dropping:
        written = 0
        for number, each in enumerate(suppliers()[:12]):
            command, mark = placing(each), reference((seed, number))
            have(dropping.system.url, drawn.choice([*Day]))
            dropping.share.shaky.extend([drawn.choice([*Shaky])] if drawn.random() < 0.3 else [])
            before = dropping.system.committed
            with suppress(OutcomeUnknown):
                dropping.system.execution.perform(command, reference=mark, expected=None)
            dropping.night(drawn.choice([None, Mishap.CUT, Mishap.TWICE, Mishap.REPORT]))
            try:
                located = dropping.system.execution.locate(command, reference=mark)
            except (NotLocatable, Refused):
                located = ()
            done = [one for one in located if isinstance(one, Done)]
            assert len(done) == dropping.system.committed - before <= 1
            written += len(done)
        assert dropping.system.committed == written > 0


@SERVERS
def test_nobody_gets_a_number_that_another_has(url: str) -> None:
    """INH-SEQ-01: the next number is taken in the transaction that uses it; who collides asks again."""
    with by_procedures(url) as (system, _), ThreadPoolExecutor(4) as callers:
        numbers = list(callers.map(lambda each: _numbered(system, each), range(8)))

        assert len(set(numbers)) == 8 == system.committed


def _numbered(system: InHouse, number: int) -> str | None:
    call = system.execution.commands.call(placing(suppliers()[0]), None)
    assert call is not None
    while True:
        try:
            answer = system.execution.route.send(call, reference(number), until=inf)
        except CallFailed as failed:
            if not isinstance(failed.meaning, Unavailable):
                raise
            continue
        assert isinstance(answer, Answer)
        return answer.key
