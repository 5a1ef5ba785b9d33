"""Rows of the ledger are read as what was written, or not at all."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from adapters.ledger.rows import COLUMNS, Row, Seals, Value, anchor_in, instant, moment, record_in, recorded
from domain.audit import GENESIS, Anchor, Record
from domain.canonical import canonical
from domain.intents import Intent, Lease
from domain.keys import SagaId
from domain.lifecycle import State
from domain.rollout import Standing, undecided
from ports.errors import Tampered
from tests.governed.examples import MORNING, PLACE, SCOPE
from tests.governed.house import House, asked

SEALS = Seals(b"only for tests")
TOLD = "is not what was written there; let nobody act on it, and look why"
NOT_A_RECORD = "is not of the form of a record; look why"


@pytest.fixture
def intent() -> Intent:
    waiting = House.new().submit(asked(), PLACE)
    return evolve(waiting, lease=Lease(owner="w", until=MORNING + timedelta(minutes=5)), saga=SagaId("S1"), fence=7)


def row(intent: Intent, changes: Mapping[str, Value] | None = None) -> Row:
    values = {**SEALS.added(intent, 3), **(changes or {})}
    return [values[name] for name in COLUMNS]


def stood(standing: Standing, **changes: Value) -> Row:
    values = {**SEALS.stood(standing), **changes}
    return [values[name] for name in ("system", "company", "action", "body", "seal")]


def test_a_row_holds_what_is_searched_for_in_columns_of_their_own(intent: Intent) -> None:
    values = SEALS.added(intent, 3)

    assert {name: values[name] for name in ("number", "id", "round", "system", "saga", "state", "fence")} == {
        "number": 3, "id": "I1", "round": 1, "system": "sap", "saga": "S1", "state": "awaiting approval", "fence": 7
    }  # fmt: skip
    assert moment(values["due_at"]) == intent.due_at
    assert moment(values["held_until"]) == MORNING + timedelta(minutes=5)
    assert values["intention"] == bytes.fromhex(intent.key.intention.text)
    assert values["unsettled"] == bytes.fromhex(intent.proposal.content.text)
    assert SEALS.added(evolve(intent, state=State.DONE), 3)["unsettled"] is None
    assert SEALS.added(evolve(intent, saga=None, lease=None), 3)["saga"] is None
    assert SEALS.added(evolve(intent, lease=None), 3)["held_until"] is None


def test_a_row_is_read_as_what_was_written(intent: Intent) -> None:
    assert SEALS.opened(row(intent)) == intent
    assert SEALS.opened(tuple(row(intent))) == intent


@pytest.mark.parametrize("name", COLUMNS)
def test_no_column_of_a_row_can_be_changed(intent: Intent, name: str) -> None:
    for other in (b"forged", "forged", -1, None):
        if other != SEALS.added(intent, 3)[name]:
            with pytest.raises(Tampered) as caught:
                SEALS.opened(row(intent, {name: other}))
            seen = other if name == "number" else 3
            assert str(caught.value) == f"row {seen!r} of the ledger's intents {TOLD}"
            key = other if name == "id" else "I1"
            assert caught.value.intent == (key if isinstance(key, str) else None)


def test_a_row_that_another_key_sealed_is_none_of_ours(intent: Intent) -> None:
    with pytest.raises(Tampered, match=f"^row 3 of the ledger's intents {TOLD}$"):
        Seals(b"another key").opened(row(intent))


def test_what_is_sealed_and_is_no_intent_cannot_be_read(intent: Intent) -> None:
    body = canonical(SCOPE)
    seal = SEALS._sealed(b"intent", body)

    with pytest.raises(Tampered, match=r"^row 3 of the ledger's intents cannot be read: \S") as caught:
        SEALS.opened(row(intent, {"body": body, "seal": seal}))
    assert caught.value.intent == "I1"


def test_a_standing_is_read_as_what_was_written() -> None:
    standing = undecided("change price", SCOPE)

    assert SEALS.standing(stood(standing)) == standing
    assert SEALS.stood(standing)["system"] == "sap"


@pytest.mark.parametrize("name", ["system", "company", "action", "body", "seal"])
def test_no_column_of_a_standing_can_be_changed(name: str) -> None:
    for other in (b"forged", "forged", 1, None):
        places = {"system": "sap", "company": "1000", "action": "change price", name: other}
        with pytest.raises(Tampered) as caught:
            SEALS.standing(stood(undecided("change price", SCOPE), **{name: other}))
        where = f"{places['action']!r} in company {places['company']!r} of {places['system']!r}"
        assert str(caught.value) == f"the standing of {where} in the ledger {TOLD}"


def test_what_is_sealed_and_is_no_standing_cannot_be_read() -> None:
    body = canonical(SCOPE)
    forged = stood(undecided("change price", SCOPE), body=body, seal=SEALS._sealed(b"standing", body))

    with pytest.raises(Tampered, match=r"^the standing of 'change price' .* cannot be read: \S"):
        SEALS.standing(forged)


def test_the_body_of_one_kind_does_not_pass_for_the_other(intent: Intent) -> None:
    standing = undecided("change price", SCOPE)
    seal = SEALS._sealed(b"intent", canonical(standing))

    with pytest.raises(Tampered):
        SEALS.standing(stood(standing, seal=seal))
    with pytest.raises(Tampered):
        SEALS.opened(row(intent, {"seal": SEALS._sealed(b"standing", canonical(intent))}))


def test_what_was_sealed_once_is_opened_by_every_later_version(intent: Intent) -> None:
    def sealed(told: bytes) -> bytes:
        return hmac.new(SEALS.key, told, "sha256").digest()

    values, standing = SEALS.added(intent, 3), undecided("change price", SCOPE)
    assert values["seal"] == sealed(b"intent\n" + canonical(intent))
    assert values["place"] == sealed(b"place\n3 I1")
    assert SEALS.stood(standing)["seal"] == sealed(b"standing\n" + canonical(standing))


def test_the_key_is_not_shown() -> None:
    assert "only for tests" not in repr(SEALS)


def test_a_record_is_read_as_what_was_written() -> None:
    record = Record(stream="sap", number=4, body=b"{}", seal=GENESIS)
    values = recorded(record)

    assert record_in("sap", [values["number"], values["body"], values["seal"]]) == record
    assert values["stream"] == "sap"


@pytest.mark.parametrize(
    ("number", "body", "seal"),
    [("4", b"{}", b"\0" * 32), (4, "{}", b"\0" * 32), (4, b"{}", "0"), (4, b"{}", b"\0"), (0, b"{}", b"\0" * 32)],
)
def test_what_has_not_the_form_of_a_record_is_none(number: Value, body: Value, seal: Value) -> None:
    with pytest.raises(Tampered, match=f"^record {number!r} of the audit stream sap {NOT_A_RECORD}$"):
        record_in("sap", [number, body, seal])


def test_the_end_of_a_stream_is_its_last_record_or_where_it_begins() -> None:
    assert anchor_in("sap", (None, None)) == Anchor(stream="sap", number=0, seal=GENESIS)
    assert anchor_in("sap", (9, b"\0" * 32)) == Anchor(stream="sap", number=9, seal=GENESIS)
    for number, seal in ((9, None), (None, b"\0" * 32)):
        with pytest.raises(Tampered, match=f"^record {number!r} of the audit stream sap {NOT_A_RECORD}$"):
            anchor_in("sap", (number, seal))


def test_a_time_is_kept_to_the_microsecond() -> None:
    assert instant(None) is None
    assert instant(datetime(1970, 1, 1, 0, 0, 1, 2, tzinfo=UTC)) == 1_000_002
    assert moment(1_000_002) == datetime(1970, 1, 1, 0, 0, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("told", [None, "2026", b"1", 10**30, -(10**30)])
def test_what_is_no_time_is_none(told: Value) -> None:
    assert moment(told) is None
