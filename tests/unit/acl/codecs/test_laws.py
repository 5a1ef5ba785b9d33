"""The laws that every shared codec obeys."""

from __future__ import annotations

from decimal import Decimal
from math import inf, nextafter
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from acl.codecs.codes import code
from acl.codecs.dates import compact_day, compact_until, driver_day
from acl.codecs.iso import iso_country, iso_currency
from acl.codecs.keys import composite, zero_filled
from acl.codecs.numbers import decimal, decimal_text, floating
from acl.codecs.taxes import VALID, tax_id
from acl.codecs.text import padded, text
from acl.mapping import Mapping, column, optional
from domain.currency import Currency
from domain.dates import OPEN_END
from domain.identifiers import LineNumber, ProductId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus
from domain.tax import TaxId, TaxIdKind
from tests.unit.acl.laws import (
    LAW,
    canonical,
    codec_of,
    has_no_spelling_of_another_value,
    hostile,
    is_read_as_it_was_written,
    is_read_fast,
    is_told_alike_by_both_paths,
    is_written_as_it_was_read,
)
from tests.unit.acl.reading import Sample, read_value, sample
from tests.unit.acl.values import AMOUNTS, DAYS, TEXTS, identifiers

_STATUSES = {"1": OrderStatus.OPEN, "01": OrderStatus.OPEN, "2": OrderStatus.CLOSED}
_TAX_IDS = st.sampled_from([TaxId(kind, number) for kind, numbers in VALID.items() for number in numbers])
_STATUS = st.sampled_from(OrderStatus)
_SUPPLIERS = identifiers(SupplierId)

_CASES: dict[str, tuple[object, SearchStrategy[object]]] = {
    "padded": (padded("C", width=8), TEXTS),
    "padded key": (padded("C", width=8, into=SupplierId), _SUPPLIERS),
    "text": (text("C", width=8), TEXTS),
    "text key": (text("C", width=8, into=SupplierId), _SUPPLIERS),
    "zero_filled": (zero_filled("C", width=10, into=SupplierId), _SUPPLIERS),
    "zero_filled, spaced": (zero_filled("C", width=10, into=ProductId, spaced=True), identifiers(ProductId)),
    "zero_filled, numeric": (zero_filled("C", width=5, into=LineNumber, numeric=True), identifiers(LineNumber)),
    "composite": (composite("C", "D", widths=(6, 2), into=SupplierId), _SUPPLIERS),
    "compact_day": (compact_day("C"), DAYS),
    "compact_until": (compact_until("C"), st.dates() | st.just(OPEN_END)),
    "driver_day": (driver_day("C"), st.dates()),
    "floating, cents": (floating("C", places=2), AMOUNTS),
    "floating, whole": (floating("C", places=0), AMOUNTS),
    "floating, four places": (floating("C", places=4), AMOUNTS),
    "decimal_text": (decimal_text("C", places=3), AMOUNTS),
    "decimal": (decimal("C", places=2), AMOUNTS),
    "code": (code("C", _STATUSES), _STATUS),
    "code of numbers": (code("C", {1: OrderStatus.OPEN, 2: OrderStatus.CLOSED}), _STATUS),
    "iso_currency": (iso_currency("C"), st.sampled_from(["BRL", "JPY", "KWD"]).map(Currency)),
    "iso_country": (iso_country("C"), st.sampled_from(["BR", "KW", "JP"]).map(Country)),
    "tax_id of Brazil": (column(tax_id(TaxIdKind.CNPJ, TaxIdKind.CPF, width=14), "C"), _TAX_IDS),
    "tax_id of the EU": (column(tax_id(TaxIdKind.EU_VAT), "C"), _TAX_IDS),
}  # fmt: skip
_SAMPLES = {name: sample(value) for name, (value, _) in _CASES.items()}
_OPTIONAL = {name: sample(optional(value)) for name, (value, _) in _CASES.items() if name != "composite"}
_each = pytest.mark.parametrize("name", _SAMPLES)


@_each
@LAW
@given(data=st.data())
def test_a_canonical_raw_value_is_written_as_it_was_read(name: str, data: DataObject) -> None:
    is_written_as_it_was_read(_SAMPLES[name], data.draw(canonical(_SAMPLES[name])))


@_each
@LAW
@given(data=st.data())
def test_a_value_is_read_as_it_was_written_or_never_written(name: str, data: DataObject) -> None:
    is_read_as_it_was_written(_SAMPLES[name], data.draw(_CASES[name][1]))


@_each
@LAW
@given(data=st.data())
def test_every_spelling_of_a_value_decodes_to_it(name: str, data: DataObject) -> None:
    has_no_spelling_of_another_value(_SAMPLES[name], data.draw(canonical(_SAMPLES[name])))


@_each
@LAW
@given(data=st.data())
def test_both_paths_say_the_same_of_any_raw_value(name: str, data: DataObject) -> None:
    is_told_alike_by_both_paths(_SAMPLES[name], data.draw(hostile(_SAMPLES[name])))


@pytest.mark.parametrize("name", _OPTIONAL)
@LAW
@given(data=st.data())
def test_both_paths_say_the_same_of_any_raw_value_that_may_be_absent(name: str, data: DataObject) -> None:
    is_told_alike_by_both_paths(_OPTIONAL[name], data.draw(hostile(_OPTIONAL[name])))


@_each
@LAW
@given(data=st.data())
def test_a_canonical_raw_value_is_read_by_the_generated_reader(name: str, data: DataObject) -> None:
    is_read_fast(_SAMPLES[name], data.draw(canonical(_SAMPLES[name])))


@pytest.mark.parametrize("name", [name for name, of in _SAMPLES.items() if codec_of(of).ordered])
@LAW
@given(data=st.data())
def test_raw_values_sort_as_the_values_do(name: str, data: DataObject) -> None:
    of = _SAMPLES[name]
    raws = data.draw(st.lists(canonical(of), max_size=5))
    if name.startswith("zero_filled"):  # among numbers only: the domain sorts their texts, the vendor their fillings
        raws = [raw for raw in raws if str(raw[0]).isdecimal() and str(raw[0])[0] != "0"]
    values = [(raw, read_value(of, *raw)) for raw in raws]

    assert [raw for raw, _ in sorted(values, key=itemgetter(1))] == sorted(raws)


@pytest.mark.parametrize("name", _OPTIONAL)
def test_what_is_absent_is_read_as_none_in_every_spelling_and_written_in_the_first(name: str) -> None:
    of = _OPTIONAL[name]
    absent = codec_of(of).absent

    assert [read_value(of, raw) for raw in absent] == [None for _ in absent]
    assert of.write(Sample(SupplierId("1"), None)) == {"ID": "1", "C": absent[0]}


@LAW
@given(st.integers(1 - 10**15, 10**15 - 1), st.integers(0, 4))
def test_a_float_that_counts_cents_is_read_as_the_decimal_that_was_meant(count: int, places: int) -> None:
    meant = Decimal(count).scaleb(-places)

    assert read_value(_floating(places), float(meant)) == meant


@LAW
@given(st.integers(1, 10**9), st.integers(0, 4), st.sampled_from([inf, -inf]))
def test_the_next_float_was_meant_as_the_same_decimal_and_is_read_fast(count: int, places: int, way: float) -> None:
    meant = Decimal(count).scaleb(-places)
    artefact = nextafter(float(meant), way)

    assert str(read_value(_floating(places), artefact)) == f"{meant:f}"
    is_read_fast(_floating(places), (artefact,))


def _floating(places: int) -> Mapping[Sample]:
    return sample(floating("C", places=places))
