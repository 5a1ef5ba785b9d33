"""Finding the kinds of systems that installed packages offer."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

import adapters.kinds
from adapters.kinds import GROUP, kind_named, kinds
from ports.errors import Misconfigured


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    """Give the list of entry points that stands for what is installed."""
    offered: list[EntryPoint] = []
    monkeypatch.setattr(adapters.kinds, "entry_points", lambda group: [each for each in offered if each.group == group])
    kinds.cache_clear()
    yield offered
    kinds.cache_clear()


def offer(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, GROUP)


def test_our_own_kinds_are_offered_as_everybody_s_are() -> None:
    assert {"sap", "oracle", "protheus", "inhouse"} <= set(kinds())


def test_a_kind_is_imported_when_it_is_asked_for_and_not_before(installed: list[EntryPoint]) -> None:
    installed.append(offer("gone", "a_package_that_is_not_there:KIND"))

    assert set(kinds()) == {"gone"}
    with pytest.raises(Misconfigured, match=r"the kind gone of .* cannot be imported \(ModuleNotFoundError"):
        kind_named("gone")


def test_what_is_no_kind_is_refused(installed: list[EntryPoint]) -> None:
    installed.append(offer("dates", "datetime:date"))

    with pytest.raises(Misconfigured, match="the kind dates of datetime:date is no Kind but a type"):
        kind_named("dates")


def test_an_unknown_kind_is_told_with_those_that_are_known(installed: list[EntryPoint]) -> None:
    installed.append(offer("acme", "acme:KIND"))

    with pytest.raises(Misconfigured, match="no installed package offers the kind sapp; known are acme"):
        kind_named("sapp")


def test_two_packages_may_not_offer_the_same_kind(installed: list[EntryPoint]) -> None:
    installed += [offer("acme", "one:KIND"), offer("acme", "other:KIND")]

    with pytest.raises(Misconfigured, match="two packages offer the kind acme: one:KIND and other:KIND"):
        kinds()


def test_the_same_offer_seen_twice_is_one(installed: list[EntryPoint]) -> None:
    installed += [offer("acme", "one:KIND"), offer("acme", "one:KIND")]

    assert set(kinds()) == {"acme"}
