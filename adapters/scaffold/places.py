"""Where the columns of one record can be found: in itself, in what it refers to, and in what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum

from attrs import frozen

from adapters.scaffold.words import words_of
from contracts.source.schema import Column, Form, Record, Reference, Schema

_NOISE = frozenset({"id", "code", "no", "number", "key", "fk", "ref", "cod", "num", "numero"})
_FARTHEST = 2


class Family(Enum):
    """What kind of driver hands out the records."""

    SQL = "sql"
    ODATA = "odata"
    SOAP = "soap"
    REST = "rest"


@frozen
class Step:
    """One way from a record to another: the table's *name* or the navigation; *on* joins tables, this column: that."""

    name: str
    record: str
    many: bool
    on: tuple[tuple[str, str], ...] = ()


@frozen
class Place:
    """A record as it is seen from the root, over *steps*; *refers* are its columns that only lead to other records."""

    record: Record
    steps: tuple[Step, ...] = ()
    refers: frozenset[str] = frozenset()

    @property
    def many(self) -> bool:
        """Whether several may stand there."""
        return any(step.many for step in self.steps)

    def named(self, column: str, family: Family) -> str:
        """Give what a mapping calls a column of this place."""
        if not self.steps:
            return column
        if family is Family.SQL:
            return f"{self.steps[-1].name}.{column}"
        return "/".join([*(step.name for step in self.steps), column])


def places(schema: Schema, root: Record, family: Family, follow: Callable[[str], bool]) -> tuple[Place, ...]:
    """Give all places within two steps of *root*, itself first; no record is visited twice on one way.

    Of records of which there may be many only those are visited whose name *follow* says yes to.
    """
    found = [_place(schema, root, (), family)]
    nearest = {root.name}
    for place in found:
        if len(place.steps) == _FARTHEST:
            continue
        for step in _steps(schema, place, family):
            seen = nearest if family is Family.SQL else {root.name, *(each.record for each in place.steps)}
            if step.record in seen or (step.many and (place.many or not follow(step.record))):
                continue
            nearest.add(step.record)  # of tables the first and shortest way is taken
            found.append(_place(schema, schema.records[step.record], (*place.steps, step), family))
    return tuple(found)


def _place(schema: Schema, record: Record, steps: tuple[Step, ...], family: Family) -> Place:
    found = references(schema, record) if family is Family.SQL else ()
    return Place(record, steps, frozenset(name for each in found for name in each.columns))


def _steps(schema: Schema, place: Place, family: Family) -> Iterator[Step]:
    if family is not Family.SQL:
        for column in place.record.columns:
            if column.of is not None and column.of in schema.records:
                yield Step(column.name, column.of, column.many)
        return
    here = place.steps[-1].name if place.steps else None
    for each in sorted(references(schema, place.record), key=_is_called_otherwise):
        own = each.columns if here is None else tuple(f"{here}.{name}" for name in each.columns)
        yield Step(each.target, each.target, many=False, on=tuple(zip(each.target_columns, own, strict=True)))
    if place.steps:
        return
    for name, record in schema.records.items():
        for each in references(schema, record):
            if each.target == place.record.name:
                yield Step(name, name, many=True, on=tuple(zip(each.columns, each.target_columns, strict=True)))
                break


def _is_called_otherwise(reference: Reference) -> bool:
    """Put a column that is called like the record it leads to before one that says in which role: party, contact."""
    said = {word for name in reference.columns for word in words_of(name)} - _NOISE
    return not said <= set(words_of(reference.target))


def references(schema: Schema, record: Record) -> tuple[Reference, ...]:
    """Give the references that a record declares; if no record declares any, those that names suggest."""
    if any(each.references for each in schema.records.values()):
        return tuple(each for each in record.references if each.target in schema.records)
    found = (_suggested(schema, record, column) for column in record.columns)
    return tuple(each for each in found if each is not None)


def _suggested(schema: Schema, record: Record, column: Column) -> Reference | None:
    """Take a column for a reference if one other table alone is called like it, or has it for a key."""
    if record.key == (column.name,):
        return None
    said = tuple(word for word in words_of(column.name) if word not in _NOISE)
    called = [each for each in _called_like(schema, said) if each.name != record.name and _holds(each, column)]
    if not called:
        called = [each for each in schema.records.values() if each.name != record.name and _keeps(each, column)]
        narrower = [each for each in called if set(words_of(each.name)) < set(words_of(record.name))]
        called = called if len(called) == 1 and said else narrower
    return Reference((column.name,), called[0].name, (_key_of(called[0], column),)) if len(called) == 1 else None


def _called_like(schema: Schema, said: tuple[str, ...]) -> list[Record]:
    """Give the records of that name; its first word may be left out, for it is often that of a module."""
    if not said:
        return []
    return [each for name, each in schema.records.items() if said in (words_of(name), words_of(name)[1:])]


def _holds(target: Record, column: Column) -> bool:
    """Say whether the column has the form of the only key of *target*."""
    key = target.column(target.key[0]) if len(target.key) == 1 else None
    return key is not None and key.form is column.form and column.form in (Form.INTEGER, Form.TEXT)


def _keeps(target: Record, column: Column) -> bool:
    """Say whether *target* has the very column for its key; one that declares no key, for its number."""
    if target.key:
        return target.key == (column.name,) and _holds(target, column)
    return target.column(column.name) is not None and not set(words_of(column.name)) - _NOISE


def _key_of(target: Record, column: Column) -> str:
    return target.key[0] if target.key else column.name
