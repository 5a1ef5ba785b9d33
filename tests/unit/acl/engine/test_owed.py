"""A mapping says what the vendor owes: every column once, and only what its codecs really take."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar, cast

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acl.codecs.codes import code
from acl.codecs.text import padded, text
from acl.engine.owed import source_contract
from acl.mapping import Codec, Shape, column, mapping, optional, provenance, read_only
from acl.mapping import Mapping as RecordMapping
from contracts.source.owed import ANYTHING, Facets, OwedColumn, Use
from contracts.source.schema import Form
from domain.identifiers import ProductId
from domain.products import Product
from domain.units import Unit
from ports.errors import ProblemKind, TranslationError
from tests.laws.mappings import every_mapping

T = TypeVar("T")
MAPPINGS = every_mapping()
_UNITS = {"PC": Unit("H87"), "KG": Unit("KGM")}
PRODUCT = mapping(Product, record="ITEMS", shape=Shape.ROW)(
    id=padded("CODE", width=8, into=ProductId),
    description=padded("DESCR", width=30),
    base_unit=code("UOM", _UNITS),
    source=provenance("CODE"),
)


def owed(found: RecordMapping[T], *, writes: bool = False) -> dict[str, OwedColumn]:
    contract = source_contract(found, kind="shop", port="products", writes=writes)
    return {each.path: each for each in contract.columns}


def test_each_column_is_owed_once_with_all_that_is_made_of_it() -> None:
    contract = source_contract(PRODUCT, kind="shop", port="products")

    assert [(each.record, each.path, each.fields, each.use) for each in contract.columns] == [
        ("ITEMS", "CODE", ("id", "source"), Use.READ),
        ("ITEMS", "DESCR", ("description",), Use.READ),
        ("ITEMS", "UOM", ("base_unit",), Use.READ),
    ]
    assert contract.columns[2].facets == Facets(forms=(Form.TEXT,), nullable=False, length=2, codes=("PC", "KG"))


@pytest.mark.parametrize("name", MAPPINGS)
def test_every_attribute_of_the_lineage_is_owed(name: str) -> None:
    told = {
        (path, each.field) for each in MAPPINGS[name].lineage for path in each.columns
    }  # fmt: skip
    found = {(each.path, field) for each in owed(MAPPINGS[name]).values() for field in each.fields}
    inside = {pair for pair in found if pair not in told}

    assert told <= found
    assert all(path.rpartition("/")[0] in MAPPINGS[name].columns for path, _ in inside)  # what a codec reads in a list


@pytest.mark.parametrize("name", MAPPINGS)
def test_every_codec_of_the_house_says_in_which_form_it_reads(name: str) -> None:
    assert [path for path, each in owed(MAPPINGS[name]).items() if not each.facets.forms] == []


def test_a_write_needs_what_is_not_read_only() -> None:
    derived = PRODUCT.with_(description=read_only(padded("DESCR", width=30), because="the shop prints it"))

    assert {path: each.use for path, each in owed(derived, writes=True).items()} == {
        "CODE": Use.WRITE,
        "DESCR": Use.READ,
        "UOM": Use.WRITE,
    }


def test_what_may_be_absent_is_an_optional_read_and_may_be_null() -> None:
    found = owed(PRODUCT.with_(description=optional(text("MEMO")), base_unit=optional(code("UOM", _UNITS))))

    assert [(each.use, each.facets.nullable) for each in found.values()] == [
        (Use.READ, False),
        (Use.OPTIONAL_READ, True),
        (Use.OPTIONAL_READ, True),
    ]


def test_null_is_not_understood_where_blanks_mean_absent() -> None:
    assert owed(PRODUCT.with_(description=optional(padded("MEMO", width=9))))["MEMO"].facets.nullable is False


def test_what_stands_in_an_optional_whole_is_optional() -> None:
    bank = owed(MAPPINGS["acl.inhouse.suppliers.SUPPLIER"])["BANCO"]  # an account has a bank, a supplier may have none

    assert (bank.fields, bank.use, bank.facets.nullable) == (("bank_accounts[0].bank",), Use.OPTIONAL_READ, True)


def test_one_column_of_two_attributes_must_suit_both() -> None:
    wide, narrow = text("NOTE", width=60), optional(code("NOTE", {"A": Unit("H87")}))

    assert owed(PRODUCT.with_(description=wide, base_unit=narrow))["NOTE"] == OwedColumn(
        record="ITEMS",
        path="NOTE",
        fields=("description", "base_unit"),
        use=Use.READ,
        facets=Facets(forms=(Form.TEXT,), nullable=False, length=60, codes=("A",)),
    )


def test_a_site_s_own_codes_are_understood() -> None:
    extended = PRODUCT.with_codes({"base_unit": {"BX": Unit("XBX")}})

    assert owed(extended)["UOM"].facets.codes == ("PC", "KG", "BX")


def test_a_codec_that_says_nothing_asks_for_nothing() -> None:
    plain = Codec[str](name="plain", decode=str, encode=str, kind=ProblemKind.DRIFT)

    assert owed(PRODUCT.with_(description=column(plain, "ANY")))["ANY"].facets == ANYTHING


def test_a_column_may_stand_in_several_places_and_others_beside_it() -> None:
    contract = source_contract(
        PRODUCT,
        kind="shop",
        port="products",
        place=lambda column: [("A", column), ("B", f"X_{column}")],
        beside=(OwedColumn(record="A", path="DELETED"), OwedColumn(record="A", path="UOM", use=Use.WRITE)),
    )

    assert [(each.record, each.path) for each in contract.columns][:3] == [
        ("A", "CODE"),
        ("B", "X_CODE"),
        ("A", "DESCR"),
    ]
    assert [(each.path, each.fields, each.use) for each in contract.columns if each.record == "A"][2:] == [
        ("UOM", ("base_unit",), Use.WRITE),
        ("DELETED", (), Use.READ),
    ]


# The law: what a codec takes for canonical is of a form that it claims, no longer than it claims, one of its codes.


def _cells(found: RecordMapping[T], record: object) -> Iterator[Mapping[str, object]]:
    if found.shape is Shape.ROW:
        yield dict(zip(found.columns, cast("Sequence[object]", record), strict=True))
    elif found.shape is Shape.ROW_SET:
        yield from (dict(zip(found.columns, row, strict=True)) for row in cast("Sequence[Sequence[object]]", record))
    else:
        yield cast("Mapping[str, object]", record)


def _raws(value: object, path: Sequence[str]) -> Iterator[object]:
    """Give all raw values at a path, through lists in whatever envelope."""
    if isinstance(value, Mapping) and isinstance(value.get("results"), list):
        value = value["results"]
    if isinstance(value, list):
        for each in value:
            yield from _raws(each, path)
    elif len(path) == 0:
        yield value
    elif isinstance(value, Mapping):
        yield from _raws(value.get(path[0]), path[1:])


_LEXICAL = {
    Form.INTEGER: re.compile("[+-]?[0-9]+"),
    Form.DECIMAL: re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"),
    Form.FLOAT: re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"),
    Form.BOOLEAN: re.compile("true|false|1|0"),
    Form.DATE: re.compile(r"/Date\(-?[0-9]+\)/|[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    Form.TEXT: re.compile("(?s).*"),
}
"""How values of each form are spelled where everything comes as text."""
_NATIVE: dict[Form, tuple[type, ...]] = {
    Form.INTEGER: (int,),
    Form.DECIMAL: (Decimal, int),
    Form.FLOAT: (float, int),
    Form.BOOLEAN: (bool,),
    Form.DATE: (date,),
    Form.RECORD: (list, dict),
}
"""What a driver hands out for each form."""


def objections(facets: Facets, raw: object) -> list[str]:
    """Say what of *facets* a raw value does not keep."""
    if raw is None:
        return [] if facets.nullable else ["null"]
    lexical = isinstance(raw, str) and any(_LEXICAL[each].fullmatch(raw) for each in facets.forms if each in _LEXICAL)
    native = any(type(raw) in _NATIVE.get(each, ()) for each in facets.forms)
    found = [] if lexical or native or not facets.forms else ["form"]
    if isinstance(raw, str) and facets.length is not None and len(raw) > facets.length:
        found.append("length")
    if facets.codes is not None and str(raw) not in facets.codes and raw != "":
        found.append("codes")
    return found


def broken(found: RecordMapping[T], record: object) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for path, each in owed(found).items():
        for cells in _cells(found, record):
            for raw in _raws(cells, path.split("/")):
                if problems := objections(each.facets, raw):
                    told.setdefault(path, problems)
    return told


@pytest.mark.parametrize("name", MAPPINGS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(data=st.data())
def test_canonical_records_keep_what_the_codecs_claim(name: str, data: st.DataObject) -> None:
    assert broken(MAPPINGS[name], data.draw(MAPPINGS[name].records())) == {}


# The other law: where the driver's type tells the form, a codec reads the forms that it claims, and no others.

_AS: Mapping[Form, Callable[[object], object]] = {
    Form.INTEGER: lambda raw: int(str(raw)),
    Form.FLOAT: lambda raw: float(str(raw)),
    Form.DECIMAL: lambda raw: Decimal(str(raw)),
    Form.TEXT: str,
}
COMPARED_THERE = ("COD_FORN",)
"""Compared as a text by the database; the codec only looks at it to explain why nothing was found."""
RELATIONAL = {name: each for name, each in MAPPINGS.items() if each.shape in (Shape.ROW, Shape.ROW_SET)}


def _respelled(found: RecordMapping[T], record: object, column: str, form: Form) -> tuple[object, object] | None:
    """Give the record and itself with one column in another form; ``None`` if its value has none there."""
    place, change = found.columns.index(column), _AS[form]
    rows = [record] if found.shape is Shape.ROW else cast("list[object]", record)
    cells = [list(cast("Sequence[object]", row)) for row in rows]
    for row in cells:
        if row[place] in (None, "") or str(row[place]).strip() == "":
            return None
        try:
            row[place] = change(row[place])
        except (ValueError, ArithmeticError):
            return None
    changed = [tuple(row) for row in cells]
    return record, changed[0] if found.shape is Shape.ROW else changed


def _reads_the_same(found: RecordMapping[T], before: object, after: object) -> bool:
    try:
        return found.read(after) == found.read(before)
    except TranslationError:
        return False


@pytest.mark.parametrize("name", RELATIONAL)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(data=st.data())
def test_a_codec_reads_the_forms_that_it_claims_and_no_others(name: str, data: st.DataObject) -> None:
    found = RELATIONAL[name]
    record = data.draw(found.records())

    for path, each in owed(found).items():
        for form in _AS:
            if path not in COMPARED_THERE and (versions := _respelled(found, record, path, form)) is not None:
                assert _reads_the_same(found, *versions) is (form in each.facets.forms), (path, form, versions)


@pytest.mark.parametrize(
    ("wrong", "objection"),
    [
        (Facets(forms=(Form.INTEGER,)), "form"),
        (Facets(forms=(Form.TEXT,), length=1), "length"),
        (Facets(forms=(Form.TEXT,), codes=("nothing",)), "codes"),
    ],
)
def test_a_wrong_claim_is_found_out(wrong: Facets, objection: str) -> None:
    honest = Codec[str](
        name="plain",
        decode=lambda raw: cast("str", raw),
        encode=str,
        kind=ProblemKind.DRIFT,
        raws=lambda strategies: strategies.sampled_from(("bolt", "nut")),
        facets=(Facets(forms=(Form.TEXT,)),),
    )
    record = ("B-12    ", "bolt", "PC")

    assert broken(PRODUCT.with_(description=column(honest, "DESCR")), record) == {}
    assert broken(PRODUCT.with_(description=column(evolve(honest, facets=(wrong,)), "DESCR")), record) == {
        "DESCR": [objection]
    }


def test_null_where_it_is_not_understood_is_found_out() -> None:
    assert broken(PRODUCT, ("B-12    ", None, "PC")) == {"DESCR": ["null"]}
