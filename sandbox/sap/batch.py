"""``$batch``: several requests in one, changesets among them, each a unit of work of its own."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.message import EmailMessage
from http import HTTPStatus
from urllib.parse import unquote

from sandbox.sap.changes import Write
from sandbox.sap.errors import GatewayError, bad_request, error_response
from sandbox.web import Request, Response

CarryOut = Callable[[Sequence[Write]], list[Response]]


def answered(request: Request, carry_out: CarryOut, *, ignores_versions: bool, service: str) -> Response:
    """Answer a batch of changesets: 202, whatever became of them.

    Raises:
        GatewayError: it is no batch, or holds something else.
    """
    parts: list[tuple[str, bytes]] = []
    for changeset in _changesets(request):
        writes = [_write(part, ignores_versions=ignores_versions) for part in changeset]
        try:
            answers = carry_out(writes)
        except GatewayError as error:  # one part tells of all
            parts.append(("application/http", _http(error_response(error, as_json=True, service=service))))
        else:
            parts.append(_multipart("changeset", [("application/http", _http(each)) for each in answers]))
    kind, body = _multipart("batch", parts)
    return Response(202, (("Content-Type", kind), ("dataserviceversion", "2.0")), body)


def _changesets(request: Request) -> Iterator[list[EmailMessage]]:
    kind = request.header("content-type") or ""
    whole = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body, policy=email.policy.HTTP)
    if whole.get_content_type() != "multipart/mixed" or not whole.is_multipart():
        raise bad_request("The batch is not multipart/mixed, or has no boundary")
    for part in whole.iter_parts():
        if not isinstance(part, EmailMessage) or not part.is_multipart():
            raise bad_request("This system takes changesets only in a batch")
        yield [each for each in part.iter_parts() if isinstance(each, EmailMessage)]


def _write(part: EmailMessage, *, ignores_versions: bool) -> Write:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, _, rest = head.partition(b"\r\n")
    method, _, target = first.decode().removesuffix(" HTTP/1.1").partition(" ")
    headers = email.message_from_bytes(rest, policy=email.policy.HTTP)
    if method not in ("POST", "PATCH", "MERGE", "DELETE"):
        raise bad_request(f"Method {method} is not allowed in a changeset")
    length = headers.get("Content-Length")
    version = headers.get("If-Match")
    return Write(
        method,
        [unquote(segment) for segment in target.partition("?")[0].split("/") if segment],
        "*" if ignores_versions and method != "POST" else None if version is None else str(version),
        body if length is None else body[: int(str(length))],
    )


def _multipart(name: str, parts: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    boundary = f"{name}response_{len(parts)}F1A2"
    written = b"".join(
        f"--{boundary}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n".encode()
        + (b"content-transfer-encoding: binary\r\n" if kind == "application/http" else b"")
        + b"\r\n"
        + body
        + b"\r\n"
        for kind, body in parts
    )
    return f"multipart/mixed; boundary={boundary}", written + f"--{boundary}--\r\n".encode()


def _http(answer: Response) -> bytes:
    headers: Mapping[str, str] = {**dict(answer.headers), "Content-Length": str(len(answer.body))}
    head = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n"
    return (head + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode() + answer.body
