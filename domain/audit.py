"""The audit trail: records in a keyed chain, in which no change can hide.

Each record is sealed with a key over its own bytes and its predecessor's seal, in one chain per stream. Who has the
database and not the key can neither change, insert, reorder nor remove a record without being found out; that the end
was cut off is told by an anchor, a copy of the last seal that is kept elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum

from attrs import field, frozen, validators

from domain.canonical import Digest, canonical
from domain.dates import instant
from domain.identifiers import Identifier
from domain.text import words

GENESIS = Digest("0" * 64)
"""The seal before the first record of every stream."""


@frozen(kw_only=True)
class Entry:
    """What happened, before it is sealed; *subject* is what it happened to, if it has a key; *details* bears on it.

    *fence* is that of the intent as it stands in the ledger from then on: a row with a lower one is an older row.
    *policy* is the version of the policy that was in force.
    """

    stream: str = field(validator=words)
    subject: Identifier | None
    at: datetime = field(validator=instant)
    by: str = field(validator=words)
    what: str = field(validator=words)
    because: str
    details: object = None
    fence: int | None = None
    policy: str | None = None


@frozen(kw_only=True)
class Record:
    """One sealed entry; *number* counts from one in its stream, *body* is the entry's canonical JSON."""

    stream: str = field(validator=words)
    number: int = field(validator=validators.ge(1))
    body: bytes
    seal: Digest = field(validator=validators.instance_of(Digest))


def sealed(entry: Entry, *, key: bytes, number: int, previous: Digest) -> Record:
    """Make the record of *entry*, the stream's *number*-th, that follows the one whose seal is *previous*."""
    body = canonical(entry)
    return Record(stream=entry.stream, number=number, body=body, seal=_seal(key, entry.stream, number, previous, body))


def _seal(key: bytes, stream: str, number: int, previous: Digest, body: bytes) -> Digest:
    told = canonical((stream, number, previous.text)) + b"\n" + body
    return Digest(hmac.digest(key, told, hashlib.sha256).hex())


@frozen(kw_only=True)
class Anchor:
    """The end of a stream at some moment, kept where the database's owner cannot write."""

    stream: str = field(validator=words)
    number: int = field(validator=validators.ge(0))
    seal: Digest = field(validator=validators.instance_of(Digest))


class Flaw(Enum):
    """What is wrong with a chain."""

    BROKEN = "changed, inserted, or sealed with another key"
    MISSING = "records are missing before it, or stand in another order"
    CUT = "the stream ends before its anchor"
    REPLACED = "it is not the record that the anchor was taken from"
    FORGED = "it is not what was written there"
    OLDER = "it was put back: records tell of a later one"
    REMOVED = "records tell of it, and it is gone"
    INSERTED = "it stands there, and no record tells of it"
    AHEAD = "it has moved on, and no record tells of that"


@frozen
class Finding:
    """One flaw of one stream: at its *number*-th record, or, if that is zero, at what the ledger keeps beside it.

    *about* says which, where a number does not.
    """

    stream: str
    number: int
    flaw: Flaw
    about: str = ""


def verify(
    records: Iterable[Record], *, stream: str, key: bytes, anchor: Anchor | None = None, after: Anchor | None = None
) -> Iterator[Finding]:
    """Give every flaw of one *stream*, whose *records* come in the order of their numbers.

    They begin *after* that one, which was verified before; ``None``: with the first.
    """
    previous, number = (GENESIS, 0) if after is None else (after.seal, after.number)
    for record in records:
        number += 1
        if record.number != number or record.stream != stream:
            yield Finding(stream, record.number, Flaw.MISSING)
            number = record.number
        elif not hmac.compare_digest(record.seal.text, _seal(key, stream, number, previous, record.body).text):
            yield Finding(stream, number, Flaw.BROKEN)
        previous = record.seal
        if anchor is not None and number == anchor.number and record.seal != anchor.seal:
            yield Finding(stream, number, Flaw.REPLACED)
    if anchor is not None and number < anchor.number:
        yield Finding(stream, number, Flaw.CUT)
