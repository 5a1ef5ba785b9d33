"""Every law of the ledger notices a ledger that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

import pytest
from attrs import frozen

from adapters.memory.ledger import InMemoryLedger
from contracts.laws.ledger import LedgerLaws, LedgerSubject
from contracts.laws.verdicts import LawBroken
from domain.audit import Anchor
from tests.adapters.ledger import careless_readers as r
from tests.adapters.ledger import saboteurs as s
from tests.adapters.ledger.forgers import MemoryForger
from tests.adapters.ledger.ledgers import some_intents
from tests.adapters.ledger.site import KEY


@frozen
class Saboteur:
    """A maker of ledgers that break one law, and the words by which the law must tell of it."""

    law: str
    ledger: Callable[[], InMemoryLedger]
    told: str

    def __str__(self) -> str:
        return f"{self.law}-{self.told}"


def kind(ledger: type[InMemoryLedger]) -> Callable[[], InMemoryLedger]:
    return lambda: ledger(key=KEY.encode())


SABOTEURS = (
    Saboteur("test_what_was_committed_is_there_for_the_next_process", kind(InMemoryLedger), "finds other intents"),
    Saboteur("test_a_block_that_raises_leaves_nothing", kind(s.KeepsWhatRaised), "after a transaction that raised"),
    Saboteur("test_what_a_transaction_wrote_it_reads", s.meddling(s.ReadsWhatStoodBefore), "read otherwise"),
    Saboteur("test_a_taken_id_is_superseded", s.meddling(s.OverwritesIds), "gave None where Superseded"),
    Saboteur("test_a_taken_key_is_superseded", s.meddling(s.LooksAtIdsAlone), "gave None where Superseded"),
    Saboteur("test_a_save_with_another_fence_is_superseded", s.meddling(s.KnowsNoFence), "gave None where Superseded"),
    Saboteur("test_what_is_not_there_is_not_found", s.meddling(s.FindsSomebody), "where NotFound belongs"),
    Saboteur("test_the_latest_round_is_the_last", s.meddling(s.TellsTheFirstRound), "an earlier round"),
    Saboteur("test_the_same_content_is_unsettled_until_it_is_at_rest", s.meddling(s.NeverSettles), "at rest is told"),
    Saboteur("test_a_saga_comes_in_the_order_in_which_it_was_added", s.meddling(s.TurnsSagasRound), "another order"),
    Saboteur("test_intents_match_their_query_in_the_order_of_submission", kind(r.ForgetsTheQuery), "gave others"),
    Saboteur(
        "test_a_standing_holds_until_another_is_put_in_its_place",
        s.meddling(s.KeepsTheFirstStanding),
        "the older standing",
    ),
    Saboteur("test_a_standing_is_there_for_the_next_process", kind(InMemoryLedger), "finds other standings"),
    Saboteur("test_a_block_that_raises_leaves_the_standing_as_it_was", kind(s.KeepsWhatRaised), "that raised holds"),
    Saboteur("test_any_change_of_a_standing_is_found_out", kind(r.BelievesEverything), "where Tampered belongs"),
    Saboteur("test_what_is_due_next_is_known_beforehand", kind(r.SleepsThroughLeases), "before its lease"),
    Saboteur("test_of_those_who_take_one_content_in_one_gets_in", kind(r.TakesTwinsIn), "got one content in"),
    Saboteur("test_of_those_who_keep_one_move_one_does", kind(r.RecordsFirst), "too late left a record"),
    Saboteur("test_those_who_keep_and_those_who_write_more_take_turns", kind(r.KeepsPastTheOthers), "has flaws"),
    Saboteur("test_what_follows_a_forged_row_is_still_read", kind(r.StopsAtAForgery), "came after"),
    Saboteur("test_the_longest_due_comes_first", kind(r.GivesTheLatestDueFirst), "another order"),
    Saboteur("test_nothing_is_due_before_its_time", kind(r.IsInAHurry), "before its time"),
    Saboteur("test_what_is_never_due_does_not_come", kind(r.FindsEverythingDue), "waits for a person"),
    Saboteur("test_what_is_held_is_not_due_until_its_lease_is_over", kind(r.KnowsNoLease), "somebody holds"),
    Saboteur("test_a_save_says_anew_when_it_is_due", s.meddling(s.ForgetsWhenItIsDue), "when it was due before"),
    Saboteur("test_what_is_set_aside_is_not_due", s.meddling(s.SetsNothingAside), "set aside is due"),
    Saboteur("test_what_a_transaction_has_read_stays_until_it_ends", s.letting_two_in, "raised Superseded"),
    Saboteur("test_of_those_who_add_one_key_one_gets_in", s.letting_two_in, "raised Superseded"),
    Saboteur("test_of_those_who_claim_one_intent_one_gets_it", s.meddling(s.KnowsNoFence), "got one intent"),
    Saboteur("test_the_records_of_many_writers_are_one_chain", s.meddling(s.BeginsEachChainAnew), "has flaws"),
    Saboteur("test_any_change_of_a_row_is_found_out", kind(r.BelievesEverything), "where Tampered belongs"),
    Saboteur("test_a_forged_row_is_in_nobody_elses_way", kind(r.StumblesOverAForgery), "raised Tampered"),
    Saboteur("test_records_come_after_the_one_that_was_read_last", kind(r.RepeatsTheLastRecord), "came"),
    Saboteur("test_an_honest_trail_has_no_flaw", s.meddling(s.BeginsEachChainAnew), "an honest trail has flaws"),
    Saboteur("test_a_changed_record_is_found", kind(r.SealsWhatItReads), "is not found"),
    Saboteur("test_a_removed_record_is_found", kind(r.SealsWhatItReads), "is not found"),
    Saboteur("test_an_inserted_record_is_found", kind(r.SealsWhatItReads), "is not found"),
    Saboteur("test_reordered_records_are_found", kind(r.SealsWhatItReads), "is not found"),
    Saboteur("test_a_cut_end_is_found_by_its_anchor", kind(InMemoryLedger), "is not found"),
    Saboteur("test_a_cut_end_that_has_grown_again_is_found_by_its_anchor", kind(InMemoryLedger), "is not found"),
)


def nothing_anchored() -> Mapping[str, Anchor]:
    return {}


def judge(law: str, ledger: InMemoryLedger) -> None:
    """Run one law on a ledger that forgets what it wrote, and anchors nothing."""
    subject = LedgerSubject(
        ledger=ledger,
        key=KEY.encode(),
        intents=some_intents(),
        forger=MemoryForger(ledger),
        again=kind(InMemoryLedger),
        anchors=nothing_anchored,
    )
    cast("Callable[[LedgerSubject], None]", getattr(LedgerLaws(), law))(subject)


@pytest.mark.parametrize("saboteur", SABOTEURS, ids=str)
def test_a_law_notices_a_saboteur(saboteur: Saboteur) -> None:
    with pytest.raises(LawBroken, match=saboteur.told):
        judge(saboteur.law, saboteur.ledger())


def test_every_law_has_a_saboteur() -> None:
    assert {saboteur.law for saboteur in SABOTEURS} == {name for name in dir(LedgerLaws) if name.startswith("test_")}


@pytest.mark.parametrize("law", [name for name in dir(LedgerLaws) if name.startswith("test_")])
def test_every_law_states_its_reason_in_one_sentence(law: str) -> None:
    reason = cast("str | None", getattr(LedgerLaws, law).__doc__)
    assert reason is not None
    assert reason.endswith(".")
    assert "\n" not in reason
