"""Keeping an index and a model in files that hold numbers and text, never code.

A file appears whole or not at all. Of an index the records are kept; what is derived from them is derived anew, so
that no file can disagree with the program that reads it.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from domain.errors import InvalidValue
from domain.identifiers import Identifier
from domain.matching import MasterRecord
from domain.mentions import Nature, Role, Trait
from ports.errors import Misconfigured

T = TypeVar("T", bound=Identifier)
Arrays = dict[str, npt.NDArray[np.generic]]

BROKEN = (BadZipFile, EOFError, InvalidValue, KeyError, OSError, RuntimeError, TypeError, ValueError, zlib.error)
"""What reading a damaged file may raise."""


def save(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Write *arrays* to *path*, which only this account may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        try:
            np.savez_compressed(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path)


def load(path: Path) -> Arrays:
    """Read what `save` wrote.

    Raises:
        Misconfigured: the file is not what was written.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except BROKEN as error:
        raise unreadable(path) from error


def unreadable(path: Path) -> Misconfigured:
    """Give the error for a file that is not what was written."""
    return Misconfigured(f"{path} is damaged, or of another version; remove it, refresh the index and calibrate again")


def packed(records: Sequence[MasterRecord[T]]) -> npt.NDArray[np.uint8]:
    """Give *records* as bytes: a line of JSON for each."""
    lines = "\n".join(json.dumps(_line(record), ensure_ascii=False) for record in records)
    return np.frombuffer(lines.encode("utf-8", "surrogatepass"), np.uint8)


def unpacked(kind: type[T], data: npt.NDArray[np.generic]) -> list[MasterRecord[T]]:
    """Read what `packed` gave.

    Raises:
        ValueError, KeyError, TypeError, InvalidValue: it is something else.
    """
    lines = BytesIO(data.astype(np.uint8).tobytes())
    shared: dict[tuple[str, str], Trait] = {}
    return [_record(kind, json.loads(line.decode("utf-8", "surrogatepass")), shared) for line in lines]


def _line(record: MasterRecord[T]) -> dict[str, object]:
    line: dict[str, object] = {
        "id": record.id.text,
        "names": list(record.names),
        "numbers": list(record.tax_numbers),
        "facts": [[fact.about, fact.value] for fact in record.facts],
        "nature": record.nature and record.nature.value,
        "role": record.role and record.role.value,
        "usable": None if record.usable else False,
        "group": record.group,
    }
    return {name: value for name, value in line.items() if value not in (None, [])}


def _record(kind: type[T], line: Mapping[str, object], shared: dict[tuple[str, str], Trait]) -> MasterRecord[T]:
    """Read one record; facts that many records have are kept once in *shared*."""
    known = {"id", "names", "numbers", "facts", "nature", "role", "usable", "group"}
    if not isinstance(line, dict) or not line.keys() <= known:
        raise ValueError("a line of the index is no record")
    return MasterRecord(
        id=kind(line["id"]),
        names=tuple(line["names"]),
        tax_numbers=tuple(line.get("numbers", ())),
        facts=tuple(
            shared.get((about, value)) or shared.setdefault((about, value), Trait(about, value))
            for about, value in line.get("facts", ())
        ),
        nature=Nature(line["nature"]) if "nature" in line else None,
        role=Role(line["role"]) if "role" in line else None,
        usable=line.get("usable", True),
        group=line.get("group"),
    )
