"""Files that nobody here wrote: they stand beside the checkout and are read where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "vendor"


def missing(what: str) -> None:
    """Skip the test because something outside is not there; on CI it must be, so there the test fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI must have it")
    pytest.skip(what)


def vendor_file(*parts: str) -> Path:
    """Give the path of one file of the collection, or leave the test."""
    path = FOLDER.joinpath(*parts)
    if not path.is_file():
        missing(f"the vendor collection has no {'/'.join(parts)} at {FOLDER}")
    return path
