"""A system opened for the laws: with a quarantine of its own, and once more as if it were out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from attrs import frozen
from pydantic import SecretStr

from adapters.bootstrap import Systems, open_system
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.settings import SystemSettings
from ports.errors import Misconfigured

WRONG = "not-the-password-7431"
"""The password that must lead nowhere, and stand in no message."""


@frozen(kw_only=True)
class Opened:
    """One system, the quarantine that is its alone, and the same system out of reach, ``None`` if it cannot be had.

    *is_sandbox* says that destructive laws may be judged. *down* may hold a wrong password, and only a sandbox has it.
    """

    erp: Erp
    quarantine: InMemoryQuarantine
    is_sandbox: bool
    down: Erp | None = None


@contextmanager
def opened(site: Systems, name: str | None = None) -> Iterator[Opened]:
    """Open the system *name* of a site, its default one if none is given, and close it after use.

    Raises:
        Misconfigured: see `adapters.bootstrap`.
    """
    settings, quarantine = site.settings(name), InMemoryQuarantine()
    with ExitStack() as closing:
        erp = closing.enter_context(site.open(name, quarantine))
        down = _opened_out_of_reach(erp.name, settings) if settings.sandbox else None
        if down is not None:
            closing.enter_context(down)
        yield Opened(erp=erp, quarantine=quarantine, is_sandbox=settings.sandbox, down=down)


def _opened_out_of_reach(name: str, settings: SystemSettings) -> Erp | None:
    unreachable = out_of_reach(settings)
    try:
        return None if unreachable is None else open_system(name, unreachable, InMemoryQuarantine())
    except Misconfigured:  # a driver that only this needs is not installed
        return None


def out_of_reach(settings: SystemSettings) -> SystemSettings | None:
    """Give settings with a wrong password, or of a port where nobody listens; ``None`` if neither can be made."""
    kind = type(settings)
    if "password" in kind.model_fields:
        return settings.model_copy(update={"password": SecretStr(WRONG)})
    url = getattr(settings, "url", None)
    if isinstance(url, SecretStr):
        return settings.model_copy(update={"url": SecretStr(_nowhere(url.get_secret_value()))})
    return settings.model_copy(update={"url": _nowhere(url)}) if isinstance(url, str) else None


def _nowhere(url: str) -> str:
    """Give the URL of the same thing at a port where nobody listens; a file of SQLite becomes a server."""
    parts = urlsplit(url)
    if parts.scheme.startswith("sqlite"):
        return f"postgresql://erp:{WRONG}@127.0.0.1:1/erp"
    return parts._replace(netloc=f"erp:{WRONG}@127.0.0.1:1").geturl()
