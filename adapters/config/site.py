"""Reading ``erp.toml``: the form of the file at once, each system when it is asked for.

A system whose secret is not at hand does not stand in the way of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen
from pydantic import BaseModel, ConfigDict, Field

from adapters.config.complaints import dotted, unknown
from adapters.config.toml_file import as_model, read_toml
from adapters.kinds import kind_named, kinds
from adapters.settings import SystemSettings
from ports.errors import Misconfigured


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    default: str | None = None
    systems: dict[str, dict[str, object]] = Field(min_length=1)
    governance: dict[str, object] | None = None


@frozen
class Site:
    """One configuration file; *default* is the system that is meant when none is named, ``None`` if nobody said.

    *governance* is what it says of writing, as it stands there; ``None`` if nothing is written through it.
    """

    path: Path
    default: str | None
    sections: Mapping[str, Mapping[str, object]]
    governance: Mapping[str, object] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The site's names for its systems, in the order of the file."""
        return tuple(self.sections)

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each system, also of one whose other settings are wrong."""
        return {name: str(section["kind"]) for name, section in self.sections.items()}

    @property
    def companies(self) -> dict[str, tuple[str, ...]]:
        """The companies that each system may be written to in, also of one whose other settings are wrong."""
        named = {name: section.get("companies") for name, section in self.sections.items()}
        return {name: tuple(each) if isinstance(each, dict) else () for name, each in named.items()}

    def place(self, name: str) -> str:
        """Say where in which file the system stands."""
        return f"{self.path}: {dotted(['systems', name])}"

    def settings(self, name: str) -> SystemSettings:
        """Give what the file says of one of its systems, secrets included.

        Raises:
            Misconfigured: a key is missing, unknown or wrong, or a secret is not where the file says.
        """
        section, model = self.sections[name], kind_named(self.kinds[name]).settings
        return as_model(model, dict(section), place=self.place(name), folder=self.path.parent)

    def close(self) -> None:
        """Hold nothing: a file needs no closing."""


def site_at(path: Path) -> Site:
    """Read a configuration file.

    Raises:
        Misconfigured: it is not there or not TOML, has unknown keys, or a system of an unknown kind.
    """
    _, given = read_toml(path, otherwise="write it, or leave --config out")
    file = as_model(_File, given, place=str(path), folder=path.parent)
    for name, section in file.systems.items():
        _require_kind(f"{path}: {dotted(['systems', name])}", section)
    if file.default is not None and file.default not in file.systems:
        raise Misconfigured(f"{path}: {unknown(f'default: the system {file.default!r}', file.default, file.systems)}")
    only = next(iter(file.systems)) if len(file.systems) == 1 else None
    return Site(path, file.default if file.default is not None else only, file.systems, file.governance)


def _require_kind(place: str, section: Mapping[str, object]) -> None:
    kind = section.get("kind")
    if kind is None:
        raise Misconfigured(f"{place}: kind is missing; it is one of {', '.join(sorted(kinds()))}")
    if not isinstance(kind, str) or kind not in kinds():
        raise Misconfigured(f"{place}: {unknown(f'the kind {kind!r}', str(kind), kinds())}")
