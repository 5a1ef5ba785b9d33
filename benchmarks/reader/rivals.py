"""The same translation through libraries: each first makes a typed record, then the domain object by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import cattrs
from attrs import frozen
from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from acl.protheus.codes import CURRENCIES, UNITS
from benchmarks.reader.hand import line_status
from benchmarks.reader.rows import COLUMNS, Row
from domain.identifiers import LineNumber, ProductId
from domain.money import Money, Price
from domain.purchasing import PurchaseOrderLine
from domain.quantity import Quantity

Translate = Callable[[Sequence[Row]], list[PurchaseOrderLine]]


@frozen
class LineRecord:
    """One row as cattrs structures it."""

    C7_ITEM: str
    C7_PRODUTO: str
    C7_DESCRI: str
    C7_QUANT: float
    C7_UM: str
    C7_QUJE: float
    C7_XQTFAT: float
    C7_MOEDA: int
    C7_PRECO: float
    C7_XPRBAS: float
    C7_TOTAL: float
    C7_DATPRF: str
    C7_RESIDUO: str


class LineModel(BaseModel):
    """One row as pydantic validates it."""

    model_config = ConfigDict(frozen=True)

    C7_ITEM: str
    C7_PRODUTO: str
    C7_DESCRI: str
    C7_QUANT: float
    C7_UM: str
    C7_QUJE: float
    C7_XQTFAT: float
    C7_MOEDA: int
    C7_PRECO: float
    C7_XPRBAS: float
    C7_TOTAL: float
    C7_DATPRF: str
    C7_RESIDUO: str


class _Base(DeclarativeBase):
    pass


class LineEntity(_Base):
    """One row as SQLAlchemy's ORM loads it."""

    __tablename__ = "SC7010"

    row: Mapped[int] = mapped_column(primary_key=True)
    C7_ITEM: Mapped[str]
    C7_PRODUTO: Mapped[str]
    C7_DESCRI: Mapped[str]
    C7_QUANT: Mapped[float]
    C7_UM: Mapped[str]
    C7_QUJE: Mapped[float]
    C7_XQTFAT: Mapped[float]
    C7_MOEDA: Mapped[int]
    C7_PRECO: Mapped[float]
    C7_XPRBAS: Mapped[float]
    C7_TOTAL: Mapped[float]
    C7_DATPRF: Mapped[str]
    C7_RESIDUO: Mapped[str]


def line_of(record: LineRecord | LineModel | LineEntity) -> PurchaseOrderLine:
    """Make the domain object as most teams would: attribute by attribute, one small conversion each."""
    unit, currency = UNITS[record.C7_UM], CURRENCIES[record.C7_MOEDA]
    product, due = record.C7_PRODUTO.rstrip(" "), record.C7_DATPRF.strip(" ")
    return PurchaseOrderLine(
        number=LineNumber(record.C7_ITEM.lstrip("0")),
        product=ProductId(product) if product else None,
        description=record.C7_DESCRI.rstrip(" "),
        ordered=Quantity(Decimal(f"{record.C7_QUANT:.3f}"), unit),
        received=Quantity(Decimal(f"{record.C7_QUJE:.3f}"), unit),
        invoiced=Quantity(Decimal(f"{record.C7_XQTFAT:.3f}"), unit),
        price=Price(currency, Decimal(f"{record.C7_PRECO:.4f}"), Quantity(Decimal(int(record.C7_XPRBAS)), unit)),
        amount=Money(currency, Decimal(f"{record.C7_TOTAL:.2f}")),
        due_on=date.fromisoformat(due) if due else None,
        status=line_status(record.C7_RESIDUO, record.C7_QUJE, record.C7_QUANT),
    )


def with_cattrs() -> Translate:
    """Structure each row into a typed record, then into the domain."""
    converter = cattrs.Converter(detailed_validation=False)
    return lambda rows: [line_of(converter.structure(dict(zip(COLUMNS, row, strict=True)), LineRecord)) for row in rows]


def with_pydantic() -> Translate:
    """Validate each row into a model, then into the domain."""
    model = TypeAdapter(LineModel)
    return lambda rows: [line_of(model.validate_python(dict(zip(COLUMNS, row, strict=True)))) for row in rows]


class Orm:
    """The rows in an SQLite file, read as entities and mapped by hand."""

    def __init__(self, url: str, rows: Sequence[Row]) -> None:
        self._engine = create_engine(url)
        _Base.metadata.create_all(self._engine)
        with self._engine.begin() as connection:
            connection.execute(insert(LineEntity), [dict(zip(COLUMNS, row, strict=True)) for row in rows])

    def read(self) -> list[PurchaseOrderLine]:
        """Read everything, in the order of the rows."""
        with Session(self._engine) as session:
            return [line_of(each) for each in session.scalars(select(LineEntity).order_by(LineEntity.row))]

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()
