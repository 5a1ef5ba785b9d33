"""What a supplier's master holds in more than one spelling: tax numbers, postal codes, IBANs."""

from __future__ import annotations

import re

from attrs import evolve

from acl.codecs.taxes import WIDTHS, numbers
from acl.codecs.text import sound
from acl.engine.codec import Codec, Unreadable
from acl.inhouse.texts import NOTHING, TYPED, storable
from domain.errors import InvalidValue
from domain.tax import TaxId, TaxIdKind
from ports.errors import ProblemKind

_KEY = ProblemKind.INVALID_IDENTIFIER
_NO_TAX_ID = (None, "", "0", "00000000000000")
_PUNCTUATION = str.maketrans("", "", " ./-")
_SHAPES = {
    TaxIdKind.CNPJ: re.compile("[0-9A-Z]{12}[0-9]{2}"),
    TaxIdKind.CPF: re.compile("[0-9]{11}"),
    TaxIdKind.EU_VAT: re.compile("[A-Z]{2}[0-9A-Z+*]{2,12}"),
}


def _tax_id(raw: object) -> TaxId:
    number = sound(raw, "INH-KEY-01").translate(_PUNCTUATION)
    kinds = [kind for kind, shape in _SHAPES.items() if shape.fullmatch(number)]
    if not kinds:
        raise Unreadable(_KEY, f"{raw!r} has the form of no tax number", "INH-KEY-04")
    found, refused = [], []
    for kind in kinds:
        try:
            found.append(TaxId(kind, number))
        except InvalidValue as error:
            refused.append(str(error))
    if not found:
        raise Unreadable(_KEY, "; ".join(refused), "INH-KEY-01")
    if len(found) > 1:
        told = " and as ".join(each.kind.name for each in found)
        raise Unreadable(ProblemKind.AMBIGUOUS, f"{raw!r} is valid as {told}", "INH-KEY-01")
    return found[0]


def _tax_number(value: TaxId) -> str:
    if _tax_id(value.number) != value:
        raise Unreadable(_KEY, f"{value} would be read back as another kind of number", "INH-KEY-01")
    return value.number


TAX_ID = Codec[TaxId](
    name="tax_id",
    decode=_tax_id,
    encode=_tax_number,
    kind=_KEY,
    absent=_NO_TAX_ID,
    quirks=("INH-KEY-01", "INH-KEY-04", "INH-NULL-01"),
    produces=(TaxId,),
    facets=(evolve(TYPED, length=max(WIDTHS[kind] for kind in _SHAPES)),),
    raws=lambda strategies: numbers(strategies, *_SHAPES),
)
"""A CNPJ, CPF or EU VAT number, bare or as on a form; its kind is told by form and check digits. Written bare."""


def _postal_code(raw: object) -> str:
    text = sound(raw, "INH-NULL-01")
    return f"{text[:5]}-{text[5:]}" if re.fullmatch("[0-9]{8}", text) else text


def _written_postal_code(value: str) -> str:
    if _postal_code(value) != value:
        raise Unreadable(ProblemKind.INVALID_TEXT, f"{value!r} would be read back with a hyphen", "INH-NULL-01")
    return storable(value, NOTHING)


POSTAL_CODE = Codec[str](
    name="postal_code",
    decode=_postal_code,
    encode=_written_postal_code,
    kind=ProblemKind.INVALID_TEXT,
    absent=NOTHING,
    quirks=("INH-NULL-01",),
    produces=(str,),
    facets=(TYPED,),
    raws=lambda strategies: strategies.sampled_from(("01310-100", "50667", "530-0001")),
)
"""A postal code: eight digits are Brazilian and get their hyphen, anything else is left alone."""


def _iban(raw: object) -> str:
    text = sound(raw, "INH-NULL-01")
    bare = text.replace(" ", "")
    if text not in (bare, " ".join(re.findall(".{1,4}", bare))):
        raise Unreadable(_KEY, f"{raw!r} has blanks elsewhere than between groups of four", "INH-NULL-01")
    return bare


IBAN = Codec[str](
    name="iban",
    decode=_iban,
    encode=lambda value: storable(value, NOTHING),
    kind=_KEY,
    absent=NOTHING,
    quirks=("INH-NULL-01",),
    produces=(str,),
    facets=(TYPED,),
    raws=lambda strategies: strategies.sampled_from(("DE89370400440532013000", "GB82WEST12345698765432")),
)
"""An IBAN, with or without blanks in groups of four; written without."""
