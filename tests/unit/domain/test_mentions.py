"""What was said of a record: each thing for what it is, and no more than anybody says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

from domain.errors import InvalidValue
from domain.identifiers import Identifier, SupplierId
from domain.mentions import Mention, Nature, Role, Trait

LONGEST = 2000
BARE = Mention(kind=SupplierId, said="Schrauben")
WHOLE = evolve(
    BARE,
    tax_number="DE136695976",
    reference="4711",
    nature=Nature.ORGANISATION,
    role=Role.CONTACT,
    facts=(Trait("city", "Bremen"), Trait("city", "")),
)


def test_what_was_not_said_is_left_out() -> None:
    assert (BARE.tax_number, BARE.reference, BARE.nature, BARE.role, BARE.facts) == (None, None, None, None, ())


@pytest.mark.parametrize("name", ["tax_number", "reference", "nature", "role", "facts"])
def test_a_mention_is_bare_until_anything_else_is_said(name: str) -> None:
    assert BARE.is_bare
    assert not evolve(BARE, **{name: getattr(WHOLE, name)}).is_bare


@pytest.mark.parametrize("kind", ["SupplierId", str, SupplierId("4711"), None])
def test_what_is_meant_is_known_by_a_kind_of_identifier(kind: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        Mention(kind=kind, said="Schrauben")  # type: ignore[arg-type]  # that is the point

    assert str(caught.value) == f"what is meant is known by an identifier, not by {kind!r}"


def test_any_identifier_may_be_meant() -> None:
    assert Mention(kind=Identifier, said="").kind is Identifier


@pytest.mark.parametrize("name", ["said", "tax_number", "reference", "nature", "role", "facts"])
def test_what_was_said_is_of_its_own_kind(name: str) -> None:
    for other in (1, "person"):
        if type(getattr(WHOLE, name)) is not type(other):
            with pytest.raises(TypeError):
                evolve(WHOLE, **{name: other})  # type: ignore[arg-type]  # fields as they are named


@pytest.mark.parametrize("facts", [["city"], [Trait("city", "Bremen")], ("Bremen",)])
def test_facts_are_traits_in_their_order(facts: object) -> None:
    with pytest.raises(TypeError):
        evolve(BARE, facts=facts)  # type: ignore[arg-type]  # that is the point


def test_a_fact_is_about_something_and_holds_what_was_written() -> None:
    assert Trait("city", " ").value == " "
    with pytest.raises(InvalidValue, match="about is blank"):
        Trait(" ", "Bremen")
    with pytest.raises(TypeError):
        Trait("city", 1)  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize(
    "said",
    [
        lambda left: evolve(BARE, said="x" * left),
        lambda left: evolve(BARE, said="", tax_number="x" * left),
        lambda left: evolve(BARE, said="", reference="x" * left),
        lambda left: evolve(BARE, said="", facts=(Trait("x" * left, ""),)),
        lambda left: evolve(BARE, said="", facts=(Trait("city", "x" * (left - 4)),)),
        lambda left: evolve(BARE, said="x", tax_number="x", reference="x" * (left - 2)),
    ],
    ids=["said", "tax number", "reference", "about", "value", "together"],
)
def test_all_that_is_said_together_has_at_most_two_thousand_characters(
    said: Callable[[int], Mention[SupplierId]],
) -> None:
    assert said(LONGEST).is_readable
    assert not said(LONGEST + 1).is_readable


@pytest.mark.parametrize("code", [0xD800, 0xDFFF])
@pytest.mark.parametrize("where", ["said", "tax_number", "reference"])
def test_half_a_character_cannot_be_read(where: str, code: int) -> None:
    letter = chr(code)

    assert not evolve(WHOLE, **{where: f"a{letter}b"}).is_readable  # type: ignore[arg-type]  # fields as they are named
    assert not evolve(WHOLE, facts=(Trait("city", letter),)).is_readable


@pytest.mark.parametrize("letter", ["\ud7ff", "\ue000", "\U0001f529", "ß"])
def test_whole_characters_can_be_read_whatever_they_are(letter: str) -> None:
    assert evolve(WHOLE, said=letter).is_readable
