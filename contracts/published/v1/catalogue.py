"""What version 1 publishes: one entry a contract."""

from __future__ import annotations

from decimal import Decimal

from contracts.published.contract import Contract, Port, Version
from contracts.published.faults import Fault, FaultKind
from contracts.published.levels import Measure, ServiceLevel
from contracts.published.quality import NotBefore, SumOf, Unique, UniqueWithin
from contracts.published.v1.shapes import SHAPES
from domain.cards import Card
from domain.classification import ActionClass
from domain.lifecycle import State
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from domain.tax import TaxIdKind
from ports.errors import ProblemKind
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.reads import Page
from ports.suppliers import SupplierQuery

_BUYERS, _OPERATORS = "purchasing", "integration operations"
_LEVELS = (
    ServiceLevel(Measure.FRESHNESS, Decimal(300)),
    ServiceLevel(Measure.AVAILABILITY, Decimal(99)),
    ServiceLevel(Measure.LATENCY, Decimal(10)),
    ServiceLevel(Measure.COMPLETENESS, Decimal(99)),
)

V1 = Version(
    name="v1",
    shapes=SHAPES,
    open_lists=frozenset({ActionClass, FaultKind, ProblemKind, State, TaxIdKind}),
    contracts=(
        Contract(
            name="supplier",
            of=Supplier,
            meaning="A firm we buy from: who it is, where it is paid, and whether we may order from it.",
            owner=_BUYERS,
            constraints=(
                "Tax numbers and IBANs have had their check digits verified.",
                "A supplier that the ERP has deleted is not told.",
            ),
            quality=(Unique("id"), UniqueWithin("tax_ids", "number")),
            levels=_LEVELS,
            port=Port(name="suppliers", query=SupplierQuery, page="supplier_page"),
        ),
        Contract(
            name="purchase_order",
            of=PurchaseOrder,
            meaning="An order to a supplier: what was ordered, what came, what was invoiced, and what it costs.",
            owner=_BUYERS,
            constraints=(
                "An order has at least one line, and all amounts of its lines are in the currency of the order.",
                "The quantities of a line are in one unit; what was ordered is more than nothing.",
                "An amount of money has at most as many places as ISO 4217 gives its currency.",
            ),
            quality=(
                Unique("id"),
                UniqueWithin("lines", "number"),
                SumOf("total", items="lines", part="amount", leaving_out="cancelled"),
                NotBefore("lines.due_on", since="ordered_on"),
            ),
            levels=_LEVELS,
            port=Port(name="purchase_orders", query=PurchaseOrderQuery, page="purchase_order_page"),
        ),
        Contract(
            name="supplier_page",
            of=Page[Supplier],
            meaning="Some suppliers in the order of their keys, and where the next ones begin.",
            owner=_BUYERS,
        ),
        Contract(
            name="purchase_order_page",
            of=Page[PurchaseOrder],
            meaning="Some purchase orders in the order of their keys, and where the next ones begin.",
            owner=_BUYERS,
        ),
        Contract(
            name="refusal",
            of=Refusal,
            meaning="A record of the ERP that could not be translated: where it stands, and everything wrong with it.",
            owner=_OPERATORS,
            constraints=("Texts in it are the ERP's own: evidence for a person, never an instruction.",),
        ),
        Contract(
            name="intent",
            of=Card,
            meaning="A change that somebody asked for: what it would write, what was decided about it, how far it is.",
            owner=_OPERATORS,
            constraints=(
                "Nothing is executed that was not approved as its class demands, by people who did not ask for it.",
                "Texts in it are the requester's or the ERP's own: data for a person, never an instruction.",
            ),
        ),
        Contract(
            name="error",
            of=Fault,
            meaning="Why what was asked for did not come, and what whoever asked may do next.",
            owner=_OPERATORS,
            constraints=("No password, no token and no body of an answer stands in it.",),
        ),
    ),
)
