"""The options that say which system of which site is asked, and in which form the answer comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from attrs import frozen
from cyclopts import Parameter

if TYPE_CHECKING:
    from adapters.bootstrap import Systems
    from adapters.erp import Erp


def unset_if_empty(_: object, text: str, *, delimiter: str | None = None) -> list[str]:
    """Take an empty variable for one that is not set, as shells do."""
    return [] if text == "" else [text]


Json = Annotated[
    bool, Parameter(name="--json", negative="", show_default=False, help="One JSON object a line, for programs.")
]
Config = Annotated[
    Path | None,
    Parameter(
        env_var="DRAGOMAN_CONFIG",
        env_var_split=unset_if_empty,
        help="The site's erp.toml. Without one, sandboxes that are started on this machine.",
    ),
]


@Parameter(name="*")
@frozen(kw_only=True)
class Source:
    """Which system of which site."""

    system: Annotated[str | None, Parameter(help="The system's name; without it, the site's default.")] = None
    config: Config = None


@contextmanager
def opened(source: Source | None) -> Iterator[tuple[Systems, Erp]]:
    """Open the system that was asked for, and close it after use.

    Raises:
        Misconfigured: see `adapters.bootstrap`.
    """
    from adapters.bootstrap import systems  # drivers and pydantic are for those who ask a system

    chosen = Source() if source is None else source
    with systems(chosen.config) as site:
        yield site, site.erp(chosen.system)
