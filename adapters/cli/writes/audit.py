"""``dragoman audit``: reading the audit trail, and finding out whether somebody has changed it."""

from __future__ import annotations

import json as text
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from adapters.cli.exits import Exit
from adapters.cli.progress import Progress
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Json
from adapters.cli.writes.cards import how_far, second
from adapters.cli.writes.door import Site, governed_at
from application.operators import BY_HAND, FINISHED
from contracts.stored import read
from domain.approvals import Approval, Rejection
from domain.audit import Entry
from domain.audit import verify as verified
from domain.cards import in_plain_words, named
from domain.errors import InvalidValue
from domain.intents import Proposal
from domain.rollout import Standing
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from adapters.governed.path import Governed
    from domain.audit import Record

audit = App(name="audit", help="Read the audit trail, and find out whether somebody has changed it.")
Stream = Annotated[str | None, Parameter(help="Only this stream: a system, `access`, `rollout` or `ledger`.")]


@audit.command
def show(
    intent: Annotated[str | None, Parameter(help="Only what happened to this intent.")] = None,
    /,
    *,
    stream: Stream = None,
    json: Json = False,
    config: Site = None,
) -> int:
    """Show what happened, to whom, by whom and why: one record a line.

    Try:

    - `dragoman audit show --config erp.toml --stream production`
    - `dragoman audit show k3x7mq2ahwze --json | jq .details`
    """
    screen = Screen()
    with governed_at(config, only_reads=True) as path:
        records = list(_records(path, stream))
        forged = [
            each
            for name, its in groupby(records, key=lambda record: record.stream)
            for each in verified(its, stream=name, key=path.key)
        ]
    told = [(record, _entry(record)) for record in records]
    chosen = [(record, entry) for record, entry in told if intent is None or _subject(entry) == intent]
    if json:
        for record, entry in chosen:
            screen.json(_record(record, entry))
    elif intent is not None and not chosen:
        screen.note(f"no record tells of {intent}.")
    else:
        columns = ("stream", "no.", "at (UTC)", "intent", "by", "what", "because")
        rows = [_row(record, entry) for record, entry in chosen]
        screen.sheet(Sheet("", columns, rows, numbers=("no.",), wrapped=("by", "because")))
    for flaw in forged:
        screen.note(f"{flaw.stream}, record {flaw.number} is not what was written: {flaw.flaw.value}")
    return Exit.DISAGREEMENT if forged else Exit.DONE


@audit.command
def verify(*, json: Json = False, config: Site = None) -> int:
    """Look at every record of every stream, against its seal and its anchor.

    Finds any record that was changed, removed, inserted or put in another order. The exit code is 1 if there is one.

    Try `dragoman audit verify --config erp.toml` every night.
    """
    screen = Screen()
    with governed_at(config, only_reads=True) as path, Progress("verifying") as progress:
        findings = path.verify(path.anchors.read())
        number = 0 if findings else sum(1 for _ in progress.over(_records(path, None)))
        loose = sorted({*path.ledger.streams()} - {*path.anchors.read()})
    if json:
        flaws = [
            {"stream": f.stream, "record": f.number or None, "about": f.about, "flaw": f.flaw.value} for f in findings
        ]
        screen.json({"records": None if findings else number, "flaws": flaws, "without_anchor": loose})
    else:
        for each in findings:
            where = f"record {each.number}" if each.number else each.about
            screen.line(f"{each.stream}, {where}: {each.flaw.value}")
        for stream in loose:
            screen.line(f"{stream}: nothing outside the database says where it ends; was the file of anchors lost?")
        _judge(screen, len(findings), number, len(loose))
    return Exit.DONE if not findings and not loose else Exit.DISAGREEMENT


