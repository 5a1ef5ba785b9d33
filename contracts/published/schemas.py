"""JSON Schemas of contracts: what readers may rely on, in the form of the answers.

Every field is required: what is not known is told as null. Objects are open, so that a version can grow. A list of
values is closed if it stands under ``enum``, and may grow if it stands under ``x-extensible-enum``. Quality rules stand
under ``x-quality``, the numbers of service levels under ``x-service-levels``.
"""

from __future__ import annotations

import json

from pydantic.json_schema import GenerateJsonSchema

from contracts.published.contract import Contract, Version

DIALECT = "https://json-schema.org/draft/2020-12/schema"
QUALITY, LEVELS = "x-quality", "x-service-levels"
Schema = dict[str, object]


class _Plain(GenerateJsonSchema):
    """Leaves out titles that only repeat a field's name."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def json_schema(version: Version, contract: Contract) -> Schema:
    """Give the JSON Schema (2020-12) of what *contract* publishes."""
    made = version.model(contract).model_json_schema(mode="serialization", schema_generator=_Plain)
    name = f"urn:dragoman:contract:{version.name}:{contract.name}"
    head = {"$schema": DIALECT, "$id": name, "title": contract.name, "description": contract.meaning}
    return {**head, **{key: value for key, value in made.items() if key not in head}, **_promises(contract)}


def _promises(contract: Contract) -> Schema:
    """Say what is promised of the records beside their form; a validator passes over it."""
    quality = {rule.name: rule.meaning for rule in contract.quality}
    levels = {level.measure.value: str(level.promised) for level in contract.levels}
    return {word: told for word, told in ((QUALITY, quality), (LEVELS, levels)) if told}


def query_schema(version: Version, query: type) -> Schema:
    """Give the JSON Schema of a port's query, in the same words; null means that a field is not asked."""
    return version.models.of(query).model_json_schema(mode="serialization", schema_generator=_Plain)


def text_of(document: object) -> str:
    """Give a document as it stands in files: the same for the same content, one value a line."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
