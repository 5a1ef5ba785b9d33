"""The JSON Schemas as they are checked in: those of now, and those of the last release, which readers rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import cast

from contracts.published.changes import Role
from contracts.published.compatibility import breaks
from contracts.published.contract import Contract, Version
from contracts.published.levels import Measure, ServiceLevel
from contracts.published.schemas import LEVELS, QUALITY, Schema, json_schema, text_of

FOLDER = Path(__file__).parent


class Kept(Enum):
    """Which snapshots; the value is their folder."""

    NOW = "schemas"
    RELEASED = "released"


def texts(version: Version) -> dict[str, str]:
    """Give the text of the snapshot of each contract of *version*, as the code makes it now."""
    return {contract.name: text_of(json_schema(version, contract)) for contract in version.contracts}


def kept(version: Version, which: Kept) -> dict[str, str]:
    """Give the texts that are checked in, by the names of their contracts; none if there are none."""
    files = sorted((FOLDER / version.name / which.value).glob("*.json"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def keep(version: Version, which: Kept) -> None:
    """Write what the code makes now over what is checked in."""
    place = FOLDER / version.name / which.value
    place.mkdir(parents=True, exist_ok=True)
    made = texts(version)
    for gone in kept(version, which).keys() - made.keys():
        (place / f"{gone}.json").unlink()
    for name, text in made.items():
        (place / f"{name}.json").write_text(text, encoding="utf-8")


def broken_promises(version: Version) -> tuple[str, ...]:
    """Tell, one sentence each, what of its last release *version* does not keep; such a change opens another version.

    Who reads a version also asks again with what he read, so that nothing he knew may go.
    """
    return tuple(
        f"{version.name} {name}: {told}"
        for name, text in kept(version, Kept.RELEASED).items()
        for told in _broken(version, name, json.loads(text))
    )


def _broken(version: Version, name: str, released: Schema) -> tuple[str, ...]:
    contract = next((each for each in version.contracts if each.name == name), None)
    if contract is None:
        return ("the contract is gone",)
    return (*map(str, breaks(released, json_schema(version, contract), Role.CONSUMER)), *_withdrawn(contract, released))


def _withdrawn(contract: Contract, released: Schema) -> Iterator[str]:
    """Tell which quality rules and service levels were released, and are not promised any more."""
    rules = {rule.name for rule in contract.quality}
    for name in cast("dict[str, str]", released.get(QUALITY, {})):
        if name not in rules:
            yield f"the quality rule {name} is gone"
    levels = {level.measure.value: level for level in contract.levels}
    for measure, promised in cast("dict[str, str]", released.get(LEVELS, {})).items():
        was, now = ServiceLevel(Measure(measure), Decimal(promised)), levels.get(measure)
        if now is None or not was.kept_by(now.promised):
            yield f"the service level {measure} was {was}, {'and is gone' if now is None else f'is {now}'}"
