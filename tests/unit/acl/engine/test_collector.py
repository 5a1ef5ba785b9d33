"""Pausing the collector: as long as anybody translates, and never longer."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from acl.engine.collector import paused


@pytest.fixture(autouse=True)
def _collector_is_on() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_the_collector_is_off_inside_and_on_again_after() -> None:
    with paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_only_the_outermost_block_switches_it_on() -> None:
    with paused():
        with paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_switched_on_after_an_error_too() -> None:
    with pytest.raises(KeyError), paused(), paused():
        raise KeyError
    assert gc.isenabled()


def test_it_stays_off_if_it_was_off_before() -> None:
    gc.disable()
    with paused(), paused():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_what_was_on_is_found_out_anew_for_each_block() -> None:
    gc.disable()
    with paused():
        pass
    gc.enable()
    with paused():
        pass
    assert gc.isenabled()


def test_it_stays_off_until_the_last_of_several_threads_has_ended() -> None:
    inside, leave = Event(), Event()

    def translate() -> None:
        with paused():
            inside.set()
            assert leave.wait(timeout=10)

    other = Thread(target=translate)
    with paused():
        other.start()
        assert inside.wait(timeout=10)
    assert not gc.isenabled()

    leave.set()
    other.join(timeout=10)
    assert gc.isenabled()


def test_many_threads_leave_it_as_it_was() -> None:
    def translate() -> None:
        for _ in range(200):
            with paused():
                pass

    threads = [Thread(target=translate) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert gc.isenabled()
