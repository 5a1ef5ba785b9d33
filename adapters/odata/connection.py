"""Where an SAP Gateway is, and who we are there."""

from __future__ import annotations

from urllib.parse import urlsplit

from attrs import Attribute, field, frozen
from pydantic import SecretStr

from adapters.http.checks import is_trust, is_wait
from ports.errors import Misconfigured


def _without_slash(url: str) -> str:
    return url.rstrip("/")


def _is_address(_: object, attribute: Attribute[str], url: str) -> None:
    try:
        parts = urlsplit(url)
        complete = parts.scheme in ("http", "https") and parts.hostname is not None and parts.port != 0
    except ValueError:
        complete = False
    if not complete:
        raise Misconfigured(f"{attribute.name}: give the address of the SAP host, as https://sap.example.com:44300")
    if parts.username is not None or parts.query or parts.fragment:
        raise Misconfigured(f"{attribute.name}: no user, password or query belongs into the address of the SAP host")


def _is_client(_: object, attribute: Attribute[str], client: str) -> None:
    if len(client) != 3 or not (client.isascii() and client.isdigit()):
        raise Misconfigured(f"{attribute.name}: give the three digits of the SAP client, as 100")


@frozen(kw_only=True)
class ODataConnection:
    """One SAP system, one client in it, one user.

    *url* is scheme, host, port, and a path prefix if a proxy wants one. *timeout* is in seconds, for connecting and for
    each wait for bytes. *verify* is the path of a file with the certificates to trust, or whether to check at all.

    Raises:
        Misconfigured: one of them cannot be right; the client is required, as SAP would otherwise choose one
            (Source: SAP-CODE-12).
    """

    url: str = field(validator=_is_address, converter=_without_slash)
    user: str
    password: SecretStr
    client: str = field(validator=_is_client)
    timeout: float = field(default=60.0, validator=is_wait)
    verify: bool | str = field(default=True, validator=is_trust)
