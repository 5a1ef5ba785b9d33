"""Where somebody is: countries of ISO 3166 and postal addresses."""

from __future__ import annotations

from attrs import Attribute, field, frozen, validators

from domain.errors import InvalidValue
from domain.text import words

_ISO_3166 = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
    "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
    "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
    "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
    "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
    "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)


def _known(_: Country, __: Attribute[str], code: str) -> None:
    if code not in _ISO_3166:
        raise InvalidValue(f"{code!r} is not an ISO 3166-1 country")


@frozen
class Country:
    """One country, by the two capital letters of ISO 3166-1."""

    code: str = field(validator=_known)

    def __str__(self) -> str:
        return self.code


@frozen(kw_only=True)
class Address:
    """A postal address; ``None`` means that the part is not known.

    *street* holds the house number after a comma, *region* the ISO 3166-2 part after the country ("SP"), *postal_code*
    the form that the country's post prints ("01310-100").
    """

    street: str | None = field(validator=validators.optional(words))
    city: str | None = field(validator=validators.optional(words))
    region: str | None = field(validator=validators.optional(words))
    postal_code: str | None = field(validator=validators.optional(words))
    country: Country = field(validator=validators.instance_of(Country))
