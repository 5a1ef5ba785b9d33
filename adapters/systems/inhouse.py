"""The in-house system of 2011: its database is read, and its own programs write; no row of it is written from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Literal, Self

from attrs import evolve
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from acl.collection import Collection
from acl.conditions import Where
from acl.engine.owed import source_contract
from acl.inhouse.commands.catalogue import inhouse_commands
from acl.inhouse.purchase_orders import PURCHASE_ORDER
from acl.inhouse.suppliers import SUPPLIER
from adapters.erp import Codes, Erp, Published
from adapters.kinds import Kind
from adapters.secrets import Secret
from adapters.settings import SystemSettings
from adapters.sql.database import Row, SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.sql.owed import owed_tables, standing_in
from adapters.sql.procedures import SqlProcedures
from adapters.sql.schema import require_columns
from adapters.systems.inhouse_execution import inhouse_execution
from adapters.systems.inhouse_routes import FolderRoute, ProcedureRoute, Route, drop_folder
from adapters.systems.inhouse_tables import HEADERS, ITEMS, MADE, SUPPLIERS, order_statement, supplier_statement
from ports.quarantine import Quarantine


def _beside_the_file(path: Path, info: ValidationInfo) -> Path:
    """Begin where the configuration lies, as the files of secrets do."""
    known = info.context if isinstance(info.context, Mapping) else {}
    return Path(known.get("folder", ".")) / path


class InHouseCompany(BaseModel):
    """One way to the programs that write: the system knows no companies, so the name is the site's own.

    *procedures* is the URL of the database for a user who may execute the procedures, and had better do nothing else;
    *drop_folder* the folder that the nightly program looks into.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    procedures: Secret | None = None
    drop_folder: Annotated[Path, AfterValidator(_beside_the_file)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.procedures is None) == (self.drop_folder is None):
            raise PydanticCustomError("company", "give either procedures or drop_folder, the way to the programs")
        return self


class InHouseSettings(SystemSettings):
    """A database of the in-house system; *companies* are the ways in which it may be written."""

    kind: Literal["inhouse"] = "inhouse"
    url: Secret
    companies: dict[str, InHouseCompany] = Field(default_factory=dict)


def opened(name: str, settings: InHouseSettings, quarantine: Quarantine, codes: Mapping[str, Codes]) -> Erp:
    """Open a database of the in-house system by its settings.

    Raises:
        Misconfigured: they cannot be right.
    """
    database = SqlDatabase(SqlConnection(settings.url.get_secret_value(), settings.timeout))
    erp, commands = inhouse(name, database, quarantine, codes), inhouse_commands(codes)
    executions = {
        key: inhouse_execution(erp, database, commands, _route(company, settings.timeout), timeout=settings.timeout)
        for key, company in settings.companies.items()
    }

    def close() -> None:
        for execution in executions.values():
            execution.close()
        erp.close()

    return evolve(erp, executions=executions, close=close)


def _route(company: InHouseCompany, timeout: float) -> Route:
    if company.drop_folder is not None:
        return FolderRoute(folder=drop_folder(company.drop_folder), timeout=timeout)
    url = "" if company.procedures is None else company.procedures.get_secret_value()
    return ProcedureRoute(SqlProcedures(SqlConnection(url, timeout)))


def inhouse(name: str, database: SqlDatabase, quarantine: Quarantine, codes: Mapping[str, Codes]) -> Erp:
    """Open a database of the in-house system."""
    supplier = SUPPLIER.with_codes(codes.get("suppliers", {}))
    order = PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {}))
    sources = (
        source_contract(supplier, kind="inhouse", port="suppliers", place=standing_in(SUPPLIERS)),
        source_contract(order, kind="inhouse", port="purchase_orders", place=standing_in(HEADERS, ITEMS, made=MADE)),
    )

    def supplier_pages(where: Sequence[Where]) -> Iterator[list[Row]]:
        return database.pages(supplier_statement(where))

    def order_pages(where: Sequence[Where]) -> Iterator[list[Row]]:
        return database.pages(order_statement(where))

    def check() -> None:
        for each in (SUPPLIERS, HEADERS, ITEMS):
            require_columns(database, each.name, each.c.keys())

    return Erp(
        name=name,
        kind="inhouse",
        place=database.name,
        suppliers=Collection(supplier, supplier_pages, system=name, quarantine=quarantine),
        purchase_orders=Collection(order, order_pages, system=name, quarantine=quarantine),
        quarantine=quarantine,
        check=check,
        published=(Published(schema=partial(owed_tables, database, sources), sources=sources),),
        close=database.close,
    )


KIND = Kind(InHouseSettings, opened)
