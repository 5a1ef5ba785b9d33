"""Small records of SAP's services, mapped as an integration team would."""

from __future__ import annotations

import re
from datetime import date, time

from attrs import field, frozen

from acl.codecs.codes import code
from acl.codecs.keys import zero_filled
from acl.codecs.text import text
from acl.engine.codec import Codec
from acl.mapping import column, many, mapping, only, optional, provenance, read_only
from acl.sap.codecs import RESULTS, SINGLE, odata_date, odata_until
from domain.dates import Until
from domain.identifiers import CustomerId, ProductId, SupplierId, TicketId
from domain.provenance import SourceRef
from domain.text import words
from ports.errors import ProblemKind


@frozen
class Partner:
    """An organisation or a person that SAP knows."""

    id: SupplierId
    name: str = field(validator=words)
    is_person: bool
    source: SourceRef = field(eq=False)


PARTNER = mapping(Partner, record="A_BusinessPartner")(
    id=zero_filled("BusinessPartner", width=10, into=SupplierId),
    name=read_only(text("BusinessPartnerFullName", width=81), because="SAP puts it together from the other names"),
    is_person=code("BusinessPartnerCategory", {"1": True, "2": False, "3": False}),
    source=provenance("BusinessPartner"),
)


@frozen
class OwnName:
    """How a customer calls one of our products."""

    id: ProductId
    customer: CustomerId
    name: str | None


OWN_NAME = mapping(OwnName, record="A_CustomerMaterial")(
    id=zero_filled("Material", width=40, into=ProductId),
    customer=zero_filled("Customer", width=10, into=CustomerId),
    name=optional(text("MaterialByCustomer", width=35)),
)


def _time(raw: object) -> time:
    found = re.fullmatch("PT([0-9]{2})H([0-9]{2})M([0-9]{2})S", raw) if isinstance(raw, str) else None
    if found is None:
        raise ValueError(raw)
    return time(int(found[1]), int(found[2]), int(found[3]))


TIME = Codec[time](
    name="edm_time",
    decode=_time,
    encode=lambda value: f"{value:PT%HH%MM%SS}",
    kind=ProblemKind.INVALID_TIME,
    quirks=("SAP-DATE-07",),
    produces=(time,),
)


@frozen
class Ticket:
    """A ticket, with the day and the time of day on which it was made."""

    id: TicketId
    name: str
    made_on: date
    made_at: time
    is_blocked: bool


@frozen
class ChangedTicket:
    """A ticket and when it was last changed."""

    id: TicketId
    changed_on: date
    changed_at: time


@frozen
class Answered:
    """What a function of the service gives: a record under a name of its own."""

    id: Ticket


TICKET = mapping(Ticket, record="Ticket")(
    id=text("Ticket", width=10, into=TicketId),
    name=text("TicketName"),
    made_on=odata_date("CreationDate"),
    made_at=column(TIME, "CreationTime"),
    is_blocked=column(
        Codec[bool](name="flag", decode=lambda raw: raw is True, encode=bool, kind=ProblemKind.INVALID_CODE),
        "TicketIsBlocked",
    ),
)
CHANGED_TICKET = mapping(ChangedTicket, record="Ticket")(
    id=text("Ticket", width=10, into=TicketId),
    changed_on=odata_date("LastChangeDate"),
    changed_at=column(TIME, "LastChangeTime"),
)


@frozen
class Dates:
    """The days of a partner's record."""

    id: SupplierId
    made_on: date
    changed_on: date | None
    founded_on: date | None


DATES = mapping(Dates, record="A_BusinessPartner")(
    id=zero_filled("BusinessPartner", width=10, into=SupplierId),
    made_on=odata_date("CreationDate"),
    changed_on=optional(odata_date("LastChangeDate")),
    founded_on=optional(odata_date("OrganizationFoundationDate")),
)


@frozen
class Term:
    """How long an address is valid."""

    id: SupplierId
    starts: date
    ends: Until


TERM = mapping(Term, record="A_BusinessPartnerAddress")(
    id=zero_filled("BusinessPartner", width=10, into=SupplierId),
    starts=odata_date("ValidityStartDate"),
    ends=odata_until("ValidityEndDate"),
)


@frozen
class Customer:
    """A customer of the public Northwind service, and which orders it has."""

    id: CustomerId
    region: str | None


@frozen
class WithOrders:
    """A customer whose orders were to be read along."""

    id: CustomerId
    orders: tuple[str, ...]


CUSTOMER = mapping(Customer, record="Customers")(
    id=text("CustomerID", width=5, into=CustomerId), region=optional(text("Region", width=15))
)
WITH_ORDERS = mapping(WithOrders, record="Customers")(
    id=text("CustomerID", width=5, into=CustomerId), orders=many("Orders", text("OrderID"), envelope=RESULTS)
)


SPACED_PARTNER = PARTNER.with_(id=zero_filled("BusinessPartner", width=10, into=SupplierId, spaced=True))
ANSWERED = mapping(Answered, record="(function)")(id=only("Partner", TICKET, envelope=SINGLE))
