"""A name is enough where that is proved and the ERP still says so; all else halts, and all of it is on record."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from attrs import define, evolve, field

from adapters.memory.purchase_orders import InMemoryPurchaseOrders
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.memory.suppliers import InMemorySuppliers
from application.resolving.by_key import ResolveByKey
from application.resolving.by_name import ResolveByName
from application.resolving.notebook import RESOLUTION
from domain.identifiers import Identifier, PurchaseOrderId, SupplierId
from domain.masters import of_supplier
from domain.matching import DIFFERS, EQUAL, KEY, NAME, TAX_NUMBER, Match
from domain.mentions import Mention, Trait
from domain.questions import Answered, Judgement, Proof, QuestionId
from domain.resolution import Ambiguous, Evidence, Resolved, Unknown
from domain.suppliers import Supplier, SupplierBlock
from sandbox.scenario import scenario
from tests.builders import supplier_of
from tests.governed.examples import SCOPE
from tests.unit.application.resolving.asking import PROVEN, Site, ranking

TAXED = [supplier for supplier in map(supplier_of, scenario().suppliers) if supplier.tax_ids]
FIRST, SECOND = (evolve(supplier, block=SupplierBlock.NONE) for supplier in TAXED[:2])
MENTION = Mention(kind=SupplierId, said=FIRST.name)
PROOF = Proof(scope=SCOPE, kind=SupplierId, model="m1", records=0, certificate=PROVEN)


@define
class Asking:
    """A resolver over an ERP that holds some suppliers, and an index that was made from others."""

    there: Sequence[Supplier] = (FIRST, SECOND)
    site: Site = field(factory=Site)
    chance: Decimal = Decimal("0.5")

    def __call__(
        self, mention: Mention[SupplierId] = MENTION
    ) -> Resolved[SupplierId] | Ambiguous[SupplierId] | Unknown:
        suppliers = InMemorySuppliers(self.there, quarantine=InMemoryQuarantine())
        orders = InMemoryPurchaseOrders((), quarantine=InMemoryQuarantine())
        by_key = ResolveByKey(suppliers={SCOPE: suppliers}, purchase_orders={SCOPE: orders}, clock=self.site.clock)
        return ResolveByName(
            by_key=by_key,
            matching=self.site.matching,
            notebook=self.site.notebook,
            journal=self.site.journal,
            audited=Decimal("0.05"),
            draw=lambda: self.chance,
            new_id=lambda: QuestionId("q1"),
        ).resolve(mention, SCOPE)


def match(supplier: Supplier, score: str, *evidence: Evidence) -> Match[Identifier]:
    return Match(record=of_supplier(supplier), score=Decimal(score), evidence=evidence or (Evidence(NAME, EQUAL),))


@pytest.fixture
def asking() -> Asking:
    asking = Asking()
    asking.site.matching.ranking = ranking(match(FIRST, "0.97"), match(SECOND, "0.02"))
    asking.site.write(None, PROOF)
    return asking


def test_what_is_proved_to_be_sure_enough_is_resolved(asking: Asking) -> None:
    found = asking()

    assert isinstance(found, Resolved)
    assert (found.id, found.chosen.label, found.chosen.score) == (FIRST.id, FIRST.name, Decimal("0.97"))
    assert [other.id for other in found.others] == [SECOND.id]
    assert (found.index, found.mention) == ("7", FIRST.name)


@pytest.mark.parametrize(
    "why", ["nothing proved", "another model", "below the threshold", "bulk load", "judged wrong", "forged"]
)
def test_a_name_that_nothing_was_proved_of_halts_with_candidates(asking: Asking, why: str) -> None:
    site = asking.site
    if why == "nothing proved":
        site.ledger.streams_kept.clear()
    elif why == "another model":
        site.write(None, evolve(PROOF, model="m2"))
    elif why == "below the threshold":
        site.matching.ranking = ranking(match(FIRST, "0.89"))
    elif why == "bulk load":
        site.matching.held = [of_supplier(supplier) for supplier in TAXED]
    elif why == "judged wrong":
        asking()
        site.write(None, Judgement(question=QuestionId("q1"), truth=SECOND.id))
    else:
        (record,) = site.ledger.streams_kept[RESOLUTION]
        site.ledger.streams_kept[RESOLUTION] = (evolve(record, body=record.body.replace(b'"wrong":0', b'"wrong":1')),)

    found = asking()

    assert isinstance(found, Ambiguous)
    assert found.candidates[0].id == FIRST.id
    assert found.ask_for is not None


def test_a_tax_number_settles_it_without_any_proof(asking: Asking) -> None:
    asking.site.ledger.streams_kept.clear()
    asking.site.matching.ranking = ranking(match(FIRST, "0.5", Evidence(TAX_NUMBER, EQUAL), Evidence(NAME, EQUAL)))

    found = asking(Mention(kind=SupplierId, said=FIRST.name, tax_number=FIRST.tax_ids[0].number))

    assert isinstance(found, Resolved)


def test_the_key_itself_needs_no_index(asking: Asking) -> None:
    asking.site.matching.ranking = None

    found = asking(Mention(kind=SupplierId, said=SECOND.id.text))

    assert isinstance(found, Resolved)
    assert found.id == SECOND.id
    assert asking.site.notebook.asked(SupplierId, SCOPE) == []


def test_without_an_index_a_name_only_gives_candidates(asking: Asking) -> None:
    asking.site.matching.ranking = None

    assert isinstance(asking(), Ambiguous)


@pytest.mark.parametrize(
    "now",
    [
        (SECOND,),
        (evolve(FIRST, name="Somebody Else"), SECOND),
        (evolve(FIRST, block=SupplierBlock.ALL), SECOND),
        (evolve(FIRST, tax_ids=()), SECOND),
    ],
    ids=["gone", "renamed", "blocked", "another number"],
)
def test_what_is_no_longer_as_the_index_has_it_halts(asking: Asking, now: Sequence[Supplier]) -> None:
    asking.there = now

    found = asking()

    assert isinstance(found, Ambiguous)
    assert f"what is known of {FIRST.id} is out of date" in found.because


def test_nothing_that_could_be_meant_is_unknown(asking: Asking) -> None:
    asking.site.matching.ranking = ranking()

    found = asking()

    assert isinstance(found, Unknown)
    (question,) = asking.site.notebook.asked(SupplierId, SCOPE)
    assert (question.best, question.score, question.is_asked) == (None, Decimal(0), True)


@pytest.mark.parametrize(("chance", "is_asked"), [("0.049", True), ("0.05", False)])
def test_a_share_of_the_answers_is_put_to_a_person(asking: Asking, chance: str, is_asked: bool) -> None:
    asking.chance = Decimal(chance)
    asking()

    (question,) = asking.site.notebook.asked(SupplierId, SCOPE)
    assert (question.answered, question.is_asked, question.drawn) == (Answered.RESOLVED, is_asked, Decimal("0.05"))
    assert (question.best, question.score, question.index, question.model) == (FIRST.id, Decimal("0.97"), "7", "m1")


def test_everything_that_halts_is_put_to_a_person(asking: Asking) -> None:
    asking.chance = Decimal("0.999999")
    asking.site.matching.ranking = ranking(match(FIRST, "0.5"))
    asking()

    (question,) = asking.site.notebook.open()
    assert (question.answered, question.drawn) == (Answered.HALTED, Decimal(1))
    assert question.mention == MENTION


def test_other_kinds_of_records_are_found_by_their_keys(asking: Asking) -> None:
    asking.site.matching.ranking = None
    suppliers = InMemorySuppliers((), quarantine=InMemoryQuarantine())
    orders = InMemoryPurchaseOrders((), quarantine=InMemoryQuarantine())
    by_key = ResolveByKey(suppliers={SCOPE: suppliers}, purchase_orders={SCOPE: orders}, clock=asking.site.clock)

    assert by_key.known(Mention(kind=PurchaseOrderId, said="45"), SCOPE) is None


@pytest.mark.parametrize(
    "mention",
    [
        Mention(kind=SupplierId, said="x" * 10_000),
        Mention(kind=SupplierId, said="half \ud800 a character"),
        Mention(kind=SupplierId, said=FIRST.name, facts=(Trait("city", "y" * 10_000),)),
        Mention(kind=SupplierId, said=FIRST.name, tax_number="\udfff"),
    ],
    ids=["long", "half", "long fact", "half a number"],
)
@pytest.mark.parametrize("is_indexed", [True, False])
def test_what_nobody_says_is_unknown_and_not_kept(
    asking: Asking, mention: Mention[SupplierId], is_indexed: bool
) -> None:
    if not is_indexed:
        asking.site.matching.ranking = None

    found = asking(mention)

    assert isinstance(found, Unknown)
    assert "too long, or holds half a character" in found.because
    assert asking.site.notebook.asked(SupplierId, SCOPE) == []


def test_a_key_that_something_else_contradicts_is_weighed_with_it(asking: Asking) -> None:
    asking.site.matching.ranking = ranking(
        match(FIRST, "0.5", Evidence(KEY, EQUAL), Evidence(TAX_NUMBER, DIFFERS)),
        match(SECOND, "0.5", Evidence(KEY, DIFFERS), Evidence(TAX_NUMBER, EQUAL)),
    )

    found = asking(Mention(kind=SupplierId, said=FIRST.id.text, tax_number=SECOND.tax_ids[0].number))

    assert isinstance(found, Ambiguous)
