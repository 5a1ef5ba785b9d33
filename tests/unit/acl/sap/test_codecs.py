"""SAP's own notions, one by one, with the catalogue's literals and the laws of every codec."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from acl.engine.codec import Unreadable
from acl.mapping import Mapping, column, optional, read_only
from acl.sap.codecs import (
    BANK,
    BLOCK,
    RESULTS,
    SINGLE,
    STREET,
    TAX,
    TICKS,
    odata_date,
    odata_until,
)
from acl.sap.codes import TAX_TYPES, UNITS
from domain.dates import OPEN_END
from domain.suppliers import BankAccount, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit
from ports.errors import NotWritable, Problem, ProblemKind
from tests.unit.acl.laws import (
    LAW,
    canonical,
    has_no_spelling_of_another_value,
    hostile,
    is_read_as_it_was_written,
    is_read_fast,
    is_told_alike_by_both_paths,
    is_written_as_it_was_read,
)
from tests.unit.acl.reading import Sample, both_paths, read_value, sample, sample_of, write_value
from tests.unit.acl.values import DAYS, TEXTS

_GREEK, _FIRM = TaxId(TaxIdKind.EU_VAT, "EL094259216"), TaxId(TaxIdKind.CNPJ, "11222333000181")
_DAY = sample(odata_date("C"))
_UNTIL = sample(odata_until("C"))
_STREET = sample(optional(column(STREET, "C", "D")))
_TAX = sample(column(TAX, "BPTaxType", "BPTaxNumber"))
_BLOCK = sample(column(BLOCK, "PurchasingIsBlocked", "PaymentIsBlockedForSupplier"))
_BANK = sample(read_only(column(BANK, "A", "B", "C", "D"), because="the test reads it only"))

_WRITABLE = {
    "odata_date": (_DAY, DAYS),
    "odata_until": (_UNTIL, st.dates() | st.just(OPEN_END)),
    "street": (_STREET, TEXTS | st.text("a, 1", min_size=1).filter(lambda text: text == text.strip())),
    "tax_category": (_TAX, st.sampled_from([_GREEK, TaxId(TaxIdKind.CPF, "52998224725")])),
    "block": (_BLOCK, st.sampled_from(SupplierBlock)),
}  # fmt: skip
_ALL = {name: of for name, (of, _) in _WRITABLE.items()} | {"bank": _BANK}

_READ = [
    ("SAP-DATE-01", _DAY, ("/Date(1704067200000)/",), date(2024, 1, 1), ("/Date(1704067200000)/",)),
    ("SAP-DATE-01 before 1970", _DAY, ("/Date(-86400000)/",), date(1969, 12, 31), ("/Date(-86400000)/",)),
    ("SAP-DATE-02", _DAY, ("/Date(1704067200000+0000)/",), date(2024, 1, 1), ("/Date(1704067200000)/",)),
    ("SAP-DATE-02 minus", _DAY, ("/Date(1704067200000-0000)/",), date(2024, 1, 1), ("/Date(1704067200000)/",)),
    ("SAP-DATE-06", _UNTIL, ("/Date(253402214400000)/",), OPEN_END, ("/Date(253402214400000)/",)),
    ("SAP-DATE-06 offset", _UNTIL, ("/Date(253402214400000+0000)/",), OPEN_END, ("/Date(253402214400000)/",)),
    ("SAP-DATE-06 a real end", _UNTIL, ("/Date(1704067200000)/",), date(2024, 1, 1), ("/Date(1704067200000)/",)),
    ("G1 street", _STREET, ("Rua das Flores", "100"), "Rua das Flores, 100", ("Rua das Flores", "100")),
    ("G1 street without house", _STREET, ("Main Street", ""), "Main Street", ("Main Street", "")),
    ("G1 house without street", _STREET, (None, "100"), "100", ("100", "")),
    ("G1 no street", _STREET, (None, ""), None, ("", "")),
    ("G5 a long last part", _STREET, ("A, Building North", ""), "A, Building North", ("A, Building North", "")),
    ("PRO-ID-02 BR1", _TAX, ("BR1", "11222333000181"), _FIRM, ("BR1", "11222333000181")),
    ("PRO-ID-02 BR2", _TAX, ("BR2", "52998224725"), TaxId(TaxIdKind.CPF, "52998224725"), ("BR2", "52998224725")),
    ("PRO-ID-03", _TAX, ("BR1", "12ABC34501DE35"), TaxId(TaxIdKind.CNPJ, "12ABC34501DE35"), ("BR1", "12ABC34501DE35")),
    ("PRO-ID-02 DE0", _TAX, ("DE0", "DE136695976"), TaxId(TaxIdKind.EU_VAT, "DE136695976"), ("DE0", "DE136695976")),
    ("PRO-ID-02 GR0", _TAX, ("GR0", "EL094259216"), _GREEK, ("GR0", "EL094259216")),
    ("SAP-CODE-01 free", _BLOCK, (False, False), SupplierBlock.NONE, (False, False)),
    ("SAP-CODE-01 purchasing", _BLOCK, (True, False), SupplierBlock.PURCHASING, (True, False)),
    ("SAP-CODE-01 payment", _BLOCK, (False, True), SupplierBlock.PAYMENT, (False, True)),
    ("SAP-CODE-01 all", _BLOCK, (True, True), SupplierBlock.ALL, (True, True)),
]  # fmt: skip

_DATE, _CODE, _ID = ProblemKind.INVALID_DATE, ProblemKind.INVALID_CODE, ProblemKind.INVALID_IDENTIFIER
_TWO_DAYS = "the offset {} means either of two days"
_REFUSED = [
    ("SAP-DATE-01", _DAY, ("",), _DATE, "C", "'' is not a day"),
    ("SAP-DATE-01", _DAY, ("2024-01-01T00:00:00",), _DATE, "C", "'2024-01-01T00:00:00' is not a day"),
    ("SAP-DATE-01", _DAY, ("\\/Date(1704067200000)\\/",), _DATE, "C", "'\\\\/Date(1704067200000)\\\\/' is not a day"),
    ("SAP-DATE-01", _DAY, ("/Date(1704067200001)/",), _DATE, "C", "'/Date(1704067200001)/' is not a day"),
    ("SAP-DATE-01", _DAY, ("/Date(١٧٠٤٠٦٧٢٠٠٠٠٠)/",), _DATE, "C", "'/Date(١٧٠٤٠٦٧٢٠٠٠٠٠)/' is not a day"),
    ("SAP-DATE-01", _DAY, (1704067200000,), _DATE, "C", "1704067200000 is not a day"),
    ("SAP-DATE-03", _DAY, ("/Date(1704067200000+0060)/",), ProblemKind.AMBIGUOUS, "C", _TWO_DAYS.format("+0060")),
    ("SAP-DATE-03", _DAY, ("/Date(1704067200000+1440)/",), ProblemKind.AMBIGUOUS, "C", _TWO_DAYS.format("+1440")),
    ("SAP-DATE-01", _DAY, (None,), ProblemKind.MISSING, "C", "a value is required here"),
    ("SAP-DATE-01", _DAY, ("/Date(253402214400000)/",), _DATE, "C", "'/Date(253402214400000)/' is not a day"),
    ("SAP-DATE-01", _DAY, ("/Date(253402214400000+0000)/",), _DATE, "C", "'/Date(253402214400000+0000)/' is not a day"),
    ("SAP-DATE-01", _DAY, ("/Date(253402300800000)/",), _DATE, "C", "'/Date(253402300800000)/' is not a day"),
    ("SAP-DATE-01", _UNTIL, ("/Date(253402300800000)/",), _DATE, "C", "'/Date(253402300800000)/' is not a day"),
    ("SAP-CODE-01", _BLOCK, ("X", False), _CODE, "PurchasingIsBlocked", "'X' is neither true nor false"),
    ("SAP-CODE-01", _BLOCK, (False, "Y"), _CODE, "PaymentIsBlockedForSupplier", "'Y' is neither true nor false"),
    ("SAP-CODE-01", _BLOCK, (1, False), _CODE, "PurchasingIsBlocked", "1 is neither true nor false"),
    ("SAP-CODE-01", _BLOCK, (None, False), _CODE, "PurchasingIsBlocked", "None is neither true nor false"),
    ("G2", _TAX, ("ZZ9", "1"), _CODE, "BPTaxType", "'ZZ9' is no known tax number category"),
    ("PRO-ID-02", _TAX, ("BR1", "11222333000182"), _ID, "BPTaxType, BPTaxNumber",
     "'11222333000182' is not a valid CNPJ: The number's checksum or check digit is invalid."),
    ("PRO-ID-02", _TAX, ("FR0", "DE136695976"), ProblemKind.AMBIGUOUS, "BPTaxType, BPTaxNumber",
     "'DE136695976' is no number of category FR0"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "raws", "value", "written"), [row[1:] for row in _READ], ids=[row[0] for row in _READ])
def test_a_literal_of_the_catalogue_is_read_and_written_back(
    of: Mapping[Sample], raws: tuple[object, ...], value: object, written: tuple[object, ...]
) -> None:
    assert read_value(of, *raws) == value
    assert write_value(of, value) == written


@pytest.mark.parametrize(
    ("quirk", "of", "raws", "kind", "column", "reason"), _REFUSED, ids=[f"{row[0]} {row[2]}" for row in _REFUSED]
)
def test_a_bad_literal_is_refused_with_its_kind_its_quirk_its_column_and_a_sentence(
    quirk: str, of: Mapping[Sample], raws: tuple[object, ...], kind: ProblemKind, column: str, reason: str
) -> None:
    (problem,) = cast("tuple[Problem, ...]", both_paths(of, sample_of(of, *raws)))

    assert (problem.kind, problem.quirk) == (kind, quirk)
    assert (problem.column, problem.reason) == (column, reason)


@pytest.mark.parametrize(
    ("of", "value", "reason"),
    [
        (_UNTIL, date(9999, 12, 31), "9999-12-31 would be read back as no end"),
        (_STREET, "a" * 61, f"'{'a' * 61}' is longer than the column's 60"),
        (_TAX, TaxId(TaxIdKind.EU_VAT, "XI110305878"), "no tax number category holds EU_VAT XI110305878"),
    ],
)
def test_what_sap_cannot_hold_is_never_written(of: Mapping[Sample], value: object, reason: str) -> None:
    with pytest.raises(NotWritable) as caught:
        write_value(of, value)

    assert caught.value.problems[0].reason == reason


_IBAN = "DE89370400440532013000"


def _account(bank: str, branch: str | None, account: str, iban: str | None = None) -> BankAccount:
    return BankAccount(bank=bank, branch=branch, account=account, iban=iban)


@pytest.mark.parametrize(
    ("raws", "account"),
    [
        (("BR", "0011827", "705307-4", ""), _account("001", "1827", "705307-4")),
        (("BR", "001", "705307-4", None), _account("001", None, "705307-4")),
        (("DE", "37040044", "5320", _IBAN), _account("37040044", None, "5320", _IBAN)),
    ],
)  # fmt: skip
def test_a_bank_key_is_the_bank_and_in_brazil_its_branch(raws: tuple[object, ...], account: BankAccount) -> None:
    assert read_value(_BANK, *raws) == account


@pytest.mark.parametrize(
    ("raw", "items"),
    [
        ({"results": []}, []),
        ({"results": [{"a": 1}]}, [{"a": 1}]),
        ([{"a": 1}], [{"a": 1}]),
    ],
)
def test_a_list_comes_wrapped_or_bare(raw: object, items: list[object]) -> None:
    """SAP-HTTP-11."""
    assert RESULTS.unwrap(raw) == items


@pytest.mark.parametrize("raw", [None, "", {"results": None}, {"results": {}}, {}, "[]"])
def test_what_is_no_list_is_schema_drift(raw: object) -> None:
    with pytest.raises(Unreadable, match="a list of records is expected") as caught:
        RESULTS.unwrap(raw)

    assert (caught.value.kind, caught.value.quirk) == (ProblemKind.DRIFT, "SAP-HTTP-11")


def test_a_list_that_was_not_loaded_is_not_an_empty_one() -> None:
    with pytest.raises(Unreadable, match="the list was not loaded") as caught:
        RESULTS.unwrap({"__deferred": {"uri": "…"}})

    assert (caught.value.kind, caught.value.quirk) == (ProblemKind.DRIFT, "SAP-HTTP-10")


def test_one_record_comes_as_itself_and_null_is_none() -> None:
    assert SINGLE.unwrap({"a": 1}) == [{"a": 1}]
    assert SINGLE.unwrap(None) == []
    assert (SINGLE.wrap([{"a": 1}]), SINGLE.wrap([])) == ({"a": 1}, None)


@pytest.mark.parametrize("raw", [{"__deferred": {}}, {"results": []}, [{"a": 1}], "", 0])
def test_what_is_not_one_loaded_record_is_refused(raw: object) -> None:
    with pytest.raises(Unreadable, match="one loaded record is expected") as caught:
        SINGLE.unwrap(raw)

    assert caught.value.quirk == "SAP-HTTP-10"


def test_two_spellings_of_a_unit_have_one_meaning() -> None:
    """SAP-CODE-03: internal key, English display key."""
    assert (UNITS["ST"], UNITS["PC"]) == (Unit("H87"), Unit("H87"))
    assert (UNITS["KAR"], UNITS["CAR"]) == (Unit("XBX"), Unit("XBX"))
    assert (UNITS["STD"], UNITS["H"]) == (Unit("HUR"), Unit("HUR"))


def test_every_member_of_the_union_has_its_category_and_nobody_else() -> None:
    assert len(TAX_TYPES) == 2 + 27
    assert [category for category in ("CH0", "GB0", "US0", "EL0") if category in TAX_TYPES] == []


_each = pytest.mark.parametrize("name", _WRITABLE)


@_each
@LAW
@given(data=st.data())
def test_a_canonical_raw_value_is_written_as_it_was_read(name: str, data: DataObject) -> None:
    of = _WRITABLE[name][0]
    is_written_as_it_was_read(of, data.draw(canonical(of)))


@_each
@LAW
@given(data=st.data())
def test_a_value_is_read_as_it_was_written_or_never_written(name: str, data: DataObject) -> None:
    of, values = _WRITABLE[name]
    is_read_as_it_was_written(of, data.draw(values))


@_each
@LAW
@given(data=st.data())
def test_every_spelling_of_a_value_decodes_to_it(name: str, data: DataObject) -> None:
    of = _WRITABLE[name][0]
    has_no_spelling_of_another_value(of, data.draw(canonical(of)))


@pytest.mark.parametrize("name", _ALL)
@LAW
@given(data=st.data())
def test_both_paths_say_the_same_of_any_raw_value(name: str, data: DataObject) -> None:
    is_told_alike_by_both_paths(_ALL[name], data.draw(hostile(_ALL[name])))


@pytest.mark.parametrize("name", _ALL)
@LAW
@given(data=st.data())
def test_a_canonical_raw_value_is_read_by_the_generated_reader(name: str, data: DataObject) -> None:
    is_read_fast(_ALL[name], data.draw(canonical(_ALL[name])))


@LAW
@given(st.lists(DAYS))
def test_ticks_sort_as_the_days_do(days: list[date]) -> None:
    ticks = [int(str(TICKS.encode(day))[6:-2]) for day in sorted(days)]

    assert ticks == sorted(ticks)
