"""TOTVS Protheus, read and written through its REST framework."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Literal

from attrs import evolve
from pydantic import BaseModel, ConfigDict, Field

from acl.collection import Collection
from acl.protheus.commands.catalogue import CompanyTerms
from acl.protheus.purchase_orders import PURCHASE_ORDER
from acl.protheus.suppliers import SUPPLIER
from adapters.erp import Codes, Erp
from adapters.kinds import Kind
from adapters.rest.connection import Password, RestConnection
from adapters.rest.filters import totvs_filter
from adapters.rest.service import RestService
from adapters.secrets import Secret
from adapters.settings import SystemSettings
from adapters.systems.protheus_rest_execution import LONGEST, protheus_execution
from adapters.systems.protheus_rest_tables import ProtheusTables, order_table, supplier_table
from ports.errors import Misconfigured
from ports.quarantine import Quarantine

_TOKENS = "api/oauth2/v1/token"
_CUSTOM = "_[A-Z0-9_]{1,7}$"
"""How the name of a field goes on after its table's."""


class ProtheusRestCompany(BaseModel):
    """One company that may be written to.

    *orders* is the path of the site's own service around MATA120: see `acl.protheus.commands.purchase_orders`.
    *payment_terms* and *delivery_branch* are what it must be given and no command says. The two references name the
    site's own fields of twelve characters, indexed, by which a write is found again; without them, whatever is in doubt
    goes to an operator (X-REF-05). *longest* is how long Protheus may go on with a request that nobody waits for any
    more, in seconds.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    orders: str = Field(pattern="^/?[A-Za-z0-9_./-]+$")
    payment_terms: str
    delivery_branch: str
    supplier_reference: str | None = Field(default=None, pattern=f"^A2{_CUSTOM}")
    order_reference: str | None = Field(default=None, pattern=f"^C7{_CUSTOM}")
    longest: float = Field(default=LONGEST.total_seconds(), gt=0, le=86_400, allow_inf_nan=False)


class ProtheusRestSettings(SystemSettings):
    """One company and branch of a TOTVS Protheus, over REST.

    *url* is that of the REST service, *branch* is kept as it is written, blanks included (PREST-03). *certificates* is
    the path of a file with the certificates to trust; without it, the public ones. *companies* has the company, if it
    may be written to.
    """

    kind: Literal["protheus-rest"] = "protheus-rest"
    url: str
    company: str
    branch: str
    user: str
    password: Secret
    certificates: str | None = None
    companies: dict[str, ProtheusRestCompany] = Field(default_factory=dict)


def opened(name: str, settings: ProtheusRestSettings, quarantine: Quarantine, codes: Mapping[str, Codes]) -> Erp:
    """Open one company and branch by its settings.

    Raises:
        Misconfigured: they cannot be right.
    """
    strange = sorted(settings.companies.keys() - {settings.company})
    if strange:
        raise Misconfigured(f"company {strange[0]} is not the one of {name}; give it a system of its own")
    connection = RestConnection(
        url=settings.url,
        logon=Password(settings.user, settings.password, _TOKENS),
        headers={"tenantId": f"{settings.company},{settings.branch}"},
        timeout=settings.timeout,
        verify=True if settings.certificates is None else settings.certificates,
    )
    erp = protheus_rest(name, connection, settings.company, settings.branch, quarantine, codes)
    executions = {
        company: protheus_execution(
            erp, connection, _terms(settings.branch, its), codes, running=timedelta(seconds=its.longest)
        )
        for company, its in settings.companies.items()
    }

    def close() -> None:
        for execution in executions.values():
            execution.close()
        erp.close()

    return evolve(erp, executions=executions, close=close)


def _terms(branch: str, company: ProtheusRestCompany) -> CompanyTerms:
    return CompanyTerms(
        branch=branch,
        orders=company.orders,
        payment_terms=company.payment_terms,
        delivery_branch=company.delivery_branch,
        supplier_reference=company.supplier_reference,
        order_reference=company.order_reference,
    )


def protheus_rest(
    name: str,
    connection: RestConnection,
    company: str,
    branch: str,
    quarantine: Quarantine,
    codes: Mapping[str, Codes],
) -> Erp:
    """Open one company and branch, which every call of *connection* names (PREST-02)."""
    service = RestService(connection, render=totvs_filter)
    tables = ProtheusTables(service=service, branch=branch)
    supplier = SUPPLIER.with_codes(codes.get("suppliers", {}))
    order = PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {}))
    suppliers, orders = supplier_table(supplier), order_table(order)

    def check() -> None:
        for each in (suppliers, orders):
            tables.check(each)

    return Erp(
        name=name,
        kind="protheus-rest",
        place=f"company {company}, branch {branch} at {connection.url}",
        suppliers=Collection(
            supplier, partial(tables.cells, suppliers, supplier.columns), system=name, quarantine=quarantine
        ),
        purchase_orders=Collection(
            order, partial(tables.cells, orders, order.columns), system=name, quarantine=quarantine
        ),
        quarantine=quarantine,
        check=check,
        close=service.close,
    )


KIND = Kind(ProtheusRestSettings, opened)
"""TOTVS Protheus over REST: its generic query, its published models, and a site's own service for orders."""
