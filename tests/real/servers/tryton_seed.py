"""Fills a fresh Tryton database with one buying company, through Tryton's own client: ``tryton_seed.py URI``.

It runs in Tryton's own environment, not in ours. Every build holds the same business, and differs in the clock columns
(``create_date``, ``write_date``) alone. Tryton checks every identifier's check digits itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from proteus import Model, Wizard, config  # type: ignore[import-not-found]  # lives in Tryton's environment
from trytond.modules.account.tests import tools as accounting  # type: ignore[import-not-found]  # as above
from trytond.modules.account_invoice.tests import tools as invoicing  # type: ignore[import-not-found]  # as above
from trytond.modules.company.tests import tools as founding  # type: ignore[import-not-found]  # as above
from trytond.tests.tools import set_user  # type: ignore[import-not-found]  # as above

YEAR = 2024
CURRENCIES = (  # code, number, name, places, units for one euro
    ("EUR", "978", "Euro", 2, "1"),
    ("USD", "840", "U.S. Dollar", 2, "1.08"),
    ("BRL", "986", "Brazilian Real", 2, "5.40"),
    ("JPY", "392", "Yen", 0, "162"),
)
COUNTRIES = (  # two letters, three letters, number, name, subdivisions
    ("DE", "DEU", "276", "Germany", ()),
    ("FR", "FRA", "250", "France", ()),
    ("NL", "NLD", "528", "Netherlands", ()),
    ("AT", "AUT", "040", "Austria", ()),
    ("IT", "ITA", "380", "Italy", (("IT-BO", "Bologna", "province"),)),
    ("PT", "PRT", "620", "Portugal", ()),
    ("BE", "BEL", "056", "Belgium", ()),
    ("GB", "GBR", "826", "United Kingdom", ()),
    ("CH", "CHE", "756", "Switzerland", ()),
    ("US", "USA", "840", "United States", (("US-CA", "California", "state"),)),
    ("BR", "BRA", "076", "Brazil", (("BR-SP", "São Paulo", "state"),)),
    ("JP", "JPN", "392", "Japan", ()),
)
SUPPLIERS = (  # name, street, number, postal code, city, country or subdivision, identifiers, currency
    ("Süd-Stahl Köln GmbH", "Hauptstraße", "12", "50667", "Köln", "DE", (("eu_vat", "DE810000019"),), "EUR"),
    ("O'Neil & Söhne KG", "Am Hafen", "3a", "28195", "Bremen", "DE", (("eu_vat", "DE810000027"),), "EUR"),
    ("Papeterie Léger SARL", "Rue de la République", "8 bis", "69002", "Lyon", "FR",
     (("eu_vat", "FR50810000000"), ("fr_siren", "810000000")), "EUR"),
    ("Van den Berg B.V.", "Keizersgracht", "101", "1015 CJ", "Amsterdam", "NL", (("eu_vat", "NL810000003B01"),), "EUR"),
    ("Alpen Schrauben", "Salzstraße", "7", "6020", "Innsbruck", "AT", (("eu_vat", "ATU81000015"),), "EUR"),
    ("Officine Rossi S.p.A.", "Via Emilia", "44", "40121", "Bologna", "IT-BO", (("eu_vat", "IT81000000018"),), "EUR"),
    ("Cortiça do Porto Lda.", None, None, "4000-322", "Porto", "PT", (("eu_vat", "PT508100003"),), "EUR"),
    ("Ålesund \"Nord\" Trading", "Quai des Usines", "1", "1000", "Bruxelles", "BE", (), "EUR"),
    ("Bolts of Leeds Ltd.", "Wellington Street", "19", "LS1 4DL", "Leeds", "GB", (("gb_vat", "GB810000026"),), "EUR"),
    ("Golden Gate Fasteners Inc.", "Market Street", "500", "94105", "San Francisco", "US-CA",
     (("us_ein", "98-1000001"),), "USD"),
    ("Ferramentas Paulista Ltda.", "Avenida Paulista", "1578", "01310-200", "São Paulo", "BR-SP",
     (("br_vat", "81.000.001/0001-38"),), "BRL"),
    ("株式会社 山田", "中央通り", "5", "104-0061", "東京", "JP", (), "JPY"),
    ("Zürcher Feinmechanik AG", None, None, None, "Zürich", "CH", (("ch_uid", "CHE-810.000.000"),), "EUR"),
    ("Wandergewerbe ohne Sitz", None, None, None, None, None, ((None, "HRA 4711"),), "EUR"),
)  # fmt: skip
GOODS = (  # code, name, unit, list price
    ("MAT-00001", "Hexagon bolt M8 x 40", "Unit", "0.42"),
    ("MAT-00002", "Hexagon nut M8", "Unit", "0.11"),
    ("MAT-00003", "Steel plate 2 mm", "Kilogram", "3.75"),
    ("MAT-00004", "Copper wire, \"soft\"", "Meter", "1.20"),
    ("MAT-00005", "Schneidöl", "Liter", "12.90"),
    ("MAT-00006", "Ball bearing 6204", "Unit", "7.35"),
    ("MAT-00007", "O'ring 12 x 2", "Unit", "0.08"),
    ("MAT-00008", "Weld rod 3.2", "Kilogram", "8.66"),
    ("MAT-00009", "Pallet, used", "Unit", "6.50"),
    ("MAT-00010", "Torque wrench", "Unit", "189.00"),
)  # fmt: skip
FATES = ("draft", "quotation", "cancelled", "ordered", "part received", "received", "invoiced", "done")
ORDERS = 4 * len(FATES)
FRACTIONS = {"Kilogram": 2.5, "Meter": 0.1, "Liter": 1.75}  # what a quantity of the unit is a multiple of
Record = dict[str, object]  # what one record is created from, by the names of Tryton's fields


def money(code: str, number: str, name: str, places: int, rate: str) -> Model:
    currency = Model.get("currency.currency")(code=code, numeric_code=number, name=name, digits=places)
    currency.rounding = Decimal(1).scaleb(-places)
    currency.rates.new(date=date(YEAR, 1, 1), rate=Decimal(rate))
    currency.save()
    return currency


def buyer(currency: Model) -> None:
    """Found the company that buys, with a chart of accounts and a fiscal year, and act as its user."""
    firm = Model.get("party.party")(name="Dragoman Maschinenbau AG")
    firm.save()
    founding.create_company(party=firm, currency=currency)
    set_user(config.get_config().user)
    accounting.create_chart()
    year = accounting.create_fiscalyear(today=(date(YEAR, 1, 1), date(YEAR, 12, 31)))
    invoicing.set_fiscalyear_invoice_sequences(year).click("create_period")
    accounts, settings = accounting.get_accounts(), Model.get("account.configuration")(1)
    settings.currency_exchange_credit_account = accounts["revenue"]
    settings.currency_exchange_debit_account = accounts["expense"]
    settings.save()


def places() -> dict[str, tuple[Model, Model | None]]:
    """Enter the countries; give country and subdivision by either one's code."""
    known: dict[str, tuple[Model, Model | None]] = {}
    for code, code3, number, name, parts in COUNTRIES:
        country = Model.get("country.country")(code=code, code3=code3, code_numeric=number, name=name)
        for part, called, kind in parts:
            country.subdivisions.new(code=part, name=called, type=kind)
        country.save()
        known[code] = (country, None)
        known.update({part.code: (country, part) for part in country.subdivisions})
    return known


