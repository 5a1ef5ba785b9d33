"""Every mapping of the house, found by looking: a new one is under the laws without being listed."""

from __future__ import annotations

import importlib
import pkgutil

import acl
from acl.mapping import Mapping


def every_mapping() -> dict[str, Mapping[object]]:
    """Give all mappings that stand in a module of `acl`, by module and name."""
    found: dict[str, Mapping[object]] = {}
    for module in pkgutil.walk_packages(acl.__path__, "acl."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Mapping):
                found.setdefault(f"{module.name}.{name}", value)
    return found
