"""Running the demonstration: every system asked, every two answers compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter

from attrs import frozen

from adapters.bootstrap import Systems
from adapters.cli.demo.agreement import Aggregate, Difference, differences
from adapters.cli.demo.questions import EVERY_ORDER, EVERY_SUPPLIER, Question, questions, telling_order
from adapters.cli.progress import Progress
from domain.identifiers import PurchaseOrderId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.suppliers import SupplierQuery


@frozen
class Asked:
    """One question with each system's number of records and its plan."""

    title: str
    counts: Mapping[str, int]
    plans: Mapping[str, str]
    agreed: bool


@frozen(kw_only=True)
class Findings:
    """What the demonstration found out.

    *raw* and *objects* are the vendor's records and the domain object of one *order*, by system; a system that does
    not have it has no object. *seconds* is the whole time.
    """

    systems: tuple[str, ...]
    suppliers: int
    purchase_orders: int
    asked: tuple[Asked, ...]
    order: PurchaseOrderId
    raw: Mapping[str, Sequence[str]]
    objects: Mapping[str, PurchaseOrder]
    refusals: Mapping[str, tuple[Refusal, ...]]
    differences: tuple[Difference, ...]
    seconds: float

    @property
    def agree(self) -> bool:
        """No two systems disagree on anything."""
        return len(self.differences) == 0


def findings(site: Systems, progress: Progress) -> Findings:
    """Ask every system of *site* the same questions.

    Raises:
        PortError: a system does not answer; see `ports.errors`.
    """
    started = perf_counter()
    suppliers: dict[str, Sequence[Supplier]] = {}
    orders: dict[str, Sequence[PurchaseOrder]] = {}
    for name in site.names:
        progress.now(f"{name}: starting")
        erp = site.erp(name)
        progress.now(f"{name}: suppliers")
        suppliers[name] = list(progress.over(erp.suppliers.find(SupplierQuery())))
        progress.now(f"{name}: purchase orders")
        orders[name] = list(progress.over(erp.purchase_orders.find(PurchaseOrderQuery())))
    refusals = {name: site.refusals(name) for name in site.names}
    found = [*differences(EVERY_SUPPLIER, suppliers), *differences(EVERY_ORDER, orders)]
    known = next(iter(orders.values()))
    asked = [_counted(EVERY_SUPPLIER, suppliers, found), _counted(EVERY_ORDER, orders, found)]
    for question in questions(known):
        progress.now(question.title)
        asked.append(_asked(site, question, found))
    order = telling_order(known).id
    return Findings(
        systems=site.names,
        suppliers=len({each.id for answer in suppliers.values() for each in answer}),
        purchase_orders=len({each.id for answer in orders.values() for each in answer}),
        asked=tuple(asked),
        order=order,
        raw={name: site.erp(name).purchase_orders.raw(order) for name in site.names},
        objects={name: each for name, answer in orders.items() for each in answer if each.id == order},
        refusals=refusals,
        differences=tuple(found),
        seconds=perf_counter() - started,
    )


def _counted(title: str, answers: Mapping[str, Sequence[Aggregate]], found: Sequence[Difference]) -> Asked:
    agreed = not any(each.question == title for each in found)
    return Asked(title, {name: len(answer) for name, answer in answers.items()}, {}, agreed)


def _asked(site: Systems, question: Question, found: list[Difference]) -> Asked:
    answers = {name: question.ask(site.erp(name)) for name in site.names}
    found.extend(differences(question.title, answers))
    counted = _counted(question.title, answers, found)
    return Asked(
        counted.title, counted.counts, {name: question.plan(site.erp(name)) for name in site.names}, counted.agreed
    )
