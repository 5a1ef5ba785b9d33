"""Systems of the kind tryton: a database, which is only read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Literal

from acl.collection import Collection
from adapters.erp import Codes, Erp, Published
from adapters.kinds import Kind
from adapters.secrets import Secret
from adapters.settings import SystemSettings
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.sql.owed import owed_tables
from ports.quarantine import Quarantine

from .purchase_orders import PURCHASE_ORDER, PURCHASE_ORDERS
from .suppliers import SUPPLIER, SUPPLIERS


class Settings(SystemSettings):
    """Which database; its *url* is a secret as a whole."""

    kind: Literal["tryton"] = "tryton"
    url: Secret


def opened(name: str, settings: Settings, quarantine: Quarantine, codes: Mapping[str, Codes]) -> Erp:
    """Open one database by its settings; nothing is contacted.

    Raises:
        Misconfigured: the settings cannot be right.
    """
    database = SqlDatabase(SqlConnection(settings.url.get_secret_value(), settings.timeout))
    supplier = SUPPLIER.with_codes(codes.get("suppliers", {}))
    order = PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {}))
    sources = (
        SUPPLIERS.owed(supplier, kind="tryton", port="suppliers"),
        PURCHASE_ORDERS.owed(order, kind="tryton", port="purchase_orders"),
    )

    def check() -> None:
        SUPPLIERS.check(database, supplier.columns)
        PURCHASE_ORDERS.check(database, order.columns)

    return Erp(
        name=name,
        kind="tryton",
        place=database.name,
        suppliers=Collection(
            supplier,
            partial(SUPPLIERS.pages, database, supplier.columns),
            system=name,
            quarantine=quarantine,
        ),
        purchase_orders=Collection(
            order,
            partial(PURCHASE_ORDERS.pages, database, order.columns),
            system=name,
            quarantine=quarantine,
        ),
        quarantine=quarantine,
        check=check,
        published=(Published(schema=partial(owed_tables, database, sources), sources=sources),),
        close=database.close,
    )


KIND = Kind(Settings, opened)
