"""SAP S/4HANA, read and written through its released OData services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Literal, TypeVar

from attrs import evolve
from pydantic import BaseModel, ConfigDict, Field

from acl.collection import Collection
from acl.conditions import Comparison, Condition, Where
from acl.engine.owed import source_contract
from acl.mapping import Lineage
from acl.mapping import Mapping as RecordMapping
from acl.sap.commands.catalogue import sap_commands
from acl.sap.commands.purchase_orders import Purchasing
from acl.sap.purchase_orders import PURCHASE_ORDER
from acl.sap.suppliers import SUPPLIER
from adapters.erp import Codes, Erp, Published
from adapters.kinds import Kind
from adapters.odata.connection import ODataConnection
from adapters.odata.service import ODataService
from adapters.secrets import Secret
from adapters.settings import SystemSettings
from adapters.systems.sap_execution import LONGEST, sap_execution
from contracts.source.owed import Facets, OwedColumn
from contracts.source.schema import Form
from ports.quarantine import Quarantine

T = TypeVar("T")
Records = Iterator[list[dict[str, object]]]
_SERVICES = "/sap/opu/odata/sap"
_LIVE_SUPPLIERS = (
    Condition("Supplier", Comparison.NE, ""),
    Condition("IsMarkedForArchiving", Comparison.EQ, False),
)
"""A partner without a supplier's role has no supplier number (SAP-ID-09)."""
_LIVE_ORDERS = (Condition("PurchasingDocumentDeletionCode", Comparison.EQ, ""),)


class SapCompany(BaseModel):
    """One company code that may be written to: who buys there, which no command says and no order is placed without.

    *grouping* decides how SAP numbers a new business partner. *longest* is how long SAP may go on with a request that
    nobody waits for any more, in seconds.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    purchasing_organisation: str
    purchasing_group: str
    plant: str
    grouping: str
    longest: float = Field(default=LONGEST.total_seconds(), gt=0, le=86_400, allow_inf_nan=False)


class SapSettings(SystemSettings):
    """One client of an SAP system, over OData.

    *certificates* is the path of a file with the certificates to trust; without it, the public ones. *companies* are
    the company codes that may be written to.
    """

    kind: Literal["sap"] = "sap"
    url: str
    client: str
    user: str
    password: Secret
    certificates: str | None = None
    companies: dict[str, SapCompany] = Field(default_factory=dict)


def opened(name: str, settings: SapSettings, quarantine: Quarantine, codes: Mapping[str, Codes]) -> Erp:
    """Open one client of an SAP system by its settings.

    Raises:
        Misconfigured: they cannot be right.
    """
    connection = ODataConnection(
        url=settings.url,
        user=settings.user,
        password=settings.password,
        client=settings.client,
        timeout=settings.timeout,
        verify=True if settings.certificates is None else settings.certificates,
    )
    erp = sap(name, connection, quarantine, codes)
    executions = {
        company: sap_execution(
            erp,
            connection,
            sap_commands(_purchasing(company, buys), grouping=buys.grouping, codes=codes),
            running=timedelta(seconds=buys.longest),
        )
        for company, buys in settings.companies.items()
    }

    def close() -> None:
        for execution in executions.values():
            execution.close()
        erp.close()

    return evolve(erp, executions=executions, close=close)


def _purchasing(company: str, buys: SapCompany) -> Purchasing:
    return Purchasing(
        company=company,
        organisation=buys.purchasing_organisation,
        group=buys.purchasing_group,
        plant=buys.plant,
    )


def sap(name: str, connection: ODataConnection, quarantine: Quarantine, codes: Mapping[str, Codes]) -> Erp:
    """Open one client of an SAP system."""
    partners = ODataService(connection, f"{_SERVICES}/API_BUSINESS_PARTNER")
    purchasing = ODataService(connection, f"{_SERVICES}/API_PURCHASEORDER_PROCESS_SRV")
    supplier, order = (
        SUPPLIER.with_codes(codes.get("suppliers", {})),
        PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {})),
    )

    def supplier_pages(where: Sequence[Where]) -> Records:
        columns, live = _paths(supplier.lineage), (*_LIVE_SUPPLIERS, *where)
        return partners.pages("A_BusinessPartner", columns=columns, where=live, order_by=("Supplier",))

    def order_pages(where: Sequence[Where]) -> Records:
        columns, live = _paths(order.lineage), (*_LIVE_ORDERS, *where)
        return purchasing.pages("A_PurchaseOrder", columns=columns, where=live, order_by=("PurchaseOrder",))

    def check() -> None:
        for pages in (supplier_pages, order_pages):
            next(iter(pages(())), None)

    def close() -> None:
        partners.close()
        purchasing.close()

    return Erp(
        name=name,
        kind="sap",
        place=f"client {connection.client} at {connection.url}",
        suppliers=Collection(supplier, supplier_pages, system=name, quarantine=quarantine),
        purchase_orders=Collection(order, order_pages, system=name, quarantine=quarantine),
        quarantine=quarantine,
        check=check,
        published=(
            _published(partners, supplier, "suppliers", _LIVE_SUPPLIERS),
            _published(purchasing, order, "purchase_orders", _LIVE_ORDERS),
        ),
        close=close,
    )


def _published(service: ODataService, mapping: RecordMapping[T], port: str, live: Sequence[Condition]) -> Published:
    """Say what a port relies on of a service: the mapping's columns, and those by which the live records are told."""
    deciding = tuple(
        OwedColumn(record=mapping.record, path=each.column, facets=Facets(forms=(_FORMS[type(each.value)],)))
        for each in live
    )
    owed = source_contract(mapping, kind="sap", port=port, beside=deciding, writes=True)
    return Published(name=service.name, schema=service.schema, sources=(owed,))


_FORMS: Mapping[type, Form] = {str: Form.TEXT, bool: Form.BOOLEAN}


def _paths(lineage: Sequence[Lineage]) -> tuple[str, ...]:
    """Give every column that the mapping reads, each once; a list that a codec reads itself is there by its columns."""
    every = dict.fromkeys(column for each in lineage for column in each.columns)
    return tuple(path for path in every if not any(other.startswith(f"{path}/") for other in every))


KIND = Kind(SapSettings, opened)
