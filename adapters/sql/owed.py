"""What a database owes to the mappings that read it: where their columns stand, and what the tables are like now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from attrs import evolve
from sqlalchemy import TableClause

from acl.engine.owed import Place
from adapters.sql.catalogue import catalogue
from adapters.sql.database import SqlDatabase
from contracts.source.owed import SourceContract
from contracts.source.schema import Record, Schema


def standing_in(*tables: TableClause, made: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({})) -> Place:
    """Say where the columns of a mapping stand: in each of *tables* that has one of that name.

    *made* are columns that a statement makes of others: the tables and columns behind each.
    """

    def stands(column: str) -> Sequence[tuple[str, str]]:
        return made.get(column) or [(table.name, column) for table in tables if column in table.c]

    return stands


def owed_tables(database: SqlDatabase, sources: Sequence[SourceContract]) -> Schema:
    """Read what the database publishes of the tables that *sources* name; one that is not there is left out.

    Where the database does not mind in which case a column is written, it is given as the contracts write it.

    Raises:
        AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.sql.faults`.
    """
    owed = [each for source in sources for each in source.columns]
    found = catalogue(database, {each.record for each in owed})
    if not database.folds_case:
        return found
    spelled = {(each.record, each.path.casefold()): each.path for each in owed}
    return Schema(found.origin, [_respelled(record, spelled) for record in found.records.values()])


def _respelled(record: Record, spelled: Mapping[tuple[str, str], str]) -> Record:
    def ours(name: str) -> str:
        return spelled.get((record.name, name.casefold()), name)

    columns = tuple(evolve(column, name=ours(column.name)) for column in record.columns)
    references = tuple(evolve(each, columns=tuple(map(ours, each.columns))) for each in record.references)
    return evolve(record, columns=columns, key=tuple(map(ours, record.key)), references=references)