def suppliers(term: Model) -> list[Model]:
    known, parties = places(), []
    for number, (name, street, house, postal, city, place, identifiers, _) in enumerate(SUPPLIERS, 1):
        party = Model.get("party.party")(name=name, supplier_payment_term=term)
        (address,) = party.addresses
        address.street = f"{street} {house}" if street is not None and number % 2 else None
        address.postal_code, address.city = postal, city
        if place is not None:
            address.country, address.subdivision = known[place]
        for kind, code in identifiers:
            party.identifiers.new(type=kind, code=code)
        if number % 3:
            party.contact_mechanisms.new(type="email", value=f"orders{number}@example.com")
        parties.append(party)
    old_hall = parties[1].addresses.new(city="Bremerhaven", postal_code="27568", country=known["DE"][0])
    old_hall.street = "Kaje 4\nHalle B"  # the unstructured form, over two lines
    Model.get("party.party").save(parties)
    write = config.get_config().get_proxy("party.address").write
    for party, (_, street, house, *_) in list(zip(parties, SUPPLIERS, strict=True))[1::2]:
        write([party.addresses[0].id], {"street_name": street, "building_number": house}, {})  # the form in parts
    gone = Model.get("party.party")(name="Nie bestellt e.K.")
    gone.save()
    gone.active = False
    gone.save()
    return parties


def goods() -> list[Model]:
    accounts, tax = accounting.get_accounts(), accounting.create_tax(Decimal("0.19"))
    tax.save()
    category = Model.get("product.category")(name="Goods", accounting=True)
    category.account_expense, category.account_revenue = accounts["expense"], accounts["revenue"]
    category.supplier_taxes.append(tax)
    category.save()
    units = {unit.name: unit for unit in Model.get("product.uom").find()}
    templates = []
    for code, name, unit, price in GOODS:
        template = Model.get("product.template")(name=name, code=code, type="goods", default_uom=units[unit])
        template.list_price, template.account_category, template.purchasable = Decimal(price), category, True
        templates.append(template)
    Model.get("product.template").save(templates)
    return [template.products[0] for template in templates]


