"""What Protheus's letters and numbers mean; a site extends these tables in its profile."""

from domain.currency import Currency
from domain.places import Country
from domain.units import Unit

UNITS = {
    "UN": Unit("H87"), "PC": Unit("H87"), "KG": Unit("KGM"), "GR": Unit("GRM"), "TN": Unit("TNE"), "MT": Unit("MTR"),
    "M2": Unit("MTK"), "M3": Unit("MTQ"), "LT": Unit("LTR"), "ML": Unit("MLT"), "CX": Unit("XBX"), "DZ": Unit("DZN"),
    "PR": Unit("PR"), "HR": Unit("HUR"), "RL": Unit("XRO"), "MI": Unit("MIL"),
}  # fmt: skip
"""Units of measure (table SAH)."""

CURRENCIES = {number: Currency(code) for number, code in enumerate(("BRL", "USD", "EUR", "JPY", "KWD", "CHF"), start=1)}
"""Currencies by the number that a company parameter gives them (PRO-CUR-01)."""

COUNTRIES = {
    number: Country(code)
    for number, code in {
        "105": "BR", "023": "DE", "249": "US", "399": "JP", "198": "KW", "767": "CH", "063": "AR", "158": "CL",
        "169": "CO", "586": "PY", "589": "PE", "845": "UY", "493": "MX", "149": "CA", "160": "CN", "190": "KR",
        "275": "FR", "386": "IT", "245": "ES", "607": "PT", "628": "GB", "573": "NL", "087": "BE", "072": "AT",
    }.items()
}  # fmt: skip
"""Countries by the number that the Brazilian central bank gives them."""
