"""Pseudonyms that a mapping understands exactly as it understands the value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from acl.codecs.text import text
from acl.engine.codec import Codec, Unreadable
from acl.engine.fields import Scalar
from acl.inhouse.suppliers import SUPPLIER as INHOUSE
from acl.mapping import Shape, mapping, never
from acl.oracle.suppliers import SUPPLIER as ORACLE
from acl.protheus.suppliers import SUPPLIER as PROTHEUS
from acl.sap.suppliers import SUPPLIER as SAP
from adapters.recording.pseudonyms import Pseudonyms
from adapters.recording.rules import Unit, rules_of
from domain.errors import InvalidValue
from domain.suppliers import BankAccount
from domain.tax import TaxId, TaxIdKind
from ports.errors import Misconfigured, ProblemKind

SAP_TAX = rules_of(SAP).units["to_BusinessPartnerTax/"][0]
SAP_STREET, SAP_POSTAL_CODE = rules_of(SAP).units["to_BusinessPartnerAddress/"]
SAP_NAME, SAP_TRADE_NAME = rules_of(SAP).units[""]
SAP_BANK = rules_of(SAP).units["to_BusinessPartnerBank/"][0]
ORACLE_BANK = rules_of(ORACLE).units["BankAccount/"][0]
PROTHEUS_TAX = rules_of(PROTHEUS).units[""][2]
INHOUSE_NAME, INHOUSE_TRADE_NAME, INHOUSE_TAX = rules_of(INHOUSE).units[""][:3]


@pytest.fixture
def pseudonyms() -> Pseudonyms:
    return Pseudonyms(b"a seed of these tests")


def masked(pseudonyms: Pseudonyms, unit: Unit, *raws: object) -> tuple[object, ...]:
    found = pseudonyms.masked(unit, dict(zip(unit.columns, raws, strict=True)), omits_absent=False)
    return tuple(found.values())


@pytest.mark.parametrize(
    ("category", "number"),
    [("BR1", "11222333000181"), ("BR2", "52998224725"), ("DE0", "DE136695976"), ("ES0", "ESA28015865")],
)
def test_a_tax_number_gets_another_with_right_check_digits_in_its_category(
    pseudonyms: Pseudonyms, category: str, number: str
) -> None:
    kept, other = masked(pseudonyms, SAP_TAX, category, number)

    assert kept == category
    assert isinstance(other, str)
    assert other != number
    kinds = {"BR1": TaxIdKind.CNPJ, "BR2": TaxIdKind.CPF}
    assert TaxId(kinds.get(category, TaxIdKind.EU_VAT), other).number == other
    assert pseudonyms.kept == {"BPTaxType": 1}


def test_a_tax_number_with_wrong_check_digits_gets_one_that_is_refused_for_the_same_reason(
    pseudonyms: Pseudonyms,
) -> None:
    _, other = masked(pseudonyms, SAP_TAX, "BR1", "11222333000182")

    with pytest.raises(InvalidValue, match="not a valid CNPJ"):
        TaxId(TaxIdKind.CNPJ, str(other))


@pytest.mark.parametrize(
    "iban", ["DE89370400440532013000", "GB82WEST12345698765432", "BE71096123456769", "FR1420041010050500013M02606"]
)
def test_an_iban_gets_another_that_is_valid_too(pseudonyms: Pseudonyms, iban: str) -> None:
    bank, branch, account, other = masked(pseudonyms, ORACLE_BANK, "37040044", None, "0532013000", iban)

    assert other != iban
    assert branch is None
    assert BankAccount(bank=str(bank), branch=None, account=str(account), iban=str(other)).iban == other


def test_an_iban_that_is_none_stays_none(pseudonyms: Pseudonyms) -> None:
    *_, other = masked(pseudonyms, ORACLE_BANK, "37040044", None, "0532013000", "DE00370400440532013000")

    assert other not in ("DE00370400440532013000", None)
    with pytest.raises(InvalidValue, match="not a valid IBAN"):
        BankAccount(bank="1", branch=None, account="1", iban=str(other))


@pytest.mark.parametrize("raw", [None, "", "-", "N/A", "."])
def test_what_stands_for_nothing_stays_as_it_is(pseudonyms: Pseudonyms, raw: object) -> None:
    assert masked(pseudonyms, INHOUSE_TRADE_NAME, raw) == (raw,)
    assert pseudonyms.counts() == {}


def test_blanks_that_fill_a_column_are_kept_and_a_blank_one_stays_blank(pseudonyms: Pseudonyms) -> None:
    (other,) = masked(pseudonyms, PROTHEUS_TAX, "11222333000181")
    (shorter,) = masked(pseudonyms, PROTHEUS_TAX, "52998224725   ")

    assert len(str(other)) == 14
    assert str(shorter)[11:] == "   "
    assert masked(pseudonyms, PROTHEUS_TAX, " " * 14) == (" " * 14,)


def test_equal_values_stay_equal_however_they_are_written(pseudonyms: Pseudonyms) -> None:
    (bare,) = masked(pseudonyms, INHOUSE_TAX, "11222333000181")
    (on_a_form,) = masked(pseudonyms, INHOUSE_TAX, "11.222.333/0001-81")
    _, elsewhere = masked(pseudonyms, SAP_TAX, "BR1", "11222333000181")

    assert str(on_a_form).translate(str.maketrans("", "", "./-")) == bare == elsewhere
    assert (str(on_a_form)[2], str(on_a_form)[10]) == (".", "/")


def test_different_values_stay_different(pseudonyms: Pseudonyms) -> None:
    others = [masked(pseudonyms, SAP_STREET, "Main Street", str(number))[1] for number in range(1, 10)]
    letters = [masked(pseudonyms, SAP_TRADE_NAME, letter)[0] for letter in "ABCDEFGHIJKLM"]

    assert len(set(others)) == 9
    assert len(set(letters)) == 13


def test_what_is_asked_leads_back_to_the_value(pseudonyms: Pseudonyms) -> None:
    (other,) = masked(pseudonyms, INHOUSE_TAX, "11.222.333/0001-81")
    bare = str(other).translate(str.maketrans("", "", "./-"))

    assert pseudonyms.meant("tax_ids", bare) == "11222333000181"
    assert pseudonyms.meant("tax_ids", f"{bare}   ") == "11222333000181   "
    assert pseudonyms.shown("tax_ids", "11222333000181") == bare
    assert pseudonyms.meant("tax_ids", "11222333000181") == "11222333000181"
    assert pseudonyms.meant("name", bare) == bare


@pytest.mark.parametrize("name", ["Größe & Ávila", "ООО Ромашка", "株式会社山田", "O'Neil -- DROP", "GrÃ¶ÃŸe"])
def test_a_name_in_any_script_shares_no_word_with_its_pseudonym(pseudonyms: Pseudonyms, name: str) -> None:
    (other,) = masked(pseudonyms, INHOUSE_NAME, name)

    words = {word for word in name.split() if word.isalnum()}
    assert words.isdisjoint(str(other).split())
    assert len(str(other)) == len(name)


def test_a_text_of_the_wrong_type_keeps_its_type(pseudonyms: Pseudonyms) -> None:
    (number,) = masked(pseudonyms, SAP_POSTAL_CODE, 1310100)
    (exact,) = masked(pseudonyms, SAP_POSTAL_CODE, Decimal("50.667"))
    (several,) = masked(pseudonyms, SAP_NAME, ["Miller", "Smith"])

    assert type(number) is int
    assert number != 1310100
    assert type(exact) is Decimal
    assert isinstance(several, list)
    assert set(several).isdisjoint({"Miller", "Smith"})
    assert masked(pseudonyms, SAP_POSTAL_CODE, False) == (False,)


def test_a_value_that_no_text_can_stand_for_is_never_kept(pseudonyms: Pseudonyms) -> None:
    only = mapping(BankAccount, record="ACCOUNT", shape=Shape.ROW)(
        bank=text("BANK", width=30), branch=never(None, because="-"), account=text("ACCOUNT", width=30),
        iban=never(None, because="-"),
    )  # fmt: skip
    unit = Unit("bank_accounts", "", only.root)

    with pytest.raises(Misconfigured, match="BANK is personal and holds a dict, which cannot be replaced"):
        masked(pseudonyms, unit, {"number": "1"}, "5320")


def test_a_long_value_that_no_other_fits_stops_the_recording(pseudonyms: Pseudonyms) -> None:
    def decode(raw: object) -> str:
        if raw != "Acme Limited":
            raise Unreadable(ProblemKind.INVALID_TEXT, "there is one supplier")
        return "Acme Limited"

    codec = Codec[object](name="one", decode=decode, encode=str, kind=ProblemKind.INVALID_TEXT)
    unit = Unit("name", "", Scalar(codec=codec, columns=("NAME",)))

    with pytest.raises(Misconfigured, match="a value of name in NAME has no pseudonym"):
        masked(pseudonyms, unit, "Acme Limited")
    assert masked(pseudonyms, unit, "Any Other Inc.") != ("Any Other Inc.",)


def test_accounts_without_a_domain_rule_are_replaced_column_by_column(pseudonyms: Pseudonyms) -> None:
    country, bank, account, iban = masked(pseudonyms, SAP_BANK, "BR", "0011827", "705307-4", "")

    assert country == "BR"
    assert bank != "0011827"
    assert account != "705307-4"
    assert str(account)[6] == "-"
    assert iban == ""
