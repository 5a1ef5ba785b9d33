"""Who is at the terminal, and the governed path that he is let into."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from adapters.cli.source import unset_if_empty
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from adapters.governed.path import Governed

Site = Annotated[
    Path | None,
    Parameter(name="--config", env_var="DRAGOMAN_CONFIG", env_var_split=unset_if_empty, help="The site's erp.toml."),
]
Because = Annotated[str, Parameter(help="Why, in your own words; it is kept as evidence.")]


def account() -> str:
    """Give the account that the operating system says is at the terminal; no option and no variable changes it."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


@contextmanager
def governed_at(config: Path | None) -> Iterator[Governed]:
    """Open the governed path of a site, and close it after use.

    Raises:
        Misconfigured: no site is named, or see `adapters.governed.opening`.
        Unavailable: the ledger is not reached.
    """
    from adapters.governed.opening import governed  # drivers and pydantic are for those who need them

    if config is None:
        raise Misconfigured("no site is named, and a sandbox keeps no ledger; give --config erp.toml")
    with governed(config) as path:
        yield path
