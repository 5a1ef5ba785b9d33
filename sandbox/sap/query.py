"""The system query options of a request, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from sandbox.sap.errors import bad_request
from sandbox.sap.filter import Ordering, Predicate, orderings, predicate
from sandbox.sap.model import EntitySet, Service
from sandbox.sap.paths import target

_OF_ONE = frozenset({"$select", "$expand", "$format"})
_OF_MANY = _OF_ONE | {"$filter", "$orderby", "$top", "$skip", "$skiptoken", "$inlinecount"}


@dataclass(frozen=True)
class Shape:
    """Which properties to send and which navigations to put inline; *properties* None means all of them."""

    properties: frozenset[str] | None
    navigations: frozenset[str] | None
    inline: dict[str, Shape]


@dataclass(frozen=True)
class Query:
    """What is asked of a collection; *token* is how many rows earlier pages held."""

    shape: Shape
    test: Predicate | None
    order: tuple[Ordering, ...]
    top: int | None
    skip: int
    token: int
    counted: bool


def options(query: str) -> dict[str, str]:
    """Decode a query string, each name once.

    Raises:
        GatewayError: a name occurs twice.
    """
    found: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in found:
            raise bad_request(f"Query option {name} is specified more than once")
        found[name] = value
    return found


def query_of_many(service: Service, kind: EntitySet, given: dict[str, str]) -> Query:
    """Read the options of a collection.

    Raises:
        GatewayError: an option is unknown or its value is not one of it.
    """
    _known(given, _OF_MANY)
    counted = given.get("$inlinecount", "none")
    if counted not in ("none", "allpages"):
        raise bad_request(f"Invalid value {counted} for $inlinecount")
    condition, order = given.get("$filter"), given.get("$orderby")
    return Query(
        shape=_shape(service, kind, given),
        test=None if condition is None else predicate(service, kind, condition),
        order=() if order is None else orderings(service, kind, order),
        top=None if "$top" not in given else _natural(given, "$top"),
        skip=_natural(given, "$skip"),
        token=_natural(given, "$skiptoken"),
        counted=counted == "allpages",
    )


def shape_of_one(service: Service, kind: EntitySet, given: dict[str, str]) -> Shape:
    """Read the options of a single entity.

    Raises:
        GatewayError: an option is unknown, of collections only, or its value is not one of it.
    """
    _known(given, _OF_ONE)
    return _shape(service, kind, given)


def _known(given: dict[str, str], allowed: frozenset[str]) -> None:
    for name in given:
        if name.startswith("$") and name not in allowed:
            raise bad_request(f"System query option {name} is not allowed here")


def _natural(given: dict[str, str], name: str) -> int:
    value = given.get(name, "0")
    if not (value.isascii() and value.isdigit()):
        raise bad_request(f"Invalid value for {name}")
    return int(value[:18])


def _shape(service: Service, kind: EntitySet, given: dict[str, str]) -> Shape:
    select, expand = given.get("$select"), given.get("$expand")
    inline = [] if expand is None else [path.strip().split("/") for path in expand.split(",")]
    chosen = None if select is None else [path.strip().split("/") for path in select.split(",")]
    return _level(service, kind, chosen, inline)


def _level(service: Service, kind: EntitySet, chosen: list[list[str]] | None, inline: list[list[str]]) -> Shape:
    for name in {path[0] for path in inline}:
        if kind.navigation(name) is None:
            raise bad_request(f"Navigation property {name} not found in type {kind.name}Type", name)
    properties, navigations = _chosen(kind, chosen, inline)
    below: dict[str, Shape] = {}
    for navigation in kind.navigations:
        name = navigation.name
        deeper = [path[1:] for path in inline if path[0] == name and len(path) > 1]
        if not any(path[0] == name for path in inline) or (navigations is not None and name not in navigations):
            continue
        wanted = None if chosen is None else [path[1:] for path in chosen if path[0] == name]
        everything = wanted is None or [] in wanted
        below[name] = _level(service, target(service, navigation), None if everything else wanted, deeper)
    return Shape(properties, navigations, below)


def _chosen(
    kind: EntitySet, chosen: list[list[str]] | None, inline: list[list[str]]
) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    if chosen is None or ["*"] in chosen:
        return None, None
    properties: set[str] = set()
    navigations: set[str] = set()
    for name, *rest in chosen:
        if kind.navigation(name) is not None:
            if rest and not any(path[0] == name for path in inline):
                raise bad_request(f"Navigation property {name} is selected from but not expanded", name)
            navigations.add(name)
        elif kind.property(name) is not None and not rest:
            properties.add(name)
        else:
            raise bad_request(f"Property {name} not found in type {kind.name}Type", name)
    return frozenset(properties), frozenset(navigations)
