"""Reading requests: from columns and conditions to the options of an address, checked against ``$metadata``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, unquote_plus, urlsplit

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.odata.edm import Metadata
from adapters.odata.faults import Asked
from adapters.odata.literals import literal
from adapters.odata.pyodata_client import Request, query_request
from ports.errors import Drifted

_OPERATORS = {
    Comparison.EQ: "eq",
    Comparison.NE: "ne",
    Comparison.GE: "ge",
    Comparison.GT: "gt",
    Comparison.LE: "le",
    Comparison.LT: "lt",
}


def reading(
    metadata: Metadata, entity_set: str, *, columns: Sequence[str], where: Sequence[Where], order_by: Sequence[str]
) -> Request:
    """Make the request for the records of a set.

    The order always ends with the key, so that the records have one order only (Source: SAP-PAGE-04).

    Raises:
        Drifted: a column, or the type of a value, is not what ``$metadata`` says.
    """
    order = dict.fromkeys((*order_by, *metadata.entity_type(entity_set).keys))
    for path in order:
        metadata.property(entity_set, path)
    ways = dict.fromkeys(way for column in columns for way in _ways(metadata.navigation_of(entity_set, column)))
    return query_request(
        entity_set,
        select=",".join(dict.fromkeys(columns)),
        expand=",".join(ways),
        where=" and ".join(_conjunct(metadata, entity_set, each) for each in where),
        order_by=",".join(order),
    )


def _ways(path: str) -> Iterable[str]:
    steps = path.split("/") if path != "" else []
    return ("/".join(steps[:end]) for end in range(1, len(steps) + 1))


def _conjunct(metadata: Metadata, entity_set: str, where: Where) -> str:
    if isinstance(where, Condition):
        return _comparison(metadata, entity_set, where)
    either = " or ".join(_comparison(metadata, entity_set, each) for each in where.conditions)
    return f"({either})"


def _comparison(metadata: Metadata, entity_set: str, condition: Condition) -> str:
    declared = metadata.property(entity_set, condition.column)
    return f"{condition.column} {_OPERATORS[condition.comparison]} {literal(declared, condition.value)}"


def asks_for_nothing(where: Sequence[Where]) -> bool:
    """Say whether a conjunct is the empty choice, which no record meets."""
    return any(isinstance(each, AnyOf) and len(each.conditions) == 0 for each in where)


def query_string(options: Mapping[str, str]) -> str:
    """Encode options; their names keep the ``$``, which some servers do not decode, and a blank becomes ``%20``."""
    return "&".join(f"{quote(name, safe='$')}={quote(value, safe=_LEGAL)}" for name, value in options.items())


_LEGAL = "/,:()'"


def next_query(link: object, asked: Asked) -> str:
    """Take from ``__next`` the options of the next page, byte for byte; where it points is of no interest.

    The client is left out, as every request gets ours.

    Raises:
        Unintelligible: it is not a link, or one that would begin at the first page again.

    Source: SAP-PAGE-01, SAP-PAGE-02.
    """
    query = _query_of(link) if isinstance(link, str) else ""
    parts = [
        part for part in query.split("&") if unquote_plus(part.partition("=")[0]).lower() not in ("", "sap-client")
    ]
    if not parts:
        raise asked.unreadable("the answer's __next is not a link to a next page")
    return "&".join(parts)


def _query_of(link: str) -> str:
    try:
        return urlsplit(link).query
    except ValueError:  # a broken host name
        return ""


def key_predicate(metadata: Metadata, entity_set: str, key: Mapping[str, object]) -> str:
    """Write the address of one record below the service, such as ``A_PurchaseOrder('4500000001')``, encoded.

    A slash inside a value is encoded, which pyodata would leave (Source: SAP-ID-12).

    Raises:
        Drifted: *key* does not name exactly the properties of the set's key, or a value has another type.
    """
    names = metadata.entity_type(entity_set).keys
    if set(key) != set(names):
        raise Drifted(f"the key of {entity_set} is {', '.join(names)} in the service's $metadata; compare the mapping")
    literals = {name: literal(metadata.property(entity_set, name), key[name]) for name in names}
    single = len(names) == 1
    text = ",".join(each if single else f"{name}={each}" for name, each in literals.items())
    return f"{quote(entity_set)}({quote(text, safe=_IN_A_KEY)})"


_IN_A_KEY = "',=:"
