"""What purchasing is called in the tables of this world: English, German, Portuguese, and vendors' short words.

A term with a question mark is also used for other things.
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from adapters.scaffold.words import Term, terms


class What(Enum):
    """What a column must hold to be read into an attribute."""

    KEY = "a key"
    TEXT = "a text"
    EMAIL = "an e-mail address"
    TAX = "a tax number"
    DAY = "a day"
    AMOUNT = "an exact number"
    COUNTRY = "a country"
    CURRENCY = "a currency"
    UNIT = "a unit"
    CODE = "a code of a closed list"


@frozen
class Attribute:
    """One attribute of an aggregate: its *path*, what it wants, and what it is called elsewhere.

    *into* is the class of a key, or what the codes of a list mean. *inherited* says that a line may take it from its
    order.
    """

    path: str
    what: What
    terms: tuple[Term, ...]
    into: str = ""
    optional: bool = False
    inherited: bool = False

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]


def _attribute(
    path: str, what: What, listed: str, *, into: str = "", optional: bool = False, inherited: bool = False
) -> Attribute:
    return Attribute(path, what, terms(listed), into, optional, inherited)


SUPPLIER_RECORDS = terms(
    "supplier, vendor, lieferant, fornecedor, cadastro fornecedor, creditor, kreditor, party, business partner?,"
    " sa 2010, lfa 1, ap supplier, poz supplier, customer vendor?, partner?"
)
ORDER_RECORDS = terms(
    "purchase order, purchase, po header, pedido compra, bestellung, einkaufsbeleg, ekko, sc 7010, po, purch order,"
    " purchase order header, pedido?, order?, document?"
)
LINE_RECORDS = terms(
    "purchase order line, purchase order item, purchase line, purchase order detail, purch order detail, order detail,"
    " order line, order item, line, item, detail, pedido item, position, bestellposition, ekpo, po line"
)
PRODUCT_RECORDS = terms("product, material, item master, stock master, produto, artikel, article, sb 1010, mara")

SUPPLIER = (
    _attribute(
        "id", What.KEY,
        "id, number, no, code, key, cod, codigo, nummer, nr, lifnr, supplier id, supplier number, supplier code,"
        " vendor id, vendor number, supplier, vendor, fornecedor, lieferanten nr, lieferantennummer", into="SupplierId",
    ),
    _attribute(
        "name", What.TEXT,
        "name, company name, company, legal name, full name, nome, razao social, firma, firmenname, name 1,"
        " organization name, supplier name, vendor name, business partner full name, denominacao",
    ),
    _attribute(
        "trade_name", What.TEXT,
        "trade name, trading name, short name, nome fantasia, fantasia, nreduz, nome reduzido, alias, search term,"
        " search term 1, dba, known as, kurzname, suchbegriff, sortl, alternate name", optional=True,
    ),
    _attribute(
        "tax_ids", What.TAX,
        "tax id, tax number, vat, vat number, vat id, vat registration, tax registration number, taxpayer id, cnpj,"
        " cnpj cpf, cpf cnpj, cpf, cgc, nif, ust id, ust id nr, umsatzsteuer id, steuernummer, stceg, stcd 1, gst no,"
        " vat code, federal id, state registration?",
    ),
    _attribute(
        "address.street", What.TEXT,
        "street, street name, address, address line 1, address line, address 1, street address, strasse, stras,"
        " logradouro, endereco, rua, end", optional=True,
    ),
    _attribute(
        "address.city", What.TEXT,
        "city, city name, town, ort, ort 01, stadt, cidade, municipio, mun, locality", optional=True,
    ),
    _attribute(
        "address.region", What.TEXT,
        "region, state, province, state province, region code, uf, estado, est, bundesland, regio, state code, county?",
        optional=True,
    ),
    _attribute(
        "address.postal_code", What.TEXT,
        "postal code, zip, zip code, postcode, zip postal code, plz, pstlz, postleitzahl, cep, codigo postal",
        optional=True,
    ),
    _attribute(
        "address.country", What.COUNTRY,
        "country, country code, country region, country key, land, land 1, pais, country iso code, iso country",
    ),
    _attribute(
        "email", What.EMAIL,
        "email, e mail, email address, e mail address, mail, mail address, smtp addr, correio eletronico",
        optional=True,
    ),
    _attribute(
        "bank_accounts.bank", What.TEXT,
        "bank, bank number, bank code, bank key, banco, bankleitzahl, bankl, codigo banco",
    ),
    _attribute(
        "bank_accounts.branch", What.TEXT, "branch, bank branch, branch number, agencia, filiale", optional=True
    ),
    _attribute(
        "bank_accounts.account", What.TEXT,
        "bank account, bank account number, account number?, conta, conta corrente, numcon, num con, konto,"
        " kontonummer, bankn",
    ),
    _attribute("bank_accounts.iban", What.TEXT, "iban, iban number", optional=True),
    _attribute(
        "block", What.CODE,
        "block?, blocked?, is blocked?, hold?, hold flag?, sperre?, gesperrt?, sperr?, bloqueado?, bloqueio?, msblql,"
        " procurement block?, purchasing hold?, status?, active?, inactive?, situacao?, purchasing is blocked?,"
        " payment is blocked?, state?", into="SupplierBlock",
    ),
)  # fmt: skip

_CURRENCY = (
    "currency, currency code, document currency, curr code, currency key, moeda, waehrung, wahrung, waers, iso currency"
)

ORDER = (
    _attribute(
        "id", What.KEY,
        "id, number, no, num, numero, nr, order number, order no, order id, po number, po no, purchase order, ebeln,"
        " pedido, purchase order id, purchase order number, document number, bestellnummer, bestell nr, key, code",
        into="PurchaseOrderId",
    ),
    _attribute(
        "supplier", What.KEY,
        "supplier, vendor, supplier id, supplier number, supplier code, vendor id, vendor number, party, fornecedor,"
        " fornece, cod forn, cod fornecedor, lieferant, lieferanten nr, lieferantennummer, lifnr, seller,"
        " creditor", into="SupplierId",
    ),
    _attribute(
        "ordered_on", What.DAY,
        "order date, ordered on, ord date, purchase date, purchase order date, po date, document date, date, emissao,"
        " dt emissao, data emissao, bestelldatum, belegdatum, bedat, creation date?, created date?",
    ),
    _attribute("currency", What.CURRENCY, _CURRENCY),
    _attribute(
        "status", What.CODE,
        "status, state, order status, status code, processing status, purchasing processing status, document status,"
        " situacao, sit, stage?", into="OrderStatus",
    ),
    _attribute(
        "reference", What.TEXT,
        "reference, our reference, internal reference, correspnc internal reference, order reference, ref, referencia,"
        " supplier order reference, unsere referenz, unsez, ihrez?, your reference?, xref?", optional=True,
    ),
    _attribute(
        "validity.starts", What.DAY,
        "validity start date, valid from, validity start, start date, kdatb, dt ini, data inicio, gueltig ab",
        optional=True,
    ),
    _attribute(
        "validity.ends", What.DAY,
        "validity end date, valid to, valid until, validity end, end date, kdate, dt fim, data fim, gueltig bis",
        optional=True,
    ),
)  # fmt: skip

LINE = (
    _attribute(
        "number", What.KEY,
        "line number, line no, line, item number, item no, item, position, pos, posnr, pos nr, seq, sequence,"
        " sequencia, nr item, ebelp, purchase order item, purchase order line, id?, detail item?", into="LineNumber",
    ),
    _attribute(
        "product", What.KEY,
        "product, product id, product code, item code, material, matnr, material number, article, artikel, stock id,"
        " sku, produto, cod produto, product number, item number?", into="ProductId", optional=True,
    ),
    _attribute(
        "description", What.TEXT,
        "description, item description, line description, product name, product description, short text, text,"
        " purchase order item text, item text, descricao, descri, bezeichnung, kurztext, txz 01",
    ),
    _attribute(
        "ordered", What.AMOUNT,
        "quantity, ordered quantity, order quantity, quantity ordered, qty, qty ordered, qtd, quant, quantidade, menge,"
        " bestellmenge",
    ),
    _attribute(
        "received", What.AMOUNT,
        "received quantity, quantity received, qty received, received, qtd rec, qtd recebida, quje, quant entregue,"
        " gelieferte menge, wemng, delivered quantity",
    ),
    _attribute(
        "invoiced", What.AMOUNT,
        "invoiced quantity, quantity invoiced, qty invoiced, billed quantity, quantity billed, invoiced, qtd fat,"
        " qtd faturada, xqtfat, fakturierte menge, remng",
    ),
    _attribute(
        "unit", What.UNIT,
        "unit, uom, uom code, unit code, unit of measure, order unit, order quantity unit, um, unid, unidade, meins,"
        " einheit, mengeneinheit, me, purchase order quantity unit, unit of measurement",
    ),
    _attribute(
        "price.amount", What.AMOUNT,
        "unit price, price, net price, net price amount, unit cost, price amount, preco, preco unitario, vlr unit,"
        " preis, einzelpreis, netpr",
    ),
    _attribute("price.currency", What.CURRENCY, _CURRENCY),
    _attribute(
        "price.per", What.AMOUNT,
        "price unit, price quantity, net price quantity, price basis, price basis quantity, per, peinh, xprbas,"
        " preiseinheit, fator?",
    ),
    _attribute(
        "amount", What.AMOUNT,
        "amount, net amount, line amount, line total, total, net value, netwr, nettowert, valor total, vlr total,"
        " total amount",
    ),
    _attribute(
        "due_on", What.DAY,
        "due date, delivery date, required date, need by date, requested date, requested delivery date, expected date,"
        " schedule line delivery date, datprf, dt entrega, data entrega, lieferdatum, liefertermin, eindt,"
        " promised date?", optional=True, inherited=True,
    ),
    _attribute(
        "status", What.CODE,
        "status, line status, line status code, item status, state, situacao, sit", into="LineStatus",
    ),
)  # fmt: skip
