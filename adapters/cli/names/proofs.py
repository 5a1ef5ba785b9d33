"""What is proved of answers by name, for people and as records."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, log, log1p
from typing import TYPE_CHECKING

from adapters.cli.screen import Screen, Sheet
from domain.certificates import Certificate

if TYPE_CHECKING:
    from application.resolving.report import Report
    from domain.questions import Proof


def certificate_record(proved: Certificate) -> dict[str, object]:
    """Give what is proved as a record."""
    return {
        "bound": f"{proved.bound}",
        "confidence": f"{proved.confidence}",
        "threshold": None if proved.threshold is None else f"{proved.threshold}",
        "judged": proved.asked,
        "answered": proved.answered,
        "wrong": proved.wrong,
        "upper": f"{proved.upper}",
    }


def proof_row(proved: Certificate) -> tuple[str, ...]:
    """Give it as the cells of a table."""
    threshold = "nothing" if proved.threshold is None else f"{proved.threshold}"
    return (f"{proved.asked}", f"{proved.answered}", f"{proved.wrong}", _percent(proved.upper), threshold)


def too_few(proved: Certificate) -> str:
    """Say why nothing is proved."""
    fewest = ceil(log(1 - proved.confidence) / log1p(-proved.bound))  # of which none may be wrong
    return f"nothing is proved yet: {proved.asked} are judged, and {fewest} are the fewest for {_percent(proved.bound)}"


def lapsed(proof: Proof, records: int) -> str:
    """Say that what was proved counts no more, and what to do."""
    return f"names were proved among {proof.records} records, there are {records} now; calibrate anew"


def report_record(told: Report) -> dict[str, object]:
    """Give a report as a record."""
    return {
        "system": told.scope.system,
        "company": told.scope.company,
        "records": told.records,
        "lapsed": told.lapsed is not None,
        "in_force": None if told.proof is None else certificate_record(told.proof.certificate),
        "asked": told.asked,
        "resolved": told.resolved,
        "judged": told.judged,
        "audited": told.audited,
        "wrong": told.wrong,
        "upper": f"{told.upper}",
        "reliability": [
            {"judged": each.judged, "score": f"{each.score}", "right": f"{each.right}"} for each in told.reliability
        ],
        "before": {"asked": told.before.asked, "name_alone": f"{told.before.name_alone}"},
        "since": {"asked": told.since.asked, "name_alone": f"{told.since.name_alone}"},
        "same_tax_number": [[key.text for key in keys] for keys in told.quality.numbers],
        "same_name": [[key.text for key in keys] for keys in told.quality.names],
        "branches": [[key.text for key in keys] for keys in told.quality.branches],
        "tax_number_fails_its_check": [key.text for key in told.quality.unchecked],
    }


def show_report(screen: Screen, told: Report, of: str) -> None:
    """Show a person what answers by name are worth."""
    if told.lapsed is not None:
        screen.line(f"{of} in {told.scope} are chosen by their keys alone: {lapsed(told.lapsed, told.records)}")
    elif told.proof is None or told.proof.certificate.threshold is None:
        screen.line(f"{of} in {told.scope} are chosen by their keys alone: nothing is proved of names, or not any more")
    else:
        proved = told.proof.certificate
        screen.line(
            f"{of} in {told.scope} are chosen by name from {proved.threshold} on: at most {_percent(proved.bound)} of "
            f"all questions are answered wrongly, by {proved.asked} judged ones"
        )
    screen.line(f"{told.asked} asked by name, {told.resolved} answered without a person, {told.judged} judged")
    if told.audited:
        screen.line(
            f"of the answers {told.audited} were judged and {told.wrong} were wrong: at most {_percent(told.upper)} are"
        )
    if told.reliability:
        sure = [(f"{each.judged}", _percent(each.score), _percent(each.right)) for each in told.reliability]
        columns = ("judged", "sure", "right")
        screen.sheet(Sheet("how sure, and how often right", columns, sure, numbers=columns))
    mixes = (("before the last calibration", told.before), ("since", told.since))
    mixed = [
        (when, f"{mix.asked}", _percent(mix.name_alone), _percent(mix.no_candidate), _percent(mix.resolved))
        for when, mix in mixes
    ]
    asked = ("what is asked", "questions", "name alone", "nothing found", "answered")
    screen.sheet(Sheet("", asked, mixed, numbers=asked[1:]))
    _show_alike(screen, told)


def _show_alike(screen: Screen, told: Report) -> None:
    shared = (
        ("one tax number", told.quality.numbers),
        ("one name", told.quality.names),
        ("branches of one firm", told.quality.branches),
    )
    rows = [(what, " ".join(key.text for key in keys)) for what, groups in shared for keys in groups]
    rows += [("its tax number fails its check", key.text) for key in told.quality.unchecked]
    if rows:
        screen.sheet(
            Sheet("records that are hard to tell apart", ("they share", "records"), rows, wrapped=("records",))
        )


def _percent(share: Decimal) -> str:
    return f"{share * 100:.2f} %".replace(".00 %", " %")
