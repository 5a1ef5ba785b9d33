"""Tax numbers: the kind by the column, by a type beside it, or by the length; check digits always verified."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, cast

from acl.codecs.text import sound
from acl.engine.codec import Codec, Unreadable
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.tax import TaxId, TaxIdKind
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

VALID = {
    TaxIdKind.CNPJ: ("11222333000181", "12ABC34501DE35", "11444777000161"),
    TaxIdKind.CPF: ("52998224725", "11144477735"),
    TaxIdKind.EU_VAT: ("DE136695976", "DE123456788"),
}
"""Numbers with right check digits that belong to nobody in particular, for generated records."""


def tax_id(*kinds: TaxIdKind, width: int = 0, quirk: str = "PRO-ID-02") -> Codec[TaxId]:
    """Make the codec of a column that holds a tax number of one of *kinds*, told apart by its length.

    With a *width* the column is filled with blanks on the right; without one, no blank belongs to it.

    Source: PRO-ID-02, PRO-ID-03.
    """

    def decode(raw: object) -> TaxId:
        number = sound(raw, quirk).rstrip(" ") if width > 0 else sound(raw, quirk)
        for kind in kinds:
            if _LENGTHS[kind] in (None, len(number)):
                return TaxId(kind, number)
        raise Unreadable(ProblemKind.INVALID_IDENTIFIER, f"{number!r} has the length of no tax number", quirk)

    def encode(value: TaxId) -> str:
        if value.kind not in kinds:
            raise Unreadable(ProblemKind.INVALID_IDENTIFIER, f"this column does not hold a {value.kind.name}", quirk)
        return value.number.ljust(width)

    return Codec(
        name="tax_id",
        decode=decode,
        encode=encode,
        kind=ProblemKind.INVALID_IDENTIFIER,
        absent=("", None) if width == 0 else (" " * width, ""),
        blank=(lambda raw: type(raw) is str and not raw.strip(" ")) if width > 0 else None,
        quirks=(quirk, "PRO-ID-03"),
        produces=(TaxId,),
        spellings=lambda value: (encode(value),),
        facets=(Facets(forms=(Form.TEXT,), length=width or max(WIDTHS[kind] for kind in kinds)),),
        raws=lambda strategies: numbers(strategies, *kinds).map(lambda number: number.ljust(width)),
    )


def numbers(strategies: ModuleType, *kinds: TaxIdKind) -> SearchStrategy[str]:
    """Draw valid numbers of *kinds*."""
    return cast("SearchStrategy[str]", strategies.sampled_from([each for kind in kinds for each in VALID[kind]]))


_LENGTHS: dict[TaxIdKind, int | None] = {TaxIdKind.CNPJ: 14, TaxIdKind.CPF: 11, TaxIdKind.EU_VAT: None}
WIDTHS = {TaxIdKind.CNPJ: 14, TaxIdKind.CPF: 11, TaxIdKind.EU_VAT: 14}
"""The most characters of each kind; a VAT number has its country and at most twelve signs."""