def order(number: int, parties: Sequence[Model], products: Sequence[Model], currencies: dict[str, Model]) -> Record:
    """Write the order of that *number*, which alone decides what stands in it."""
    place = number % len(SUPPLIERS)
    day = date(YEAR, 1, 8) + timedelta(days=5 * number)
    lines = [goods_line(number, step, products, day) for step in range(1 + number % 4)]
    if number % 6 == 0:
        lines.insert(0, {"type": "title", "description": "Ersatzteile"})
    if number % 3 == 0:
        lines.append({"type": "comment", "description": "Lieferung frei Haus"})
    if number % 10 == 5:
        lines.append({"description": "Freight, as agreed", "quantity": 1, "unit_price": Decimal("45.0000")})
    return {
        "party": parties[place].id,
        "invoice_address": parties[place].addresses[0].id,
        "currency": currencies[SUPPLIERS[place][-1]].id,
        "payment_term": parties[place].supplier_payment_term.id,
        "purchase_date": day,
        "reference": f"REF/{number:04d}" if number % 4 else None,
        "invoice_method": "order" if FATES[number % len(FATES)] == "invoiced" else "fulfillment",
        "lines": [("create", lines)],
    }


def goods_line(number: int, step: int, products: Sequence[Model], day: date) -> Record:
    chosen = (3 * number + step) % len(GOODS)
    _, _, unit, price = GOODS[chosen]
    product = products[chosen]
    due = {"delivery_date_edit": True, "delivery_date": day + timedelta(days=14 + step)} if step % 2 == 0 else {}
    return {
        "product": product.id,
        "unit": product.default_uom.id,
        "quantity": round(FRACTIONS.get(unit, 1.0) * (1 + (7 * number + 5 * step) % 40), 2),
        "unit_price": (Decimal(price) * Decimal("0.6")).quantize(Decimal("0.0001")),
        "taxes": [("add", [tax.id for tax in product.account_category.supplier_taxes])],
        **due,
    }


def receive(purchase: Model, *, partly: bool = False) -> None:
    """Book what an order still expects, or only about half of its first line."""
    shipment = Model.get("stock.shipment.in")(supplier=purchase.party, effective_date=date(YEAR, 7, 1))
    for move in purchase.moves[:1] if partly else purchase.moves:
        shipment.incoming_moves.append(Model.get("stock.move")(move.id))
    if partly:
        shipment.incoming_moves[0].quantity = float(ceil(shipment.incoming_moves[0].quantity / 2))
    shipment.save()
    shipment.click("receive")
    shipment.click("do")


def invoice(purchase: Model) -> Sequence[Model]:
    for place, bill in enumerate(purchase.invoices, 1):
        bill.invoice_date, bill.reference = date(YEAR, 7, 2), f"INV-{purchase.number}-{place}"
        bill.save()
        bill.click("post")
    return list(purchase.invoices)


def pay(bills: Sequence[Model]) -> None:
    (journal,) = Model.get("account.journal").find([("type", "=", "cash")], limit=1)
    method = Model.get("account.invoice.payment.method")(name="Cash", journal=journal)
    method.credit_account = method.debit_account = accounting.get_accounts()["cash"]
    method.save()
    for bill in bills:
        payment = Wizard("account.invoice.pay", [bill])
        payment.form.payment_method, payment.form.date = method, date(YEAR, 7, 3)
        payment.execute("choice")


def main(database: str) -> None:
    settled = config.set_trytond(database)
    currencies = {row[0]: money(*row) for row in CURRENCIES}
    buyer(currencies["EUR"])
    term = invoicing.create_payment_term()
    term.save()
    parties, products = suppliers(term), goods()
    orders = [order(number, parties, products, currencies) for number in range(ORDERS)]
    purchase = Model.get("purchase.purchase")
    purchases = [purchase(key) for key in settled.get_proxy("purchase.purchase").create(orders, settled.context)]
    by_fate = {fate: purchases[place :: len(FATES)] for place, fate in enumerate(FATES)}
    purchase.click(by_fate["cancelled"], "cancel")
    purchase.click([each for fate in FATES if fate not in ("draft", "cancelled") for each in by_fate[fate]], "quote")
    purchase.click([each for fate in FATES[3:] for each in by_fate[fate]], "confirm")
    for fate in ("part received", "received", "done"):
        for each in by_fate[fate]:
            receive(each, partly=fate == "part received")
    bills = {fate: [bill for each in by_fate[fate] for bill in invoice(each)] for fate in ("invoiced", "done")}
    pay(bills["done"])


if __name__ == "__main__":
    main(*sys.argv[1:])
