"""The laws of `ports.suppliers.Suppliers`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from contracts.laws import hostile
from contracts.laws.questions import Question, few
from contracts.laws.reads import ReadsLaws
from contracts.laws.subject import Subject
from domain.identifiers import SupplierId
from domain.places import Country
from domain.provenance import SourceRef
from domain.suppliers import Supplier, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.suppliers import SupplierQuery

SupplierSubject = Subject[SupplierId, SupplierQuery, Supplier]
SupplierQuestion = Question[SupplierQuery, Supplier]

_FOREIGN_TAX_IDS = (
    TaxId(TaxIdKind.CNPJ, "11222333000181"),
    TaxId(TaxIdKind.CPF, "11144477735"),
    TaxId(TaxIdKind.EU_VAT, "DE136695976"),
)
_FOREIGN_COUNTRIES = tuple(map(Country, ("AQ", "BV", "NA", "NO")))
"""Far away, and two that careless readers take for "not available" and for false."""


def with_tax_id(tax_id: TaxId) -> SupplierQuestion:
    """Who has this very tax number, of this very kind?"""
    return Question(
        "tax_id", f"tax_id={tax_id}", lambda query: evolve(query, tax_id=tax_id), lambda its: tax_id in its.tax_ids
    )


def named(part: str) -> SupplierQuestion:
    """Whose name holds this text, whatever the case?"""
    return Question(
        "name",
        f"name={part[:60]!r}",
        lambda query: evolve(query, name=part),
        lambda its: part.casefold() in its.name.casefold(),
    )


def located_in(country: Country) -> SupplierQuestion:
    """Who has an address in this country?"""
    return Question(
        "country",
        f"country={country}",
        lambda query: evolve(query, country=country),
        lambda its: its.address.country.code == country.code,
    )


def blocked(block: SupplierBlock) -> SupplierQuestion:
    """Who is blocked for just this?"""
    return Question(
        "block", f"block={block.value}", lambda query: evolve(query, block=block), lambda its: its.block is block
    )


class SupplierLaws(ReadsLaws[SupplierId, SupplierQuery, Supplier]):
    """What the criteria find; with the laws of reading this is all that an adapter of `Suppliers` keeps.

    The fixture ``subject`` gives a `SupplierSubject`.
    """

    port = "suppliers"

    def test_a_tax_id_finds_exactly_its_holders(self, subject: SupplierSubject) -> None:
        """The number is compared in canonical form and together with its kind."""
        facts = self.facts(subject)
        held = [tax_id for supplier in facts for tax_id in supplier.tax_ids]
        self.answers(subject, facts, map(with_tax_id, [*few(held), *_FOREIGN_TAX_IDS]))

    def test_a_part_of_a_name_finds_its_bearers_whatever_the_case(self, subject: SupplierSubject) -> None:
        """Capitals, accents and sharp s included; a sign that is a wildcard elsewhere is a sign here."""
        facts = self.facts(subject)
        names = few(sorted(supplier.name for supplier in facts))
        self.answers(subject, facts, map(named, dict.fromkeys(part for name in names for part in _ways_to_say(name))))
        self.answers(subject, facts, map(named, ("", *hostile.TEXTS)))

    def test_a_country_finds_exactly_its_suppliers(self, subject: SupplierSubject) -> None:
        """Whatever table of countries the ERP has, callers ask by ISO 3166."""
        facts = self.facts(subject)
        countries = few(supplier.address.country for supplier in facts)
        self.answers(subject, facts, map(located_in, dict.fromkeys([*countries, *_FOREIGN_COUNTRIES])))

    def test_a_block_finds_exactly_the_suppliers_under_it(self, subject: SupplierSubject) -> None:
        """Not blocked can be asked for as well as blocked."""
        self.answers(subject, self.facts(subject), map(blocked, SupplierBlock))

    def key(self, text: str) -> SupplierId:
        return SupplierId(text)

    def everything(self) -> SupplierQuery:
        return SupplierQuery()

    def following(self, query: SupplierQuery, key: SupplierId) -> SupplierQuery:
        return evolve(query, after=key)

    def about(self, record: Supplier) -> Iterator[SupplierQuestion]:
        yield named(record.name)
        yield named(record.name[1:5].swapcase())
        yield located_in(record.address.country)
        yield blocked(record.block)
        yield from map(with_tax_id, record.tax_ids)

    def foreign(self) -> Iterator[SupplierQuestion]:
        yield from map(named, hostile.TEXTS[:8])
        yield from map(with_tax_id, _FOREIGN_TAX_IDS)
        yield from map(located_in, _FOREIGN_COUNTRIES)

    def absences(self, facts: Sequence[Supplier]) -> Iterable[tuple[SupplierQuestion, frozenset[str]]]:
        without = frozenset(supplier.id.text for supplier in facts if supplier.tax_ids == ())
        held = few(tax_id for supplier in facts for tax_id in supplier.tax_ids)
        return [(with_tax_id(tax_id), without) for tax_id in [*held, *_FOREIGN_TAX_IDS]]

    def read_elsewhere(self, record: Supplier, source: SourceRef) -> Supplier:
        return evolve(record, source=source)


def _ways_to_say(name: str) -> tuple[str, ...]:
    return (name, name.upper(), name.lower(), name.swapcase()[2:9], name[-6:], f"{name} ", name.replace(" ", "%"))
