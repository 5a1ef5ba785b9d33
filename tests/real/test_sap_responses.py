"""What SAP's systems really answered, through the OData driver's documents and through mappings."""

from __future__ import annotations

from datetime import date, time

import pytest

from acl.codecs.keys import zero_filled
from acl.collection import Collection
from acl.mapping import provenance
from acl.sap.codecs import RESULTS
from acl.sap.suppliers import SUPPLIER
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.odata.writes import etag_of
from domain.dates import OPEN_END
from domain.identifiers import CustomerId, SupplierId, TicketId
from domain.places import Address
from ports.errors import ProblemKind
from ports.suppliers import SupplierQuery
from tests.real.sap_answers import list_in, page_of, problems_of, read, record_in
from tests.real.sap_records import (
    ANSWERED,
    CHANGED_TICKET,
    CUSTOMER,
    DATES,
    OWN_NAME,
    PARTNER,
    SPACED_PARTNER,
    TERM,
    TICKET,
    WITH_ORDERS,
    ChangedTicket,
    Customer,
    OwnName,
    Partner,
)


def test_all_1085_recorded_partners_become_objects_where_a_number_may_hold_a_blank() -> None:
    page = page_of("business-partners-category2-select.json")

    found, refusals = read(SPACED_PARTNER, page.records)

    assert (len(page.records), len(found), refusals, page.following) == (1085, 1085, (), None)
    assert len({partner.id for partner in found}) == 1085
    assert not any(partner.is_person for partner in found)
    for partner, record in zip(found, page.records, strict=True):
        assert partner.id.text == partner.source.key == record["BusinessPartner"]
        assert partner.name == record["BusinessPartnerFullName"]


def test_by_default_the_four_partners_with_a_blank_in_their_number_are_refused_by_name() -> None:
    found, refusals = read(PARTNER, page_of("business-partners-category2-select.json").records)

    assert len(found) == 1081
    told = {(its.column, its.raw, its.kind) for its in problems_of(refusals)}
    assert len(refusals) == len(told) == 4
    assert {(column, kind) for column, _, kind in told} == {("BusinessPartner", ProblemKind.INVALID_IDENTIFIER)}
    assert all(" " in raw for _, raw, _ in told)


def test_after_each_tenth_recorded_partner_come_all_that_follow_it() -> None:
    """Their numbers have 2 to 10 places, and SAP keeps them in the order of their ten places."""
    records = sorted(page_of("business-partners-category2-select.json").records, key=_ten_places)
    port: Collection[SupplierId, SupplierQuery, Partner] = Collection(
        SPACED_PARTNER, lambda _: [records], system="recorded", quarantine=InMemoryQuarantine()
    )
    keys = [partner.id for partner in port.find(SupplierQuery())]

    for place in range(0, len(keys), 10):
        rest = [partner.id for partner in port.find(SupplierQuery(after=keys[place]))]
        assert rest == keys[place + 1 :], f"after {keys[place]} came {len(rest)} of {len(keys) - place - 1}"


def _ten_places(record: dict[str, object]) -> str:
    key = str(record["BusinessPartner"])
    return key.zfill(10) if key.isdecimal() else key


def test_a_recorded_version_is_kept_byte_for_byte() -> None:
    page = page_of("customer-material-read.json")

    found, refusals = read(OWN_NAME, page.records)

    assert [etag_of(record) for record in page.records] == ["W/\"''\""] * 4
    assert (len(found), refusals) == (4, ())
    assert [_raw(own) for own in found] == [_three(record) for record in page.records]


def test_the_same_answer_of_a_proxy_lacks_versions_and_reads_alike() -> None:
    page = page_of("customer-material-read-cap-mock.json")

    found, refusals = read(OWN_NAME, page.records)

    assert {etag_of(record) for record in page.records} == {None}
    assert (len(found), refusals) == (4, ())
    assert [_raw(own) for own in found] == [_three(record) for record in page.records]


def _raw(own: OwnName) -> tuple[object, ...]:
    return own.id.text, own.customer.text, own.name


def _three(record: dict[str, object]) -> tuple[object, ...]:
    return record["Material"], record["Customer"], record["MaterialByCustomer"]


def test_ticks_and_times_of_tickets_become_days_and_times_of_day() -> None:
    found, refusals = read(TICKET, page_of("ticket-collection.json").records)

    assert refusals == ()
    assert [(ticket.made_on, ticket.made_at) for ticket in found] == [
        (date(2017, 10, 4), time(14, 6, 40)),
        (date(2015, 5, 4), time(8, 8, 26)),
    ]


def test_a_time_that_is_none_is_refused_and_its_neighbour_is_not() -> None:
    found, refusals = read(CHANGED_TICKET, page_of("ticket-collection.json").records)

    assert found == [ChangedTicket(TicketId("1000000"), date(2019, 6, 24), time(17, 17, 45))]
    (problem,) = problems_of(refusals)
    assert (refusals[0].source.key, problem.column, problem.raw) == ("1", "LastChangeTime", "'ABC'")
    assert problem.quirk == "SAP-DATE-07"


