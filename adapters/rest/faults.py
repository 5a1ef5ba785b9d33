"""What a failure of a REST API means to the caller of a port: one table from vendor facts to port errors.

Source: PREST-04 to PREST-09, X-OUT-01 to X-OUT-03, X-LOAD-01.
"""

from __future__ import annotations

from ssl import SSLCertVerificationError

import httpx2
from attrs import frozen

from adapters.http.waits import retry_after
from adapters.rest.complaints import complaint
from adapters.rest.documents import NotADocument, json_document
from ports.errors import (
    AccessDenied,
    Conflict,
    Locked,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    PortError,
    Refused,
    Unavailable,
    Unintelligible,
)

_NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_BAD_REQUEST = (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, httpx2.InvalidURL)
_PLAIN: dict[int, tuple[type[AccessDenied | Misconfigured | Locked], str]] = {
    401: (AccessDenied, "the API does not accept this logon; correct the connection, or renew the token"),
    403: (AccessDenied, "the API does not allow this user to do that; it needs a permission"),
    405: (Misconfigured, "the API does not allow this HTTP method at that path; correct the endpoint"),
    423: (Locked, "somebody is editing the record"),
}


@frozen
class Asked:
    """What was asked, in words that may be shown: no values, no credentials.

    *record* says that one record was addressed rather than a collection.
    """

    what: str
    host: str
    writing: bool = False
    record: bool = False

    def lost(self, story: str, *, retry_after: float | None = None) -> PortError:
        """Give the error for a request of which nobody knows how far it came."""
        if self.writing:
            return OutcomeUnknown(f"{self.what}: {story}; the change may have happened")
        return Unavailable(f"{self.what}: {story}", retry_after=retry_after)

    def unreadable(self, story: str) -> PortError:
        """Give the error for a success whose answer makes no sense."""
        if self.writing:
            return OutcomeUnknown(f"{self.what}: {story}; the change may have happened")
        return Unintelligible(f"{self.what}: {story}")


def no_answer(error: httpx2.RequestError | httpx2.InvalidURL, asked: Asked) -> PortError:
    """Say what it means that no complete answer came."""
    if isinstance(error, _BAD_REQUEST):
        return Misconfigured(f"{asked.what}: the configured address or headers cannot be sent; correct the connection")
    if isinstance(error, _NOT_SENT):
        if _is_distrust(error):
            return Misconfigured(
                f"{asked.host}: its certificate is not trusted; set verify to the file that vouches for it"
            )
        return Unavailable(f"{asked.host} was not reached for {asked.what}; check the address and the network")
    if isinstance(error, httpx2.DecodingError):
        return asked.unreadable("the answer's compression is broken")
    if isinstance(error, httpx2.TimeoutException):
        return asked.lost("no answer came in time")
    return asked.lost("the connection broke before the answer was complete")


def _is_distrust(error: BaseException) -> bool:
    """Say whether the libraries wrapped a certificate's rejection into *error*."""
    wrapped = (error.__cause__, *error.args)
    return isinstance(error, SSLCertVerificationError) or any(
        _is_distrust(inner) for inner in wrapped if isinstance(inner, BaseException)
    )


def port_error(answer: httpx2.Response, asked: Asked) -> PortError:
    """Say what an answer means whose status is no success."""
    status = answer.status_code
    said = complaint(answer.content)
    if status >= 500:
        return _server_error(answer, said, asked)
    if status >= 400:
        return _client_error(answer, said, asked)
    if status >= 300:
        return Misconfigured(
            f"{asked.what}: {asked.host} answered with a redirect (HTTP {status}), which is not followed with our "
            "credentials; give the final address"
        )
    return asked.unreadable(f"HTTP {status} is no final answer")


def _server_error(answer: httpx2.Response, said: tuple[str, ...] | None, asked: Asked) -> PortError:
    """Tell a crash from a refusal: an API that names no status for its refusal ends up with 500."""
    status = answer.status_code
    if status == 501 or (status == 500 and said is not None and not asked.writing):
        return _refused(status, said, asked)
    return asked.lost(f"the server answered with HTTP {status}", retry_after=retry_after(answer.headers))


def _client_error(answer: httpx2.Response, said: tuple[str, ...] | None, asked: Asked) -> PortError:
    match answer.status_code:
        case 401 | 403 | 405 | 423 as status:
            kind, sentence = _PLAIN[status]
            return kind(f"{asked.what}: {sentence}")
        case 404 if said is not None and asked.record:
            return NotFound(f"{asked.what}: the API has no such record")
        case 404 if said is None:
            return Misconfigured(f"{asked.what}: nothing answers at that path of {asked.host}; check address and path")
        case 408:
            return asked.lost("the server gave up waiting for the request", retry_after=retry_after(answer.headers))
        case 409 | 412 if asked.writing:
            return Conflict(f"{asked.what}: the record is no longer the version that was expected")
        case 429:
            return Unavailable(f"{asked.what}: the API wants fewer requests", retry_after=retry_after(answer.headers))
        case status if said is None and not asked.writing:
            return Unintelligible(f"{asked.what}: HTTP {status}, and the answer is no known form of a refusal")
        case status:
            return _refused(status, said, asked)


def _refused(status: int, said: tuple[str, ...] | None, asked: Asked) -> Refused:
    return Refused(f"{asked.what}: the API refused (HTTP {status})", reasons=() if said is None else said)


def json_of(answer: httpx2.Response, asked: Asked) -> object:
    """Read the JSON of a success; None for an empty answer to a write.

    Raises:
        Unintelligible: it is none, is cut, or is two documents.
        OutcomeUnknown: the same, after a write.
        PortError: the status is no success.
    """
    if not 200 <= answer.status_code < 300:
        raise port_error(answer, asked)
    if asked.writing and answer.content.strip() == b"":
        return None
    if _is_page(answer):
        raise asked.unreadable("a web page came in place of data; check the address, and whether the logon expired")
    try:
        return json_document(answer.content)
    except NotADocument as error:
        raise asked.unreadable(f"the answer cannot be read: {error}") from None


def _is_page(answer: httpx2.Response) -> bool:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    start = answer.content[:100].lstrip().lower()
    return kind in ("text/html", "application/xhtml+xml") or start.startswith((b"<!doctype html", b"<html"))
