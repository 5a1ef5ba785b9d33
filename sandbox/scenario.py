"""One company's purchasing, as plain facts: the scenario that stands in every sandbox.

Each sandbox stores these facts in its vendor's own mess. The values are chosen so that every one of the four
systems can hold them: names fit 40 characters of code page 1252 and 850, order numbers fit six characters, amounts
have their currency's own number of places. Generated from a fixed seed: the same facts on every machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Literal

OPEN_END = "open end"
"""A validity that never ends; ``None`` in its place means that no end is known."""

Status = Literal["draft", "pending_approval", "rejected", "open", "partly_received", "received", "closed", "cancelled"]
LineStatus = Literal["open", "partly_received", "received", "closed", "cancelled"]
Block = Literal["none", "purchasing", "payment", "all"]
TaxKind = Literal["CNPJ", "CPF", "VAT"]

PLACES = {"BRL": 2, "EUR": 2, "USD": 2, "CHF": 2, "JPY": 0, "KWD": 3}
"""Currencies of the scenario with their ISO 4217 places."""


@dataclass(frozen=True)
class Bank:
    """Where a supplier is paid; *bank* is the national bank code, *iban* without blanks."""

    bank: str
    branch: str | None
    account: str
    iban: str | None


@dataclass(frozen=True)
class Supplier:
    """One supplier; *number* is eight digits: six of the firm and two of its establishment."""

    number: str
    name: str
    trade_name: str | None
    tax: tuple[TaxKind, str] | None
    street: str
    city: str
    region: str | None
    postal_code: str | None
    country: str
    email: str | None
    bank: Bank | None
    block: Block
    deleted: bool = False


@dataclass(frozen=True)
class Line:
    """One order line; quantities in *unit* (UN/ECE Rec 20), *price* per *price_per* units."""

    number: int
    product: str | None
    description: str
    unit: str
    ordered: Decimal
    received: Decimal
    invoiced: Decimal
    price: Decimal
    price_per: int
    amount: Decimal
    due_on: date | None
    status: LineStatus


@dataclass(frozen=True)
class Order:
    """One purchase order; *number* is six characters, mostly digits, a few with letters."""

    number: str
    supplier: str
    ordered_on: date
    currency: str
    status: Status
    reference: str | None
    valid_from: date | None
    valid_until: date | Literal["open end"] | None
    lines: tuple[Line, ...]
    deleted: bool = False


@dataclass(frozen=True)
class Scenario:
    """Everything that stands in each sandbox.

    *deleted* suppliers and orders exist in the vendor's store, marked as deleted in the vendor's own way; no reader
    may see them.
    """

    suppliers: tuple[Supplier, ...]
    orders: tuple[Order, ...]
    deleted_suppliers: tuple[Supplier, ...]
    deleted_orders: tuple[Order, ...]


_FIRMS = (
    "Metalúrgica São João", "Construções Irmãos Peixoto", "Açúcar & Álcool Ribeirão", "O'Neil Fasteners",
    "Müller Großhandel", "Köhler Präzisionsteile", "Société Générale d'Outillage", "Ferretería Ñandú",
    "Cia. Paulista de Tubos", "Tecidos Conceição", "Embalagens Avaré", "Gulf Valves & Fittings",
    "Osaka Bearing Works", "Nagoya Motors Supply", "Kuwait Marine Stores", "Rhein Chemie Handel", "Lindström Kabel",
    "Officine Meccaniche Rossi", "Transportes Três Irmãos", "Papelaria Atenção", "Ohio Tool & Die", "Texas Pump Co.",
    "Elétrica Ipiranga", "Química Maringá", "Parafusos Vitória",
)  # fmt: skip
_PEOPLE = ("João Gonçalves", "Conceição Araújo", "Antônio Sá", "Márcia D'Ávila")
PRODUCTS: tuple[tuple[str | None, str, str], ...] = (
    ("21", "Parafuso sextavado M8", "H87"), ("1042", "Chapa de aço 2 mm", "KGM"), ("KB-204", "Rolamento 6204", "H87"),
    ("7731", "Cabo elétrico 2,5 mm", "MTR"), ("880015", "Óleo hidráulico", "LTR"),
    ("A/B 1", "Válvula de esfera", "H87"), ("5500", "Caixa de papelão 40x30", "XBX"),
    ("TX-9", "Pigmento índigo", "KGM"), (None, "Serviço de manutenção", "HUR"), ("300", "Broca de aço 6 mm", "H87"),
    ("6100", "Tinta epóxi", "LTR"), ("919", "Junta de vedação", "H87"),
)  # fmt: skip


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    rest = sum((ord(d) - 48) * w for d, w in zip(digits, weights, strict=True)) % 11
    return 0 if rest < 2 else 11 - rest


def cnpj(base: str) -> str:
    """Give the twelve characters *base* their two check digits (letters count as ASCII - 48)."""
    first = _weighted(base, (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
    return f"{base}{first}{_weighted(f'{base}{first}', (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))}"


def cpf(base: str) -> str:
    """Give the nine digits *base* their two check digits."""
    first = _weighted(base, (10, 9, 8, 7, 6, 5, 4, 3, 2))
    return f"{base}{first}{_weighted(f'{base}{first}', (11, 10, 9, 8, 7, 6, 5, 4, 3, 2))}"


def german_vat(base: str) -> str:
    """Give the eight digits *base* their check digit and country."""
    product = 10
    for digit in base:
        product = 2 * (((int(digit) + product) % 10) or 10) % 11
    return f"DE{base}{(11 - product) % 10}"


def iban(country: str, account: str) -> str:
    """Put the two check digits of ISO 13616 before *account*."""
    digits = "".join(str(int(c, 36)) for c in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


_PLACES_OF = {
    "BR": (
        ("São Paulo", "SP", "01310-100"), ("Ribeirão Preto", "SP", "14010-000"),
        ("Maringá", "PR", "87013-000"), ("Vitória", "ES", "29010-120"),
    ),
    "DE": (("Köln", None, "50667"), ("Düsseldorf", None, "40213")),
    "US": (("Dayton", "OH", "45402"), ("Houston", "TX", "77002")),
    "JP": (("Osaka", None, "530-0001"), ("Nagoya", None, "450-0002")),
    "KW": (("Kuwait City", None, "13001"), ("Shuwaikh", None, None)),
    "CH": (("Zürich", None, "8001"), ("Genève", None, "1201")),
}  # fmt: skip
_STREETS = (
    "Rua das Flores, 100",
    "Av. Paulista, 2300",
    "Hauptstraße, 12",
    "Industrieweg, 7",
    "Main Street, 45",
    "Avenida Brasil, 1500",
)
_COUNTRIES = ("BR", "BR", "DE", "BR", "US", "BR", "JP", "BR", "KW", "BR", "CH", "DE")
_CURRENCY_OF = {"BR": "BRL", "DE": "EUR", "US": "USD", "JP": "JPY", "KW": "KWD", "CH": "CHF"}
_BLOCKS: tuple[Block, ...] = ("none", "none", "none", "purchasing", "none", "payment", "none", "none", "all")


def _supplier(rnd: random.Random, index: int, *, deleted: bool = False) -> Supplier:
    country = _COUNTRIES[index % len(_COUNTRIES)]
    firm, suffix = _FIRMS[index % len(_FIRMS)], {"BR": " Ltda.", "DE": " GmbH", "CH": " AG"}.get(country, "")
    name = f"{firm}{suffix}" if index < len(_FIRMS) else f"{firm} {index // len(_FIRMS) + 1}{suffix}"
    number = f"{100001 + index * 7}{'01' if index % 6 else '02'}"
    tax: tuple[TaxKind, str] | None = None
    if country == "BR" and index % 11 == 3:
        name, tax = _PEOPLE[index // 11 % len(_PEOPLE)], ("CPF", cpf(f"{rnd.randrange(10**8, 10**9)}"))
    elif country == "BR" and index % 13 == 5:
        tax = (
            "CNPJ",
            cnpj(f"{rnd.choice('ABCXYZ')}{rnd.randrange(10**4):04d}{rnd.choice('DEFG')}{rnd.randrange(100):02d}0001"),
        )
    elif country == "BR":
        tax = ("CNPJ", cnpj(f"{rnd.randrange(10**7, 10**8)}0001"))
    elif country == "DE":
        tax = ("VAT", german_vat(f"{rnd.randrange(10**7, 10**8)}"))
    city, region, postal_code = rnd.choice(_PLACES_OF[country])
    bank: Bank | None = None
    if country == "BR" and index % 4:
        bank = Bank(
            rnd.choice(("001", "033", "237", "341")),
            f"{rnd.randrange(1, 9999):04d}",
            f"{rnd.randrange(10**4, 10**6)}-{rnd.randrange(10)}",
            None,
        )
    elif country == "DE":
        bank_code, account = f"{rnd.randrange(10**7, 10**8)}", f"{rnd.randrange(10**9, 10**10)}"
        bank = Bank(bank_code, None, account, iban("DE", bank_code + account))
    slug = "".join(c for c in firm.lower() if "a" <= c <= "z")
    return Supplier(
        number=number,
        name=name,
        trade_name=firm.split()[0].upper() if index % 3 else None,
        tax=tax,
        street=rnd.choice(_STREETS),
        city=city,
        region=region,
        postal_code=postal_code,
        country=country,
        email=f"vendas@{slug}.example" if index % 5 else None,
        bank=bank,
        block=_BLOCKS[index % len(_BLOCKS)],
        deleted=deleted,
    )


_STATUSES: tuple[Status, ...] = (
    "open", "partly_received", "received", "pending_approval", "open",
    "closed", "cancelled", "draft", "rejected", "received",
)  # fmt: skip


def _progress(rnd: random.Random, status: Status, ordered: Decimal, first: bool) -> tuple[Decimal, LineStatus]:
    """Give the received quantity and the line's status that agree with the order's *status*."""
    part = (ordered / 2).quantize(Decimal("0.001"), ROUND_HALF_EVEN)
    if status == "received":
        return ordered, "received"
    if status == "partly_received":
        return (part, "partly_received") if first or rnd.random() < 0.5 else (Decimal(0), "open")
    if status == "closed":
        return part, "closed"
    if status == "cancelled":
        return Decimal(0), "cancelled"
    return Decimal(0), "open"


def _line(rnd: random.Random, position: int, order: Status, currency: str, ordered_on: date) -> Line:
    product, description, unit = rnd.choice(PRODUCTS)
    ordered = (
        Decimal(rnd.randrange(1, 5000)) if unit in ("H87", "XBX") else Decimal(rnd.randrange(500, 2_000_000)) / 1000
    )
    received, status = _progress(rnd, order, ordered, position == 1)
    invoiced = received if rnd.random() < 0.6 else Decimal(0)
    price_per = rnd.choice((1, 1, 1, 100, 1000))
    price = Decimal(rnd.randrange(1, 90_000)) / (1 if currency == "JPY" else 10_000)
    amount = (ordered * price / price_per).quantize(Decimal(1).scaleb(-PLACES[currency]), ROUND_HALF_EVEN)
    due_on = ordered_on + timedelta(days=rnd.randrange(3, 120)) if rnd.random() < 0.85 else None
    return Line(
        position * 10, product, description, unit, ordered, received, invoiced, price, price_per, amount, due_on, status
    )


def _order(rnd: random.Random, index: int, suppliers: tuple[Supplier, ...], *, deleted: bool = False) -> Order:
    supplier = suppliers[index * 5 % len(suppliers)]
    status = _STATUSES[index % len(_STATUSES)]
    ordered_on = date(2023, 1, 2) + timedelta(days=index * 4 + rnd.randrange(4))
    number = f"45{'ABCDE'[index // 17 % 5]}{index:03d}" if index % 17 == 11 else f"{450000 + index * 3}"
    currency = _CURRENCY_OF[supplier.country]
    valid_from = ordered_on if index % 4 == 1 else None
    valid_until: date | Literal["open end"] | None = None
    if valid_from is not None:
        valid_until = "open end" if index % 8 == 1 else ordered_on + timedelta(days=365)
    return Order(
        number=number,
        supplier=supplier.number,
        ordered_on=ordered_on,
        currency=currency,
        status=status,
        reference=f"REQ-{index:05d}" if index % 3 else None,
        valid_from=valid_from,
        valid_until=valid_until,
        lines=tuple(
            _line(rnd, n, status, currency, ordered_on)
            for n in range(1, 1 + (30 if index == 7 else 1 + index * 7 % 12))
        ),
        deleted=deleted,
    )


@cache
def scenario(seed: int = 2011, *, suppliers: int = 48, orders: int = 220) -> Scenario:
    """Make the facts; the same *seed* and sizes give the same facts."""
    rnd = random.Random(seed)
    alive = tuple(_supplier(rnd, index) for index in range(suppliers))
    gone = tuple(_supplier(rnd, suppliers + index, deleted=True) for index in range(5))
    return Scenario(
        suppliers=alive,
        orders=tuple(_order(rnd, index, alive) for index in range(orders)),
        deleted_suppliers=gone,
        deleted_orders=tuple(_order(rnd, orders + index, alive, deleted=True) for index in range(8)),
    )