def test_a_single_record_and_one_inside_a_function_s_answer_are_one_ticket() -> None:
    """The slashes of these dates are escaped in the text, and are the same after it was read."""
    ((ticket,), none) = read(TICKET, page_of("ticket-single.json").records)
    record = page_of("ticket-function.json").records[0]

    assert (ticket.made_on, none) == (date(2015, 5, 5), ())
    assert ANSWERED.read(record).id == ticket


def test_a_column_that_a_record_lacks_is_drift_and_not_absence() -> None:
    found, refusals = read(CHANGED_TICKET, page_of("ticket-single.json").records)

    assert found == []
    assert [(problem.column, problem.kind) for problem in problems_of(refusals)] == [
        ("LastChangeDate", ProblemKind.DRIFT),
        ("LastChangeTime", ProblemKind.DRIFT),
    ]


@pytest.mark.parametrize("name", ["inlinecount-with.json", "inlinecount-without.json"])
def test_a_count_in_the_answer_never_ends_the_reading(name: str) -> None:
    page = page_of(name)

    found, refusals = read(CUSTOMER, page.records)

    assert page.following is not None
    assert (found, refusals) == ([Customer(CustomerId("ALFKI"), None), Customer(CustomerId("ANATR"), None)], ())


def test_a_list_that_was_not_loaded_is_refused_and_never_read_as_empty() -> None:
    found, refusals = read(WITH_ORDERS, page_of("inlinecount-with.json").records)

    assert found == []
    assert {(problem.column, problem.quirk) for problem in problems_of(refusals)} == {("Orders", "SAP-HTTP-10")}


def test_a_null_day_is_absent_and_a_day_is_no_day_earlier() -> None:
    found, refusals = read(DATES, page_of("A_BusinessPartner.s4-mock-server.json", folder="mockdata").records)

    assert refusals == ()
    assert {dates.made_on for dates in found} == {date(2018, 2, 12)}
    assert [dates.changed_on for dates in found] == [None, None, None, date(2018, 2, 20), date(2018, 2, 20)]
    assert {dates.founded_on for dates in found} == {None}


def test_an_end_at_the_last_second_of_time_is_refused_by_name_and_the_plain_one_is_read() -> None:
    """The mock server ends an address on 9999-12-31 at 23:59:59, which is neither a day nor the known open end."""
    partners = page_of("A_BusinessPartner.s4-mock-server.json", folder="mockdata").records
    addresses = [address for partner in partners for address in RESULTS.unwrap(partner["to_BusinessPartnerAddress"])]

    found, refusals = read(TERM, addresses)

    assert (found, len(refusals)) == ([], 4)
    assert {(its.column, its.raw, its.kind) for its in problems_of(refusals)} == {
        ("ValidityEndDate", "'/Date(253402300799000)/'", ProblemKind.INVALID_DATE)
    }
    usual = [{**record_in(address), "ValidityEndDate": "/Date(253402214400000)/"} for address in addresses]
    assert {term.ends for term in read(TERM, usual)[0]} == {OPEN_END}


def test_the_house_s_own_mapping_reads_complete_partners_or_says_what_they_lack() -> None:
    """They are no suppliers, so the number is the partner's, and what stands behind the supplier is missing."""
    records = page_of("A_BusinessPartner.s4-mock-server.json", folder="mockdata").records
    told_apart = SUPPLIER.with_(source=provenance("BusinessPartner"))
    by_partner = told_apart.with_(id=zero_filled("BusinessPartner", width=10, into=SupplierId))

    as_they_are = problems_of(read(told_apart, records)[1])
    without_block = problems_of(read(by_partner, records)[1])
    unblocked = {"to_Supplier": {"PurchasingIsBlocked": False, "PaymentIsBlockedForSupplier": False}}
    found, refusals = read(by_partner, [record | unblocked for record in records])

    assert sum(its.column == "Supplier" and its.kind is ProblemKind.MISSING for its in as_they_are) == 5
    assert {its.column for its in as_they_are} == {"Supplier", "to_Supplier", "to_BusinessPartnerAddress"}
    assert {its.column for its in without_block} == {"to_Supplier", "to_BusinessPartnerAddress"}
    assert [its.id.text for its in found] == [record["BusinessPartner"] for record in records[:4]]
    assert [_place(its.address) for its in found] == [_plain_place(record) for record in records[:4]]
    assert [(each.source.key, each.problems[0].column) for each in refusals] == [
        (records[4]["BusinessPartner"], "to_BusinessPartnerAddress")
    ]


def _place(address: Address) -> tuple[object, ...]:
    return address.street, address.city, address.postal_code, address.country.code


def _plain_place(partner: dict[str, object]) -> tuple[object, ...]:
    place = record_in(list_in(record_in(partner["to_BusinessPartnerAddress"])["results"])[0])
    street = f"{place['StreetName']}, {place['HouseNumber']}"
    return street, place["CityName"], place["PostalCode"], place["Country"]
