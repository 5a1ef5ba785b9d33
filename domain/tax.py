"""Tax identifiers whose check digits are verified."""

from __future__ import annotations

from enum import Enum

from attrs import Attribute, field, frozen, validators

from domain.errors import InvalidValue


class TaxIdKind(Enum):
    """Which authority gave the number, and so how it is checked."""

    CNPJ = "cnpj"
    CPF = "cpf"
    EU_VAT = "eu_vat"


def _checked(tax_id: TaxId, _: Attribute[str], number: str) -> None:
    if _compact(tax_id.kind, number) != number:
        raise InvalidValue(f"{number!r} is not a {tax_id.kind.name} in canonical form")


def _compact(kind: TaxIdKind, number: str) -> str:
    from stdnum.br import cnpj, cpf
    from stdnum.eu import vat
    from stdnum.exceptions import ValidationError

    module = {TaxIdKind.CNPJ: cnpj, TaxIdKind.CPF: cpf, TaxIdKind.EU_VAT: vat}[kind]
    try:
        compact = str(module.validate(number))
    except ValidationError as error:
        raise InvalidValue(f"{number!r} is not a valid {kind.name}: {error}") from None
    # Greece writes EL; the library also lets its ISO code pass, and one firm would have two numbers
    return f"EL{compact[2:]}" if kind is TaxIdKind.EU_VAT and compact.startswith("GR") else compact


@frozen
class TaxId:
    """A tax number in canonical form: capitals and digits, no punctuation, a VAT number with its country."""

    kind: TaxIdKind = field(validator=validators.instance_of(TaxIdKind))
    number: str = field(validator=_checked)

    @classmethod
    def parse(cls, kind: TaxIdKind, written: str) -> TaxId:
        """Read a number as people write it, with points, slashes and blanks.

        Raises:
            InvalidValue: wrong length, characters or check digits.
        """
        return cls(kind, _compact(kind, written))

    def __str__(self) -> str:
        return f"{self.kind.name} {self.number}"


def readings(written: str) -> tuple[TaxId, ...]:
    """Give every number that *written* may be, whoever gave it; none if its check digits are of no kind known here."""
    found = []
    for kind in TaxIdKind:
        try:
            found.append(TaxId.parse(kind, written))
        except InvalidValue:
            continue
    return tuple(found)
