"""Tax numbers: check digits verified, one canonical form."""

from __future__ import annotations

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.tax import TaxId, TaxIdKind

_CNPJ, _CPF, _VAT = TaxIdKind.CNPJ, TaxIdKind.CPF, TaxIdKind.EU_VAT
_CANONICAL = [
    (_CNPJ, "11222333000181"),
    (_CNPJ, "12ABC34501DE35"),
    (_CPF, "52998224725"),
    (_VAT, "DE136695976"),
    (_VAT, "FR40303265045"),
    (_VAT, "EL094259216"),
]


@pytest.mark.parametrize(("kind", "number"), _CANONICAL)
def test_a_canonical_number_is_kept_and_parses_to_itself(kind: TaxIdKind, number: str) -> None:
    assert TaxId(kind, number) == TaxId.parse(kind, number)
    assert str(TaxId(kind, number)) == f"{kind.name} {number}"


@pytest.mark.parametrize(
    ("kind", "written", "number"),
    [
        (_CNPJ, "11.222.333/0001-81", "11222333000181"),
        (_CNPJ, " 12.abc.345/01de-35 ", "12ABC34501DE35"),
        (_CPF, "529.982.247-25", "52998224725"),
        (_VAT, "de 136 695 976", "DE136695976"),
        (_VAT, "GR094259216", "EL094259216"),
    ],
)
def test_a_number_as_people_write_it_is_parsed_but_never_admitted(kind: TaxIdKind, written: str, number: str) -> None:
    assert TaxId.parse(kind, written) == TaxId(kind, number)
    with pytest.raises(InvalidValue) as caught:
        TaxId(kind, written)
    assert str(caught.value) == f"{written!r} is not a {kind.name} in canonical form"


@pytest.mark.parametrize(
    ("kind", "number", "why"),
    [
        (_CNPJ, "11222333000182", "The number's checksum or check digit is invalid."),
        (_CNPJ, "1122233300018", "The number has an invalid length."),
        (_CNPJ, "", "The number has an invalid format."),
        (_CPF, "52998224726", "The number's checksum or check digit is invalid."),
        (_CPF, "5299822472A", "The number has an invalid format."),
        (_VAT, "DE136695970", "The number's checksum or check digit is invalid."),
        (_VAT, "US136695976", "One of the parts of the number are invalid or unknown."),
    ],
)
def test_a_number_with_wrong_length_signs_or_check_digits_is_refused(kind: TaxIdKind, number: str, why: str) -> None:
    for make in (TaxId, TaxId.parse):
        with pytest.raises(InvalidValue) as caught:
            make(kind, number)
        assert str(caught.value) == f"{number!r} is not a valid {kind.name}: {why}"


@pytest.mark.parametrize("number", [None, 52998224725, b"52998224725"])
def test_what_is_no_text_is_no_number(number: object) -> None:
    with pytest.raises(InvalidValue, match="is not a valid CPF"):
        TaxId(_CPF, number)  # type: ignore[arg-type]  # what the type checker refuses is refused at run time too


def test_a_kind_is_no_text() -> None:
    with pytest.raises(TypeError, match="kind"):
        TaxId("cpf", "52998224725")  # type: ignore[arg-type]  # what the type checker refuses is refused too


@settings(deadline=None)
@given(st.sampled_from(_CANONICAL), st.integers(0, 13), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found_in_a_person_or_a_company_number(
    canonical: tuple[TaxIdKind, str], place: int, digit: str
) -> None:
    kind, number = canonical
    place %= len(number)
    if kind is _VAT or number[place] == digit or not number[place].isdigit():
        return  # a letter may have a digit of the same weight
    with pytest.raises(InvalidValue):
        TaxId(kind, number[:place] + digit + number[place + 1 :])


@settings(deadline=None)
@given(st.sampled_from(TaxIdKind), st.text() | st.text("0123456789.-/ ABDE", max_size=18))
def test_what_parses_is_canonical_and_parses_again_to_itself(kind: TaxIdKind, written: str) -> None:
    try:
        found = TaxId.parse(kind, written)
    except InvalidValue:
        return
    assert TaxId.parse(kind, found.number) == found


def test_one_number_of_two_kinds_is_two_tax_ids() -> None:
    assert TaxId(_CPF, "52998224725") != TaxId(_CNPJ, "11222333000181")


def test_a_tax_id_is_frozen_and_slotted() -> None:
    tax_id = TaxId(_CPF, "52998224725")
    with pytest.raises(FrozenInstanceError):
        tax_id.number = "11144477735"  # type: ignore[misc]  # what the type checker refuses is refused too
    assert not hasattr(tax_id, "__dict__")
