"""A key or a tax number settles which record is meant, unless something speaks against it."""

from __future__ import annotations

import pytest

from domain.certificates import Certificate
from domain.identifiers import SupplierId
from domain.matching import ABSENT, DIFFERS, KEY, NAME, PARTLY, TAX_NUMBER
from domain.mentions import Mention
from tests.resolution.told import (
    BY_KEY,
    BY_NUMBER,
    CNPJ,
    LIKELY,
    OTHER_CNPJ,
    SURE,
    UNCHECKED,
    UNPROVED,
    VAT,
    Found,
    decided,
    found,
    halted,
    said,
)


@pytest.mark.parametrize("proof", [None, UNPROVED], ids=["none", "without threshold"])
@pytest.mark.parametrize(
    ("mention", "match"),
    [
        (said(tax_number="11.222.333/0001-81"), found("A", LIKELY, BY_NUMBER, tax_numbers=(CNPJ,))),
        (said(tax_number=VAT), found("A", LIKELY, BY_NUMBER, (NAME, PARTLY), tax_numbers=(VAT,))),
        (said(reference="A"), found("A", "0.1", BY_KEY)),
        (said("A"), found("A", "0", BY_KEY)),
        (said("", tax_number=CNPJ), found("A", LIKELY, BY_NUMBER, tax_numbers=(CNPJ,))),
    ],
    ids=["tax number", "VAT number, name in part", "reference", "key as said", "number and no name"],
)
def test_an_identifier_settles_it_without_any_proof(
    mention: Mention[SupplierId], match: Found, proof: Certificate | None
) -> None:
    chosen = decided(mention, match, found("B", "0.05"), proof=proof)

    assert chosen.match is match
    assert chosen.because in {"tax number equal", "key equal"}


def test_a_number_that_no_record_has_is_told_to_be_wrong_if_its_check_digits_fail() -> None:
    wrong, right = (said(tax_number=number) for number in ("11.222.333/0001-82", "11.444.777/0001-61"))

    assert "fails its check digits" in halted(wrong, found("A", SURE, (TAX_NUMBER, DIFFERS))).because
    assert (
        halted(right, found("A", SURE, (TAX_NUMBER, DIFFERS))).because == "no record has the tax number that was given"
    )


def test_a_key_that_no_record_has_halts_however_well_the_name_agrees() -> None:
    assert (
        halted(said(reference="Z"), found("A", "1", (KEY, DIFFERS))).because == "no record has the key that was given"
    )


def test_a_blank_number_is_as_none() -> None:
    assert decided(said(tax_number=" ", reference=""), found("A")).match.record.id == SupplierId("A")


def test_a_number_that_is_not_checked_proves_nothing_though_the_record_has_a_checked_one_besides() -> None:
    match = found("A", "0.9995", BY_NUMBER, tax_numbers=(UNCHECKED, CNPJ))

    assert "of no kind whose check digits are known" in halted(said(tax_number=UNCHECKED), match).because


@pytest.mark.parametrize(
    ("mention", "told"), [(said(tax_number=CNPJ), BY_NUMBER), (said(reference="A"), BY_KEY)], ids=["tax number", "key"]
)
def test_two_masters_with_one_number_halt(mention: Mention[SupplierId], told: tuple[str, str]) -> None:
    first, second = (found(key, score, told, tax_numbers=(CNPJ,)) for key, score in (("A", "0.99"), ("B", "0.01")))

    assert "2 records have this" in halted(mention, first, second).because


def test_a_number_on_a_record_of_another_name_halts_and_says_whose_name_it_is() -> None:
    numbered = found("A", "0.01", BY_NUMBER, (NAME, DIFFERS), name="Sorvane SA", tax_numbers=(CNPJ,))
    mention = said(tax_number=CNPJ)

    rival = halted(mention, numbered, found("B", LIKELY, (TAX_NUMBER, ABSENT)))
    nobody = halted(mention, numbered, found("B", "0.2", (TAX_NUMBER, ABSENT)))

    assert rival.because == "record A has this tax number, but the name is that of record B"
    assert nobody.because == "record A has this tax number, but not this name"


def test_a_number_of_one_record_and_the_very_name_of_another_halt() -> None:
    numbered = found("A", "0.9995", BY_NUMBER, (NAME, PARTLY), name="Brunel Metais", tax_numbers=(CNPJ,))
    named = found("B", "0.98", (TAX_NUMBER, ABSENT), name="Brunel Quimica")

    assert halted(said("Brunel Quimica", tax_number=CNPJ), numbered, named)


def test_a_key_of_one_record_and_the_tax_number_of_another_contradict_each_other() -> None:
    keyed = found("A", SURE, BY_KEY, (TAX_NUMBER, ABSENT))
    numbered = found("B", "0.1", (KEY, DIFFERS), BY_NUMBER, (NAME, PARTLY), tax_numbers=(CNPJ,))

    assert halted(said(reference="A", tax_number=CNPJ), keyed, numbered)


def test_the_number_of_a_branch_settles_which_one_is_meant() -> None:
    one = found("A", SURE, BY_NUMBER, tax_numbers=(CNPJ,), group="one")
    other = found("B", "0.5", (TAX_NUMBER, DIFFERS), tax_numbers=(OTHER_CNPJ,), group="one")

    assert decided(said(tax_number=CNPJ), one, other).match is one


def test_a_key_that_is_said_twice_is_still_a_key() -> None:
    text = "Molt"

    assert halted(said(text, reference=text), found("A", "1", (KEY, DIFFERS))).because == (
        "no record has the key that was given"
    )
