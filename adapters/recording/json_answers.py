"""Masking JSON: records by their rules, everything beside them by what it is for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal

from acl.mapping import Shape
from adapters.recording.masks import Masks
from adapters.recording.rules import Rules

_LINKS = frozenset({"__next", "nextLink", "next", "@odata.nextLink"})


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


def masked_json(body: bytes, masks: Masks, link: Callable[[str], str]) -> bytes:
    """Give *body* as the view shows it; *link* masks an address.

    Raises:
        ValueError: it is not one JSON document in UTF-8, or a name stands twice in one object.
    """
    read = json.loads(
        body.decode("utf-8-sig"),
        parse_int=_Number,
        parse_float=_Number,
        parse_constant=_Number,
        object_pairs_hook=_members,
    )
    return _written(_Answer(masks, link).beside(read, "")).encode("ascii")


class _Answer:
    def __init__(self, masks: Masks, link: Callable[[str], str]) -> None:
        self._masks = masks
        self._link = link

    def beside(self, value: object, name: str) -> object:
        """Mask what is no record yet."""
        match value:
            case dict():
                rules = self._masks.rules_for(value)
                if rules is not None:
                    return self._record(value, rules, "")
                return {key: self.beside(each, key) for key, each in value.items()}
            case list():
                return [self.beside(each, name) for each in value]
            case _Number():
                return value
            case str() if name in _LINKS:
                return self._link(value)
            case str():
                return self._masks.sentence(name, value)
        return value

    def _record(self, record: Mapping[str, object], rules: Rules, place: str) -> dict[str, object]:
        plain = {key: _plain(value) for key, value in record.items()}
        personal = self._masks.personal(rules, place, plain, omits_absent=rules.shape is Shape.ELEMENT)
        found: dict[str, object] = {}
        for key, value in record.items():
            path = f"{place}{key}"
            if key in personal:
                found[key] = _rewritten(value, personal[key])
            elif path in rules.ways:
                found[key] = self._inner(value, rules, f"{path}/")
            elif rules.reads(path):
                found[key] = value
            else:
                self._masks.left_out[path] += 1
                if isinstance(value, dict | list):
                    found[key] = self._hollow(value)
        return found

    def _inner(self, value: object, rules: Rules, place: str) -> object:
        match value:
            case {"results": list() as items}:  # what OData puts between a navigation and its records
                return {"results": [self._inner(each, rules, place) for each in items]}
            case dict():
                return self._record(value, rules, place)
            case list():
                return [self._inner(each, rules, place) for each in value]
        return value if value is None or isinstance(value, bool) else ""

    def _hollow(self, value: object) -> object:
        """Give what no mapping reads: its form, which may say that something was not loaded, and none of its values."""
        match value:
            case dict():
                return {key: self._hollow(each) for key, each in value.items() if isinstance(each, dict | list)}
            case list():
                return [self._hollow(each) for each in value if isinstance(each, dict | list)]
        return None


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _plain(value: object) -> object:
    """Give a value as a driver would."""
    match value:
        case _Number():
            return int(value) if value.lstrip("-").isdecimal() else Decimal(value)
        case list():
            return [_plain(each) for each in value]
    return value


def _rewritten(before: object, after: object) -> object:
    if isinstance(before, list) and isinstance(after, list):
        return [_rewritten(*pair) for pair in zip(before, after, strict=True)]
    return _Number(after) if isinstance(before, _Number) else after


def _written(value: object) -> str:
    match value:
        case _Number():
            return value
        case dict():
            return "{" + ",".join(f"{json.dumps(key)}:{_written(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ",".join(map(_written, value)) + "]"
    return json.dumps(value)
