"""``dragoman contract export``: the published contracts in the forms that other tools read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from attrs import frozen
from cyclopts import Parameter

from adapters.cli.exits import Exit
from adapters.cli.screen import Screen
from domain.errors import InvalidValue
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from contracts.published.contract import Contract, Version


class Format(Enum):
    """A form in which contracts are written."""

    ODCS = "odcs"
    JSONSCHEMA = "jsonschema"
    OPENAPI = "openapi"


@frozen
class Document:
    """One file of an export."""

    name: str
    text: str


def export(
    *,
    form: Annotated[Format, Parameter(name="--format", help="Open Data Contract Standard, JSON Schema, or OpenAPI.")],
    contract: Annotated[str | None, Parameter(help="Only this contract; without it, all.")] = None,
    into: Annotated[Path | None, Parameter(help="The folder for the files; without it, standard output.")] = None,
) -> int:
    """Write the published contracts in a form that other tools read.

    Several documents on standard output follow one another: YAML with its separator, JSON as `jq` reads it.

    Try:

    - `dragoman contract export --format odcs --into contracts`
    - `dragoman contract export --format jsonschema --contract supplier`
    - `dragoman contract export --format openapi > openapi.json`
    """
    documents = list(_documents(form, contract))
    screen = Screen()
    if into is not None:
        for path in _written(documents, into):
            screen.note(f"wrote {path}")
        return Exit.DONE
    for number, document in enumerate(documents):
        if number > 0 and form is Format.ODCS:
            screen.line("---")
        for line in document.text.splitlines():
            screen.line(line)
    return Exit.DONE


def _documents(form: Format, wanted: str | None) -> Iterator[Document]:
    from contracts.published.openapi import openapi  # pydantic is for those who export
    from contracts.published.schemas import json_schema, text_of
    from contracts.published.versions import versions

    if form is Format.OPENAPI and wanted is not None:
        raise InvalidValue("--contract: an OpenAPI document holds all contracts of a version; leave the option out")
    known = sorted({contract.name for version in versions() for contract in version.contracts})
    if wanted is not None and wanted not in known:
        raise InvalidValue(f"--contract: nothing is published as {wanted!r}; there are {', '.join(known)}")
    for version in versions():
        if form is Format.OPENAPI:
            yield Document(f"openapi.{version.name}.json", text_of(openapi(version)))
            continue
        for contract in version.contracts:
            if wanted not in (None, contract.name):
                continue
            if form is Format.ODCS:
                yield Document(f"{contract.name}.{version.name}.odcs.yaml", _odcs(version, contract))
            else:
                text = text_of(json_schema(version, contract))
                yield Document(f"{contract.name}.{version.name}.schema.json", text)


def _odcs(version: Version, contract: Contract) -> str:
    try:
        from adapters.cli.contract.odcs import odcs
    except ModuleNotFoundError as error:
        if not str(error.name).startswith("open_data_contract_standard"):
            raise
        raise Misconfigured("--format odcs needs a library: pip install 'dragoman[contracts]'") from None
    return odcs(version, contract)


def _written(documents: Sequence[Document], folder: Path) -> Iterator[Path]:
    """Write each document whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for document in documents:
            path, draft = folder / document.name, folder / f".{document.name}.draft"
            try:
                draft.write_text(document.text, encoding="utf-8")
                os.replace(draft, path)
            finally:
                draft.unlink(missing_ok=True)
            yield path
    except OSError as error:
        raise InvalidValue(f"--into: {folder} cannot be written to: {error.strerror or error}") from None
