"""What is answered by name, word for word, and what of it is put on record."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from adapters.memory.purchase_orders import InMemoryPurchaseOrders
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.memory.suppliers import InMemorySuppliers
from application.resolving.by_key import ResolveByKey
from application.resolving.by_name import SHOWN, ResolveByName
from application.resolving.notebook import RESOLUTION
from contracts.stored import read
from domain.audit import Entry
from domain.identifiers import Identifier, SupplierId
from domain.masters import of_supplier
from domain.matching import EQUAL, NAME, NEARLY, Match
from domain.mentions import Mention
from domain.questions import Answered, Question, QuestionId
from domain.resolution import Ambiguous, Candidate, Evidence, Resolved, Unknown
from domain.scope import Scope
from domain.suppliers import Supplier, SupplierBlock
from tests.governed.examples import MORNING, SCOPE
from tests.unit.application.resolving.asking import Site, ranking
from tests.unit.application.resolving.placed import PlacedMatching
from tests.unit.application.resolving.test_by_name import FIRST, MENTION, PROOF, SECOND, Asking, match

ELSEWHERE = Scope("elsewhere", "9")
OTHERS = [evolve(SECOND, id=SupplierId(f"other-{number}"), name=f"Other {number}") for number in range(1, 7)]
EVIDENCE = (Evidence(NAME, EQUAL),)


@pytest.fixture
def asking() -> Asking:
    asking = Asking(site=Site(matching=PlacedMatching()))
    asking.site.matching.ranking = ranking(match(FIRST, "0.97"), *(match(other, "0.02") for other in OTHERS))
    asking.site.write(None, PROOF)
    return asking


def candidate(supplier: Supplier, score: str) -> Candidate[SupplierId]:
    return Candidate(id=supplier.id, label=supplier.name, score=Decimal(score), evidence=EVIDENCE)


def last(site: Site) -> Entry:
    *_, record = site.ledger.records(RESOLUTION)
    return read(Entry, record.body)


def resolver(site: Site, *there: Supplier) -> ResolveByName:
    suppliers = InMemorySuppliers(there, quarantine=InMemoryQuarantine())
    orders = InMemoryPurchaseOrders((), quarantine=InMemoryQuarantine())
    return ResolveByName(
        by_key=ResolveByKey(suppliers={SCOPE: suppliers}, purchase_orders={SCOPE: orders}, clock=site.clock),
        matching=site.matching,
        notebook=site.notebook,
        journal=site.journal,
        audited=Decimal("0.05"),
        draw=lambda: Decimal("0.5"),
        new_id=lambda: QuestionId("q1"),
    )


def test_what_is_resolved_is_kept_with_whom_it_won_against_and_counts_for_an_hour(asking: Asking) -> None:
    found = asking()

    assert isinstance(found, Resolved)
    assert found.chosen == candidate(FIRST, "0.97")
    assert found.others == tuple(candidate(other, "0.02") for other in OTHERS[:4])
    assert (found.scope, found.expires_at) == (SCOPE, MORNING + timedelta(hours=1))


def test_what_is_resolved_is_on_record_in_the_name_of_the_resolver(asking: Asking) -> None:
    asking()

    told = last(asking.site)
    why = f"name and facts agree with record {FIRST.id}"
    assert (told.stream, told.subject, told.by, told.what) == ("resolution", QuestionId("q1"), "resolver", "asked")
    assert (told.because, told.at) == (why, MORNING)
    assert told.details == Question(
        id=QuestionId("q1"),
        scope=SCOPE,
        mention=MENTION,
        answered=Answered.RESOLVED,
        because=why,
        candidates=(FIRST.id, *(other.id for other in OTHERS[:4])),
        score=Decimal("0.97"),
        drawn=Decimal("0.05"),
        is_asked=False,
        index="7",
        model="m1",
    )


def test_what_halts_gives_the_likeliest_few_and_is_on_record_with_them(asking: Asking) -> None:
    asking.site.ledger.streams_kept.clear()
    why = "nothing is proved of answers by name here; they are for a person"

    found = asking()

    likeliest = (candidate(FIRST, "0.97"), *(candidate(other, "0.02") for other in OTHERS[:4]))
    assert isinstance(found, Ambiguous)
    assert (found.mention, found.because, found.candidates) == (FIRST.name, why, likeliest)
    assert len(likeliest) == SHOWN
    question = last(asking.site).details
    assert isinstance(question, Question)
    assert (question.because, question.candidates) == (why, tuple(each.id for each in likeliest))


def test_what_is_out_of_date_halts_and_asks_for_the_key(asking: Asking) -> None:
    asking.there = (evolve(FIRST, name="Somebody Else"),)

    found = asking()

    assert isinstance(found, Ambiguous)
    assert found.ask_for == "key"
    assert found.because == (
        f"what is known of {FIRST.id} is out of date: it has changed since the index was made; refresh the index"
    )


def test_what_nobody_could_mean_is_unknown_in_the_words_in_which_it_was_asked_for(asking: Asking) -> None:
    asking.site.matching.ranking = ranking()

    assert asking() == Unknown(mention=FIRST.name, because="no record is known that could be meant")


def test_the_score_on_record_is_that_of_the_likeliest_though_another_was_chosen(asking: Asking) -> None:
    number = FIRST.tax_ids[0].number
    owner: Match[Identifier] = match(FIRST, "0.3", Evidence("tax number", EQUAL), Evidence(NAME, NEARLY))
    asking.site.matching.ranking = ranking(match(OTHERS[0], "0.4", Evidence(NAME, NEARLY)), owner)

    found = asking(Mention(kind=SupplierId, said="Schrauben", tax_number=number))

    question = last(asking.site).details
    assert isinstance(found, Resolved)
    assert isinstance(question, Question)
    assert (found.id, [other.id for other in found.others]) == (FIRST.id, [OTHERS[0].id])
    assert (question.score, question.best) == (Decimal("0.4"), OTHERS[0].id)


@pytest.mark.parametrize("proof", [evolve(PROOF, scope=ELSEWHERE), evolve(PROOF, records=3)])
def test_what_was_proved_elsewhere_or_of_another_master_proves_nothing_here(asking: Asking, proof: object) -> None:
    asking.site.ledger.streams_kept.clear()
    asking.site.write(None, proof)

    assert isinstance(asking(), Ambiguous)


def test_records_are_counted_where_and_of_the_kind_that_is_asked_for(asking: Asking) -> None:
    asking.site.write(None, evolve(PROOF, records=2))
    asking.site.matching.held = [of_supplier(FIRST), of_supplier(SECOND)]

    assert isinstance(asking(), Resolved)


def test_what_became_of_a_record_since_is_told_as_it_is_by_key() -> None:
    site = Site()
    site.matching.ranking = ranking(match(FIRST, "0.97"))
    site.write(None, PROOF)
    found = resolver(site, FIRST).resolve(MENTION, SCOPE)

    assert isinstance(found, Resolved)
    assert resolver(site, FIRST).changed(found) is None
    assert resolver(site, evolve(FIRST, name="Somebody Else")).changed(found) == "it is called Somebody Else now"


def test_a_key_that_is_all_that_was_said_is_not_weighed_and_not_kept(asking: Asking) -> None:
    found = asking(Mention(kind=SupplierId, said=FIRST.id.text))

    assert isinstance(found, Resolved)
    assert (found.index, found.others) == ("live", ())
    assert last(asking.site).details == PROOF


def test_a_blocked_supplier_is_shown_by_its_key_as_it_stands(asking: Asking) -> None:
    asking.there = (evolve(FIRST, block=SupplierBlock.ALL),)

    found = asking(Mention(kind=SupplierId, said=FIRST.id.text))

    assert isinstance(found, Resolved)
    assert Evidence("block", "everything") in found.chosen.evidence
