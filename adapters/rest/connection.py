"""Where a REST API is, who we are there, and what scope every call names."""

from __future__ import annotations

from collections.abc import Mapping

import httpx2
from attrs import Attribute, Factory, field, frozen
from pydantic import SecretStr

from adapters.http.checks import is_trust, is_wait
from ports.errors import Misconfigured


@frozen
class Basic:
    """Logon by user and password, on every call."""

    user: str
    password: SecretStr


@frozen
class Bearer:
    """Logon by a token that somebody else renews."""

    token: SecretStr


@frozen
class Password:
    """Logon by user and password for a token that expires; *path* is where the API gives tokens.

    Source: PREST-12.
    """

    user: str
    password: SecretStr
    path: str


def _is_address(_: object, attribute: Attribute[str], url: str) -> None:
    try:
        parts = httpx2.URL(url)
    except httpx2.InvalidURL:
        parts = httpx2.URL("")
    if parts.scheme not in ("http", "https") or parts.host == "":
        raise Misconfigured(f"{attribute.name}: give the address of the API, as https://erp.example.com/rest")
    if parts.userinfo != b"" or parts.query != b"" or parts.fragment != "":
        raise Misconfigured(f"{attribute.name}: no user, password or query belongs into the address of the API")


def _are_headers(_: object, attribute: Attribute[Mapping[str, str]], headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if not (name.isascii() and value.isascii() and value.isprintable() and value.strip() != ""):
            raise Misconfigured(f"{attribute.name}: {name} needs a value of printable ASCII characters")


def _without_slash(url: str) -> str:
    return url.rstrip("/")


@frozen(kw_only=True)
class RestConnection:
    """One REST API and one user of it.

    *headers* go with every call, byte for byte: the company and branch (``tenantId``), or the version of the framework.
    Without them some servers answer with another company's data in the right form (Source: PREST-02, PREST-03,
    FUS-PAGE-03). *timeout* is in seconds, for connecting and for each wait for bytes. *verify* is the path of a file
    with the certificates to trust, or whether to check at all.

    Raises:
        Misconfigured: one of them cannot be right.
    """

    url: str = field(validator=_is_address, converter=_without_slash)
    logon: Basic | Bearer | Password
    headers: Mapping[str, str] = field(default=Factory(dict), validator=_are_headers)
    timeout: float = field(default=60.0, validator=is_wait)
    verify: bool | str = field(default=True, validator=is_trust)
