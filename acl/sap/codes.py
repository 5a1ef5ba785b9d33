"""What SAP's keys mean; a site extends these tables in its profile."""

from domain.tax import TaxIdKind
from domain.units import Unit

UNITS = {
    "PC": Unit("H87"), "ST": Unit("H87"), "EA": Unit("EA"), "KG": Unit("KGM"), "G": Unit("GRM"), "TO": Unit("TNE"),
    "LB": Unit("LBR"), "M": Unit("MTR"), "CM": Unit("CMT"), "MM": Unit("MMT"), "KM": Unit("KMT"), "M2": Unit("MTK"),
    "M3": Unit("MTQ"), "L": Unit("LTR"), "ML": Unit("MLT"), "CAR": Unit("XBX"), "KAR": Unit("XBX"), "BAG": Unit("XBG"),
    "PAL": Unit("XPX"), "DZ": Unit("DZN"), "H": Unit("HUR"), "STD": Unit("HUR"), "DAY": Unit("DAY"), "LE": Unit("E48"),
    "ROL": Unit("XRO"), "PAA": Unit("PR"),
}  # fmt: skip
"""Units by their internal and their English display keys (SAP-CODE-03)."""

_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
TAX_TYPES = {"BR1": TaxIdKind.CNPJ, "BR2": TaxIdKind.CPF, **{f"{country}0": TaxIdKind.EU_VAT for country in _EU}}
"""Tax number categories: country and a number of the country's own; 0 is the VAT number throughout the EU."""
