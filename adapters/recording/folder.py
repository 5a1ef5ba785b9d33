"""The folder of a recording: put in its place when it is whole, and opened only if nobody changed it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from pydantic import ValidationError

from adapters.recording.stamp import Stamp
from ports.errors import Misconfigured

STAMP, HTTP, SQL = "recording.json", "http.json", "sql.jsonl"


@contextmanager
def replacing(place: Path) -> Iterator[Path]:
    """Give an empty folder that takes *place* at the end; if anything fails, what was there stays there.

    Raises:
        Misconfigured: something else than a recording is there, or nothing can be written.
    """
    if place.exists() and not (place / STAMP).is_file() and (not place.is_dir() or any(place.iterdir())):
        raise Misconfigured(f"{place} is there and is no recording; name another folder")
    whole = place.absolute()
    made = whole.with_name(f".{whole.name}.{token_hex(4)}")
    try:
        made.mkdir(parents=True)
    except OSError as error:
        raise Misconfigured(f"{place} cannot be written ({error.strerror}); name another folder") from None
    try:
        yield made
        _put(made, whole)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put(made: Path, place: Path) -> None:
    before = made.with_name(f"{made.name}.before")
    was_there = place.exists()
    if was_there:
        place.rename(before)
    try:
        made.rename(place)
    except OSError:
        if was_there:
            before.rename(place)
        raise
    shutil.rmtree(before, ignore_errors=True)


def digests(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file in *folder*."""
    return {each.name: sha256(each.read_bytes()).hexdigest() for each in sorted(folder.iterdir())}


def stamp_at(place: Path) -> Stamp:
    """Read what a recording says of itself, and see that all of it is there as it was written.

    Raises:
        Misconfigured: there is none, or not as it was written.
    """
    try:
        stamp = Stamp.model_validate_json((place / STAMP).read_bytes())
        found = digests(place)
    except FileNotFoundError:
        raise Misconfigured(f"{place} holds no recording; make one with --record") from None
    except OSError as error:
        raise Misconfigured(f"{place} cannot be read ({error.strerror})") from None
    except ValidationError:
        raise Misconfigured(f"{place / STAMP} is no stamp of a recording of this version; record again") from None
    changed = [name for name, digest in stamp.files.items() if found.get(name) != digest]
    if changed:
        raise Misconfigured(f"{place / changed[0]} is not what was recorded; record again")
    return stamp
