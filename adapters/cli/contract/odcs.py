"""Contracts in the Open Data Contract Standard, version 3.1."""

from __future__ import annotations

from typing import cast

from open_data_contract_standard.model import (
    CustomProperty,
    DataQuality,
    Description,
    OpenDataContractStandard,
    SchemaObject,
    SchemaProperty,
    ServiceLevelAgreementProperty,
    Team,
)

from contracts.published.alternatives import Alternative, alternatives
from contracts.published.contract import Contract, Version
from contracts.published.levels import Measure, ServiceLevel
from contracts.published.quality import QualityRule, Unique
from contracts.published.schemas import Schema, json_schema

_FORMS = {"date": "date", "date-time": "timestamp"}
_LIMITS = frozenset("pattern minLength maxLength minItems maxItems minimum maximum".split())


def odcs(version: Version, contract: Contract) -> str:
    """Give *contract* as YAML of the standard."""
    return OpenDataContractStandard(
        apiVersion="v3.1.0",
        kind="DataContract",
        id=f"dragoman-{version.name}-{contract.name.replace('_', '-')}",
        name=contract.name,
        version=version.name,
        status="active",
        domain="procurement",
        dataProduct="dragoman",
        description=Description(purpose=contract.meaning, limitations=" ".join(contract.constraints) or None),
        team=Team(name=contract.owner, description="Answers for what the words of the contract mean."),
        schema=[_object(contract, json_schema(version, contract))],
        slaProperties=[_level(contract, level) for level in contract.levels] or None,
    ).to_yaml()


def _object(contract: Contract, schema: Schema) -> SchemaObject:
    (whole,) = alternatives(schema, schema)
    unique = {rule.field: rule for rule in contract.quality if isinstance(rule, Unique)}
    properties = _properties(whole, schema)
    for each in properties:
        if each.name in unique:
            rule = unique[each.name]
            each.unique = each.primaryKey = True
            each.quality = [_none("duplicateValues", rule.name, rule.meaning, rule.dimension)]
    return SchemaObject(
        name=contract.name,
        logicalType="object",
        description=contract.meaning,
        properties=properties,
        quality=[_text(rule) for rule in contract.quality if not isinstance(rule, Unique)] or None,
    )


def _properties(side: Alternative, root: Schema) -> list[SchemaProperty]:
    fields = cast("dict[str, Schema]", side.words["properties"])
    return [_property(name, schema, root) for name, schema in fields.items()]


def _property(name: str | None, schema: Schema, root: Schema) -> SchemaProperty:
    """Make a property of a field, or without a *name* of what stands in a list."""
    either = alternatives(schema, root)
    known = [each for each in either if each.kind != "null"]
    first = known[0]
    made = SchemaProperty(
        name=name,
        description=cast("str | None", schema.get("description")),
        logicalType=_logical(first),
        required=len(known) == len(either) if name is not None else None,
        logicalTypeOptions={word: limit for word, limit in first.words.items() if word in _LIMITS} or None,
    )
    if len(known) > 1:
        made.logicalType = "string"
        made.customProperties = [CustomProperty(property="alternatives", value=[_written(each) for each in known])]
    elif first.kind == "object":
        made.properties = _properties(first, root)
    elif first.kind == "array":
        made.items = _property(None, cast("Schema", first.words["items"]), root)
    elif first.values is not None and first.grows:
        made.customProperties = [CustomProperty(property="knownValues", value=list(first.values))]
    elif first.values is not None:
        told, values = "No value comes that is not in the list.", list(first.values)
        made.quality = [_none("invalidValues", f"{name}_is_of_the_list", told, "conformity", validValues=values)]
    return made


def _logical(side: Alternative) -> str:
    return _FORMS.get(str(side.words.get("format")), side.kind)


def _written(side: Alternative) -> str:
    return _logical(side) if side.values is None else ", ".join(map(str, side.values))


def _text(rule: QualityRule) -> DataQuality:
    return DataQuality(
        type="text", name=rule.name, description=rule.meaning, dimension=rule.dimension,
        mustBeBetween=None, mustNotBeBetween=None,
    )  # fmt: skip


def _none(metric: str, name: str, meaning: str, dimension: str, **arguments: object) -> DataQuality:
    """Say that no record shows what *metric* counts."""
    return DataQuality(
        type="library", name=name, description=meaning, dimension=dimension, metric=metric, arguments=arguments or None,
        mustBe=0, unit="rows", mustBeBetween=None, mustNotBeBetween=None,
    )  # fmt: skip


def _level(contract: Contract, level: ServiceLevel) -> ServiceLevelAgreementProperty:
    whole = level.promised == int(level.promised)
    return ServiceLevelAgreementProperty(
        id=level.measure.value,
        property=level.measure.value,
        value=int(level.promised) if whole else float(level.promised),
        unit=level.measure.unit,
        element=f"{contract.name}.source.read_at" if level.measure is Measure.FRESHNESS else contract.name,
        driver="operational",
        description=f"{level.measure.meaning} Promised: {level}.",
    )
