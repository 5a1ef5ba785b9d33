"""Putting a package into a new folder: whole, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from ports.errors import Misconfigured


def write_new(folder: Path, files: Mapping[str, str]) -> None:
    """Write *files* into *folder*, which must not be there yet; it appears when all of it is written.

    Raises:
        Misconfigured: it is there, or cannot be made.
    """
    if folder.exists() or folder.is_symlink():
        raise Misconfigured(f"{folder} is there already, and nothing is overwritten; name another folder with --into")
    if not folder.parent.is_dir():
        raise Misconfigured(f"{folder.parent} is no folder; make it first")
    try:
        beside = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise Misconfigured(f"{folder.parent} cannot be written to ({error.strerror})") from error
    try:
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError as error:
        raise Misconfigured(f"{folder} cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
