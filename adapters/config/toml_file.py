"""Reading a TOML file, and saying in a sentence why it cannot be read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from adapters.config.complaints import misconfigured
from ports.errors import Misconfigured

M = TypeVar("M", bound=BaseModel)


def read_toml(path: Path, *, otherwise: str) -> tuple[bytes, dict[str, object]]:
    """Give the bytes of the file at *path*, and what stands in it; *otherwise* says what to do if it is not there.

    Raises:
        Misconfigured: it is not there, cannot be read, or is not TOML.
    """
    try:
        content = path.read_bytes()
        return content, tomllib.loads(content.decode("utf-8-sig"))
    except FileNotFoundError:
        raise Misconfigured(f"{path}: there is no such file; {otherwise}") from None
    except (OSError, ValueError) as error:
        raise Misconfigured(f"{path}: {_unreadable(error)}") from None


def as_model(model: type[M], given: object, *, place: str, folder: Path) -> M:
    """Check a part of a file that stands at *place*; files that it names lie beside it, in *folder*.

    Raises:
        Misconfigured: a key is missing, unknown or wrong, or a secret is not where the file says.
    """
    try:
        return model.model_validate(given, context={"folder": folder})
    except ValidationError as error:
        raise misconfigured(place, model, error) from None  # pydantic's own text may hold a secret


def _unreadable(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"it cannot be read ({error.strerror})"
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"it is not TOML: {error}"
    return "it is not a UTF-8 text"
