"""Taking an aggregate apart into its values, each under its path (``lines[2].price.amount``)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields, has


def parts(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield *value* and everything inside it that takes part in equality, from the outside in."""
    yield path, value
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from parts(item, f"{path}[{index}]")
    elif has(kind := type(value)):
        for attribute in fields(kind):
            if attribute.eq:
                yield from parts(getattr(value, attribute.name), f"{path}.{attribute.name}".lstrip("."))


def difference(found: object, expected: object) -> str:
    """Say where two aggregates differ; blank if they are equal in every value."""
    if found == expected:
        return ""
    left, right = dict(parts(found)), dict(parts(expected))
    nothing = object()
    for path, value in right.items():
        other = left.get(path, nothing)
        if other is nothing:
            return f"{path} is not there, expected {value!r}"
        if not has(type(value)) and not isinstance(value, tuple) and other != value:
            return f"{path} is {other!r}, expected {value!r}"
    extra = next((path for path in left if path not in right), None)
    if extra is not None:
        return f"{extra} is there, expected nothing"
    return f"{type(found).__name__} is not equal to the expected {type(expected).__name__}"
