"""Who is at the terminal, and the governed path that he is let into."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from adapters.cli.screen import Screen
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
def governed_at(config: Path | None, *, only_reads: bool = False) -> Iterator[Governed]:
    """Open the governed path of a site, and close it after use; whoever *only_reads* needs not be able to write.

    Raises:
        Misconfigured: no site is named, this account cannot do what it wants to, or see `adapters.governed.opening`.
        Unavailable: the ledger is not reached.
    """
    from adapters.governed.opening import governed  # drivers and pydantic are for those who need them

    if config is None:
        raise Misconfigured("no site is named, and a sandbox keeps no ledger; give --config erp.toml")
    with governed(config) as path:
        _look_at_files(config, only_reads=only_reads)
        yield path


def _look_at_files(config: Path, *, only_reads: bool) -> None:
    """Warn where a stranger may read the key, and refuse to begin what the account could not write down."""
    from adapters.config.governance import ledger_in
    from adapters.config.site import site_at
    from adapters.config.toml_file import as_model
    from adapters.ledger.engines import is_only_read
    from adapters.ledger.opening import LedgerSettings

    folder, said = config.parent, (site_at(config).governance or {}).get("ledger")
    url = ledger_in(folder, as_model(LedgerSettings, said, place=str(config), folder=folder)).url
    if not only_reads and is_only_read(url.get_secret_value()):
        told = f"{account()} may read the ledger and not write it"
        raise Misconfigured(f"{told}; that is enough for `intents`, `audit` and `rollout show` alone")
    match said:
        case {"key": {"file": str(name)}} if _is_open(file := folder / name):
            Screen().note(f"everybody on this machine may read {file}, which seals the ledger; chmod o= {file}")


def _is_open(file: Path) -> bool:
    return bool(file.stat().st_mode & stat.S_IROTH)


def known_system(path: Governed, name: str | None) -> str | None:
    """Give the *name* of a system as it was typed.

    Raises:
        Misconfigured: the site has none of that name.
    """
    if name is None or name in path.executions.systems.names:
        return name
    raise Misconfigured(f"there is no system {name}; there are {', '.join(path.executions.systems.names)}")
