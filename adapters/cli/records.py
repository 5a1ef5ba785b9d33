"""Lines of JSON, for ``--json``: what the published contracts say, exact and the same for every system."""

from __future__ import annotations

import json

Record = dict[str, object]


def record_of(value: object) -> Record:
    """Give a domain object as the newest version of its published contract has it.

    Raises:
        TypeError: nothing of its kind is published, or no form was decided for something in it.
    """
    from contracts.published.versions import versions  # pydantic is for those who are given records

    newest = versions()[-1]
    return newest.record(newest.contract_of(type(value)), value)


def line_of(record: object, *, ascii_only: bool = False) -> str:
    """Give one line of JSON in which every character that a terminal might obey stands as an escape."""
    text = json.dumps(record, ensure_ascii=ascii_only, allow_nan=False)
    return text if text.isprintable() else "".join(map(_harmless, text))


def _harmless(char: str) -> str:
    return char if char.isprintable() else json.dumps(char)[1:-1]
