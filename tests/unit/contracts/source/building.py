"""Small schemas and contracts to change and judge."""

from __future__ import annotations

from contracts.source.owed import Facets, OwedColumn, SourceContract, Use
from contracts.source.schema import Column, Form, Record, Reference, Schema


def text(name: str, length: int | None = None, **facets: bool) -> Column:
    return Column(name=name, form=Form.TEXT, native="Edm.String", length=length, nullable=facets.get("nullable"))


def way(name: str, of: str, *, many: bool = False) -> Column:
    return Column(name=name, form=Form.RECORD, native=of, many=many, of=of)


def shop() -> Schema:
    """A vendor with an address behind each shop, and a city behind each address."""
    return Schema(
        "the shop",
        [
            Record(
                name="VENDOR",
                key=("NO",),
                columns=(
                    text("NO", 10, nullable=False),
                    text("NAME", 40, nullable=False),
                    Column(name="STATE", form=Form.TEXT, native="enum", length=1, codes=("A", "B")),
                    Column(name="RATE", form=Form.DECIMAL, native="decimal(9,3)", precision=9, scale=3),
                    text("MEMO", 80),
                    way("to_Address", "ADDRESS", many=True),
                ),
                references=(Reference(("STATE",), "STATES", ("CODE",)),),
            ),
            Record(name="ADDRESS", columns=(text("STREET", 60), text("FAX"), way("to_City", "CITY")), key=()),
            Record(name="CITY", columns=(text("CITYNAME", 60), text("MAYOR"))),
        ],
    )


_TEXT = (Form.TEXT,)


def owed(*, use: Use = Use.READ, by_name: bool = True) -> SourceContract:
    """What a port relies on of the shop; *use* is that of every column but the optional ones of the address."""
    optional = use if use is Use.WRITE else Use.OPTIONAL_READ
    maybe = Facets(forms=_TEXT, nullable=True, length=60)
    return SourceContract(
        kind="shop",
        port="suppliers",
        by_name=by_name,
        columns=(
            OwedColumn(
                record="VENDOR", path="NO", fields=("id", "source"), use=use,
                facets=Facets(forms=_TEXT, nullable=False, length=10, exact=True),
            ),
            OwedColumn(
                record="VENDOR", path="NAME", fields=("name",), use=use,
                facets=Facets(forms=_TEXT, nullable=False, length=40),
            ),
            OwedColumn(
                record="VENDOR", path="STATE", fields=("block",), use=use,
                facets=Facets(forms=_TEXT, nullable=False, length=1, codes=("A", "B", "C")),
            ),
            OwedColumn(
                record="VENDOR", path="RATE", fields=("rate",), use=use,
                facets=Facets(forms=(Form.DECIMAL, Form.INTEGER), nullable=True, scale=3, exact=True),
            ),
            OwedColumn(
                record="VENDOR", path="to_Address/STREET", fields=("address.street",), use=optional, facets=maybe
            ),
            OwedColumn(
                record="VENDOR", path="to_Address/to_City/CITYNAME", fields=("address.city",), use=optional,
                facets=maybe,
            ),
        ),
    )  # fmt: skip
