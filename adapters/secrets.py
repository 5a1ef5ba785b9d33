"""Values that must not stand in the file itself: named by an environment variable or another file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

_FORM = 'give a text, { env = "NAME" } or { file = "path" }'


def _revealed(given: object, info: ValidationInfo) -> str | SecretStr:
    match given:
        case str() | SecretStr():
            return given
        case {"env": str(name), **others} if not others:
            return _from_environment(name)
        case {"file": str(name), **others} if not others:
            return _from_file(_folder(info) / name)
        case _:
            raise PydanticCustomError("secret", _FORM)


def _folder(info: ValidationInfo) -> Path:
    """Give the folder of the configuration, where the names of files begin."""
    known = info.context if isinstance(info.context, Mapping) else {}
    return Path(known.get("folder", "."))


def _from_environment(name: str) -> str:
    value = os.environ.get(name)
    if value is None:
        raise PydanticCustomError("secret", "set the environment variable {name}", {"name": name})
    if value == "":
        raise PydanticCustomError("secret", "the environment variable {name} is empty; set it", {"name": name})
    return value


def _from_file(path: Path) -> str:
    try:
        value = path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a UTF-8 text"
        told = {"path": str(path), "reason": str(reason)}
        raise PydanticCustomError("secret", "the file {path} cannot be read ({reason})", told) from None
    if value == "":
        raise PydanticCustomError("secret", "the file {path} is empty; write the secret into it", {"path": str(path)})
    return value


Secret = Annotated[SecretStr, BeforeValidator(_revealed)]
"""A text that is never shown; ``{ env = … }`` and ``{ file = … }`` say where it is instead of saying it."""
