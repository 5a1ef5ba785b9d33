"""Checks that the settings of every connection over HTTP share."""

from __future__ import annotations

import ssl

from attrs import Attribute

from ports.errors import Misconfigured


def is_wait(_: object, attribute: Attribute[float], seconds: float) -> None:
    """Admit a number of seconds above zero.

    Raises:
        Misconfigured: it is none.
    """
    if not 0 < seconds < float("inf"):
        raise Misconfigured(f"{attribute.name}: give a number of seconds above zero")


def is_trust(_: object, attribute: Attribute[bool], trusted: bool | str) -> None:
    """Admit a file of certificates, or the word whether to check at all.

    Raises:
        Misconfigured: the file cannot be read.
    """
    if isinstance(trusted, str):
        try:
            ssl.create_default_context(cafile=trusted)
        except OSError:
            raise Misconfigured(f"{attribute.name}: {trusted} is no readable file of certificates") from None
