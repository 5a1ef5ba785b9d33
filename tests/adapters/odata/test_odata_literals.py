"""Values of JSON as literals of an address: typed by the declaration, and never more than one literal."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.odata.edm import Property
from adapters.odata.literals import literal
from ports.errors import Drifted


def declared(edm: str) -> Property:
    return Property("Column", edm, True)


@pytest.mark.parametrize(
    ("edm", "raw", "expected"),
    [
        ("Edm.String", "EUR", "'EUR'"),
        ("Edm.String", "", "''"),
        ("Edm.String", "O'Neil'; DROP TABLE", "'O''Neil''; DROP TABLE'"),
        ("Edm.String", None, "null"),
        ("Edm.Boolean", True, "true"),
        ("Edm.Boolean", False, "false"),
        ("Edm.Decimal", "12.500", "12.500M"),
        ("Edm.Decimal", Decimal("1E+3"), "1000M"),
        ("Edm.Decimal", "-0.01", "-0.01M"),
        ("Edm.Decimal", "0", "0M"),
        ("Edm.Int16", 7, "7"),
        ("Edm.Int64", "9007199254740993", "9007199254740993L"),
        ("Edm.Double", "1.5E2", "1.5E2d"),
        ("Edm.DateTime", "/Date(1704067200000)/", "datetime'2024-01-01T00:00:00'"),
        ("Edm.DateTime", "/Date(1704067200123)/", "datetime'2024-01-01T00:00:00.123'"),
        ("Edm.DateTime", "/Date(-86400000)/", "datetime'1969-12-31T00:00:00'"),
        ("Edm.DateTime", "/Date(253402214400000)/", "datetime'9999-12-31T00:00:00'"),
        ("Edm.DateTimeOffset", "/Date(1704067200000+0000)/", "datetimeoffset'2024-01-01T00:00:00Z'"),
        ("Edm.Time", "PT11H00M00S", "time'PT11H00M00S'"),
        ("Edm.Guid", "00505601-09b5-1ee1-b9a8-fec11c23378e", "guid'00505601-09b5-1ee1-b9a8-fec11c23378e'"),
    ],
)
def test_a_value_becomes_the_literal_of_its_declared_type(edm: str, raw: object, expected: str) -> None:
    assert literal(declared(edm), raw) == expected


@pytest.mark.parametrize(
    ("edm", "raw"),
    [
        ("Edm.String", 7),
        ("Edm.String", "\ud800"),
        ("Edm.Boolean", "true"),
        ("Edm.Boolean", 1),
        ("Edm.Decimal", "12,50"),
        ("Edm.Decimal", "NaN"),
        ("Edm.Decimal", Decimal("Infinity")),
        ("Edm.Decimal", ""),
        ("Edm.Decimal", True),
        ("Edm.Decimal", "1M or 1 eq 1"),
        ("Edm.Int16", "1.5"),
        ("Edm.Int64", "12L3"),
        ("Edm.Int32", "١٢"),
        ("Edm.DateTime", "2024-01-01"),
        ("Edm.DateTime", "/Date(253402300800000)/"),
        ("Edm.DateTimeOffset", "/Date(1704067200000+0060)/"),
        ("Edm.Time", "PT"),
        ("Edm.Time", "PT1H' or 'a' eq 'a"),
        ("Edm.Guid", "x"),
        ("Edm.Binary", "AA"),
        ("SHOP.Address", "x"),
    ],
)
def test_a_value_of_another_type_is_drift_and_never_sent(edm: str, raw: object) -> None:
    with pytest.raises(Drifted, match="Column"):
        literal(declared(edm), raw)


@given(st.text())
def test_no_text_can_end_its_own_literal(text: str) -> None:
    written = literal(declared("Edm.String"), text)

    assert re.fullmatch(r"'(?:[^']|'')*'", written)
    assert written[1:-1].replace("''", "'") == text
