"""The kinds of systems that can be opened: ours, and those of every installed package, in the same way.

A package offers a kind by an entry point of the group ``dragoman.adapters`` that leads to a `Kind`; the entry point's
name is what ``kind = "…"`` says in a configuration. Nothing of a kind is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

from attrs import frozen

from adapters.erp import Codes, Erp
from adapters.settings import SystemSettings
from ports.errors import Misconfigured
from ports.quarantine import Quarantine

GROUP = "dragoman.adapters"
S = TypeVar("S", bound=SystemSettings)


@frozen
class Kind(Generic[S]):
    """How a system of one kind is configured and opened.

    *open* takes the site's name for the system, its settings, where refusals go, and the site's additions to the code
    tables by aggregate; it contacts nobody, and raises `Misconfigured` for settings that cannot be right.
    """

    settings: type[S]
    open: Callable[[str, S, Quarantine, Mapping[str, Codes]], Erp]


@cache
def kinds() -> Mapping[str, EntryPoint]:
    """Give the entry points of all kinds by name, ours first.

    Raises:
        Misconfigured: two packages offer the same kind.
    """
    found: dict[str, EntryPoint] = {}
    for each in entry_points(group=GROUP):
        known = found.setdefault(each.name, each)
        if known.value != each.value:
            raise Misconfigured(f"two packages offer the kind {each.name}: {_package(known)} and {_package(each)}")
    return found


def kind_named(name: str) -> Kind[SystemSettings]:
    """Import and give one kind.

    Raises:
        Misconfigured: there is none of that name, or what offers it is broken.
    """
    offered = kinds().get(name)
    if offered is None:
        raise Misconfigured(f"no installed package offers the kind {name}; known are {', '.join(sorted(kinds()))}")
    try:
        kind = offered.load()
    except Exception as error:  # a package that is not ours may fail in any way while it is imported
        told = f"{type(error).__name__}: {error}"
        raise Misconfigured(f"the kind {name} of {_package(offered)} cannot be imported ({told})") from error
    if not isinstance(kind, Kind):
        raise Misconfigured(f"the kind {name} of {_package(offered)} is no Kind but a {type(kind).__name__}")
    return kind


def _package(offered: EntryPoint) -> str:
    return offered.value if offered.dist is None else f"{offered.dist.name} ({offered.value})"
