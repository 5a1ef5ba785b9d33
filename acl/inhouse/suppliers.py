"""Suppliers of the in-house system (FORNECEDORES) as Supplier."""

from acl.codecs.codes import code
from acl.inhouse.codes import COUNTRIES
from acl.inhouse.keys import SUPPLIER as SUPPLIER_NUMBER
from acl.inhouse.masters import IBAN, POSTAL_CODE, TAX_ID
from acl.inhouse.statuses import block
from acl.inhouse.texts import NOTHING, garbled, typed
from acl.mapping import Shape, column, embedded, gathered, mapping, optional, provenance
from domain.places import Address
from domain.suppliers import BankAccount, Supplier

SUPPLIER = mapping(Supplier, record="FORNECEDORES", shape=Shape.ROW)(
    id=column(SUPPLIER_NUMBER, "COD"),
    name=garbled("NOME"),
    trade_name=optional(garbled("FANTASIA")),
    tax_ids=gathered(optional(column(TAX_ID, "CPF_CNPJ"))),
    address=embedded(Address)(
        street=garbled("ENDERECO"),
        city=garbled("CIDADE"),
        region=optional(typed("UF", absent=NOTHING)),
        postal_code=optional(column(POSTAL_CODE, "CEP")),
        country=code("PAIS", COUNTRIES, quirk="INH-CODE-01"),
    ),
    email=optional(typed("EMAIL")),
    bank_accounts=gathered(
        optional(
            embedded(BankAccount)(
                bank=typed("BANCO", absent=NOTHING),
                branch=optional(typed("AGENCIA", absent=NOTHING)),
                account=typed("CONTA", absent=NOTHING),
                iban=optional(column(IBAN, "IBAN")),
            )
        )
    ),
    block=block("SITUACAO", "COD_PRINC"),
    source=provenance("COD"),
)
