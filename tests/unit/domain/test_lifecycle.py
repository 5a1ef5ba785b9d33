"""The machine of an intent: its table, and what the table promises."""

from __future__ import annotations

import pytest

from domain.errors import LifecycleViolation
from domain.lifecycle import BEGINNINGS, MOVES, Event, State, after, drawn


def reachable(start: State) -> set[State]:
    found, todo = {start}, [start]
    while todo:
        for state in MOVES[todo.pop()].values():
            if state not in found:
                found.add(state)
                todo.append(state)
    return found


def test_every_state_has_its_moves_and_every_event_moves_something() -> None:
    assert set(MOVES) == set(State)
    assert {event for moves in MOVES.values() for event in moves} == set(Event)


def test_every_state_is_reached_and_leads_to_rest() -> None:
    assert set().union(*map(reachable, BEGINNINGS)) == set(State)
    for state in State:
        assert any(each.is_final for each in reachable(state))


def test_nothing_is_sent_without_a_claim() -> None:
    assert [(state, event) for state, moves in MOVES.items() for event, to in moves.items() if to is State.SENT] == [
        (State.READY, Event.CLAIMED)
    ]


def test_from_what_may_have_written_only_two_facts_lead_back_to_sending() -> None:
    back = {
        event
        for state, moves in MOVES.items()
        for event, to in moves.items()
        if state.may_have_written and to is State.READY
    }

    assert back == {Event.NOT_SENT, Event.ABSENT}


def test_done_is_only_what_was_proven_or_what_a_person_says() -> None:
    to_done = {event for moves in MOVES.values() for event, to in moves.items() if to is State.DONE}

    assert to_done == {Event.PROVEN, Event.SETTLED_DONE}


@pytest.mark.parametrize("state", [state for state in State if state.is_final])
@pytest.mark.parametrize("event", Event)
def test_what_is_at_rest_stays_there(state: State, event: Event) -> None:
    with pytest.raises(LifecycleViolation, match=f"what is {state.value} cannot be"):
        after(state, event)


def test_the_drawing_shows_every_move() -> None:
    lines = drawn().splitlines()

    assert lines[0] == "stateDiagram-v2"
    assert "    sent --> in_doubt: lost" in lines
    moves = sum(len(moves) for moves in MOVES.values())
    assert sum(": " in line for line in lines) == moves


def test_the_drawing_names_what_needs_a_name_and_shows_where_it_begins_and_ends() -> None:
    text = drawn()
    lines = text.splitlines()

    assert text.endswith("halted --> [*]\n")
    assert lines[1:4] == [
        '    state "awaiting approval" as awaiting',
        '    state "in doubt" as in_doubt',
        "    [*] --> awaiting",
    ]
    assert [line for line in lines if line.endswith("[*]")] == [
        f"    {state.name.lower()} --> [*]" for state in State if state.is_final
    ]


def test_what_came_to_rest_wrote_or_did_not_and_each_state_says_which() -> None:
    assert {state for state in State if state.is_final} == {State.DONE, State.REFUSED, State.LAPSED, State.HALTED}
    assert {state for state in State if state.wrote_nothing} == {State.REFUSED, State.LAPSED, State.HALTED}
    assert {state for state in State if not state.may_have_written and not state.wrote_nothing} == {
        State.AWAITING,
        State.READY,
    }
