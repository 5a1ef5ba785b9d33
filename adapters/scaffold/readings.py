"""Which field reads a column of some form, as some driver hands it out, into an attribute."""

from __future__ import annotations

from decimal import Decimal

from adapters.scaffold.expressions import Call, Expression, Name, Table, field_of
from adapters.scaffold.lexicon import Attribute, What
from adapters.scaffold.places import Family
from adapters.scaffold.samples import Look, is_country, is_currency, tax_kinds
from contracts.source.schema import Column, Form

_SMALL = {"smallint": 32_767, "int2": 32_767}
_LARGE = {"bigint", "int8"}
_WIDEST = 255
_MOST_PLACES = 6


def reading(attribute: Attribute, column: Column, name: str, seen: Look, family: Family) -> Call | None:
    """Give the field that reads *column*, called *name*, into the attribute; ``None`` if no codec of ours does."""
    if column.many or column.form in (Form.RECORD, Form.BINARY, Form.OTHER):
        return None
    match attribute.what:
        case What.KEY:
            return _key(attribute.into, column, name, seen, family)
        case What.TEXT | What.EMAIL:
            return _text(column, name, seen) if column.form is Form.TEXT else None
        case What.TAX:
            kinds = [Name("domain.tax", f"TaxIdKind.{kind.name}") for kind in tax_kinds(seen)]
            return field_of("column", _codec("taxes", "tax_id", *kinds), name) if kinds else None
        case What.DAY:
            return _day(column, name, seen, family)
        case What.AMOUNT:
            return _amount(column, name, seen, family)
        case What.COUNTRY | What.CURRENCY | What.UNIT | What.CODE:
            return _listed(attribute.what, column, name, seen, family)


def _codec(module: str, function: str, *positional: Expression, **named: Expression) -> Call:
    return Call(Name(f"acl.codecs.{module}", function), positional, named)


def _key(into: str, column: Column, name: str, seen: Look, family: Family) -> Call | None:
    known = Name("domain.identifiers", into)
    if column.form is Form.TEXT:
        return _text(column, name, seen, into=known)
    if column.form is not Form.INTEGER:
        return None
    if family is Family.SOAP:
        return _codec("xsd", "xsd_int", name, into=known)
    most = 2**63 - 1 if column.native.lower() in _LARGE else _SMALL.get(column.native.lower())
    return _codec("relational", "serial", name, into=known, **({} if most is None else {"most": most}))


def _text(column: Column, name: str, seen: Look, **into: Expression) -> Call:
    widths = {len(value) for value in seen.values if isinstance(value, str)}
    is_padded = len(widths) == 1 and any(isinstance(each, str) and each.endswith(" ") for each in seen.values)
    if is_padded:
        return _codec("text", "padded", name, width=widths.pop(), **into)
    width = column.length if column.length is not None and column.length > 0 else _WIDEST
    return _codec("text", "text", name, width=width, **into)


def _day(column: Column, name: str, seen: Look, family: Family) -> Call | None:
    if column.form is Form.TEXT:
        is_compact = not seen.is_empty and seen.share(_is_eight_digits) >= 0.9
        return _codec("dates", "compact_day", name) if is_compact else None
    if family is Family.ODATA:  # V2 writes days and moments alike
        told = Name("acl.sap.codecs", "odata_date")
        return Call(told, (name,)) if column.form in (Form.DATE, Form.TIMESTAMP) else None
    if column.form is not Form.DATE or (family is Family.SQL and seen.is_empty):
        return None  # what the driver makes of a day is known once one was seen
    if "0000-00-00" in seen.values:
        return _codec("relational", "zero_day", name)
    if family is not Family.SQL or any(isinstance(value, str) for value in seen.values):
        return field_of("column", _codec("xsd", "xsd_date", "iso_day"), name)
    return _codec("dates", "driver_day", name)


def _is_eight_digits(value: object) -> bool:
    return isinstance(value, str) and (value.strip() == "" or (len(value) == 8 and value.isdecimal()))


def _amount(column: Column, name: str, seen: Look, family: Family) -> Call | None:
    if column.form not in (Form.DECIMAL, Form.FLOAT, Form.INTEGER):
        return None
    if family is Family.SOAP:
        return _codec("xsd", "xsd_decimal", name)
    places = _places(column, seen)
    if family is Family.ODATA:
        return _codec("numbers", "decimal_text", name, places=places) if column.form is Form.DECIMAL else None
    if column.form is Form.FLOAT or any(isinstance(value, float) for value in seen.values):
        if seen.is_empty and column.scale is None:
            return None  # nobody knows how many places are meant
        return _codec("numbers", "floating", name, places=places)
    return _codec("numbers", "decimal", name, places=places)


def _places(column: Column, seen: Look) -> int:
    """Give the places that the column declares, else the most that were seen: money has two at least."""
    if column.form is Form.INTEGER:
        return 0
    if column.scale is not None and column.form is Form.DECIMAL:
        return column.scale
    numbers = [Decimal(str(value)) for value in seen.values if isinstance(value, int | float | Decimal)]
    exponents = [each.as_tuple().exponent for each in numbers if each.is_finite()]
    used = [-exponent for exponent in exponents if isinstance(exponent, int)]
    return min(max([2, *used]), _MOST_PLACES)


_ISO = {
    What.COUNTRY: ("iso_country", is_country, (2, 3)),
    What.CURRENCY: ("iso_currency", is_currency, (3, 5)),
}
"""The field that reads letters of a standard, how such are known, and the lengths that columns of them have."""
_PROBLEMS = {What.CURRENCY: "CURRENCY", What.UNIT: "UNIT"}


def _listed(what: What, column: Column, name: str, seen: Look, family: Family) -> Call | None:
    """Read letters of a standard, or else codes that somebody must explain; codes that nobody has seen are no field."""
    if what in _ISO and column.form is Form.TEXT:
        function, is_one, lengths = _ISO[what]
        if column.length in lengths if seen.is_empty else seen.share(is_one) >= 0.9:
            return _codec("iso", function, name)
    codes: tuple[str | int, ...] | None = column.codes
    if codes is None:
        codes = seen.codes(repeated=what not in _ISO)
    if codes is None and column.form is Form.BOOLEAN and family is not Family.SOAP:
        codes = (False, True)
    if codes is None:
        return None
    told = {"kind": Name("ports.errors", f"ProblemKind.{_PROBLEMS[what]}")} if what in _PROBLEMS else {}
    return _codec("codes", "code", name, Table(codes), **told)
