"""What pydantic found wrong with a file, as one sentence for the person who wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from inspect import isclass
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ports.errors import Misconfigured

_WORDS = {
    "dict_type": "must be a table",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "missing": "is missing",
    "string_type": "must be a text; put it in quotes",
    "too_short": "is empty; give it at least one entry",
}
"""What is wrong, by pydantic's name of it."""


def misconfigured(place: str, model: type[BaseModel], error: ValidationError) -> Misconfigured:
    """Name every key that is wrong, and never a value: it may be a secret."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return Misconfigured(f"{place}: " + "; ".join(_sentence(model, each) for each in found))


def _sentence(model: type[BaseModel], error: ErrorDetails) -> str:
    key = dotted([str(part) for part in error["loc"] if part != "[key]"])
    if error["type"] in _WORDS:
        return f"{key} {_WORDS[error['type']]}"
    if error["type"] == "extra_forbidden":
        *path, last = map(str, error["loc"])
        return unknown(f"the key {key}", last, _keys(model, path))
    if error["type"] == "secret":
        return f"{key}: {error['msg']}"
    return f"{key}: {error['msg'].replace('Input should', 'it must')}"


def _keys(model: type[BaseModel], path: Sequence[str]) -> Collection[str]:
    """Give the keys that are known at *path*, whose own parts may be names that the site has given."""
    models = [model]
    for part in path:
        tables = (each.model_fields[part].annotation for each in models if part in each.model_fields)
        models = [each for table in tables for each in _models(table)] or models
    return {known.alias or name for each in models for name, known in each.model_fields.items()}


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """Give the models that an annotation names, however deep in a list or a table."""
    if isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def dotted(parts: Sequence[str]) -> str:
    """Write a key's path as TOML does; a part that is no bare key is quoted."""
    return ".".join(part if part.replace("-", "").isidentifier() or part.isdigit() else f'"{part}"' for part in parts)


def unknown(told: str, given: str, known: Collection[str]) -> str:
    """Say that *told* is not known, what it may have been meant to be, and what there is."""
    close = get_close_matches(given, list(known), n=1)
    meant = f", did you mean {close[0]}?" if close else ";"
    return f"{told} is not known{meant} known are {', '.join(sorted(known))}"
