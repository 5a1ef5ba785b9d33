"""The settings of a system as a recording may hold them: enough to open the recording, and nothing to log on with."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from adapters.kinds import kind_named
from adapters.settings import SystemSettings
from adapters.sql.engines import SqlConnection, described
from ports.errors import Misconfigured

NOBODY = "recorded"
"""Who logs on to a recording, with which password, and where its database is."""
_PERSONS = frozenset({"user", "username", "login"})
_LOCAL = frozenset({"certificates"})


def concealed(settings: SystemSettings) -> dict[str, object]:
    """Give *settings* as JSON, without users, secrets and files of this machine."""
    found: dict[str, object] = {}
    for name, value in settings.model_dump(exclude_defaults=True).items():
        if name in _LOCAL:
            continue
        if isinstance(value, SecretStr):
            found[name] = _nowhere(value.get_secret_value())
        elif name in _PERSONS:
            found[name] = NOBODY
        else:
            found[name] = _nowhere(value) if isinstance(value, str) and _has_user(value) else value
    return found | {"kind": settings.kind}


def revealed(kind: str, stored: dict[str, object]) -> SystemSettings:
    """Give the settings under which a recording is opened.

    Raises:
        Misconfigured: they are not those of the kind any more.
    """
    try:
        return kind_named(kind).settings.model_validate(stored)
    except ValidationError:
        raise Misconfigured(
            f"the recording's settings are not those of the kind {kind} any more; record again"
        ) from None


def databases(settings: SystemSettings) -> dict[str, str]:
    """Give, by the name of each database in *settings*, the name that it has in the recording."""
    found: dict[str, str] = {}
    for text in _texts(settings):
        try:
            found[described(SqlConnection(text))] = described(SqlConnection(_nowhere(text)))
        except Misconfigured:  # no address of a database
            continue
    return found


def secrets_of(settings: SystemSettings) -> Iterator[str]:
    """Give every text that may stand nowhere: the secrets, and the passwords inside of addresses."""
    for value in settings.model_dump().values():
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
    for text in _texts(settings):
        try:
            password = make_url(text).password
        except (ArgumentError, ValueError):
            continue
        if password is not None:
            yield password


def _texts(settings: SystemSettings) -> Iterator[str]:
    for value in settings.model_dump().values():
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
        elif isinstance(value, str):
            yield value


def _has_user(text: str) -> bool:
    try:
        return "://" in text and urlsplit(text).username is not None
    except ValueError:
        return True


def _nowhere(text: str) -> str:
    """Give an address of the same sort that leads nowhere; a word for any other text."""
    scheme, found, rest = text.partition("://")
    if found == "" or not scheme.replace("+", "").isalnum():
        return NOBODY
    path = rest.partition("?")[0].partition("/")[2]
    return f"{scheme}:////{NOBODY}/{NOBODY}.db" if scheme.startswith("sqlite") else f"{scheme}://{NOBODY}/{path}"
