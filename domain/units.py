"""Units of measure, by their UN/ECE Recommendation 20 codes."""

from __future__ import annotations

from enum import Enum

from attrs import Attribute, field, frozen

from domain.errors import InvalidValue


class Dimension(Enum):
    """What a unit measures; quantities of different dimensions never compare."""

    COUNT = "count"
    MASS = "mass"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    TIME = "time"
    ENERGY = "energy"
    PACKAGE = "package"


_NAMES: dict[Dimension, dict[str, str]] = {
    Dimension.COUNT: {
        "C62": "one", "H87": "piece", "EA": "each", "DZN": "dozen", "SET": "set", "PR": "pair", "MIL": "thousand",
        "CEN": "hundred", "GRO": "gross", "E48": "service unit", "LS": "lump sum", "P1": "percent", "KT": "kit",
    },
    Dimension.MASS: {
        "MGM": "milligram", "GRM": "gram", "KGM": "kilogram", "TNE": "tonne", "LBR": "pound", "ONZ": "ounce", "STN":
        "short ton",
    },
    Dimension.LENGTH: {
        "MMT": "millimetre", "CMT": "centimetre", "MTR": "metre", "KMT": "kilometre", "INH": "inch", "FOT": "foot",
        "YRD": "yard", "SMI": "mile",
    },
    Dimension.AREA: {
        "CMK": "square centimetre", "MTK": "square metre", "HAR": "hectare", "FTK": "square foot",
    },
    Dimension.VOLUME: {
        "MLT": "millilitre", "CLT": "centilitre", "LTR": "litre", "HLT": "hectolitre", "MTQ": "cubic metre", "CMQ":
        "cubic centimetre", "GLL": "US gallon", "FTQ": "cubic foot",
    },
    Dimension.TIME: {
        "SEC": "second", "MIN": "minute", "HUR": "hour", "DAY": "day", "WEE": "week", "MON": "month", "ANN": "year",
    },
    Dimension.ENERGY: {
        "KWH": "kilowatt hour", "MWH": "megawatt hour", "JOU": "joule",
    },
    Dimension.PACKAGE: {
        "XBX": "box", "XCT": "carton", "XBG": "bag", "XDR": "drum", "XPX": "pallet", "XRO": "roll", "XPK":
        "package", "XBO": "bottle", "XCS": "case", "XCN": "can",
    },
}  # fmt: skip
_TABLE = {code: (name, dimension) for dimension, names in _NAMES.items() for code, name in names.items()}


def _known(_: Unit, __: Attribute[str], code: str) -> None:
    if code not in _TABLE:
        raise InvalidValue(f"{code!r} is not a unit of UN/ECE Recommendation 20 that this model knows")


@frozen
class Unit:
    """One unit of measure, by its common code: ``H87`` piece, ``KGM`` kilogram.

    The model knows the codes that purchasing uses; an unknown code is an error, not a new unit.
    """

    code: str = field(validator=_known)

    @property
    def name(self) -> str:
        """The unit's English name in the singular."""
        return _TABLE[self.code][0]

    @property
    def dimension(self) -> Dimension:
        """What the unit measures."""
        return _TABLE[self.code][1]

    def __str__(self) -> str:
        return self.code
