"""Where a SOAP service is, and who we are there."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from attrs import Attribute, field, frozen
from pydantic import SecretStr

from adapters.http.checks import is_trust, is_wait
from ports.errors import Misconfigured


def _hosts(named: Iterable[str]) -> frozenset[str]:
    return frozenset(named)


def host_of(url: str) -> str | None:
    """Give host and port of a web address as ``host:port``, the port always named; ``None`` if it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.hostname is None:
        return None
    return f"{parts.hostname}:{port if port is not None else {'http': 80, 'https': 443}[parts.scheme]}"


def _check_address(setting: str, url: str) -> None:
    if host_of(url) is None:
        raise Misconfigured(f"{setting}: give a web address, as https://erp.example.com/service")
    if "@" in urlsplit(url).netloc:
        raise Misconfigured(f"{setting}: no user or password belongs into the address")


def _is_address(_: object, attribute: Attribute[str | None], url: str | None) -> None:
    if url is not None:
        _check_address(attribute.name, url)


def _is_location(_: object, attribute: Attribute[str], location: str) -> None:
    if location.strip() == "":
        raise Misconfigured(f"{attribute.name}: give the address or the path of the WSDL")
    if "://" in location:
        _check_address(attribute.name, location)


@frozen(kw_only=True)
class SoapConnection:
    """One SOAP service and one user of it.

    - *wsdl*: address of the WSDL, or path of a file.
    - *endpoint*: where the service really is. Without it the address in the WSDL is used, if it is on the WSDL's own
      host or an allowed one; often it is a name of an internal network (Source: SOAP-20).
    - *port*: which port of the WSDL, where several offer the operation; without it the first.
    - *allowed_hosts*: further hosts (``host`` or ``host:port``) that documents may be read from. They get no password.
    - *connect_timeout*, *timeout*: seconds, for connecting and for each wait for bytes.
    - *verify*: path of a file with the certificates to trust, or whether to check at all.
    - *huge_answers*: lifts the parser's limits on long texts and deep trees; only for servers that are trusted.
    - *carries_unknown*: an element that the WSDL does not know stands in the record under its name; without it, that
      is `Drifted`.

    Raises:
        Misconfigured: one of them cannot be right.
    """

    wsdl: str = field(validator=_is_location)
    user: str
    password: SecretStr
    endpoint: str | None = field(default=None, validator=_is_address)
    port: str | None = None
    allowed_hosts: frozenset[str] = field(default=frozenset(), converter=_hosts)
    connect_timeout: float = field(default=10.0, validator=is_wait)
    timeout: float = field(default=60.0, validator=is_wait)
    verify: bool | str = field(default=True, validator=is_trust)
    huge_answers: bool = False
    carries_unknown: bool = False

    def allows(self, url: str) -> bool:
        """Whether a document may be read from *url*, or a call go there, without being named in the configuration."""
        host = host_of(url)
        if host is None:
            return False
        return host == host_of(self.wsdl) or host in self.allowed_hosts or host.rpartition(":")[0] in self.allowed_hosts
