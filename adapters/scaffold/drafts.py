"""The fields of a mapping as a person would nest them, made of what was decided for each attribute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from adapters.scaffold.decisions import Decisions
from adapters.scaffold.expressions import Call, Expression, Local, Name, field_of, is_decided, undecided
from adapters.scaffold.places import Family, Step

_CURRENCY, _UNIT = Local("_CURRENCY"), Local("_UNIT")
_ADDRESS = ("street", "city", "region", "postal_code", "country")
_ACCOUNT = ("bank", "branch", "account", "iban")
_OPTIONAL = frozenset({"street", "city", "region", "postal_code", "branch", "iban"})
_ENVELOPES: Mapping[tuple[Family, bool], Name | None] = {
    (Family.ODATA, True): Name("acl.sap.codecs", "RESULTS"),
    (Family.ODATA, False): Name("acl.sap.codecs", "SINGLE"),
    (Family.SOAP, True): Name("acl.codecs.xsd", "ELEMENTS"),
    (Family.SOAP, False): Name("acl.codecs.xsd", "ELEMENT"),
    (Family.REST, True): None,
    (Family.REST, False): Name("acl.sap.codecs", "SINGLE"),
}
"""How a driver hands out the records inside a record, of many and of one."""


@frozen
class Draft:
    """The fields of one mapping by their names, and the constants that several of them share."""

    fields: Mapping[str, Expression]
    constants: Mapping[str, Expression]


def supplier(made: Decisions, key: Sequence[str], family: Family) -> Draft:
    """Draft the mapping of a supplier."""
    address = _embedded("domain.places", "Address", {name: _part(made, "address", name) for name in _ADDRESS})
    ways = [made.steps(f"address.{name}") for name in _ADDRESS if f"address.{name}" in made.taken]
    fields: dict[str, Expression] = {
        "id": made.field("id"),
        "name": made.field("name"),
        "trade_name": _optional(made.field("trade_name")),
        "tax_ids": _tax_ids(made.field("tax_ids")),
        "address": _within(ways[0] if ways else (), address, family),
        "email": _within(made.steps("email"), _optional(made.field("email")), family),
        "bank_accounts": _accounts(made, family),
        "block": made.field("block"),
        "source": _provenance(key),
    }
    return Draft(fields, {})


def _tax_ids(field: Expression) -> Expression:
    return field_of("gathered", field_of("optional", field)) if is_decided(field) else field


def _accounts(made: Decisions, family: Family) -> Expression:
    if "bank_accounts.bank" not in made.taken:
        return made.left(*(f"bank_accounts.{name}" for name in _ACCOUNT))
    parts = {name: _part(made, "bank_accounts", name) for name in _ACCOUNT}
    account = _embedded("domain.suppliers", "BankAccount", parts)
    steps = made.steps("bank_accounts.bank")
    if family is not Family.SQL and any(step.many for step in steps):
        return _many(steps[-1], account, family)
    return field_of("gathered", field_of("optional", _within(steps, account, family)))


def order(made: Decisions, lines: Expression, key: Sequence[str]) -> Draft:
    """Draft the mapping of a purchase order's header; *lines* is the field of its lines."""
    fields: dict[str, Expression] = {
        "id": made.field("id"),
        "supplier": made.field("supplier"),
        "ordered_on": made.field("ordered_on"),
        "currency": made.field("currency"),
        "status": made.field("status"),
        "reference": _optional(made.field("reference")),
        "validity": _validity(made),
        "lines": lines,
        "source": _provenance(key),
    }
    return Draft(fields, {})


def _validity(made: Decisions) -> Expression:
    if "validity.starts" not in made.taken or "validity.ends" not in made.taken:
        return made.left("validity.starts", "validity.ends")
    parts = {name: _optional(made.field(f"validity.{name}")) for name in ("starts", "ends")}
    return field_of("optional", _embedded("domain.dates", "Validity", parts))


def order_line(made: Decisions, currency: Expression, family: Family) -> Draft:
    """Draft the mapping of a line; *currency* is that of its price and worth."""

    def amount(path: str) -> Expression:
        return _within(made.steps(path), made.field(path), family)

    fields: dict[str, Expression] = {
        "number": made.field("number"),
        "product": _optional(made.field("product")),
        "description": made.field("description"),
        **{name: _quantity(amount(name)) for name in ("ordered", "received", "invoiced")},
        "price": _price(amount("price.amount"), made.field("price.per")),
        "amount": _money(amount("amount")),
        "due_on": _within(made.steps("due_on"), _optional(made.field("due_on")), family),
        "status": made.field("status"),
    }
    return Draft(fields, {_CURRENCY.name: currency, _UNIT.name: made.field("unit")})


def _quantity(amount: Expression) -> Expression:
    return _embedded("domain.quantity", "Quantity", {"amount": amount, "unit": _UNIT})


def _price(amount: Expression, per: Expression) -> Expression:
    """Nest a price; what it is per is left as a whole, for where no column says so it is a constant."""
    counted = _quantity(per) if is_decided(per) else per
    return _embedded("domain.money", "Price", {"currency": _CURRENCY, "amount": amount, "per": counted})


def _money(amount: Expression) -> Expression:
    return field_of("money", amount, currency=_CURRENCY) if is_decided(amount) else amount


def many_lines(step: Step, mapping: str, family: Family) -> Expression:
    """Read lines that stand in a list inside the order."""
    return _many(step, Local(mapping), family, key="number")


def _many(step: Step, item: Expression, family: Family, **named: Expression) -> Expression:
    envelope = _ENVELOPES[family, True]
    given = named if envelope is None else {"envelope": envelope, **named}
    return field_of("many", step.name, item, **given)


def _within(steps: Sequence[Step], field: Expression, family: Family) -> Expression:
    """Reach a field inside the records that *steps* lead to; tables are joined, and nothing is nested there."""
    if family is Family.SQL or not is_reached(field):
        return field
    for step in reversed(steps):
        envelope = _ENVELOPES[family, step.many]
        field = field_of("only", step.name, field, **({} if envelope is None else {"envelope": envelope}))
    return field


def is_reached(field: Expression) -> bool:
    """Say whether there is something to be read: what is undecided as a whole is left alone."""
    return not (isinstance(field, Call) and field.function == undecided().function)


def _part(made: Decisions, group: str, name: str) -> Expression:
    field = made.field(f"{group}.{name}")
    return _optional(field) if name in _OPTIONAL else field


def _optional(field: Expression) -> Expression:
    return field_of("optional", field) if is_reached(field) else field


def _embedded(module: str, name: str, parts: Mapping[str, Expression]) -> Call:
    return Call(field_of("embedded", Name(module, name)), (), parts)


def _provenance(key: Sequence[str]) -> Expression:
    return field_of("provenance", *key) if key else undecided()
