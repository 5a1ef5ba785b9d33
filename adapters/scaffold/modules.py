"""Modules of Python with a mapping in them, as ruff would format them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from adapters.scaffold.decisions import Decisions, decided
from adapters.scaffold.drafts import Draft, many_lines, order, order_line, supplier
from adapters.scaffold.expressions import (
    WIDTH,
    Call,
    Expression,
    Local,
    Name,
    field_of,
    imports,
    in_prose,
    undecided,
    written,
)
from adapters.scaffold.guesses import Guess
from adapters.scaffold.places import Family
from adapters.scaffold.proposal import Lines, Proposal
from contracts.source.schema import Form, Record

_SHAPES = {Family.SQL: "Shape.ROW", Family.SOAP: "Shape.ELEMENT"}


def mapping_module(proposal: Proposal) -> str:
    """Write the module of one port: its tables, if it reads any, and its mapping."""
    return _suppliers(proposal) if proposal.port == "suppliers" else _orders(proposal)


def _suppliers(proposal: Proposal) -> str:
    made = decided(proposal.choices)
    draft = supplier(made, _key(proposal.root, made), proposal.family)
    parts = _tables("SUPPLIERS", proposal, made, None)
    parts["SUPPLIER"] = _mapping(
        "domain.suppliers", "Supplier", proposal.root.name, _SHAPES.get(proposal.family), draft
    )
    return _module(f"Suppliers ({in_prose(proposal.root.name)}) as Supplier.", parts)


def _orders(proposal: Proposal) -> str:
    made, family = decided(proposal.choices), proposal.family
    parts: dict[str, Expression] = {}
    shape = _SHAPES.get(family)
    if proposal.lines is None:
        lines: Expression = undecided()
        draft = order(made, lines, _key(proposal.root, made))
    else:
        own = decided(proposal.lines.choices)
        is_rows = family is Family.SQL
        line = order_line(own, made.field("currency") if is_rows else own.field("price.currency"), family)
        parts |= _tables("PURCHASE_ORDERS", proposal, made, (proposal.lines, own))
        parts |= line.constants
        record = proposal.lines.place.record.name
        parts["PURCHASE_ORDER_LINE"] = _mapping("domain.purchasing", "PurchaseOrderLine", record, shape, line)
        lines = _lines_of(proposal.lines, family)
        draft = order(made, lines, _key(proposal.root, made))
        if is_rows:
            shape = "Shape.ROW_SET"
            draft = Draft({**draft.fields, "currency": Local("_CURRENCY")}, {})
    parts["PURCHASE_ORDER"] = _mapping("domain.purchasing", "PurchaseOrder", proposal.root.name, shape, draft)
    return _module(f"Purchase orders ({in_prose(proposal.root.name)}) as PurchaseOrder.", parts)


def _lines_of(lines: Lines, family: Family) -> Expression:
    if family is Family.SQL:
        return field_of("each_row", Local("PURCHASE_ORDER_LINE"), key="number")
    return many_lines(lines.place.steps[0], "PURCHASE_ORDER_LINE", family)


def _mapping(module: str, target: str, record: str, shape: str | None, draft: Draft) -> Call:
    told: dict[str, Expression] = {"record": record}
    if shape is not None:
        told["shape"] = Name("acl.mapping", shape)
    return Call(Call(Name("acl.mapping", "mapping"), (Name(module, target),), told), (), draft.fields)


def _key(root: Record, made: Decisions) -> Sequence[str]:
    """Give the columns of the key: those of the field that is taken, else those that are declared."""
    taken = made.taken.get("id")
    if taken is not None:
        return (taken.column.name,)
    if root.key:
        return root.key
    return tuple(guess.column.name for guess in made.choices["id"].guesses[:1])


_TABLES = "adapters.sql.tables"


def _tables(
    name: str, proposal: Proposal, made: Decisions, lines: tuple[Lines, Decisions] | None
) -> dict[str, Expression]:
    """Declare where the records stand: all tables that a guess leads to, for those that nobody reads are not joined."""
    if proposal.family is not Family.SQL:
        return {}
    told: dict[str, Expression] = {
        "root": proposal.root.name,
        "key": tuple(_sorted(proposal.root, each, each) for each in _key(proposal.root, made)),
    }
    if lines is not None:
        told["rows"] = _rows(*lines)
    joins = tuple(_joins(proposal))
    if joins:
        told["joins"] = joins
    return {name: Call(Name(_TABLES, "Tables"), (), told)}


def _rows(lines: Lines, own: Decisions) -> Expression:
    number = own.taken.get("number")
    names = [number.column.name] if number is not None else list(lines.place.record.key)
    return tuple(_sorted(lines.place.record, each, lines.place.named(each, Family.SQL)) for each in names)


def _sorted(record: Record, column: str, called: str) -> Expression:
    found = record.column(column)
    kind = "Text" if found is not None and found.form is Form.TEXT else "Integer"
    return Call(Name(_TABLES, kind), (called,))


def _joins(proposal: Proposal) -> Iterable[Expression]:
    steps = [step for guess in _every(proposal) for step in guess.place.steps]
    if proposal.lines is not None:
        steps = [*proposal.lines.place.steps, *steps]
    for step in sorted(dict.fromkeys(steps), key=lambda each: any("." in own for _, own in each.on)):
        yield Call(Name(_TABLES, "Join"), (step.record,), {"on": dict(step.on)})


def _every(proposal: Proposal) -> Iterable[Guess]:
    return (guess for choice in proposal.every for guess in choice.guesses)


def _module(told: str, parts: Mapping[str, Expression]) -> str:
    return f'"""{told}"""\n\n{_imports(parts.values())}\n\n' + "\n".join(
        _assigned(name, expression) for name, expression in parts.items()
    )


def _assigned(name: str, expression: Expression) -> str:
    """Write one constant; a mapping has a line for each field, however short they are."""
    if isinstance(expression, Call) and isinstance(expression.function, Call):
        lines = (
            f"    {field}={written(each, indent=4, used=5 + len(field))},\n" for field, each in expression.named.items()
        )
        opening = written(expression.function, indent=0, used=len(name) + 3)
        return f"{name} = {opening}(\n{''.join(lines)})\n"
    return f"{name} = {written(expression, indent=0, used=len(name) + 3, tail=0)}\n"


def _imports(expressions: Iterable[Expression]) -> str:
    found: dict[str, set[str]] = {}
    for expression in expressions:
        for module, name in imports(expression):
            found.setdefault(module, set()).add(name)
    return "\n".join(_import(module, sorted(names, key=_by_kind)) for module, names in sorted(found.items()))


def _import(module: str, names: Sequence[str]) -> str:
    plain = f"from {module} import {', '.join(names)}"
    if len(plain) <= WIDTH:
        return plain
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _by_kind(name: str) -> tuple[int, str]:
    """Sort as ruff does: constants, classes, and all else."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
