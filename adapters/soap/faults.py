"""What a failure of SOAP means to the caller of a port: one table from facts on the wire to port errors.

Source: SOAP-14 to SOAP-16, SOAP-26, X-OUT-01 to X-OUT-03, X-LOAD-01, X-LOAD-02.
"""

from __future__ import annotations

from collections.abc import Collection
from ssl import SSLCertVerificationError

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from adapters.http.waits import retry_after
from adapters.soap.asked import Asked
from adapters.soap.soap_fault import SoapFault
from ports.errors import AccessDenied, Misconfigured, NotFound, PortError, Refused, Unavailable, Unintelligible

LOGON_FAULTS = frozenset(
    "FailedAuthentication FailedCheck InvalidSecurity InvalidSecurityToken MessageExpired SecurityTokenUnavailable "
    "UnsupportedSecurityToken".split()
)
"""Codes of WS-Security; a clock that is minutes off gives them too."""

PROTOCOL_FAULTS = frozenset({"DataEncodingUnknown", "MustUnderstand", "VersionMismatch"})

_BEFORE_IT = (429, 502, 503, 504)
"""What stands before a service answers with these, and some of that speaks SOAP: the service may have gone on."""

_BAD_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidHeader,
)


def no_answer(error: requests.RequestException, asked: Asked) -> PortError:
    """Say what it means that no complete answer came."""
    causes = _causes(error)
    if SSLCertVerificationError in causes:
        return Misconfigured(
            f"{asked.host}: its certificate is not trusted; set verify to the file that vouches for it"
        )
    if isinstance(error, _BAD_ADDRESS):
        return Misconfigured(f"{asked.what}: the configured address or user cannot be sent; correct the connection")
    # a failed name resolution is a NewConnectionError too
    if isinstance(error, requests.ConnectTimeout) or not causes.isdisjoint({NewConnectionError, ConnectTimeoutError}):
        return Unavailable(f"{asked.host} was not reached for {asked.what}; check the address and the network")
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return asked.unreadable("the answer's compression is broken")
    if isinstance(error, requests.Timeout):
        return asked.lost("no answer came in time")
    return asked.lost("the connection broke before the answer was complete")


def fault_error(
    fault: SoapFault, answer: requests.Response, asked: Asked, not_found: Collection[str] = ()
) -> PortError:
    """Say what a fault means; *not_found* are the codes that say "no such record"."""
    if fault.mentions(not_found):
        return NotFound(f"{asked.what}: there is no such record")
    if fault.mentions(LOGON_FAULTS):
        return AccessDenied(f"{asked.what}: the logon was not accepted ({fault.code}); check user, password and clock")
    if fault.code in PROTOCOL_FAULTS:
        return Unintelligible(f"{asked.what}: the service does not speak this form of SOAP ({fault.code})")
    if fault.code == "" and len(fault.reasons) == 0:
        return asked.lost("the service failed and said nothing")
    if answer.status_code in _BEFORE_IT:
        return status_error(answer, asked)
    return Refused(f"{asked.what}: the service refused ({fault.code})", reasons=fault.reasons)


def status_error(answer: requests.Response, asked: Asked) -> PortError:
    """Say what an answer means that holds no SOAP and is no success."""
    status = answer.status_code
    if status in (401, 403, 407):
        return AccessDenied(f"{asked.what}: {asked.host} does not accept this user and password, or not for this")
    if status in (404, 405, 410, 415):
        return Misconfigured(f"{asked.what}: no SOAP service answers at that path of {asked.host} (HTTP {status})")
    if 300 <= status < 400:
        return Misconfigured(
            f"{asked.what}: {asked.host} redirects (HTTP {status}), which is not followed with a password; "
            "give the final address"
        )
    if status == 429:
        return Unavailable(f"{asked.what}: {asked.host} wants fewer requests", retry_after=retry_after(answer.headers))
    if status >= 500 or status == 408:
        return asked.lost(f"{asked.host} answered with HTTP {status}", retry_after=retry_after(answer.headers))
    if 400 <= status < 500:
        return Refused(f"{asked.what}: {asked.host} refused the request (HTTP {status})")
    return asked.unreadable(f"HTTP {status} is no answer of SOAP")


def _causes(error: BaseException) -> set[type]:
    """Give the classes, and their ancestors, of what requests and urllib3 wrapped into *error*."""
    found = set(type(error).__mro__)
    for inner in (getattr(error, "reason", None), *error.args):
        if isinstance(inner, BaseException):
            found |= _causes(inner)
    return found
