"""Jobs, of which every attribute is asked for in another way, and a query that asks for each of them."""

# ruff: noqa: RUF009  # equals() and its like declare a field, as attrs.field() does

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from acl.codecs.codes import code
from acl.codecs.dates import compact_day
from acl.codecs.keys import composite
from acl.codecs.text import padded, text
from acl.conditions import Comparison, Condition
from acl.mapping import Codec, column, embedded, gathered, many, mapping, never, only, optional
from domain.identifiers import Identifier, SupplierId
from ports.errors import ProblemKind
from ports.queries import after, at_least, at_most, contains, equals
from tests.unit.acl.engine.shop import State


@frozen
class Item:
    number: Identifier
    state: State
    size: Span


@frozen(order=True)
class Span:
    low: str
    high: str | None


@frozen
class Job:
    id: Identifier
    name: str
    state: State
    supplier: SupplierId
    due: date
    hash: str
    owner: str | None
    mails: tuple[str, ...]
    items: tuple[Item, ...]
    best: Item
    span: Span | None


@frozen(kw_only=True)
class Query:
    id: Identifier | None = equals("id")
    name: str | None = equals("name")
    state: State | None = equals("state")
    supplier: SupplierId | None = equals("supplier")
    since: date | None = at_least("due")
    until: date | None = at_most("due")
    says: str | None = contains("name")
    hash: str | None = equals("hash")
    owner: str | None = equals("owner")
    owner_from: str | None = at_least("owner")
    mail: str | None = equals("mails")
    item: Identifier | None = equals("items.number")
    item_state: State | None = equals("items.state")
    item_size: Span | None = equals("items.size")
    best: Identifier | None = equals("best.number")
    span: Span | None = equals("span")
    low: str | None = equals("span.low")
    following: Identifier | None = after("id")
    suppliers_after: SupplierId | None = after("supplier")
    note: str | None = field(default="not a criterion")


NAMES = {"O": State.OPEN, "o": State.OPEN, "P": State.PAID}
_HASH: Codec[str] = Codec(
    name="hash",
    decode=str,
    encode=str,
    kind=ProblemKind.RULE,
    narrows=lambda value: (Condition("Bucket", Comparison.EQ, len(value)),),
)
ITEM = mapping(Item, record="ITEM")(
    number=text("No", width=4, into=Identifier),
    state=code("St", NAMES),
    size=embedded(Span)(low=text("Low"), high=optional(text("High"))),
)
JOB = mapping(Job, record="JOB")(
    id=padded("Id", width=4, into=Identifier),
    name=padded("Name", width=8),
    state=code("State", NAMES),
    supplier=composite("Supp", "Shop", widths=(2, 1), into=SupplierId),
    due=compact_day("Due"),
    hash=column(_HASH, "Hash"),
    owner=never(None, because="nobody owns a job here"),
    mails=gathered(optional(text("Mail1", width=5)), optional(text("Mail2", width=9))),
    items=many("Items", ITEM, searchable=True),
    best=only("Best", ITEM, searchable_as="Best/"),
    span=optional(embedded(Span)(low=text("Low"), high=optional(text("High")))),
)


def a_job(**changes: object) -> Job:
    """Read a job that is due in July."""
    item = {"No": "1", "St": "O", "Low": "a", "High": None}
    plain: dict[str, object] = {
        "Id": "9   ", "Name": "bolt    ", "State": "O", "Supp": "AB", "Shop": "C", "Due": "20240715", "Hash": "h",
        "Mail1": None, "Mail2": "a@b.c", "Items": [item], "Best": [item], "Low": None, "High": None,
    }  # fmt: skip
    return JOB.read(plain | changes)
