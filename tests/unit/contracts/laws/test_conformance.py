"""Judging without a test runner, and the reports about it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts.laws.conformance import Conformance, Outcome, Verdict, judge
from contracts.laws.page import page
from contracts.laws.reports import as_json, write
from contracts.laws.subject import Adapter, Limit
from contracts.laws.suite import Laws
from contracts.laws.verdicts import LawBroken, NotApplicable

JUDGED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOSTILE = "<script>alert('x')</script> & \"\x1b[31m\u202e"


class Numbers(Laws):
    """What `numbers` are; and more."""

    port = "numbers"

    def test_a_number_is_small(self, number: int) -> None:
        """Large ones do not fit."""
        if number > 9:
            raise LawBroken(f"{number} is large")

    def test_a_number_is_even(self, number: int) -> None:
        """Odd ones are *odd*."""
        if number == 0:
            raise NotApplicable("nobody knows about 0")
        if 12 % number:
            raise LawBroken(f"{number} is odd")


def outcomes(number: int) -> list[tuple[str, Outcome, str | None]]:
    return [(each.law, each.outcome, each.told) for each in judge(Numbers, lambda: nullcontext(number))]


def test_each_law_gets_its_verdict() -> None:
    assert outcomes(13) == [
        ("a_number_is_small", Outcome.BROKEN, "13 is large"),
        ("a_number_is_even", Outcome.BROKEN, "13 is odd"),
    ]
    assert outcomes(0) == [
        ("a_number_is_small", Outcome.KEPT, None),
        ("a_number_is_even", Outcome.NOT_APPLICABLE, "nobody knows about 0"),
    ]


def test_a_law_that_stumbles_over_what_an_adapter_gives_is_broken() -> None:
    _, even = judge(Numbers, lambda: nullcontext("4"))

    assert even.outcome is Outcome.BROKEN
    assert even.told is not None
    assert even.told.startswith("the law stumbled over TypeError")


def test_a_verdict_tells_law_and_reason_in_words() -> None:
    small, even = judge(Numbers, lambda: nullcontext(2))

    assert (small.sentence, small.reason) == ("a number is small", "Large ones do not fit.")
    assert (even.chapter, even.reason) == ("What numbers are", "Odd ones are odd.")


def test_every_law_has_a_subject_of_its_own_that_is_put_away() -> None:
    log: list[str] = []

    @contextmanager
    def subject() -> Iterator[int]:
        log.append("made")
        yield 2
        log.append("put away")

    list(judge(Numbers, subject))

    assert log == ["made", "put away"] * 2


def test_what_goes_wrong_while_a_subject_is_made_breaks_no_law() -> None:
    def subject() -> AbstractContextManager[int]:
        raise ConnectionError("no cable")

    with pytest.raises(ConnectionError, match="no cable"):
        list(judge(Numbers, subject))


def conformance(*outcomes: Outcome, told: str = "so", limits: tuple[Limit, ...] = ()) -> Conformance:
    verdicts = (
        Verdict(law=f"law_{n}", chapter=told, reason=told, outcome=each, told=told) for n, each in enumerate(outcomes)
    )
    adapter = Adapter(told, told, limits)
    return Conformance(adapter=adapter, port="purchase_orders", judged_at=JUDGED_AT, verdicts=tuple(verdicts))


@pytest.mark.parametrize(
    ("outcomes", "kept"),
    [
        ([Outcome.KEPT, Outcome.NOT_APPLICABLE], True),
        ([Outcome.KEPT, Outcome.BROKEN], False),
        ([Outcome.NOT_APPLICABLE], False),
        ([], False),
    ],
)
def test_an_adapter_conforms_if_a_law_is_kept_and_none_is_broken(outcomes: list[Outcome], *, kept: bool) -> None:
    assert conformance(*outcomes).is_kept is kept


def test_the_summary_counts_the_laws() -> None:
    assert (
        conformance(Outcome.KEPT, Outcome.KEPT, Outcome.BROKEN).summary() == "purchase orders of so: 2 kept, 1 broken"
    )


def test_the_page_holds_what_was_told_as_text_only() -> None:
    shown = page([conformance(*Outcome, told=HOSTILE, limits=(Limit(HOSTILE, HOSTILE, HOSTILE),))])

    assert "<script" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    system, kind, chapter, reasons_and_told, limit = 2, 1, 1, 3 + 3, 3
    times = shown.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;")
    assert times == system + kind + chapter + reasons_and_told + limit


def test_the_page_needs_nothing_beside_itself() -> None:
    shown = page([conformance(*Outcome)])

    assert not re.search(r"https?:|src=|@import|url\(", shown)


def test_the_json_holds_verdicts_and_limits() -> None:
    (record,) = json.loads(as_json([conformance(Outcome.BROKEN, limits=(Limit("name", "not asked", "case"),))]))[
        "conformances"
    ]

    assert record["counts"] == {"kept": 0, "broken": 1, "not applicable": 0}
    assert record["verdicts"][0]["told"] == "so"
    assert record["limits"] == [{"about": "name", "told": "not asked", "because": "case"}]
    assert record["judged_at"] == "2026-01-02T03:04:05+00:00"


def test_a_report_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.json"
    file.write_text("old")

    def refuse(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="full"):
        write(file, [conformance(Outcome.KEPT)])

    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("report.json", "old")]


def test_the_laws_need_no_test_runner() -> None:
    program = "import sys, contracts.laws.suppliers, contracts.laws.mappings; sys.exit('pytest' in sys.modules)"

    ran = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603  # our own interpreter and words

    assert ran.returncode == 0
