"""``$batch`` with one changeset: several changes that SAP carries out together, or not at all.

Source: SAP-BATCH-01 to SAP-BATCH-04.
"""

from __future__ import annotations

import email
import email.policy
import re
import secrets
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from io import BytesIO

import requests

from adapters.odata.faults import Asked, checked
from adapters.odata.writes import WriteRequest, Written, written

_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9])(?: [^\r\n]*)?")


def content_type(boundary: str) -> str:
    """Give the type of a body that `changeset` made."""
    return f"multipart/mixed; boundary=batch_{boundary}"


def new_boundary() -> str:
    """Make up what stands between the parts, and in none of them."""
    return secrets.token_hex(16)


def changeset(changes: Sequence[WriteRequest], boundary: str) -> bytes:
    """Write *changes* as one unit of work, in their order: what others hang on comes first."""
    inside = b"".join(
        f"--changeset_{boundary}\r\n"
        "Content-Type: application/http\r\n"
        "Content-Transfer-Encoding: binary\r\n"
        f"Content-ID: {number}\r\n\r\n".encode()
        + _request(change)
        + b"\r\n"
        for number, change in enumerate(changes, start=1)
    )
    opening = f"--batch_{boundary}\r\nContent-Type: multipart/mixed; boundary=changeset_{boundary}\r\n\r\n"
    return opening.encode() + inside + f"--changeset_{boundary}--\r\n\r\n--batch_{boundary}--\r\n".encode()


def _request(change: WriteRequest) -> bytes:
    body = change.content
    headers = {**change.headers, "Content-Length": str(len(body))}
    head = f"{change.method} {change.path} HTTP/1.1\r\n" + "".join(f"{name}: {it}\r\n" for name, it in headers.items())
    return head.encode() + b"\r\n" + body


def outcome(answer: requests.Response, changes: Sequence[WriteRequest], asked: Asked) -> tuple[Written, ...]:
    """Read what became of each of *changes*.

    One failure stands for all, and then nothing was written.

    Raises:
        Refused, Conflict, Locked, NotFound, AccessDenied, Unavailable, Misconfigured, Unintelligible: not written.
        OutcomeUnknown: the parts of the answer cannot be told, or are not one for each change.
    """
    parts = list(_answers(answer, asked))
    if len(parts) == 1 and parts[0].status_code >= 400:
        checked(parts[0], asked)
    if len(parts) != len(changes) or not all(part.ok for part in parts):
        raise asked.unreadable(f"of {len(changes)} changes SAP answered to {len(parts)}")
    return tuple(written(part, asked) for part in parts)


def _answers(answer: requests.Response, asked: Asked) -> Iterator[requests.Response]:
    kind = answer.headers.get("Content-Type", "")
    whole = email.message_from_bytes(
        b"Content-Type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n" + answer.content, policy=email.policy.HTTP
    )
    for part in whole.walk():
        if part.defects:
            raise asked.unreadable("the answer to the batch is cut, or has no parts")
        if part.get_content_type() == "application/http":
            yield _answer(part, asked)
        elif not part.is_multipart():
            raise asked.unreadable("the answer to the batch holds something that is no answer")


def _answer(part: EmailMessage, asked: Asked) -> requests.Response:
    payload = part.get_payload(decode=True)
    head, _, body = (payload if isinstance(payload, bytes) else b"").partition(b"\r\n\r\n")
    first, _, rest = head.partition(b"\r\n")
    status = _STATUS.fullmatch(first.strip())
    if status is None:
        raise asked.unreadable("a part of the answer to the batch has no status")
    made = requests.Response()
    made.status_code = int(status[1])
    made.headers.update({name: str(it) for name, it in email.message_from_bytes(rest).items()})
    made.raw = BytesIO(body.strip(b"\r\n"))
    return made
