"""Protheus's own notions, one by one, with the catalogue's literals and the laws of every codec."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from acl.engine.codec import Unreadable
from acl.mapping import Mapping, column, optional, read_only
from acl.protheus.codecs import BLOCK, LINE_STATUS, ORDER_STATUS, POSTAL_CODE, REGION
from acl.protheus.codes import COUNTRIES, CURRENCIES, UNITS
from domain.currency import Currency
from domain.places import Country
from domain.purchasing import LineStatus, OrderStatus
from domain.suppliers import SupplierBlock
from domain.units import Unit
from ports.errors import NotWritable, Problem, ProblemKind
from tests.unit.acl.laws import (
    LAW,
    canonical,
    hostile,
    is_read_as_it_was_written,
    is_read_fast,
    is_told_alike_by_both_paths,
    is_written_as_it_was_read,
)
from tests.unit.acl.reading import Sample, both_paths, read_value, sample, sample_of, write_value
from tests.unit.acl.values import TEXTS

_POSTAL_CODE = sample(optional(column(POSTAL_CODE, "C")))
_BLOCK = sample(column(BLOCK, "D_E_L_E_T_", "A2_MSBLQL", "A2_XBLOQ"))
_REGION = sample(read_only(column(REGION, "A2_EST", "A2_XREGIAO"), because="the test reads it only"))
_LINE = sample(read_only(column(LINE_STATUS, "C7_RESIDUO", "C7_QUJE", "C7_QUANT"), because="the test reads it only"))
_WRITABLE = {
    "postal_code": (_POSTAL_CODE, TEXTS | st.text("0123456789-", min_size=1, max_size=10)),
    "block": (_BLOCK, st.sampled_from(SupplierBlock)),
}
_ALL = {name: of for name, (of, _) in _WRITABLE.items()} | {"region": _REGION, "line_status": _LINE}
_CODE, _NUMBER, _DRIFT = ProblemKind.INVALID_CODE, ProblemKind.INVALID_NUMBER, ProblemKind.DRIFT

_READ = [
    ("PRO-PAD-01 CEP", _POSTAL_CODE, ("01310100",), "01310-100", ("01310100",)),
    ("PRO-PAD-01 German", _POSTAL_CODE, ("10115   ",), "10115", ("10115   ",)),
    ("PRO-PAD-01 British", _POSTAL_CODE, ("SW1A 1AA",), "SW1A 1AA", ("SW1A 1AA",)),
    ("PRO-PAD-02 none", _POSTAL_CODE, ("        ",), None, ("        ",)),
    ("PRO-PAD-02 none, in part trimmed", _POSTAL_CODE, ("  ",), None, ("        ",)),
    ("PRO-PAD-02 none, trimmed", _POSTAL_CODE, ("",), None, ("        ",)),
    ("PRO-CODE-02 blocked", _BLOCK, (" ", "1", " "), SupplierBlock.ALL, (" ", "1", " ")),
    ("PRO-CODE-02 free", _BLOCK, (" ", "2", " "), SupplierBlock.NONE, (" ", "2", " ")),
    ("PRO-CODE-02 never set", _BLOCK, (" ", " ", " "), SupplierBlock.NONE, (" ", "2", " ")),
    ("PRO-CODE-01 purchasing", _BLOCK, (" ", " ", "C"), SupplierBlock.PURCHASING, (" ", "2", "C")),
    ("PRO-CODE-01 payment", _BLOCK, (" ", "2", "P"), SupplierBlock.PAYMENT, (" ", "2", "P")),
    ("PRO-CODE-01 the standard flag wins", _BLOCK, (" ", "1", "C"), SupplierBlock.ALL, (" ", "1", " ")),
]

_REFUSED = [
    ("PRO-PAD-02", _POSTAL_CODE, (1310100,), _DRIFT, "C", "a text is expected, not int"),
    ("INH-ENC-01", _POSTAL_CODE, ("0131\ufffd100",), ProblemKind.ENCODING, "C",
     "characters were lost before the text was read"),
    ("PRO-CODE-02", _BLOCK, (" ", "3", " "), _CODE, "A2_MSBLQL", "'3' says neither blocked nor free"),
    ("PRO-CODE-02", _BLOCK, (" ", 1, " "), _CODE, "A2_MSBLQL", "1 says neither blocked nor free"),
    ("PRO-CODE-02", _BLOCK, (" ", None, " "), _CODE, "A2_MSBLQL", "None says neither blocked nor free"),
    ("PRO-CODE-01", _BLOCK, (" ", "2", "Z"), _CODE, "A2_XBLOQ", "'Z' is no extent of a block"),
    ("PRO-DEL-01", _BLOCK, ("", "2", " "), ProblemKind.DRIFT, "D_E_L_E_T_", "'' says neither deleted nor alive"),
    ("PRO-CODE-01", _BLOCK, (" ", "2", "c"), _CODE, "A2_XBLOQ", "'c' is no extent of a block"),
    ("PRO-PAD-02", _REGION, (None, "   "), _DRIFT, "A2_EST, A2_XREGIAO", "a text is expected, not NoneType"),
    ("PRO-PO-01", _LINE, ("X", 0.0, 5.0), _CODE, "C7_RESIDUO", "'X' is not S or blank"),
    ("PRO-PO-01", _LINE, ("s", 0.0, 5.0), _CODE, "C7_RESIDUO", "'s' is not S or blank"),
    ("PRO-NUM-01", _LINE, (" ", None, 5.0), _NUMBER, "C7_QUJE", "a number is expected, not NoneType"),
    ("PRO-NUM-01", _LINE, (" ", 1.0, "5"), _NUMBER, "C7_QUANT", "a number is expected, not str"),
    ("PRO-NUM-01", _LINE, (" ", float("nan"), 5.0), _NUMBER, "C7_QUJE", "nan is not a number that can be kept"),
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
    ("value", "reason"),
    [
        ("01310100", "'01310100' would be read back with a hyphen"),
        ("01310-1000", "'01310-1000' is longer than the column's 8"),
    ],
)
def test_a_postal_code_that_would_come_back_otherwise_is_never_written(value: str, reason: str) -> None:
    with pytest.raises(NotWritable) as caught:
        write_value(_POSTAL_CODE, value)

    assert caught.value.problems[0].reason == reason


@pytest.mark.parametrize(
    ("state", "abroad", "region"),
    [("SP", "   ", "SP"), ("EX", "OH ", "OH"), ("EX", "   ", None), ("  ", "   ", None), ("SP", "OH ", "SP")],
)
def test_a_region_is_the_state_or_what_stands_for_a_place_abroad(state: str, abroad: str, region: str | None) -> None:
    """PRO-DIC-02: the column for places abroad is the site's own."""
    assert read_value(_REGION, state, abroad) == region


