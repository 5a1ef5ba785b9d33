"""Tax numbers, postal codes and IBANs, in each of their spellings."""

from __future__ import annotations

import pytest

from acl.inhouse.masters import IBAN, POSTAL_CODE, TAX_ID
from acl.mapping import column, optional
from domain.tax import TaxId, TaxIdKind
from ports.errors import ProblemKind
from tests.unit.acl.inhouse.reading import problem, read, refused, written

TAX = optional(column(TAX_ID, "CPF_CNPJ"))
CEP = optional(column(POSTAL_CODE, "CEP"))
ACCOUNT = optional(column(IBAN, "IBAN"))


@pytest.mark.parametrize(
    ("raw", "kind", "number"),
    [
        ("11.222.333/0001-81", TaxIdKind.CNPJ, "11222333000181"),
        ("11222333000181", TaxIdKind.CNPJ, "11222333000181"),
        ("12.ABC.345/01DE-35", TaxIdKind.CNPJ, "12ABC34501DE35"),
        ("529.982.247-25", TaxIdKind.CPF, "52998224725"),
        ("DE 136 695 976", TaxIdKind.EU_VAT, "DE136695976"),
        ("NL004495445B01", TaxIdKind.EU_VAT, "NL004495445B01"),
    ],
)
def test_a_tax_number_is_one_however_it_is_punctuated(raw: str, kind: TaxIdKind, number: str) -> None:
    found = read(TAX, raw)

    assert found == TaxId(kind, number)
    assert written(TAX, found) == number


@pytest.mark.parametrize("token", [None, "", "0", "00000000000000"])
def test_no_tax_number_has_its_own_tokens(token: str | None) -> None:
    assert read(TAX, token) is None
    assert written(TAX, None) is None


@pytest.mark.parametrize(
    ("raw", "quirk"),
    [
        ("11.222.333/0001-82", "INH-KEY-01"),
        ("52998224726", "INH-KEY-01"),
        ("1222333000181", "INH-KEY-04"),
        ("-", "INH-KEY-04"),
        ("de136695976", "INH-KEY-04"),
    ],
)
def test_a_number_with_wrong_digits_or_length_is_refused(raw: str, quirk: str) -> None:
    found = problem(TAX, raw)

    assert (found.kind, found.quirk, found.raw) == (ProblemKind.INVALID_IDENTIFIER, quirk, repr(raw))


@pytest.mark.parametrize(
    ("raw", "value"), [("01310100", "01310-100"), ("01310-100", "01310-100"), ("8001", "8001"), ("-", None)]
)
def test_eight_digits_get_the_hyphen_of_a_brazilian_postal_code(raw: str, value: str | None) -> None:
    assert read(CEP, raw) == value


def test_a_postal_code_that_would_get_a_hyphen_is_not_written() -> None:
    assert written(CEP, "01310-100") == "01310-100"
    assert refused(CEP, "01310100").kind is ProblemKind.INVALID_TEXT


def test_a_number_that_is_valid_as_two_kinds_is_ambiguous() -> None:
    """Its check digits are right as a CNPJ with letters and as a Dutch VAT number."""
    found = problem(TAX, "NL123456782B90")

    assert (found.kind, found.quirk) == (ProblemKind.AMBIGUOUS, "INH-KEY-01")
    assert refused(TAX, TaxId(TaxIdKind.CNPJ, "NL123456782B90")).kind is ProblemKind.AMBIGUOUS


@pytest.mark.parametrize("raw", ["DE89370400440532013000", "DE89 3704 0044 0532 0130 00"])
def test_an_iban_is_one_with_and_without_its_groups(raw: str) -> None:
    assert read(ACCOUNT, raw) == "DE89370400440532013000"
    assert written(ACCOUNT, "DE89370400440532013000") == "DE89370400440532013000"


def test_blanks_elsewhere_in_an_iban_are_refused() -> None:
    assert problem(ACCOUNT, "DE 89370400440532013000").kind is ProblemKind.INVALID_IDENTIFIER
