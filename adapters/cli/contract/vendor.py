"""Which system is under the laws: an embedded sandbox, a vendor's, or the recording of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from attrs import evolve, frozen
from cyclopts import Parameter

from adapters.cli.screen import Screen
from adapters.cli.source import Source
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from adapters.conformance.opened import Opened


@Parameter(name="*")
@frozen(kw_only=True)
class Vendor:
    """Whether a vendor's own sandbox is asked, recorded, or replayed."""

    live: Annotated[
        bool,
        Parameter(
            negative="", show_default=False, help="Ask a system of --config, and never a sandbox of this machine."
        ),
    ] = False
    record: Annotated[
        Path | None,
        Parameter(help="Keep what the system answers in this folder, without secrets and personal data; with --live."),
    ] = None
    replay: Annotated[
        Path | None, Parameter(help="Judge the recording in this folder; no system is asked, and none need be there.")
    ] = None


@contextmanager
def opened(source: Source, vendor: Vendor, screen: Screen) -> Iterator[Opened]:
    """Open the system that is to be judged, and keep what it answers if that is wanted.

    Raises:
        Misconfigured: the options do not go together, or see `adapters.bootstrap` and `adapters.recording.session`.
    """
    if vendor.replay is not None:
        if vendor.live or vendor.record is not None:
            raise Misconfigured("--replay asks no system; leave --live and --record out")
        with _replayed(source, vendor.replay, screen) as system:
            yield system
        return
    if vendor.live and source.config is None:
        raise Misconfigured("--live asks a system of your own: name it with --config erp.toml, or set DRAGOMAN_CONFIG")
    if vendor.record is not None and not vendor.live:
        raise Misconfigured("--record keeps what a vendor's system answers: add --live and --config erp.toml")
    with _asked(source, vendor.record) as system:
        yield system


@contextmanager
def _asked(source: Source, record: Path | None) -> Iterator[Opened]:
    from adapters.bootstrap import systems
    from adapters.conformance.opened import opened as opened_for_laws

    with systems(source.config) as site:
        if record is None:
            with opened_for_laws(site, source.system) as system:
                yield system
            return
        from adapters.recording.session import recording  # it needs a library that not everybody has

        with recording(record, site.settings(source.system)) as kept, opened_for_laws(site, source.system) as system:
            yield evolve(system, erp=kept.of(system.erp))


@contextmanager
def _replayed(source: Source, place: Path, screen: Screen) -> Iterator[Opened]:
    from adapters.bootstrap import Systems
    from adapters.conformance.opened import opened as opened_for_laws
    from adapters.recording.session import replaying

    with replaying(place) as replay, Systems(replay) as site, opened_for_laws(site, source.system) as system:
        warning = replay.stamp.warning(datetime.now(UTC))
        if warning is not None:
            screen.note(warning)
        yield evolve(system, erp=replay.checked(system.erp))