@pytest.mark.parametrize(
    ("residue", "received", "ordered", "status"),
    [
        (" ", 0.0, 5.0, LineStatus.OPEN),
        (" ", -0.0, 5.0, LineStatus.OPEN),
        (" ", 2.0, 5.0, LineStatus.PARTLY_RECEIVED),
        (" ", 5.0, 5.0, LineStatus.RECEIVED),
        (" ", 7.0, 5.0, LineStatus.RECEIVED),
        (" ", 0.1 + 0.2, 0.3, LineStatus.RECEIVED),
        (" ", 0.3, 0.1 + 0.2, LineStatus.RECEIVED),
        ("S", 0.0, 5.0, LineStatus.CANCELLED),
        ("S", 40.0, 100.0, LineStatus.CLOSED),
        ("S", 5.0, 5.0, LineStatus.CLOSED),
    ],
)
def test_a_line_says_how_far_it_has_come_by_residue_and_quantities(
    residue: str, received: float, ordered: float, status: LineStatus
) -> None:
    """PRO-PO-01, PRO-PO-03: residue first, and floats that were meant alike are alike."""
    assert read_value(_LINE, residue, received, ordered) is status


_OPEN, _PART, _DONE = (" ", 0.0, 5.0), (" ", 2.0, 5.0), (" ", 5.0, 5.0)
_GONE, _SHORT = ("S", 0.0, 5.0), ("S", 2.0, 5.0)


@pytest.mark.parametrize("approval", [" ", "L"])
@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ((_GONE, _GONE), OrderStatus.CANCELLED),
        ((_GONE, _SHORT), OrderStatus.CLOSED),
        ((_SHORT,), OrderStatus.CLOSED),
        ((_DONE, _SHORT), OrderStatus.CLOSED),
        ((_DONE, _GONE), OrderStatus.RECEIVED),
        ((_OPEN,), OrderStatus.OPEN),
        ((_OPEN, _GONE), OrderStatus.OPEN),
        ((_OPEN, _DONE), OrderStatus.PARTLY_RECEIVED),
        ((_OPEN, _SHORT), OrderStatus.PARTLY_RECEIVED),
        ((_PART, _GONE), OrderStatus.PARTLY_RECEIVED),
    ],
    ids=lambda each: each.value if isinstance(each, OrderStatus) else None,
)
def test_an_approved_order_is_what_its_lines_say_together(
    approval: str, lines: tuple[tuple[object, ...], ...], status: OrderStatus
) -> None:
    """PRO-PO-04: blank means that nobody controls approval, not that it is missing."""
    assert ORDER_STATUS.decode([(" ", approval, " ", 1, *line) for line in lines]) is status


