"""Codes of international standards as vendors write them: currencies and countries by their ISO letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from acl.codecs.text import sound
from acl.engine.codec import Codec
from acl.engine.declare import column as bound
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.currency import Currency
from domain.places import Country
from ports.errors import ProblemKind

T = TypeVar("T", Currency, Country)


def iso_currency(column: str, *, quirk: str = "SAP-NUM-10") -> Currency:
    """Read an ISO 4217 currency; a site may add keys of its own, such as ``USD5``.

    Source: SAP-NUM-10.
    """
    samples = ("BRL", "EUR", "USD", "JPY", "KWD", "CHF")
    return bound(_iso("iso_currency", Currency, ProblemKind.CURRENCY, quirk, samples, {}), column)


def iso_country(column: str, *, quirk: str = "G2") -> Country:
    """Read an ISO 3166-1 country of two letters; a site may add keys of its own."""
    return bound(_iso("iso_country", Country, ProblemKind.INVALID_CODE, quirk, ("BR", "DE", "US"), {}), column)


def _iso(
    name: str,
    into: Callable[[str], T],
    kind: ProblemKind,
    quirk: str,
    samples: tuple[str, ...],
    own: Mapping[object, T],
) -> Codec[T]:
    def decode(raw: object) -> T:
        return own[raw] if raw in own else into(sound(raw, quirk))

    def spellings(value: T) -> tuple[object, ...]:
        return (value.code, *(key for key, meaning in own.items() if meaning == value))

    return Codec(
        name=name,
        decode=decode,
        encode=lambda value: value.code,
        kind=kind,
        absent=("", None),
        quirks=(quirk,),
        produces=(into,) if isinstance(into, type) else (),
        spellings=spellings,
        memo=True,
        facets=(Facets(forms=(Form.TEXT,), length=max(len(each) for each in (*samples, *map(str, own)))),),
        raws=lambda strategies: strategies.sampled_from(samples),
        table=dict(own),
        rebuilt=lambda codes: _iso(name, into, kind, quirk, samples, codes),
    )
