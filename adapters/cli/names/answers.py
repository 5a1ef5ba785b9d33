"""What a name was found to mean, for people and as records."""

from __future__ import annotations

from decimal import Decimal

from adapters.cli.screen import Screen, Sheet
from domain.identifiers import Identifier
from domain.questions import Question
from domain.resolution import Ambiguous, Candidate, Evidence, Resolved, Unknown

_SLIGHT, _WHOLE = Decimal("1.2"), 10
"""Odds that a person is not troubled with, and those from which on a fraction says nothing."""


def show(screen: Screen, found: Resolved[Identifier] | Ambiguous[Identifier] | Unknown) -> None:
    """Show a person what a name was found to mean."""
    match found:
        case Resolved():
            screen.line(f"{found.id}  {found.chosen.label}  ({_evidence(found.chosen)})")
        case Ambiguous():
            rows = [(each.id.text, each.label, f"{each.score}", _evidence(each)) for each in found.candidates]
            screen.sheet(Sheet("", ("key", "name", "sure", "because"), rows, numbers=("sure",), wrapped=("because",)))
            settles = "" if found.ask_for is None else f"; ask for the {found.ask_for}"
            screen.note(f"halted: {found.because}{settles}")
        case Unknown():
            screen.note(f"not found: {found.because}")


def answer(found: Resolved[Identifier] | Ambiguous[Identifier] | Unknown) -> dict[str, object]:
    """Give it as a record."""
    match found:
        case Resolved():
            others = [_candidate(each) for each in found.others]
            return {"answer": "resolved", "chosen": _candidate(found.chosen), "others": others, "index": found.index}
        case Ambiguous():
            candidates = [_candidate(each) for each in found.candidates]
            halted = {"because": found.because, "ask_for": found.ask_for}
            return {"answer": "ambiguous", **halted, "candidates": candidates}
        case Unknown():
            return {"answer": "unknown", "because": found.because}


def _candidate(each: Candidate[Identifier]) -> dict[str, object]:
    evidence = [
        {"about": one.about, "verdict": one.verdict, "odds": None if one.odds is None else f"{one.odds}"}
        for one in each.evidence
    ]
    return {"key": each.id.text, "name": each.label, "score": f"{each.score}", "evidence": evidence}


def _evidence(each: Candidate[Identifier]) -> str:
    return "; ".join(f"{one.about} {one.verdict}{_odds(one)}" for one in each.evidence)


def _odds(one: Evidence) -> str:
    if one.odds is None or 1 / _SLIGHT < one.odds < _SLIGHT:
        return ""
    return f" (×{_figures(one.odds)})" if one.odds > 1 else f" (÷{_figures(1 / one.odds)})"


def _figures(odds: Decimal) -> str:
    return f"{odds:.0f}" if odds >= _WHOLE else f"{odds:.1f}"


def question_record(each: Question) -> dict[str, object]:
    """Give a question as a record."""
    return {
        "question": each.id.text,
        "system": each.scope.system,
        "company": each.scope.company,
        "said": each.mention.said,
        "answered": each.answered.value,
        "because": each.because,
        "candidates": [key.text for key in each.candidates],
        "score": f"{each.score}",
    }


def best(each: Question) -> str:
    """Name the likeliest record of a question."""
    return "nothing" if each.best is None else each.best.text