@pytest.mark.parametrize(
    ("draft", "approval", "status"),
    [
        ("S", " ", OrderStatus.DRAFT),
        ("S", "B", OrderStatus.DRAFT),
        (" ", "B", OrderStatus.PENDING_APPROVAL),
        (" ", "R", OrderStatus.REJECTED),
    ],
)
def test_draft_and_approval_come_before_how_far_the_lines_have_come(
    draft: str, approval: str, status: OrderStatus
) -> None:
    assert ORDER_STATUS.decode([(draft, approval, " ", 1, *_GONE), (draft, approval, " ", 1, *_DONE)]) is status


@pytest.mark.parametrize(("draft", "approval"), [("S", " "), ("S", "B"), (" ", "B"), (" ", "R"), (" ", "L")])
def test_an_order_of_nothing_but_residues_is_cancelled_whatever_its_approval(draft: str, approval: str) -> None:
    """PRO-PO-01: the residue is the first that counts."""
    assert ORDER_STATUS.decode([(draft, approval, " ", 1, *_GONE)] * 2) is OrderStatus.CANCELLED
    assert ORDER_STATUS.narrows is not None
    assert ORDER_STATUS.narrows(OrderStatus.CANCELLED) == ()


@pytest.mark.parametrize(
    ("row", "column", "quirk", "reason"),
    [
        ((" ", "L", "", 1, *_OPEN), "D_E_L_E_T_", "PRO-DEL-01", "'' says neither deleted nor alive"),
        ((" ", "L", " ", 3, *_OPEN), "C7_TIPO", "PRO-PO-06", "3 is no purchase order"),
        (("s", "L", " ", 1, *_OPEN), "C7_XRASC", "PRO-CODE-01", "'s' is not S or blank"),
        ((" ", "X", " ", 1, *_OPEN), "C7_CONAPRO", "PRO-PO-04", "'X' is no state of approval"),
        ((" ", None, " ", 1, *_OPEN), "C7_CONAPRO", "PRO-PO-04", "None is no state of approval"),
        ((" ", "L", " ", 1, " ", None, 5.0), "C7_QUJE", "PRO-NUM-01", "a number is expected, not NoneType"),
    ],
)
def test_an_order_whose_flags_nobody_knows_is_refused(
    row: tuple[object, ...], column: str, quirk: str, reason: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        ORDER_STATUS.decode([row])

    assert (caught.value.column, caught.value.quirk, caught.value.reason) == (column, quirk, reason)


def test_codes_of_the_site_have_their_one_meaning() -> None:
    """PRO-CODE-03, PRO-CUR-01."""
    assert (UNITS["UN"], UNITS["CX"], UNITS["HR"]) == (Unit("H87"), Unit("XBX"), Unit("HUR"))
    assert (COUNTRIES["105"], COUNTRIES["023"], COUNTRIES["198"]) == (Country("BR"), Country("DE"), Country("KW"))
    assert {
        1: Currency("BRL"),
        2: Currency("USD"),
        3: Currency("EUR"),
        4: Currency("JPY"),
        5: Currency("KWD"),
        6: Currency("CHF"),
    } == CURRENCIES


@pytest.mark.parametrize("name", _WRITABLE)
@LAW
@given(data=st.data())
def test_a_canonical_raw_value_is_written_as_it_was_read(name: str, data: DataObject) -> None:
    of = _WRITABLE[name][0]
    is_written_as_it_was_read(of, data.draw(canonical(of)))


@pytest.mark.parametrize("name", _WRITABLE)
@LAW
@given(data=st.data())
def test_a_value_is_read_as_it_was_written_or_never_written(name: str, data: DataObject) -> None:
    of, values = _WRITABLE[name]
    is_read_as_it_was_written(of, data.draw(values))


@pytest.mark.parametrize("name", [name for name in _ALL if name != "line_status"])  # which relies on its neighbours
@LAW
@given(data=st.data())
def test_both_paths_say_the_same_of_any_raw_value(name: str, data: DataObject) -> None:
    is_told_alike_by_both_paths(_ALL[name], data.draw(hostile(_ALL[name])))


_KEPT = st.integers(-10, 5000).map(lambda count: count / 1000) | st.sampled_from([0.1 + 0.2, 0.3, -0.0, 5.0])


@LAW
@given(st.sampled_from([" ", "S", "s", "", None]), _KEPT, _KEPT)
def test_both_paths_say_the_same_of_any_residue_and_quantities(residue: object, came: float, ordered: float) -> None:
    is_told_alike_by_both_paths(_LINE, (residue, came, ordered))


@pytest.mark.parametrize("name", _ALL)
@LAW
@given(data=st.data())
def test_a_canonical_raw_value_is_read_by_the_generated_reader(name: str, data: DataObject) -> None:
    is_read_fast(_ALL[name], data.draw(canonical(_ALL[name])))
