"""No change hides in the audit trail."""

from __future__ import annotations

import hmac

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from domain.audit import GENESIS, Anchor, Entry, Finding, Flaw, Record, sealed, verify
from domain.canonical import digest
from tests.governed.examples import MORNING, SUPPLIER

KEY = b"only for tests"


def chain(length: int, *, key: bytes = KEY, stream: str = "sap") -> list[Record]:
    records: list[Record] = []
    for number in range(1, length + 1):
        entry = Entry(stream=stream, subject=SUPPLIER.id, at=MORNING, by="ana", what="said", because=f"the {number}th")
        previous = records[-1].seal if records else GENESIS
        records.append(sealed(entry, key=key, number=number, previous=previous))
    return records


def flaws(records: list[Record], *, anchor: Anchor | None = None, key: bytes = KEY) -> list[Finding]:
    return list(verify(records, stream="sap", key=key, anchor=anchor))


def anchored(records: list[Record], number: int) -> Anchor:
    return Anchor(stream="sap", number=number, seal=records[number - 1].seal)


def test_what_nobody_touched_has_no_flaw() -> None:
    records = chain(5)

    assert flaws(records) == []
    assert flaws([]) == []
    assert all(flaws(records, anchor=anchored(records, number)) == [] for number in range(1, 6))


@given(st.data(), st.integers(2, 6))
def test_any_edit_is_found(data: st.DataObject, length: int) -> None:
    records, anchor = chain(length), anchored(chain(length), length)
    at = data.draw(st.integers(0, length - 1))
    other = data.draw(st.integers(0, length - 1).filter(lambda index: index != at))
    edited = data.draw(
        st.sampled_from(
            [
                [*records[:at], *records[at + 1 :]],
                [*records[:at], records[at], *records[at:]],
                [*records[:at], evolve(records[at], body=records[at].body + b" "), *records[at + 1 :]],
                [*records[:at], evolve(records[at], body=records[other].body), *records[at + 1 :]],
                [*records[:at], evolve(records[at], seal=digest("x")), *records[at + 1 :]],
                [*records[:at], evolve(records[at], number=length + 7), *records[at + 1 :]],
                [*records[:at], evolve(records[at], stream="oracle"), *records[at + 1 :]],
                [records[other] if index == at else each for index, each in enumerate(records)],
                records[:at],
                chain(length, key=b"another key"),
                [],
            ]
        )
    )

    assert flaws(edited, anchor=anchor)


def test_each_flaw_has_its_name() -> None:
    records = chain(3)

    changed = [records[0], evolve(records[1], body=b"{}"), records[2]]
    assert flaws(changed) == [Finding("sap", 2, Flaw.BROKEN)]
    assert flaws(records[1:]) == [Finding("sap", 2, Flaw.MISSING)]
    assert flaws(records[:2], anchor=anchored(records, 3)) == [Finding("sap", 2, Flaw.CUT)]
    rewritten = [*records[:2], sealed_again(records[2], previous=records[1])]
    assert flaws(rewritten, anchor=anchored(records, 3)) == [Finding("sap", 3, Flaw.REPLACED)]
    assert flaws(rewritten) == []  # whoever holds the key is found out by the anchor alone


def sealed_again(record: Record, *, previous: Record) -> Record:
    entry = Entry(stream="sap", subject=None, at=MORNING, by="mallory", what="said", because="nothing")
    return sealed(entry, key=KEY, number=record.number, previous=previous.seal)


def test_a_seal_is_bound_to_the_place_of_its_record() -> None:
    records = chain(3)
    first = sealed_again(records[0], previous=evolve(records[0], seal=GENESIS))

    assert flaws([first]) == []
    assert flaws([first, *records[1:]]) == [Finding("sap", 2, Flaw.BROKEN)]
    assert flaws([evolve(records[1], number=1)]) == [Finding("sap", 1, Flaw.BROKEN)]
    assert flaws([evolve(chain(1, stream="oracle")[0], stream="sap")]) == [Finding("sap", 1, Flaw.BROKEN)]


def test_what_was_sealed_once_is_verified_by_every_later_version() -> None:
    records = chain(2)
    for record, before in zip(records, [GENESIS, records[0].seal], strict=True):
        told = f'["sap",{record.number},"{before}"]\n'.encode() + record.body
        assert record.seal.text == hmac.new(KEY, told, "sha256").hexdigest()


@pytest.mark.parametrize("number", [0, -1])
def test_records_count_from_one(number: int) -> None:
    with pytest.raises(ValueError, match="number"):
        evolve(chain(1)[0], number=number)
