"""``dragoman explain``: how a system's records become domain objects, and what a question becomes on the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import attrs
from cyclopts import App, Parameter

from adapters.cli.criteria import ORDER_OPTIONS, SUPPLIER_OPTIONS, OrderCriteria, SupplierCriteria
from adapters.cli.exits import Exit
from adapters.cli.pushdown import Pushdown, order_examples, pushdowns, supplier_examples, told
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Json, Source, opened
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier

if TYPE_CHECKING:
    from acl.collection import Collection
    from acl.mapping import Lineage

K = TypeVar("K", PurchaseOrderId, SupplierId)
Q = TypeVar("Q")
A = TypeVar("A", PurchaseOrder, Supplier)

explain = App(name="explain", help="Show how a system's records become domain objects, and back.")


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Form:
    """How the explanation is given."""

    source: Annotated[
        bool, Parameter(name="--source", negative="", show_default=False, help="The generated Python of the reader.")
    ] = False
    markdown: Annotated[
        bool, Parameter(negative="", show_default=False, help="The mapping as a table in Markdown, for a page.")
    ] = False
    json: Json = False


@explain.command(name="purchase-orders")
def purchase_orders(
    *, criteria: OrderCriteria | None = None, form: Form | None = None, source: Source | None = None
) -> int:
    """Show where each attribute of a purchase order comes from, and what the vendor is asked for each option of `find`.

    With options of `find`, show what becomes of just that question.

    Try:

    - `dragoman explain purchase-orders --system protheus`
    - `dragoman explain purchase-orders --status open --from 2024-01-01`
    - `dragoman explain purchase-orders --source | less`
    """
    query = None if criteria is None else criteria.query()
    with opened(source) as (_, erp):
        _explain(erp.name, erp.purchase_orders, query, order_examples(), ORDER_OPTIONS, form)
    return Exit.DONE


@explain.command(name="suppliers")
def suppliers(
    *, criteria: SupplierCriteria | None = None, form: Form | None = None, source: Source | None = None
) -> int:
    """Show where each attribute of a supplier comes from, and what the vendor is asked for each option of `find`.

    With options of `find`, show what becomes of just that question.

    Try `dragoman explain suppliers --system protheus --markdown`.
    """
    query = None if criteria is None else criteria.query()
    with opened(source) as (_, erp):
        _explain(erp.name, erp.suppliers, query, supplier_examples(), SUPPLIER_OPTIONS, form)
    return Exit.DONE


def _explain(
    system: str,
    collection: Collection[K, Q, A],
    query: Q | None,
    examples: Mapping[str, Q],
    options: Mapping[str, str],
    form: Form | None,
) -> None:
    screen, wanted = Screen(), Form() if form is None else form
    mapping = collection.mapping
    plans = pushdowns(collection, examples) if query is None else [told("this question", collection.plan(query))]
    if wanted.json:
        record: dict[str, object] = {
            "system": system,
            "target": mapping.target.__name__,
            "record": mapping.record,
            "shape": mapping.shape.value,
            "columns": list(mapping.columns),
            "lineage": [attrs.asdict(each) for each in mapping.lineage],
            "queries": [attrs.asdict(each) for each in plans],
        }
        screen.json(record | {"source": mapping.source} if wanted.source else record)
    elif wanted.source:
        _lines(screen, mapping.source)
    elif wanted.markdown:
        _lines(screen, mapping.table("markdown"))
    elif query is not None:
        screen.sheet(_plan_sheet(plans[0]))
    else:
        screen.heading(f"{mapping.target.__name__} from {mapping.record} of {system}")
        screen.sheet(_lineage_sheet(collection, narrow=screen.is_narrow))
        screen.heading("What the vendor is asked, by the option of `dragoman find`")
        screen.sheet(pushdown_sheet(plans, options))


def _lines(screen: Screen, text: str) -> None:
    for line in text.splitlines():
        screen.line(line)


def _lineage_sheet(collection: Collection[K, Q, A], *, narrow: bool) -> Sheet:
    if narrow:
        short = [(each.field, _in_one(each)) for each in collection.mapping.lineage]
        return Sheet("", ("field", "comes from"), short, wrapped=("comes from",))
    columns = ("field", "columns", "codec", "absent", "written", "quirks")
    rows = [
        (
            each.field,
            ", ".join(each.columns),
            each.codec,
            "yes" if each.optional else "no",
            "yes" if each.read_only is None else f"no: {each.read_only}",
            " ".join(each.quirks) or "-",
        )
        for each in collection.mapping.lineage
    ]
    return Sheet("", columns, rows, wrapped=columns[1:])


def _in_one(each: Lineage) -> str:
    absent = ", may be absent" if each.optional else ""
    written = "" if each.read_only is None else f", never written: {each.read_only}"
    return f"{', '.join(each.columns)} by {each.codec}{absent}{written}"


def pushdown_sheet(plans: Sequence[Pushdown], options: Mapping[str, str]) -> Sheet:
    """Set the plan of each example one a line; *options* names the option of each field."""
    columns = ("option", "example", "asked of the vendor", "checked here only")
    rows = [
        (
            options.get(each.field, each.field),
            each.example,
            " and ".join(each.asked) or (f"nothing: {each.impossible}" if each.impossible is not None else "-"),
            " and ".join(each.checked) or "-",
        )
        for each in plans
    ]
    return Sheet("", columns, rows, wrapped=columns[1:])


def _plan_sheet(plan: Pushdown) -> Sheet:
    rows = [("question", plan.example)]
    rows += [("asked of the vendor", each) for each in plan.asked]
    rows += [("checked here only", each) for each in plan.checked]
    if plan.impossible is not None:
        rows.append(("nothing can match", plan.impossible))
    elif not plan.asked:
        rows.insert(1, ("asked of the vendor", "everything"))
    return Sheet("", ("part", "condition"), rows, wrapped=("condition",))
