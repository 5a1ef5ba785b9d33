"""The governed path, from its submission to its proof."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.approvals import NotAllowed
from domain.commands.suppliers import ChangeSupplier
from domain.holds import Hold
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.lifecycle import State
from domain.suppliers import SupplierBlock
from tests.governed.erp import Mood
from tests.governed.examples import BLOCK, PLACE, RENAME, resolved
from tests.governed.house import House, asked, reviewed
from tests.governed.recorded import TOO_LONG, raises


@pytest.fixture
def house() -> House:
    return House.new()


def test_what_needs_nobody_is_done_and_proven_at_once(house: House) -> None:
    intent = house.submit(asked(), RENAME)

    assert intent.state is State.DONE
    assert house.erp.value(SupplierId("4711"), "name") == "Schrauben Groß AG"
    assert house.flaws() == 0


def test_what_needs_nobody_costs_two_commits_that_write(house: House) -> None:
    house.submit(asked(), RENAME)

    assert sum('"type":"Entry"' in body for body in house.told()) == 2


def test_what_needs_one_approver_waits_for_him_and_survives_a_restart(house: House) -> None:
    waiting = house.submit(asked(), PLACE)
    assert waiting.state is State.AWAITING
    house.until_rest(hours=1)
    assert house.erp.performed == 0

    house.approve("bia", [reviewed(waiting)])
    house.until_rest()

    done = house.intent(waiting.id)
    assert done.state is State.DONE
    assert len(house.erp.under(done.reference)) == 1


def test_asking_again_gives_the_same_intent(house: House) -> None:
    assert house.submit(asked(), PLACE) == house.submit(asked(), PLACE)
    assert house.submit(asked(), RENAME).id == house.submit(asked(), RENAME).id
    assert house.erp.performed == 1


def test_a_lost_answer_is_located_and_not_sent_again(house: House) -> None:
    house.erp.moods = [Mood.DROPS_ANSWER]
    waiting = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(waiting)])
    assert house.advance(waiting.id).state is State.IN_DOUBT

    house.until_rest()

    assert house.intent(waiting.id).state is State.DONE
    assert house.erp.performed == 1


def test_a_late_commit_is_waited_for(house: House) -> None:
    house.erp.moods = [Mood.COMMITS_LATE]
    waiting = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(waiting)])
    house.advance(waiting.id)
    house.clock.pass_(timedelta(seconds=40))  # nothing is there yet, and that proves nothing
    assert house.advance(waiting.id).state is State.IN_DOUBT

    house.until_rest()

    assert house.intent(waiting.id).state is State.DONE
    assert house.erp.performed == 1


@pytest.mark.parametrize("mood", Mood)
def test_every_mood_of_the_erp_ends_in_the_truth(house: House, mood: Mood) -> None:
    house.erp.moods = [mood]
    waiting = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(waiting)])
    house.until_rest()

    ended = house.intent(waiting.id)
    standing = [each for each in house.erp.written if each.reference == ended.reference]
    expected = {
        Mood.REFUSES: (State.REFUSED, 0),
        Mood.QUEUES_AND_REFUSES: (State.REFUSED, 0),
        Mood.ALTERS: (State.OPERATOR, 1),
        Mood.TWICE: (State.OPERATOR, 2),
    }.get(mood, (State.DONE, 1))
    assert (ended.state, len(standing)) == expected
    assert house.flaws() == 0


@pytest.mark.parametrize(("days", "state"), [(2, State.DONE), (8, State.OPERATOR)])
def test_what_the_erp_has_taken_may_be_decided_days_later(house: House, days: int, state: State) -> None:
    house.erp.moods, house.erp.decides_after = [Mood.QUEUES], timedelta(days=days)
    waiting = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(waiting)])

    house.until_rest(hours=24 * 9)

    assert house.intent(waiting.id).state is state


def test_a_target_that_changed_since_the_approver_looked_lets_the_approval_lapse(house: House) -> None:
    waiting = house.submit(asked(), BLOCK)
    house.approve("bia", [reviewed(waiting)])
    house.erp.change(SupplierId("4711"), block=SupplierBlock.PAYMENT)

    lapsed = house.advance(waiting.id)

    assert lapsed.state is State.LAPSED
    assert lapsed.note == "the target has changed since it was proposed; propose it anew"
    assert house.erp.performed == 0


def test_nobody_decided_in_time(house: House) -> None:
    waiting = house.submit(asked(), PLACE)
    house.clock.pass_(timedelta(days=3))
    house.sweep()

    assert house.intent(waiting.id).state is State.LAPSED


def test_after_it_lapsed_the_same_may_be_asked_for_again_under_another_reference(house: House) -> None:
    first = house.submit(asked(), PLACE)
    house.clock.pass_(timedelta(minutes=1))
    house.withdraw("ana", [reviewed(first)], because="too early")

    second = house.submit(asked(), PLACE)

    assert second.state is State.AWAITING
    assert second.reference != first.reference


def test_a_window_holds_a_write_back_until_it_opens(house: House) -> None:
    house.gate.held = Hold(because="nightly run", until=house.clock.now() + timedelta(minutes=30))
    waiting = house.submit(asked(), RENAME)
    assert house.advance(waiting.id).state is State.READY
    assert house.erp.performed == 0

    house.until_rest()

    assert house.intent(waiting.id).state is State.DONE


def test_an_erp_that_is_away_for_a_day_gets_the_write_when_it_is_back(house: House) -> None:
    house.erp.moods = [Mood.UNREACHED] * 40
    intent = house.submit(asked(), RENAME)
    house.until_rest(hours=24)

    assert house.intent(intent.id).state is State.DONE
    assert len(house.told()) < 100


def test_what_could_not_be_sent_in_time_lapses(house: House) -> None:
    house.erp.moods = [Mood.UNREACHED] * 1000
    intent = house.submit(asked(), RENAME)
    house.until_rest(hours=100)

    lapsed = house.intent(intent.id)
    assert lapsed.state is State.LAPSED
    assert lapsed.note == "it could not be carried out in time; propose it anew"


def test_after_three_lost_answers_a_person_is_asked(house: House) -> None:
    house.erp.moods = [Mood.DROPS_REQUEST] * 9
    waiting = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(waiting)])
    house.until_rest()

    doubtful = house.intent(waiting.id)
    assert doubtful.state is State.OPERATOR
    assert doubtful.note == "3 answers were lost"
    assert house.erp.performed == 3


def test_drift_stops_a_write(house: House) -> None:
    house.gate.held = Hold(because="the field NAME1 is gone", until=None)
    waiting = house.submit(asked(), RENAME)

    assert house.advance(waiting.id).state is State.HALTED


def test_what_cannot_be_located_goes_to_an_operator_who_settles_it(house: House) -> None:
    house.erp.locatable, house.erp.moods = False, [Mood.DROPS_ANSWER]
    waiting = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(waiting)])
    house.until_rest()
    doubtful = house.intent(waiting.id)
    assert doubtful.state is State.OPERATOR
    assert doubtful.note == "nothing of ours can find out whether it was written; a person must look in the ERP"

    settled = house.settle("caio", reviewed(doubtful), done=PurchaseOrderId("N1"), because="seen in ME23N")

    assert settled.state is State.DONE


def test_a_supplier_that_was_blocked_is_released_by_the_undo(house: House) -> None:
    house.erp.change(SupplierId("4711"), block=SupplierBlock.NONE)
    waiting = house.submit(asked(), BLOCK)
    house.approve("bia", [reviewed(waiting)])
    house.until_rest()

    undo = house.undo(waiting.id, account="ana", rationale="it was the wrong one")
    house.approve("bia", [reviewed(undo)])
    house.until_rest()

    assert house.intent(undo.id).state is State.DONE
    assert house.intent(undo.id).undoes == waiting.id
    assert house.erp.value(SupplierId("4711"), "block") is SupplierBlock.NONE


def test_an_undo_that_would_spoil_a_later_change_is_refused(house: House) -> None:
    house.erp.change(SupplierId("4711"), block=SupplierBlock.NONE)
    waiting = house.submit(asked(), BLOCK)
    house.approve("bia", [reviewed(waiting)])
    house.until_rest()
    house.erp.change(SupplierId("4711"), block=SupplierBlock.PAYMENT)

    with pytest.raises(NotAllowed, match="would spoil"):
        house.undo(waiting.id, account="ana", rationale="it was the wrong one")


def test_what_was_done_days_ago_can_be_undone(house: House) -> None:
    house.erp.change(SupplierId("4711"), block=SupplierBlock.NONE)
    supplier = resolved(SupplierId("4711"), expires_at=house.clock.now() + timedelta(hours=1))
    done = house.submit(asked(), ChangeSupplier(supplier=supplier, name="Schrauben Klein KG"))
    house.clock.pass_(timedelta(days=3))
    house.changed[SupplierId("4711")] = "it is called Schrauben Klein KG now"  # by our own write

    undo = house.undo(done.id, account="ana", rationale="it was the wrong one")

    assert undo.state is State.DONE
    assert house.erp.value(SupplierId("4711"), "name") == "Schrauben Groß KG"


def test_an_undo_that_the_record_does_not_take_any_more_is_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = house.submit(asked(), BLOCK)
    house.approve("bia", [reviewed(waiting)])
    house.until_rest()
    raises(monkeypatch, "observe", TOO_LONG)

    with pytest.raises(NotAllowed, match="as the record stands it cannot be taken back"):
        house.undo(waiting.id, account="ana", rationale="it was the wrong one")


def test_a_note_is_in_our_own_words_and_the_audit_keeps_what_came_over_the_wire(house: House) -> None:
    house.erp.moods = [Mood.REFUSES]

    refused = house.submit(asked(), RENAME)

    assert refused.note == "the ERP said no: the period is closed"
    assert any("FB01: 422" in body for body in house.told())


def test_every_record_names_the_policy_that_was_in_force(house: House) -> None:
    house.submit(asked(), RENAME)
    with pytest.raises(NotAllowed):
        house.submit(asked("REQ-18", account="mallory"), RENAME)

    assert all(f'"policy":"{house.policy.version}"' in body for body in house.told())
