"""What a database says of its own tables and views, in the neutral form of `contracts.source.schema`.

Everything comes through SQLAlchemy's inspector, so no name of a table ever becomes part of a statement.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence

from attrs import evolve
from sqlalchemy import Dialect, Inspector
from sqlalchemy.engine.interfaces import ReflectedCheckConstraint, ReflectedColumn, ReflectedForeignKeyConstraint
from sqlalchemy.engine.reflection import ObjectKind
from sqlalchemy.exc import OperationalError, SAWarning

from adapters.sql.checks import closed_list
from adapters.sql.column_types import column_type
from adapters.sql.database import SqlDatabase
from contracts.source.schema import Column, Form, Record, Reference, Schema

_Table = tuple[str | None, str]


def catalogue(database: SqlDatabase, tables: Collection[str] | None = None, *, schema: str | None = None) -> Schema:
    """Read what the database publishes: one record for each table and view of *schema*, under its own name.

    With *tables* only those; what is not there is left out. A table of another schema, which only a foreign key may
    name, is ``schema.table``.

    Raises:
        AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.sql.faults`.
    """
    names = None if tables is None else sorted(tables)

    def look(inspector: Inspector) -> tuple[Record, ...]:
        if names is not None and len(names) == 0:
            return ()
        with warnings.catch_warnings():
            # of types that SQLAlchemy does not know, and that are `Form.OTHER` here
            warnings.simplefilter("ignore", SAWarning)
            return _records(inspector, names, schema)

    return Schema(database.name, database.inspected(look))


def _records(inspector: Inspector, names: Sequence[str] | None, schema: str | None) -> tuple[Record, ...]:
    tables = inspector.get_multi_columns(schema, filter_names=names, kind=ObjectKind.TABLE)
    views = _views(inspector, names, schema)
    keys = inspector.get_multi_pk_constraint(schema, filter_names=names)
    references = inspector.get_multi_foreign_keys(schema, filter_names=names)
    checks = _checks(inspector, names, schema)
    records = [Record(name=name, columns=_columns_of_view(told, inspector)) for (_, name), told in views.items()]
    for table, told in tables.items():
        key = tuple(keys[table]["constrained_columns"]) if table in keys else ()
        lists = dict(found for check in checks.get(table, ()) if (found := closed_list(check["sqltext"])) is not None)
        ways = (_reference(each, schema) for each in references.get(table, ()))
        records.append(
            Record(
                name=table[1],
                columns=tuple(_column(each, key, lists, inspector.dialect) for each in told),
                key=key,
                references=tuple(sorted(ways, key=lambda each: each.columns)),
            )
        )
    return tuple(sorted(records, key=lambda each: each.name))


def _views(
    inspector: Inspector, names: Sequence[str] | None, schema: str | None
) -> Mapping[_Table, Sequence[ReflectedColumn]]:
    """Give the columns of the views; one that names what is gone is as good as not there. Source: INH-VIEW-01."""
    if inspector.dialect.name != "sqlite":
        return inspector.get_multi_columns(schema, filter_names=names, kind=ObjectKind.ANY_VIEW)
    found: dict[_Table, Sequence[ReflectedColumn]] = {}
    for view in inspector.get_view_names(schema):
        if names is not None and view not in names:
            continue
        try:
            found[schema, view] = inspector.get_columns(view, schema)
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorname", None) != "SQLITE_ERROR":
                raise
    return found


def _checks(
    inspector: Inspector, names: Sequence[str] | None, schema: str | None
) -> Mapping[_Table, Sequence[ReflectedCheckConstraint]]:
    try:
        return inspector.get_multi_check_constraints(schema, filter_names=names)
    except NotImplementedError:  # not every database can be asked
        return {}


def _columns_of_view(told: Sequence[ReflectedColumn], inspector: Inspector) -> tuple[Column, ...]:
    """Give the columns; whether they hold nulls no database says of a view, though the inspector does."""
    return tuple(evolve(_column(each, (), {}, inspector.dialect), nullable=None) for each in told)


def _column(
    told: ReflectedColumn, key: tuple[str, ...], lists: Mapping[str, tuple[str, ...]], dialect: Dialect
) -> Column:
    kind = column_type(told["type"], dialect)
    # SQLite tells nothing of it, and lets null into every key but an integer that stands alone
    is_row_number = kind.form is Form.INTEGER and key == (told["name"],)
    return Column(
        name=told["name"],
        form=kind.form,
        native=kind.native,
        nullable=told["nullable"] and not is_row_number,
        length=kind.length,
        precision=kind.precision,
        scale=kind.scale,
        codes=kind.codes if kind.codes is not None else lists.get(told["name"]),
        many=kind.many,
    )


def _reference(told: ReflectedForeignKeyConstraint, here: str | None) -> Reference:
    schema, table = told["referred_schema"], told["referred_table"]
    target = table if schema in (None, here) else f"{schema}.{table}"
    return Reference(tuple(told["constrained_columns"]), target, tuple(told["referred_columns"]))
