"""Values of XML Schema in their lexical forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from acl.codecs.xsd import ELEMENT, ELEMENTS, xsd_boolean, xsd_date, xsd_decimal, xsd_int
from acl.mapping import Unreadable, column, optional
from acl.oracle.codecs import fusion_date, fusion_until
from domain.dates import OPEN_END
from domain.identifiers import LineNumber
from ports.errors import NotWritable, ProblemKind
from tests.unit.acl.laws import (
    LAW,
    canonical,
    hostile,
    is_read_as_it_was_written,
    is_read_fast,
    is_told_alike_by_both_paths,
    is_written_as_it_was_read,
)  # fmt: skip
from tests.unit.acl.reading import read_value, refusal_of, sample, write_value
from tests.unit.acl.values import AMOUNTS, identifiers

VALUES = {
    "xsd_decimal": (sample(xsd_decimal("C")), AMOUNTS),
    "xsd_int": (sample(xsd_int("C", into=LineNumber)), identifiers(LineNumber)),
    "xsd_date": (sample(column(xsd_date("xsd_date"), "C")), st.dates()),
    "fusion_date": (sample(fusion_date("C")), st.dates() | st.just(date(4712, 12, 31))),
    "fusion_until": (sample(fusion_until("C")), st.dates() | st.sampled_from([OPEN_END, date(4712, 12, 31)])),
}
OF = {name: of for name, (of, _) in VALUES.items()}
each = pytest.mark.parametrize("name", VALUES)


@each
@LAW
@given(data=st.data())
def test_a_canonical_form_is_written_as_it_was_read_and_needs_no_slow_path(name: str, data: DataObject) -> None:
    raws = data.draw(canonical(OF[name]))

    is_written_as_it_was_read(OF[name], raws)
    is_read_fast(OF[name], raws)


@each
@LAW
@given(data=st.data())
def test_a_value_is_read_as_it_was_written_or_never_written(name: str, data: DataObject) -> None:
    is_read_as_it_was_written(OF[name], data.draw(VALUES[name][1]))


@each
@LAW
@given(data=st.data())
def test_both_paths_say_the_same_of_any_raw_value(name: str, data: DataObject) -> None:
    is_told_alike_by_both_paths(OF[name], data.draw(hostile(OF[name])))


@pytest.mark.parametrize(
    ("name", "raw", "value", "written"),
    [
        pytest.param("fusion_date", "2024-02-29", date(2024, 2, 29), "2024-02-29", id="SOAP-06-no-zone"),
        pytest.param("fusion_date", "2024-02-29-03:00", date(2024, 2, 29), "2024-02-29", id="SOAP-06"),
        pytest.param("fusion_date", "2024-02-29Z", date(2024, 2, 29), "2024-02-29", id="SOAP-06-utc"),
        pytest.param("fusion_until", "4712-12-31", OPEN_END, "4712-12-31", id="FUS-DATE-02"),
        pytest.param("fusion_until", "4712-12-31-03:00", OPEN_END, "4712-12-31", id="FUS-DATE-02-with-zone"),
        pytest.param("fusion_until", "2024-12-31", date(2024, 12, 31), "2024-12-31", id="FUS-DATE-02-other-day"),
        pytest.param("xsd_decimal", "12.500", Decimal("12.5"), "12.5", id="SOAP-04"),
        pytest.param("xsd_decimal", ".5", Decimal("0.5"), "0.5", id="SOAP-04-no-zero"),
        pytest.param("xsd_decimal", "+100", Decimal(100), "100", id="SOAP-04-sign"),
        pytest.param("xsd_decimal", "0", Decimal(0), "0", id="G3-zero-is-a-value"),
        pytest.param("xsd_int", "10", LineNumber("10"), "10", id="SOAP-04-int"),
        pytest.param("xsd_int", "0010", LineNumber("10"), "10", id="SOAP-04-int-filled"),
    ],
)
def test_a_form_is_read_and_its_value_written_canonically(name: str, raw: str, value: object, written: str) -> None:
    assert read_value(OF[name], raw) == value
    assert write_value(OF[name], value) == (written,)


@pytest.mark.parametrize(
    ("name", "raw", "kind", "quirk"),
    [
        ("fusion_date", "0000-00-00", ProblemKind.INVALID_DATE, "SOAP-03"),
        ("fusion_date", "2024-02-30", ProblemKind.INVALID_DATE, "SOAP-03"),
        ("fusion_date", "", ProblemKind.INVALID_DATE, "SOAP-03"),
        ("fusion_date", "2024-01-15T00:00:00", ProblemKind.INVALID_DATE, "SOAP-03"),
        ("fusion_date", "٢٠٢٤-٠١-١٥", ProblemKind.INVALID_DATE, "SOAP-03"),
        ("fusion_date", date(2024, 1, 15), ProblemKind.INVALID_DATE, "SOAP-03"),
        ("fusion_date", None, ProblemKind.MISSING, "SOAP-03"),
        ("fusion_date", "4712-12-31", ProblemKind.INVALID_DATE, "FUS-DATE-02"),
        ("fusion_until", "0000-00-00", ProblemKind.INVALID_DATE, "SOAP-03"),
        ("xsd_decimal", "1.234,56", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_decimal", "NaN", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_decimal", "INF", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_decimal", "1E3", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_decimal", ".", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_decimal", "", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_decimal", 1.5, ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_int", "1.0", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_int", "-1", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("xsd_int", "9" * 5000, ProblemKind.INVALID_NUMBER, "SOAP-04"),
        *((name, ["2024-01-15", "2024-01-15"], ProblemKind.DRIFT, "SOAP-11") for name in OF),
    ],
)
def test_anything_else_is_refused(name: str, raw: object, kind: ProblemKind, quirk: str) -> None:
    (problem,) = refusal_of(lambda: read_value(OF[name], raw))

    assert (problem.kind, problem.quirk, problem.column) == (kind, quirk, "C")


@pytest.mark.parametrize("name", ["fusion_date", "fusion_until"])
def test_the_end_of_time_is_never_written_as_a_day(name: str) -> None:
    with pytest.raises(NotWritable, match="would be read back as an open end"):
        write_value(OF[name], date(4712, 12, 31))


def test_an_empty_element_is_no_absent_day() -> None:
    maybe = sample(optional(fusion_date("C")))

    assert read_value(maybe, None) is None
    assert refusal_of(lambda: read_value(maybe, ""))[0].kind is ProblemKind.INVALID_DATE


@pytest.mark.parametrize(("raw", "flag"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_a_boolean_has_four_spellings(raw: str, flag: bool) -> None:
    assert xsd_boolean(raw, "C") is flag


@pytest.mark.parametrize("raw", ["X", "Y", "TRUE", "True", "", " true", "yes", True, 1])
def test_a_boolean_has_no_fifth_spelling(raw: object) -> None:
    with pytest.raises(Unreadable) as caught:
        xsd_boolean(raw, "C")

    assert (caught.value.kind, caught.value.quirk, caught.value.raw) == (ProblemKind.INVALID_CODE, "SOAP-05", raw)


def test_a_flag_that_is_not_there_is_not_false() -> None:
    with pytest.raises(Unreadable) as caught:
        xsd_boolean(None, "C")

    assert (caught.value.kind, caught.value.quirk) == (ProblemKind.MISSING, "SOAP-02")


@pytest.mark.parametrize("envelope", [ELEMENTS, ELEMENT])
def test_elements_that_are_left_out_are_none(envelope: object) -> None:
    assert isinstance(envelope, type(ELEMENTS))
    assert list(envelope.unwrap(None)) == []
    assert list(envelope.unwrap([{"A": "1"}])) == [{"A": "1"}]


@pytest.mark.parametrize("raw", ["", "x", {"A": "1"}, [None], ["x"], [{"A": "1"}, None]])
def test_what_is_no_list_of_elements_is_refused(raw: object) -> None:
    with pytest.raises(Unreadable) as caught:
        ELEMENTS.unwrap(raw)

    assert (caught.value.kind, caught.value.quirk) == (ProblemKind.DRIFT, "SOAP-10")


def test_an_element_that_may_stand_once_is_refused_when_it_stands_twice() -> None:
    twice: list[object] = [{"A": "1"}, {"A": "1"}]

    assert ELEMENTS.unwrap(twice) == twice
    with pytest.raises(Unreadable, match="2 values stand where one is declared"):
        ELEMENT.unwrap(twice)
