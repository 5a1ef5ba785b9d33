"""Verdicts on their way from the process that judged to the one that reports, as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from attrs import asdict, frozen

from contracts.laws.conformance import Conformance, Outcome, Verdict
from contracts.laws.subject import Adapter, Limit

_NOT_RUN = "it was not run: an option left it out, or the session ended before"


@frozen(kw_only=True)
class Note:
    """One verdict and whom it is about; *subject* tells one judged adapter from another, *suite* are all its laws."""

    subject: str
    adapter: Adapter
    port: str
    suite: tuple[str, ...]
    verdict: Verdict

    def line(self) -> str:
        """Give the note as a line of JSON."""
        return json.dumps(asdict(self, value_serializer=lambda _, __, value: _plain(value)))


def _plain(value: object) -> object:
    return value.value if isinstance(value, Outcome) else value


def noted(line: str) -> Note:
    """Read a note back."""
    fields = json.loads(line)
    adapter = fields["adapter"]
    limits = tuple(Limit(**each) for each in adapter["limits"])
    verdict = {**fields["verdict"], "outcome": Outcome(fields["verdict"]["outcome"])}
    return Note(
        subject=fields["subject"],
        adapter=Adapter(adapter["system"], adapter["kind"], limits),
        port=fields["port"],
        suite=tuple(fields["suite"]),
        verdict=Verdict(**verdict),
    )


def conformances(notes: Iterable[Note], judged_at: datetime) -> tuple[Conformance, ...]:
    """Put the notes together, one report for each subject; a law about which there is no note was not run.

    Of two notes about one law the later counts.
    """
    by_subject: dict[str, dict[str, Note]] = {}
    for note in notes:
        by_subject.setdefault(note.subject, {})[note.verdict.law] = note
    return tuple(_conformance(laws, judged_at) for laws in by_subject.values())


def _conformance(laws: Mapping[str, Note], judged_at: datetime) -> Conformance:
    *_, last = laws.values()
    adapter = next((note.adapter for note in laws.values() if note.adapter.kind), last.adapter)
    return Conformance(
        adapter=adapter, port=last.port, judged_at=judged_at, verdicts=tuple(_verdicts(laws, last.suite))
    )


def _verdicts(laws: Mapping[str, Note], suite: Iterable[str]) -> Iterator[Verdict]:
    for name in suite:
        law = name.removeprefix("test_")
        if law in laws:
            yield laws[law].verdict
    for name in suite:
        law = name.removeprefix("test_")
        if law not in laws:
            yield Verdict(law=law, chapter="Not run", reason="", outcome=Outcome.NOT_APPLICABLE, told=_NOT_RUN)
