"""What a failure of OData means to the caller of a port: one table from vendor facts to port errors.

Source: SAP-ERR-01 to SAP-ERR-06, SAP-HTTP-02, SAP-HTTP-04, SAP-HTTP-05, SAP-HTTP-08, SAP-ID-12, X-OUT-01 to X-OUT-03.
"""

from __future__ import annotations

import re
from ssl import SSLCertVerificationError

import requests
from attrs import frozen
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from adapters.http.waits import retry_after
from adapters.odata.documents import NotADocument, json_document
from adapters.odata.messages import Complaint, complaint, sap_message
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

_LOCKS = frozenset({"ME/006", "M3/897", "MMPUR_INTEGRATION_PO/002"})
_NO_SERVICE = "/IWFND/MED/170"
_SENSITIVE_IN_A_KEY = re.compile(r"%(?:2F|5C|25)", re.IGNORECASE)
_BAD_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidHeader,
)
_PLAIN: dict[int, tuple[type[AccessDenied | Misconfigured | Locked], str]] = {
    401: (AccessDenied, "SAP does not accept this user and password; correct the connection"),
    403: (AccessDenied, "SAP does not allow this user to do that; it needs an authorisation"),
    405: (Misconfigured, "SAP does not allow this HTTP method; set the one that this system knows"),
    423: (Locked, "somebody is editing the record in SAP"),
}


@frozen
class Asked:
    """What was asked, in words that may be shown: nothing of keys, values or credentials.

    *key* is the encoded key predicate if one record was addressed, and only looked at; *versioned* says that an ETag
    was sent.
    """

    what: str
    host: str
    writing: bool = False
    key: str | None = None
    versioned: bool = False

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


def no_answer(error: requests.RequestException, asked: Asked) -> PortError:
    """Say what it means that no complete answer came."""
    causes = set(_causes(error))
    if SSLCertVerificationError in causes:
        return Misconfigured(
            f"{asked.host}: its certificate is not trusted; set verify to the file that vouches for it"
        )
    if isinstance(error, _BAD_ADDRESS):
        return Misconfigured(f"{asked.what}: the configured address or user cannot be sent; correct the connection")
    # name resolution fails with a subclass of NewConnectionError
    if isinstance(error, requests.ConnectTimeout) or causes & {NewConnectionError, ConnectTimeoutError}:
        return Unavailable(f"{asked.host} was not reached for {asked.what}; check the address and the network")
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return asked.unreadable("the answer's compression is broken")
    if isinstance(error, requests.Timeout):
        return asked.lost("no answer came in time")
    return asked.lost("the connection broke before the answer was complete")


def _causes(error: BaseException) -> set[type]:
    """Give the classes, and those that they derive from, of what the libraries wrapped into *error*.

    Python's own chain of causes is left alone: it may reach back to an earlier request, of another outcome.
    """
    found = set(type(error).__mro__)
    for inner in (getattr(error, "reason", None), *error.args):
        if isinstance(inner, BaseException):
            found |= _causes(inner)
    return found


def port_error(answer: requests.Response, asked: Asked) -> PortError:
    """Say what an answer means whose status is no success."""
    said = complaint(answer.content)
    codes: frozenset[str] = frozenset() if said is None else said.codes
    if _NO_SERVICE in codes:
        return Misconfigured(f"{asked.what}: SAP has no active service of that name; check the service's path")
    if codes & _LOCKS:
        return Locked(f"{asked.what}: somebody is editing the record in SAP")
    status = answer.status_code
    if status == 404:
        return _not_found(said, asked)
    if 400 <= status < 500:
        return _client_error(answer, said, asked)
    if status == 501:
        return _refused(status, said, asked)
    if status >= 500:
        return asked.lost(f"SAP answered with HTTP {status}", retry_after=retry_after(answer.headers))
    if 300 <= status < 400:
        return Misconfigured(
            f"{asked.what}: {asked.host} answered with a redirect (HTTP {status}), which is not followed with our "
            "credentials; give the final address, or a user that logs on with a password"
        )
    return asked.unreadable(f"HTTP {status} is no answer of OData")


def _client_error(answer: requests.Response, said: Complaint | None, asked: Asked) -> PortError:
    match answer.status_code:
        case 403 if wants_token(answer):
            return AccessDenied(f"{asked.what}: SAP does not accept the CSRF token that it has just given")
        case 401 | 403 | 405 | 423 as status:
            kind, sentence = _PLAIN[status]
            return kind(f"{asked.what}: {sentence}")
        case 408:
            return asked.lost("SAP gave up waiting for the request", retry_after=retry_after(answer.headers))
        case 409 | 412 if asked.versioned:
            return Conflict(f"{asked.what}: the record is no longer the version that was expected")
        case 412 | 428 if not asked.versioned:
            return Refused(f"{asked.what}: SAP wants to know the expected version, and none was sent")
        case 429:
            return Unavailable(f"{asked.what}: SAP wants fewer requests", retry_after=retry_after(answer.headers))
        case status if said is None and not asked.writing:
            return Unintelligible(f"{asked.what}: HTTP {status}, and the answer is not in SAP's form")
        case status:
            return _refused(status, said, asked)


def _not_found(said: Complaint | None, asked: Asked) -> PortError:
    if said is None or asked.key is None:
        return Misconfigured(f"{asked.what}: nothing answers at that path of {asked.host}; check address and path")
    if _SENSITIVE_IN_A_KEY.search(asked.key) is not None:
        return Unintelligible(f"{asked.what}: not found, but a proxy may have changed the slash or percent in its key")
    return NotFound(f"{asked.what}: SAP has no such record")


def _refused(status: int, said: Complaint | None, asked: Asked) -> Refused:
    reasons = () if said is None else said.reasons
    return Refused(f"{asked.what}: SAP refused (HTTP {status})", reasons=reasons)


def wants_token(answer: requests.Response) -> bool:
    """Say whether a write was turned away because of its CSRF token alone; nothing was written then."""
    return answer.status_code == 403 and answer.headers.get("X-CSRF-Token", "").strip().lower() == "required"


def checked(answer: requests.Response, asked: Asked) -> None:
    """Let a success pass, and nothing else: a logon page and a message of severity *error* are none.

    Raises:
        PortError: what the answer means.
    """
    if not 200 <= answer.status_code < 300:
        raise port_error(answer, asked)
    if _is_page(answer):
        if asked.writing:
            raise asked.unreadable("a web page came in place of data")
        raise AccessDenied(f"{asked.what}: SAP sent a logon page in place of data; the session or the user has expired")
    header = answer.headers.get("sap-message")
    if header is not None and not asked.writing:
        errors = [str(message) for message in sap_message(header) if message.severity == "error"]
        if errors:
            raise Refused(f"{asked.what}: SAP answered, but reports an error", reasons=errors)


def json_of(answer: requests.Response, asked: Asked) -> object:
    """Read the JSON of a success.

    Raises:
        Unintelligible: it is none, or is cut.
        OutcomeUnknown: the same, after a write.
    """
    try:
        return json_document(answer.content)
    except NotADocument as error:
        raise asked.unreadable(f"the answer is no OData: {error}") from None


def _is_page(answer: requests.Response) -> bool:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    start = answer.content[:100].lstrip().lower()
    return kind in ("text/html", "application/xhtml+xml") or start.startswith((b"<!doctype html", b"<html"))
