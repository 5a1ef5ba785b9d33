"""Oracle Fusion, read and written through its SOAP services, and its REST actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from attrs import evolve
from pydantic import BaseModel, ConfigDict, Field

from acl.collection import Collection
from acl.oracle.commands.catalogue import OracleCommands, oracle_commands
from acl.oracle.commands.purchase_orders import Purchasing
from acl.oracle.purchase_orders import PURCHASE_ORDER
from acl.oracle.suppliers import SUPPLIER
from adapters.erp import Codes, Erp
from adapters.kinds import Kind
from adapters.rest.connection import Basic, RestConnection
from adapters.secrets import Secret
from adapters.settings import SystemSettings
from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from adapters.systems.oracle_actions import FRAMEWORK, RESOURCES, OracleActions
from adapters.systems.oracle_execution import LONGEST, OracleExecution, oracle_execution
from adapters.systems.oracle_finding import finding_orders, finding_suppliers
from domain.identifiers import PurchaseOrderId, SupplierId
from ports.quarantine import Quarantine

_SEGMENT = r"^[A-Za-z_][A-Za-z0-9_]*$"


class OracleCompany(BaseModel):
    """One legal entity that may be written to: who buys there, which no command says and no order is placed without.

    *cancels_demand* says whether what a cancelled order was to cover is given up, too, or bought again.
    *organization_type* is what a supplier that is no individual is registered as. The two *references* are segments of
    the descriptive flexfields of suppliers and of orders, in which our own reference is kept. *longest* is how long
    Fusion may go on with a request that nobody waits for any more, in seconds.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    procurement_unit: str
    requisitioning_unit: str
    buyer: str
    ship_to_location: str
    ship_to_organization: str
    cancels_demand: bool
    organization_type: str
    supplier_reference: str = Field(pattern=_SEGMENT)
    order_reference: str = Field(pattern=_SEGMENT)
    longest: float = Field(default=LONGEST.total_seconds(), gt=0, le=86_400, allow_inf_nan=False)


class OracleSettings(SystemSettings):
    """One Oracle Fusion environment, over SOAP.

    *certificates* is the path of a file with the certificates to trust; without it, the public ones. *companies* are
    the legal entities that may be written to, by their names.
    """

    kind: Literal["oracle"] = "oracle"
    url: str
    user: str
    password: Secret
    certificates: str | None = None
    companies: dict[str, OracleCompany] = Field(default_factory=dict)


def opened(name: str, settings: OracleSettings, quarantine: Quarantine, codes: Mapping[str, Codes]) -> Erp:
    """Open one Fusion environment by its settings.

    Raises:
        Misconfigured: they cannot be right.
    """
    suppliers, orders = _services(settings)
    erp = oracle(name, suppliers, orders, quarantine, codes, place=f"Oracle Fusion at {settings.url}")
    executions = {legal_entity: _execution(erp, settings, legal_entity, codes) for legal_entity in settings.companies}

    def close() -> None:
        for execution in executions.values():
            execution.close()
        erp.close()

    return evolve(erp, executions=executions, close=close)


def _services(settings: OracleSettings) -> tuple[SoapService, SoapService]:
    """Open the supplier service and the purchase order service once more; none is for several threads."""
    root = f"{settings.url.rstrip('/')}/fscmService"
    suppliers, orders = (
        SoapService(
            SoapConnection(
                wsdl=f"{root}/{service}?WSDL",
                endpoint=f"{root}/{service}",
                user=settings.user,
                password=settings.password,
                connect_timeout=min(10.0, settings.timeout),
                timeout=settings.timeout,
                verify=True if settings.certificates is None else settings.certificates,
            ),
        )
        for service in ("SupplierService", "PurchaseOrderService")
    )
    return suppliers, orders


def _execution(erp: Erp, settings: OracleSettings, legal_entity: str, codes: Mapping[str, Codes]) -> OracleExecution:
    company = settings.companies[legal_entity]
    suppliers, orders = _services(settings)
    connection = RestConnection(
        url=f"{settings.url.rstrip('/')}/{RESOURCES}",
        logon=Basic(settings.user, settings.password),
        headers=FRAMEWORK,
        timeout=settings.timeout,
        verify=True if settings.certificates is None else settings.certificates,
    )
    return oracle_execution(
        erp,
        _commands(legal_entity, company, codes),
        {SupplierId: finding_suppliers(suppliers), PurchaseOrderId: finding_orders(orders)},
        OracleActions.of(erp.name, connection),
        timeout=settings.timeout,
        running=timedelta(seconds=company.longest),
    )


def _commands(legal_entity: str, company: OracleCompany, codes: Mapping[str, Codes]) -> OracleCommands:
    return oracle_commands(
        Purchasing(
            legal_entity=legal_entity,
            procurement_unit=company.procurement_unit,
            requisitioning_unit=company.requisitioning_unit,
            buyer=company.buyer,
            ship_to_location=company.ship_to_location,
            ship_to_organization=company.ship_to_organization,
            cancels_demand=company.cancels_demand,
        ),
        organization_type=company.organization_type,
        supplier_segment=company.supplier_reference,
        order_segment=company.order_reference,
        codes=codes,
    )


def oracle(
    name: str, suppliers: SoapService, purchase_orders: SoapService, quarantine: Quarantine, codes: Mapping[str, Codes],
    *, place: str = "Oracle Fusion",
) -> Erp:  # fmt: skip
    """Open one Fusion environment: its supplier service and its purchase order service, which are closed with it."""
    supplier = SUPPLIER.with_codes(codes.get("suppliers", {}))
    order = PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {}))
    by_supplier = finding_suppliers(suppliers)
    by_order = finding_orders(purchase_orders)

    def check() -> None:
        by_supplier.check(supplier.lineage)
        by_order.check(order.lineage)

    def close() -> None:
        suppliers.close()
        purchase_orders.close()

    return Erp(
        name=name,
        kind="oracle",
        place=place,
        suppliers=Collection(supplier, by_supplier.pages, system=name, quarantine=quarantine),
        purchase_orders=Collection(order, by_order.pages, system=name, quarantine=quarantine),
        quarantine=quarantine,
        check=check,
        published=(
            by_supplier.published("SupplierService", supplier, "suppliers"),
            by_order.published("PurchaseOrderService", order, "purchase_orders"),
        ),
        close=close,
    )


KIND = Kind(OracleSettings, opened)