def _judge(screen: Screen, findings: int, number: int, loose: int) -> None:
    if findings:
        flaws = "one flaw was found" if findings == 1 else f"{findings} flaws were found"
        screen.verdict(f"{flaws}; keep the ledger as it is, and look why.", good=False)
    elif loose:
        screen.verdict(f"{number} records, none was changed; whether some were cut off, nobody can say.", good=False)
    else:
        screen.verdict(f"{number} records, none was touched.", good=True)


@audit.command
def export(
    *,
    into: Annotated[Path | None, Parameter(help="The file to write; standard output without it.")] = None,
    stream: Stream = None,
    config: Site = None,
) -> int:
    """Give every record as it was sealed, one JSON object a line: stream, number, seal and body.

    Whoever has the key can verify the file without this program: the seal of a record is the HMAC-SHA-256, in
    hexadecimal, of the JSON of [stream, number, seal before it] without blanks, a line feed, and the bytes of the
    body. The key is the text of the key file without the line's end; the seal before the first record is 64 zeros.

    Try `dragoman audit export --config erp.toml --into audit.jsonl`.
    """
    if into is not None and into.exists():
        raise Misconfigured(f"{into} is there already; name a file that is not")
    with governed_at(config, only_reads=True) as path:
        lines = (text.dumps(_sealed(record), ensure_ascii=True) + "\n" for record in _records(path, stream))
        if into is None:
            sys.stdout.writelines(lines)
        else:
            into.write_text("".join(lines), encoding="ascii")
    return Exit.DONE


def _records(path: Governed, stream: str | None) -> Iterator[Record]:
    known = path.ledger.streams()
    if stream is not None and stream not in known:
        raise Misconfigured(f"there is no stream {stream}; there are {', '.join(known) or 'none yet'}")
    for each in known if stream is None else (stream,):
        yield from path.ledger.records(each)


def _entry(record: Record) -> Entry | None:
    """Read a record as it was written, whether it still is or not; ``None`` if it is no entry at all."""
    try:
        return read(Entry, record.body)
    except (InvalidValue, LookupError, TypeError, ValueError):
        return None


def _subject(entry: Entry | None) -> str | None:
    return None if entry is None or entry.subject is None else entry.subject.text


def _row(record: Record, entry: Entry | None) -> tuple[str, ...]:
    """Give a record for people."""
    where = (record.stream, str(record.number))
    if entry is None:
        return (*where, "-", "-", "-", "(not readable)", "-")
    about = _subject(entry) or "-"
    return (*where, second(entry.at), about, _who(entry), _what(entry), _because(entry))


def _who(entry: Entry) -> str:
    """Give the account, and the person whom it belonged to where the record says so."""
    match entry.details:
        case (_, Approval(by=by) | Rejection(by=by)) if by.account == entry.by:
            return named(by)
        case (_, Proposal(requester=requester)) if requester.principal.account == entry.by:
            return named(requester.principal)
    return entry.by


def _what(entry: Entry) -> str:
    return f"{entry.what} by hand" if entry.stream == BY_HAND and entry.what == FINISHED else entry.what


def _because(entry: Entry) -> str:
    """Say why, and of an action that was let go or taken back also which one, from where to where."""
    match entry.details:
        case (Standing() as after, Standing() as before, _):
            steps = f"from {how_far(before)} to {how_far(after)}"
            return f"{after.action} in {after.scope}, {steps}: {entry.because}"
    return in_plain_words(entry.because)


def _record(record: Record, entry: Entry | None) -> dict[str, object]:
    """Give a record for programs."""
    where = {"stream": record.stream, "number": record.number}
    if entry is None:
        return {**where, **dict.fromkeys(("at", "subject", "by", "because")), "what": "(not readable)"}
    return {
        **where,
        "at": entry.at.isoformat(),
        "subject": _subject(entry),
        "by": entry.by,
        "what": entry.what,
        "because": entry.because,
        "policy": entry.policy,
        "details": text.loads(record.body)["details"],
    }


def _sealed(record: Record) -> dict[str, object]:
    return {"stream": record.stream, "number": record.number, "seal": record.seal.text, "body": record.body.decode()}
