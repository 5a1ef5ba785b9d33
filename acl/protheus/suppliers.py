"""Protheus suppliers (SA2) as Supplier."""

from acl.codecs.codes import code
from acl.codecs.keys import composite
from acl.codecs.taxes import tax_id
from acl.codecs.text import padded
from acl.mapping import Shape, column, embedded, gathered, mapping, optional, provenance, read_only
from acl.protheus.codecs import BLOCK, POSTAL_CODE, REGION
from acl.protheus.codes import COUNTRIES
from domain.identifiers import SupplierId
from domain.places import Address
from domain.suppliers import BankAccount, Supplier
from domain.tax import TaxIdKind

SUPPLIER = mapping(Supplier, record="SA2", shape=Shape.ROW)(
    id=composite("A2_COD", "A2_LOJA", widths=(6, 2), into=SupplierId),
    name=padded("A2_NOME", width=40),
    trade_name=optional(padded("A2_NREDUZ", width=20)),
    tax_ids=gathered(
        optional(column(tax_id(TaxIdKind.CNPJ, TaxIdKind.CPF, width=14), "A2_CGC")),
        optional(column(tax_id(TaxIdKind.EU_VAT, width=18), "A2_NIFEX")),
    ),
    address=embedded(Address)(
        street=optional(padded("A2_END", width=60)),
        city=optional(padded("A2_MUN", width=30)),
        region=read_only(column(REGION, "A2_EST", "A2_XREGIAO"), because="its column depends on the country"),
        postal_code=optional(column(POSTAL_CODE, "A2_CEP")),
        country=code("A2_PAIS", COUNTRIES, quirk="PRO-CODE-03"),
    ),
    email=optional(padded("A2_EMAIL", width=60)),
    bank_accounts=gathered(
        optional(
            embedded(BankAccount)(
                bank=padded("A2_BANCO", width=8),
                branch=optional(padded("A2_AGENCIA", width=5)),
                account=padded("A2_NUMCON", width=14),
                iban=optional(padded("A2_XIBAN", width=34)),
            )
        )
    ),
    block=column(BLOCK, "D_E_L_E_T_", "A2_MSBLQL", "A2_XBLOQ"),
    source=provenance("A2_COD", "A2_LOJA"),
)
