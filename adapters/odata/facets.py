"""The primitive types of OData, and what a declaration says of their size."""

from __future__ import annotations

from attrs import evolve, frozen
from lxml import etree

from contracts.source.schema import Form

_SAP = "{http://www.sap.com/Protocols/SAPData}"
_FORMS = {
    "Edm.Binary": Form.BINARY,
    "Edm.Boolean": Form.BOOLEAN,
    "Edm.Byte": Form.INTEGER,
    "Edm.Date": Form.DATE,
    "Edm.DateTime": Form.TIMESTAMP,
    "Edm.DateTimeOffset": Form.TIMESTAMP,
    "Edm.Decimal": Form.DECIMAL,
    "Edm.Double": Form.FLOAT,
    "Edm.Guid": Form.TEXT,
    "Edm.Int16": Form.INTEGER,
    "Edm.Int32": Form.INTEGER,
    "Edm.Int64": Form.INTEGER,
    "Edm.SByte": Form.INTEGER,
    "Edm.Single": Form.FLOAT,
    "Edm.String": Form.TEXT,
    "Edm.Time": Form.TIME,
    "Edm.TimeOfDay": Form.TIME,
}


@frozen
class Facets:
    """The size of values, as far as it is told."""

    length: int | None
    precision: int | None
    scale: int | None

    def narrowed(self, closer: Facets) -> Facets:
        """Give what *closer* says, and for the rest what this says."""
        told = {
            name: value for name in ("length", "precision", "scale") if (value := getattr(closer, name)) is not None
        }
        return evolve(self, **told)


def facets_of(told: etree._Element) -> Facets:
    """Read the facets of a property; ``max`` and ``variable`` are no limits."""
    return Facets(_number(told, "MaxLength"), _number(told, "Precision"), _number(told, "Scale"))


def form_of(kind: str, told: etree._Element) -> Form:
    """Say what the values of the primitive type *kind* are.

    SAP keeps days as ``Edm.DateTime``, which V2 has no better type for, and says in an annotation that they are.
    """
    if kind == "Edm.DateTime" and told.get(f"{_SAP}display-format") == "Date":
        return Form.DATE
    return _FORMS.get(kind, Form.OTHER)


def taken(told: etree._Element) -> tuple[bool, bool]:
    """Say whether a value is taken when a record is made, and afterwards; by SAP's annotations it is unless denied."""
    return told.get(f"{_SAP}creatable") != "false", told.get(f"{_SAP}updatable") != "false"


def _number(told: etree._Element, facet: str) -> int | None:
    text = told.get(facet, "")
    return int(text) if text.isascii() and text.isdigit() else None
