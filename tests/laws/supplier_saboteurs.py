"""Ports of suppliers that understand a query wrongly, each in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve

from contracts.laws.suppliers import SupplierSubject
from domain.suppliers import Supplier
from ports.suppliers import SupplierQuery
from tests.laws.sabotage import Saboteur, finding


def suppliers_where(
    subject: SupplierSubject, without: SupplierQuery, meets: Callable[[Supplier], bool]
) -> Iterator[Supplier]:
    """Answer *without* honestly and one more criterion by *meets*."""
    return filter(meets, subject.port.find(without))


def overlooks_the_tax_id(subject: SupplierSubject) -> SupplierSubject:
    return finding(subject, lambda query: subject.port.find(evolve(query, tax_id=None)))


def takes_no_tax_id_for_any(subject: SupplierSubject) -> SupplierSubject:
    def find(query: SupplierQuery) -> Iterator[Supplier]:
        asked = query.tax_id
        return suppliers_where(
            subject,
            evolve(query, tax_id=None),
            lambda supplier: asked is None or supplier.tax_ids == () or asked in supplier.tax_ids,
        )

    return finding(subject, find)


def compares_names_with_their_case(subject: SupplierSubject) -> SupplierSubject:
    return finding(subject, lambda query: names(subject, query, lambda name, part: part in name))


def knows_the_case_of_ascii_only(subject: SupplierSubject) -> SupplierSubject:
    return finding(subject, lambda query: names(subject, query, lambda name, part: _ascii(part) in _ascii(name)))


def compares_names_from_their_start(subject: SupplierSubject) -> SupplierSubject:
    return finding(
        subject, lambda query: names(subject, query, lambda name, part: name.casefold().startswith(part.casefold()))
    )


def takes_a_percent_sign_for_a_wildcard(subject: SupplierSubject) -> SupplierSubject:
    def find(query: SupplierQuery) -> Iterator[Supplier]:
        return subject.port.find(evolve(query, name="") if query.name == "%" else query)

    return finding(subject, find)


def names(subject: SupplierSubject, query: SupplierQuery, holds: Callable[[str, str], bool]) -> Iterator[Supplier]:
    """Compare names by *holds*."""
    asked = query.name
    return suppliers_where(
        subject, evolve(query, name=None), lambda supplier: asked is None or holds(supplier.name, asked)
    )


def _ascii(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def does_not_know_the_country(subject: SupplierSubject) -> SupplierSubject:
    return finding(subject, lambda query: iter(()) if query.country is not None else subject.port.find(query))


def takes_every_block_for_a_block(subject: SupplierSubject) -> SupplierSubject:
    def find(query: SupplierQuery) -> Iterator[Supplier]:
        asked = query.block
        if asked is None or not asked.stops_payment:
            return subject.port.find(query)
        return suppliers_where(subject, evolve(query, block=None), lambda supplier: supplier.block.stops_payment)

    return finding(subject, find)


def forgets_the_country_beside_a_name(subject: SupplierSubject) -> SupplierSubject:
    return finding(
        subject, lambda query: subject.port.find(query if query.name is None else evolve(query, country=None))
    )


SABOTEURS = (
    Saboteur("test_a_tax_id_finds_exactly_its_holders", overlooks_the_tax_id, "also gave"),
    Saboteur("test_a_part_of_a_name_finds_its_bearers_whatever_the_case", compares_names_with_their_case, "lacks"),
    Saboteur("test_a_part_of_a_name_finds_its_bearers_whatever_the_case", knows_the_case_of_ascii_only, "lacks"),
    Saboteur("test_a_part_of_a_name_finds_its_bearers_whatever_the_case", compares_names_from_their_start, "lacks"),
    Saboteur(
        "test_a_part_of_a_name_finds_its_bearers_whatever_the_case", takes_a_percent_sign_for_a_wildcard, "also gave"
    ),
    Saboteur("test_a_country_finds_exactly_its_suppliers", does_not_know_the_country, "lacks"),
    Saboteur("test_a_block_finds_exactly_the_suppliers_under_it", takes_every_block_for_a_block, "also gave"),
    Saboteur("test_two_criteria_together_give_what_meets_both", forgets_the_country_beside_a_name, "also gave"),
    Saboteur("test_what_is_absent_matches_no_criterion", takes_no_tax_id_for_any, "have no tax_id"),
)
