"""The options that say what is watched, where its pins stand, and what is compared with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from attrs import frozen
from cyclopts import Parameter

from adapters.cli.source import Config
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from adapters.bootstrap import Systems
    from adapters.drift.pins import Pins
    from contracts.source.schema import Schema

_ALL = "all"


@Parameter(name="*")
@frozen(kw_only=True)
class Watched:
    """Which systems of which site."""

    system: Annotated[str, Parameter(help="The system's name, or all.")] = _ALL
    config: Config = None

    @contextmanager
    def opened(self) -> Iterator[tuple[Systems, tuple[str, ...]]]:
        """Open the site, and give the names of the systems that were asked for.

        Raises:
            Misconfigured: see `adapters.bootstrap`.
        """
        from adapters.bootstrap import systems  # drivers and pydantic are for those who ask a system

        with systems(self.config) as site:
            yield site, site.names if self.system == _ALL else (self.system,)


@Parameter(name="*")
@frozen(kw_only=True)
class Compared(Watched):
    """Which systems of which site, where their pins stand, and a file to take in place of what they publish now."""

    pins: Annotated[
        Path | None, Parameter(help="The folder of the pins; without it, `pins` beside the configuration.")
    ] = None
    live: Annotated[
        Path | None, Parameter(help="Take this EDMX, WSDL, OpenAPI or pin in place of asking the system.")
    ] = None
    document: Annotated[
        str | None, Parameter(help="Which of the system's documents is meant, if it publishes several.")
    ] = None

    @property
    def kept(self) -> Pins:
        """The pins."""
        from adapters.drift.pins import Pins

        beside = Path() if self.config is None else self.config.parent
        return Pins(beside / "pins" if self.pins is None else self.pins)

    def schema(self) -> Schema | None:
        """Read the file that stands for what one system publishes; ``None`` if the systems themselves are asked.

        Raises:
            Misconfigured: it cannot be read, or nobody says of which system it is.
            Unintelligible: it is damaged.
        """
        if self.live is None and self.document is None:
            return None
        if self.system == _ALL:
            given = f"the file {self.live}" if self.live is not None else f"the document {self.document}"
            raise Misconfigured(f"say of which system {given} is: give --system NAME")
        from adapters.drift.checking import schema_in

        return None if self.live is None else schema_in(self.live)
