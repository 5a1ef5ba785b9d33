"""Every row of the quirk catalogue that a shared codec absorbs, with the catalogue's own literals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import cast

import pytest

from acl.codecs.codes import code
from acl.codecs.dates import compact_day, compact_until, driver_day
from acl.codecs.iso import iso_country, iso_currency
from acl.codecs.keys import composite, zero_filled
from acl.codecs.numbers import decimal, decimal_text, floating
from acl.codecs.taxes import tax_id
from acl.codecs.text import padded, text
from acl.mapping import Mapping, column
from domain.currency import Currency
from domain.dates import OPEN_END
from domain.identifiers import LineNumber, ProductId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus
from domain.tax import TaxId, TaxIdKind
from ports.errors import NotWritable, Problem, ProblemKind
from tests.unit.acl.laws import codec_of
from tests.unit.acl.reading import Sample, both_paths, read_value, refusal_of, sample, sample_of, write_value

_ALPHA = sample(zero_filled("C", width=10, into=SupplierId))
_NUMC = sample(zero_filled("C", width=5, into=LineNumber, quirk="SAP-ID-04", numeric=True))
_MATERIAL = sample(zero_filled("C", width=18, into=ProductId, quirk="SAP-ID-07", spaced=True))
_PARTS = sample(composite("C", "D", widths=(6, 2), into=SupplierId))
_PADDED = sample(padded("C", width=8))
_PADDED_KEY = sample(padded("C", width=8, into=SupplierId))
_TEXT = sample(text("C", width=8))
_DAY = sample(compact_day("C"))
_UNTIL = sample(compact_until("C"))
_DRIVER_DAY = sample(driver_day("C"))
_CENTS = sample(floating("C", places=2))
_TEXT_NUMBER = sample(decimal_text("C", places=3))
_EXACT = sample(decimal("C", places=2))
_STATUS = sample(code("C", {"1": OrderStatus.OPEN, "01": OrderStatus.OPEN, "2": OrderStatus.CLOSED}))
_NUMBERED = sample(code("C", {1: OrderStatus.OPEN}, kind=ProblemKind.UNIT, quirk="SAP-CODE-03"))
_CURRENCY = sample(iso_currency("C"))
_COUNTRY = sample(iso_country("C"))
_CGC = sample(column(tax_id(TaxIdKind.CNPJ, TaxIdKind.CPF, width=14), "C"))
_VAT = sample(column(tax_id(TaxIdKind.EU_VAT), "C"))

_READ = [
    ("SAP-ID-01 padded", _ALPHA, ("0000100000",), SupplierId("100000"), ("0000100000",)),
    ("SAP-ID-01 displayed", _ALPHA, ("100000",), SupplierId("100000"), ("0000100000",)),
    ("SAP-ID-02", _ALPHA, ("BP1710",), SupplierId("BP1710"), ("BP1710",)),
    ("SAP-ID-02 zeros before letters stay", _ALPHA, ("0BP1",), SupplierId("0BP1"), ("0BP1",)),
    ("SAP-ID-04 short", _NUMC, ("10",), LineNumber("10"), ("00010",)),
    ("SAP-ID-04 padded", _NUMC, ("00010",), LineNumber("10"), ("00010",)),
    ("SAP-ID-07", _MATERIAL, ("000000000000000021",), ProductId("21"), ("000000000000000021",)),
    ("SAP-ID-07 displayed", _MATERIAL, ("21",), ProductId("21"), ("000000000000000021",)),
    ("SAP-ID-12", _MATERIAL, ("A/B 1",), ProductId("A/B 1"), ("A/B 1",)),
    ("PRO-ID-01", _PARTS, ("000001", "01"), SupplierId("00000101"), ("000001", "01")),
    ("PRO-PAD-01", _PADDED, ("FORN01  ",), "FORN01", ("FORN01  ",)),
    ("PRO-PAD-01 key", _PADDED_KEY, ("FORN01  ",), SupplierId("FORN01"), ("FORN01  ",)),
    ("PRO-PAD-01 trimmed by the driver", _PADDED, ("FORN01",), "FORN01", ("FORN01  ",)),
    ("G1 text", _TEXT, ("Größe 1",), "Größe 1", ("Größe 1",)),
    ("PRO-DATE-01", _DAY, ("20240715",), date(2024, 7, 15), ("20240715",)),
    ("PRO-DATE-01 year 999", _DAY, ("09990102",), date(999, 1, 2), ("09990102",)),
    ("SAP-DATE-06", _UNTIL, ("99991231",), OPEN_END, ("99991231",)),
    ("SAP-DATE-06 a real end", _UNTIL, ("20241231",), date(2024, 12, 31), ("20241231",)),
    ("EBS-DATE-01", _DRIVER_DAY, (date(2024, 7, 15),), date(2024, 7, 15), (date(2024, 7, 15),)),
    ("PRO-NUM-01", _CENTS, (19.989999999999998,), Decimal("19.99"), (19.99,)),
    ("INH-NUM-02", _CENTS, (19.989999771118164,), Decimal("19.99"), (19.99,)),
    ("PRO-NUM-01 whole", _CENTS, (5,), Decimal("5.00"), (5.0,)),
    ("PRO-NUM-01 zero", _CENTS, (0.0,), Decimal("0.00"), (0.0,)),
    ("PRO-NUM-01 negative", _CENTS, (-19.989999999999998,), Decimal("-19.99"), (-19.99,)),
    ("SAP-NUM-01", _TEXT_NUMBER, ("12.500",), Decimal("12.500"), ("12.500",)),
    ("SAP-NUM-01 short", _TEXT_NUMBER, ("-12.5",), Decimal("-12.500"), ("-12.500",)),
    ("SAP-NUM-01 zero", _TEXT_NUMBER, ("0",), Decimal(0), ("0.000",)),
    ("EBS-NUM-01", _EXACT, (Decimal("12.5"),), Decimal("12.5"), (Decimal("12.50"),)),
    ("EBS-NUM-01 integer", _EXACT, (12,), Decimal(12), (Decimal("12.00"),)),
    ("G2 the first code is written", _STATUS, ("01",), OrderStatus.OPEN, ("1",)),
    ("G2 number", _NUMBERED, (1,), OrderStatus.OPEN, (1,)),
    ("SAP-NUM-10", _CURRENCY, ("EUR",), Currency("EUR"), ("EUR",)),
    ("G2 country", _COUNTRY, ("BR",), Country("BR"), ("BR",)),
    ("PRO-ID-02 company", _CGC, ("11222333000181",), TaxId(TaxIdKind.CNPJ, "11222333000181"), ("11222333000181",)),
    ("PRO-ID-02 person", _CGC, ("52998224725   ",), TaxId(TaxIdKind.CPF, "52998224725"), ("52998224725   ",)),
    ("PRO-ID-03", _CGC, ("12ABC34501DE35",), TaxId(TaxIdKind.CNPJ, "12ABC34501DE35"), ("12ABC34501DE35",)),
    ("PRO-ID-02 VAT", _VAT, ("DE136695976",), TaxId(TaxIdKind.EU_VAT, "DE136695976"), ("DE136695976",)),
]  # fmt: skip

_ID, _DATE, _NUM = ProblemKind.INVALID_IDENTIFIER, ProblemKind.INVALID_DATE, ProblemKind.INVALID_NUMBER
_CODE, _LOST, _NONE = ProblemKind.INVALID_CODE, ProblemKind.ENCODING, ProblemKind.MISSING
_DRIFT = ProblemKind.DRIFT
_CHECKSUM = "is not a valid CNPJ: The number's checksum or check digit is invalid."
_LENGTH = "is not a valid CNPJ: The number has an invalid length."
_REFUSED = [
    ("SAP-ID-01", _ALPHA, "00010000101", _ID, "'00010000101' is not a key of at most 10 capitals and digits"),
    ("SAP-ID-01", _ALPHA, "bp1710", _ID, "'bp1710' is not a key of at most 10 capitals and digits"),
    ("SAP-ID-01", _ALPHA, "BP 1710", _ID, "'BP 1710' is not a key of at most 10 capitals and digits"),
    ("SAP-ID-01", _ALPHA, " BP1710", _ID, "' BP1710' is not a key of at most 10 capitals and digits"),
    ("SAP-ID-01", _ALPHA, 100000, _DRIFT, "a text is expected, not int"),
    ("SAP-ID-01", _ALPHA, "0000000000", _NONE, "a value is required here"),
    ("SAP-ID-01", _ALPHA, "0", _NONE, "a value is required here"),
    ("SAP-ID-01", _ALPHA, "    ", _NONE, "a value is required here"),
    ("SAP-ID-01", _ALPHA, None, _NONE, "a value is required here"),
    ("SAP-ID-04", _NUMC, "1O", _ID, "'1O' is not all digits"),
    ("SAP-ID-04", _NUMC, "/123-456/", _ID, "'/123-456/' is not all digits"),
    ("SAP-ID-04", _NUMC, "١٠", _ID, "'١٠' is not all digits"),
    ("SAP-ID-04", _NUMC, "123456", _ID, "'123456' is not a key of at most 5 capitals and digits"),
    ("SAP-ID-07", _MATERIAL, "A" * 19, _ID, f"'{'A' * 19}' is not a key of at most 18 capitals and digits"),
    ("INH-ENC-04", _PADDED, "\x01ab", ProblemKind.ENCODING, "the text holds control characters"),
    ("INH-ENC-01", _PADDED, "A\ufffd", _LOST, "characters were lost before the text was read"),
    ("PRO-PAD-01", _PADDED, " " * 8, _NONE, "a value is required here"),
    ("PRO-PAD-02", _PADDED, None, _DRIFT, "a text is expected, not NoneType"),
    ("PRO-PAD-02", _PADDED, b"FORN01", _DRIFT, "a text is expected, not bytes"),
    ("INH-ENC-01", _TEXT, "Concei\ufffd\ufffdo", _LOST, "characters were lost before the text was read"),
    ("INH-ENC-04", _TEXT, "A\x96B", _LOST, "the text holds control characters"),
    ("G5", _TEXT, "", _NONE, "a value is required here"),
    ("PRO-DATE-01", _DAY, "20240230", _DATE, "'20240230' is not a day"),
    ("PRO-DATE-01", _DAY, "00000000", _DATE, "'00000000' is not a day"),
    ("PRO-DATE-01", _DAY, "2024071 ", _DATE, "'2024071 ' is not a day"),
    ("PRO-DATE-01", _DAY, "2024-1-1", _DATE, "'2024-1-1' is not a day"),
    ("PRO-DATE-01", _DAY, "2024-07-15", _DATE, "'2024-07-15' is not a day"),
    ("PRO-DATE-01", _DAY, "2024W011", _DATE, "'2024W011' is not a day"),
    ("PRO-DATE-01", _DAY, "2024071512", _DATE, "'2024071512' is not a day"),
    ("PRO-DATE-01", _DAY, "20240715١", _DATE, "'20240715١' is not a day"),
    ("PRO-DATE-01", _DAY, "99991231", _DATE, "'99991231' is not a day"),
    ("PRO-DATE-01", _DAY, 20240715, _DATE, "20240715 is not a day"),
    ("PRO-DATE-01", _DAY, "        ", _NONE, "a value is required here"),
    ("PRO-DATE-01", _UNTIL, 99991231, _DATE, "99991231 is not a day"),
    ("EBS-DATE-01", _DRIVER_DAY, datetime(2024, 7, 15), _DATE, "datetime.datetime(2024, 7, 15, 0, 0) is not a day"),
    ("PRO-NUM-01", _CENTS, 19.9934, _NUM, "19.9934 has more than the 2 decimals of its column"),
    ("PRO-NUM-01", _CENTS, 1e-9, _NUM, "1e-09 has more than the 2 decimals of its column"),
    ("PRO-NUM-01", _CENTS, float("nan"), _NUM, "nan is not a number that can be kept"),
    ("PRO-NUM-01", _CENTS, float("inf"), _NUM, "inf is not a number that can be kept"),
    ("PRO-NUM-01", _CENTS, "19.99", _NUM, "a number is expected, not str"),
    ("PRO-NUM-01", _CENTS, True, _NUM, "a number is expected, not bool"),
    ("INH-NUM-02", _CENTS, 1e15 + 0.125, _NUM, "1000000000000000.1 is too large for a float to tell its 2 decimals"),
    ("SAP-NUM-01", _TEXT_NUMBER, "12,50", _NUM, "'12,50' is not a plain decimal"),
    ("SAP-NUM-01", _TEXT_NUMBER, "", _NUM, "'' is not a plain decimal"),
    ("SAP-NUM-01", _TEXT_NUMBER, "NaN", _NUM, "'NaN' is not a plain decimal"),
    ("SAP-NUM-01", _TEXT_NUMBER, "1e3", _NUM, "'1e3' is not a plain decimal"),
    ("SAP-NUM-01", _TEXT_NUMBER, "12.50-", _NUM, "'12.50-' is not a plain decimal"),
    ("SAP-NUM-01", _TEXT_NUMBER, "1_000", _NUM, "'1_000' is not a plain decimal"),
    ("SAP-NUM-01", _TEXT_NUMBER, "１２", _NUM, "'１２' is not a plain decimal"),
    ("SAP-NUM-01", _TEXT_NUMBER, 12.5, _NUM, "12.5 is not a plain decimal"),
    ("SAP-NUM-01", _TEXT_NUMBER, None, _NONE, "a value is required here"),
    ("EBS-NUM-01", _EXACT, 12.5, _NUM, "12.5 is not an exact number"),
    ("EBS-NUM-01", _EXACT, Decimal("NaN"), _NUM, "Decimal('NaN') is not an exact number"),
    ("EBS-NUM-01", _EXACT, False, _NUM, "False is not an exact number"),
    ("G2", _STATUS, "9", _CODE, "'9' is not one of the known codes '1', '01', '2'"),
    ("G2", _STATUS, 1, _CODE, "1 is not one of the known codes '1', '01', '2'"),
    ("G2", _STATUS, "", _CODE, "'' is not one of the known codes '1', '01', '2'"),
    ("SAP-CODE-03", _NUMBERED, True, ProblemKind.UNIT, "True is not one of the known codes 1"),
    ("SAP-NUM-10", _CURRENCY, "USD5", ProblemKind.CURRENCY, "'USD5' is not an ISO 4217 currency"),
    ("SAP-NUM-10", _CURRENCY, "eur", ProblemKind.CURRENCY, "'eur' is not an ISO 4217 currency"),
    ("SAP-NUM-10", _CURRENCY, "", _NONE, "a value is required here"),
    ("G2", _COUNTRY, "XX", _CODE, "'XX' is not an ISO 3166-1 country"),
    ("PRO-ID-02", _CGC, "11222333000182", _ID, f"'11222333000182' {_CHECKSUM}"),
    ("PRO-ID-02", _CGC, "12abc34501de35", _ID, "'12abc34501de35' is not a CNPJ in canonical form"),
    ("PRO-ID-02", _CGC, "1122233300018 ", _ID, "'1122233300018' has the length of no tax number"),
    ("PRO-ID-02", _CGC, "529.982.247-25", _ID, f"'529.982.247-25' {_LENGTH}"),
    ("PRO-ID-02", _VAT, "de136695976", _ID, "'de136695976' is not a EU_VAT in canonical form"),
]  # fmt: skip


_UNWRITABLE = [
    ("SAP-ID-01", _ALPHA, SupplierId("12345678901"), "'12345678901' is longer than the column's 10"),
    ("SAP-ID-01", _ALPHA, SupplierId("bp1"), "'bp1' is not a key of at most 10 capitals and digits"),
    ("SAP-ID-01", _ALPHA, SupplierId("007"), "'007' would be read back without its zeros"),
    ("SAP-ID-04", _NUMC, LineNumber("1O"), "'1O' is not all digits"),
    ("SAP-ID-04", _NUMC, LineNumber("123456"), "'123456' is longer than the column's 5"),
    ("PRO-ID-01", _PARTS, SupplierId("0000011"), "'0000011' is not a key that fills 8 places"),
    ("PRO-ID-01", _PARTS, SupplierId("00 00101"), "'00 00101' is not a key that fills 8 places"),
    ("PRO-PAD-01", _PADDED, "FORN00001", "'FORN00001' is longer than the column's 8"),
    ("G5", _TEXT, "FORN00001", "'FORN00001' is longer than the column's 8"),
    ("SAP-DATE-06", _UNTIL, date(9999, 12, 31), "9999-12-31 would be read back as no end"),
    ("PRO-NUM-01", _CENTS, Decimal("12.345"), "12.345 does not fit a column of 2 decimals"),
    ("INH-NUM-02", _CENTS, Decimal(10**13), "10000000000000 is too large for a float to tell its 2 decimals"),
    ("SAP-NUM-01", _TEXT_NUMBER, Decimal("0.0001"), "0.0001 does not fit a column of 3 decimals"),
    ("EBS-NUM-01", _EXACT, Decimal("12.345"), "12.345 does not fit a column of 2 decimals"),
    ("G2", _STATUS, OrderStatus.DRAFT, "this system has no code for OrderStatus.DRAFT"),
    ("PRO-ID-02", _CGC, TaxId(TaxIdKind.EU_VAT, "DE136695976"), "this column does not hold a EU_VAT"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "raws", "value", "written"), [row[1:] for row in _READ], ids=[row[0] for row in _READ])
def test_a_literal_of_the_catalogue_is_read_and_written_back(
    of: Mapping[Sample], raws: tuple[object, ...], value: object, written: tuple[object, ...]
) -> None:
    assert read_value(of, *raws) == value
    assert write_value(of, value) == written


@pytest.mark.parametrize(
    ("quirk", "of", "raw", "kind", "reason"), _REFUSED, ids=[f"{row[0]} {row[2]!r}" for row in _REFUSED]
)
def test_a_bad_literal_is_refused_with_its_kind_its_quirk_and_a_sentence(
    quirk: str, of: Mapping[Sample], raw: object, kind: ProblemKind, reason: str
) -> None:
    (problem,) = cast("tuple[Problem, ...]", both_paths(of, sample_of(of, raw)))

    assert (problem.field, problem.column, problem.raw) == ("value", "C", repr(raw))
    assert (problem.kind, problem.quirk, problem.reason) == (kind, quirk, reason)


@pytest.mark.parametrize(("quirk", "of", "value", "reason"), _UNWRITABLE, ids=[f"{r[0]} {r[2]}" for r in _UNWRITABLE])
def test_what_a_column_cannot_hold_is_never_cut_rounded_or_replaced(
    quirk: str, of: Mapping[Sample], value: object, reason: str
) -> None:
    with pytest.raises(NotWritable) as caught:
        write_value(of, value)

    (problem,) = caught.value.problems
    assert (problem.quirk, problem.reason) == (quirk, reason)


@pytest.mark.parametrize(
    ("code", "store", "column", "shown"),
    [
        ("000001", "  ", "D", "'  ' does not fill the 2 places of this part of the key"),
        ("00001 ", "01", "C", "'00001 ' does not fill the 6 places of this part of the key"),
        ("00 001", "01", "C", "'00 001' does not fill the 6 places of this part of the key"),
        ("0000001", "1", "C", "'0000001' does not fill the 6 places of this part of the key"),
    ],
)
def test_a_part_of_a_key_that_does_not_fill_its_places_is_blamed_alone(
    code: str, store: str, column: str, shown: str
) -> None:
    (problem,) = refusal_of(lambda: read_value(_PARTS, code, store))

    assert (problem.kind, problem.quirk, problem.column, problem.reason) == (_ID, "PRO-ID-01", column, shown)


def test_a_site_adds_codes_and_currency_keys_of_its_own() -> None:
    status = _STATUS.with_codes({"value": {"7": OrderStatus.DRAFT}})
    currency = _CURRENCY.with_codes({"value": {"USD5": Currency("USD")}})

    assert (read_value(status, "7"), read_value(status, "2")) == (OrderStatus.DRAFT, OrderStatus.CLOSED)
    assert (read_value(currency, "USD5"), read_value(currency, "EUR")) == (Currency("USD"), Currency("EUR"))
    assert write_value(currency, Currency("USD")) == ("USD",)
    assert _spellings(currency, Currency("USD")) == ("USD", "USD5")


def _spellings(of: Mapping[Sample], value: object) -> tuple[object, ...]:
    found = codec_of(of).spellings
    assert found is not None
    return found(value)
