"""Mappings of suppliers that translate wrongly, each in one way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve, frozen
from hypothesis import strategies as st

from acl.conditions import Comparison, Condition
from acl.mapping import Plan
from acl.protheus.suppliers import SUPPLIER
from contracts.laws.mappings import Asking, FieldOrigin, KeyField, RecordMapping
from domain.suppliers import Supplier
from ports.errors import TranslationError

Raws = dict[str, object]


class Honest(RecordMapping[Supplier]):
    """A mapping as it is; saboteurs change one thing about it."""

    target = Supplier

    @property
    def columns(self) -> tuple[str, ...]:
        return SUPPLIER.columns

    @property
    def key(self) -> KeyField:
        return SUPPLIER.key

    @property
    def lineage(self) -> Sequence[FieldOrigin]:
        return SUPPLIER.lineage

    def records(self) -> st.SearchStrategy[object]:
        return SUPPLIER.records()

    def read(self, record: object) -> Supplier:
        return SUPPLIER.read(record)

    def streamed(self, record: object) -> Supplier:
        return SUPPLIER.streamed(record)

    def write(self, value: Supplier) -> Raws:
        written = SUPPLIER.write(value)
        assert isinstance(written, dict)
        return written

    def patch(self, before: Supplier, after: Supplier) -> Raws:
        return SUPPLIER.patch(before, after)

    def plan(self, query: object) -> Asking:
        return SUPPLIER.plan(query)


class WritesAnotherName(Honest):
    def write(self, value: Supplier) -> Raws:
        return super().write(evolve(value, name=f"{value.name[:8]}..."))


class WritesWithoutPadding(Honest):
    def write(self, value: Supplier) -> Raws:
        return {column: _stripped(raw) for column, raw in super().write(value).items()}


class LosesItsPlaceInTheStream(Honest):
    def streamed(self, record: object) -> Supplier:
        supplier = super().streamed(record)
        return evolve(supplier, source=evolve(supplier.source, key="1"))


class ShoutsInTheStream(Honest):
    def streamed(self, record: object) -> Supplier:
        supplier = super().streamed(record)
        return evolve(supplier, name=f"{supplier.name}!")


class ToldNothingInTheStream(Honest):
    def streamed(self, record: object) -> Supplier:
        try:
            return super().streamed(record)
        except TranslationError as error:
            raise TranslationError(error.source, ()) from None


class SendsEverythingUnasked(Honest):
    def patch(self, before: Supplier, after: Supplier) -> Raws:
        return self.write(after) if before == after else super().patch(before, after)


class SendsNothing(Honest):
    def patch(self, before: Supplier, after: Supplier) -> Raws:
        super().patch(before, after)
        return {}


class AsksTooNarrowly(Honest):
    def plan(self, query: object) -> Asking:
        plan = SUPPLIER.plan(query)
        return evolve(plan, pushed=(*plan.pushed, Condition("A2_NOME", Comparison.EQ, "nobody")))


class AsksNothing(Honest):
    def plan(self, query: object) -> Asking:
        return Plan((), (), (), "a supplier is nobody")


def _stripped(raw: object) -> object:
    return raw.rstrip() or raw if isinstance(raw, str) else raw


@frozen
class MappingSaboteur:
    """What breaks one *law*, the words by which the law tells of it, and the other laws that notice it too."""

    law: str
    spoiled: Callable[[], Honest]
    told: str
    also: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.law}-{self.spoiled.__name__}"


WRITTEN = "test_what_is_written_reads_back_as_the_same_object"
CANONICAL = "test_a_canonical_record_is_written_as_it_was_read"
STREAM = "test_the_stream_gives_what_reading_alone_gives"
BOTH = "test_both_ways_of_reading_agree_on_a_record_with_anything_in_one_place"
NOTHING = "test_a_patch_of_nothing_is_empty"
PATCH = "test_a_patch_brings_about_what_changed_and_nothing_else"
MATCH = "test_a_match_meets_every_condition_that_the_vendor_is_asked"

SABOTEURS = (
    MappingSaboteur(WRITTEN, WritesAnotherName, "written and read again, name is", frozenset({CANONICAL})),
    MappingSaboteur(CANONICAL, WritesWithoutPadding, "is written as"),
    MappingSaboteur(STREAM, LosesItsPlaceInTheStream, "the stream was read at"),
    MappingSaboteur(STREAM, ShoutsInTheStream, "in the stream, name is", frozenset({BOTH})),
    MappingSaboteur(BOTH, ToldNothingInTheStream, r"alone \(Problem.* in the stream \(\)"),
    MappingSaboteur(NOTHING, SendsEverythingUnasked, "from a value to itself"),
    MappingSaboteur(PATCH, SendsNothing, "after a patch, in"),
    MappingSaboteur(MATCH, AsksTooNarrowly, "does not meet A2_NOME = 'nobody'"),
    MappingSaboteur(MATCH, AsksNothing, "nothing is asked: a supplier is nobody"),
)
