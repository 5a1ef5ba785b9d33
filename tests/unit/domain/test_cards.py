"""A card is for people: units have names, what is empty is said to be, and no vendor's word stands on it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from domain.approvals import Approval
from domain.cards import card, in_plain_words, named, told
from domain.commands.command import Command
from domain.commands.ledger import ReclassifyLedgerEntry
from domain.commands.purchase_orders import CancelPurchaseOrder
from domain.currency import Currency
from domain.identifiers import PersonId
from domain.images import Fact, Observation
from domain.intents import Intent
from domain.money import Money, Price
from domain.principals import Agent, Principal, Requester
from domain.provenance import SourceRef
from domain.quantity import Quantity
from domain.suppliers import SupplierBlock
from domain.units import Unit
from tests.governed.examples import BLOCK, EXAMPLES, MORNING
from tests.governed.house import House, asked

PIECE, BRL = Unit("H87"), Currency("BRL")
RECLASSIFY, CANCEL = (
    next(each for each in EXAMPLES if isinstance(each, kind)) for kind in (ReclassifyLedgerEntry, CancelPurchaseOrder)
)


@pytest.fixture(scope="module")
def intent() -> Intent:
    return House.new().submit(asked(), BLOCK)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "(empty)"),
        ((), "(empty)"),
        (PIECE, "H87 (piece)"),
        (Quantity(Decimal(200), PIECE), "200 H87 (piece)"),
        (Price(BRL, Decimal("1.79"), Quantity(Decimal(100), PIECE)), "1.79 BRL per 100 H87 (piece)"),
        (Money(BRL, Decimal(358)), "358 BRL"),
        (SupplierBlock.ALL, "all"),
        (False, "no"),
        ((Quantity(Decimal(1), Unit("KGM")), None), "1 KGM (kilogram); (empty)"),
    ],
)
def test_a_value_is_told_as_a_person_reads_it(value: object, words: str) -> None:
    assert told(value) == words


def test_a_figure_names_the_erp_and_the_time_and_no_word_of_the_vendor(intent: Intent) -> None:
    read = SourceRef("sap", "A_BusinessPartner", "10026001", MORNING + timedelta(hours=4, minutes=3))
    worked_out = SourceRef("sap", "the order as it will be placed", "", MORNING)
    facts = (
        Fact("supplier block", SupplierBlock.NONE, read),
        Fact("order value", Money(BRL, Decimal(358)), worked_out),
    )
    seen = Observation(version=None, before=intent.proposal.seen.before, facts=facts)

    shown = card(evolve(intent, proposal=evolve(intent.proposal, seen=seen)))

    assert [each.source for each in shown.figures] == [
        "the ERP (sap) at 2026-03-02 12:03 UTC: record 10026001",
        "the ERP (sap) at 2026-03-02 08:00 UTC: the order as it will be placed",
    ]


@pytest.mark.parametrize(
    ("command", "kinds"),
    [(BLOCK, ["supplier"]), (RECLASSIFY, ["ledger entry", "account"]), (CANCEL, ["purchase order"])],
    ids=["supplier", "ledger entry", "purchase order"],
)
def test_a_record_is_of_a_kind_in_words(intent: Intent, command: Command, kinds: list[str]) -> None:
    shown = card(evolve(intent, proposal=evolve(intent.proposal, command=command)))

    assert [each.kind for each in shown.records] == kinds


def test_why_it_has_its_class_is_said_in_words(intent: Intent) -> None:
    assert intent.proposal.because == ("its nature",)

    shown = card(evolve(intent, note="its nature"))

    assert shown.because == ("no rule of the policy says otherwise",)
    assert shown.note == "no rule of the policy says otherwise"
    assert in_plain_words("a recall") == "a recall"


def test_beside_an_account_stands_whose_it_is(intent: Intent) -> None:
    root, bot = Principal("root", PersonId("caio")), Agent("buyer-bot", PersonId("dora"))
    approval = Approval(
        by=root, proposal=intent.proposal.digest, given_at=MORNING, expires_at=MORNING + timedelta(days=1)
    )
    proposal = evolve(intent.proposal, requester=Requester(root, bot))

    shown = card(evolve(intent, proposal=proposal, approvals=(approval,)))

    assert shown.requester == "buyer-bot for root (caio)"
    assert shown.approved_by == ("root (caio)",)
    assert named(Principal("ana", PersonId("ana"))) == "ana"
