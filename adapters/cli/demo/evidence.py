"""A vendor's raw record as lines for people: the vendor's names, and exactly what stands under them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

MOST = 60
"""Lines after which the rest is only counted."""


def raw_lines(records: Sequence[str], most: int = MOST) -> list[str]:
    """Show raw records, which `acl.collection` gives as JSON; of repeated rows, what differs from the row before."""
    lines = [line for record in records for line in _lines(record)]
    if len(lines) <= most:
        return lines
    return [*lines[:most], f"... and {len(lines) - most} more"]


def _lines(record: str) -> Iterator[str]:
    try:
        found: object = json.loads(record)
    except ValueError:  # a form that only its vendor knows
        yield from record.splitlines()
        return
    yield from _shown(found, "")


def _shown(value: object, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            if key.startswith("__"):  # the protocol's own, no part of the record
                yield f"{indent}{key} ..."
            elif isinstance(below, dict | list):
                yield f"{indent}{key}"
                yield from _shown(below, f"{indent}  ")
            else:
                yield f"{indent}{key} = {json.dumps(below, ensure_ascii=False)}"
    elif isinstance(value, list):
        yield from _items(value, indent)
    else:
        yield f"{indent}{json.dumps(value, ensure_ascii=False)}"


def _items(items: list[object], indent: str) -> Iterator[str]:
    before: dict[str, object] = {}
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield f"{indent}[{number}]" + (" only what differs" if before else "")
            yield from _shown(
                {key: each for key, each in item.items() if key not in before or before[key] != each}, f"{indent}  "
            )
            before = item
        else:
            yield from _shown(item, indent)
