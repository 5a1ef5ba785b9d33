"""The three tables, and what the years have shown each column to mean.

There are no keys, no constraints, and rows stand in no order. Every column but the ones called integer is a text. Names
are upper case (quoted on PostgreSQL), texts sort bytewise.

How values are spelled, wherever nothing else is said:

- **Dates** stand in one of five patterns: ``31/12/2023`` (day first, always), ``2023-12-31``, ``31.12.23`` (two-digit
  years 00 to 29 are 2000 to 2029, others do not occur), ``20231231``, ``Dez 31 2023`` (Jan Fev Mar Abr Mai Jun Jul Ago
  Set Out Nov Dez). Not known: NULL, ``''``, ``01/01/1900``, ``00/00/0000``. Without end (DT_FIM only): ``06/06/2079``.
- **Numbers** have a decimal comma and at will dots between the thousands, and as many decimals as the program felt
  like: ``4995``, ``4995,000``, ``4.995,000``; surplus decimals are zeros. A dot never stands without a comma.
- **Texts** marked *g* may be garbled: UTF-8 read as code page 1252, once or twice. A text is garbled as a whole; right
  and garbled letters side by side cannot be undone. A garbled text may hold a soft hyphen (of "í").
- **Absent** texts are told by the tokens of their column, given below. A text without tokens is always known: NULL,
  ``''``, ``-``, ``N/A`` or ``.`` in it is a fault.

**FORNECEDORES, suppliers**

========== === =======================================================================================================
column         meaning (tokens for absent)
========== === =======================================================================================================
COD            integer: supplier number without leading zeros; 0 ``NÃO INFORMADO`` and -1 ``TESTE`` are no suppliers
NOME        g  name
FANTASIA    g  trade name (NULL, ``''``, ``-``, ``N/A``, ``.``)
CPF_CNPJ       CNPJ (14 characters), CPF (11 digits) or EU VAT number (country first), with or without points, strokes,
               hyphens and blanks (NULL, ``''``, ``0``, ``00000000000000``)
ENDERECO    g  street and number
CIDADE      g  city
UF             state or region, in and outside Brazil (NULL, ``''``, ``-``)
CEP            postal code, in Brazil with or without its hyphen (NULL, ``''``, ``-``)
PAIS           country in words: BRASIL Brasil, ALEMANHA Alemanha, EUA E.U.A., JAPAO JAPÃO, KUWAIT KUAITE, SUICA SUÍÇA
EMAIL          e-mail (NULL, ``''``, ``-``, ``N/A``, ``.``)
BANCO          national bank code; where absent, the next three are too (NULL, ``''``, ``-``)
AGENCIA        bank branch (NULL, ``''``, ``-``)
CONTA          account (NULL, ``''``, ``-``)
IBAN           IBAN, with or without blanks in groups of four (NULL, ``''``, ``-``)
SITUACAO       integer: 1 free, 2 blocked for purchasing, 3 for payment, 4 for both, 9 deleted
COD_PRINC      integer: COD of the principal where this row is a duplicate of it; NULL, 0 or the own COD on a principal.
               A duplicate has its own COD and spelling; only the principal counts
DT_CAD         date of registration, may be unknown
========== === =======================================================================================================

**PEDIDOS, order headers**

========== === =======================================================================================================
NUMERO         order number, as in PEDIDOS_ITENS
COD_FORN       COD of the supplier or of a duplicate of it, as text with leading zeros or blanks around; 0 and -1 mean
               no supplier
DT_EMISSAO     date of the order, always known
MOEDA          ``R$`` BRL, ``US$`` USD, ``EUR`` ``€``, JPY, KWD, CHF
STATUS         integer: 0 draft, 1 pending approval, 2 open, 3 partly received, 4 received, 5 closed, 7 rejected,
               8 cancelled, 9 deleted
REF            reference of the buyer (NULL, ``''``, ``-``, ``N/A``, ``.``)
DT_INI         valid from
DT_FIM         valid until
EXCLUIDO       integer: -1 deleted, 0 not. An order is deleted when STATUS is 9 or EXCLUIDO is -1, one is enough; a row
               that is neither must be read. The lines of a deleted order stay where they are
========== === =======================================================================================================

**PEDIDOS_ITENS, order lines**

========== === =======================================================================================================
NUMERO         order number; no order is whole without lines, no line without its order
SEQ            integer: line number
PRODUTO        product (NULL, ``''``, ``-``, ``N/A``, ``.``)
DESCRICAO   g  description
UNID           UN UND PC piece (H87), KG Kg (KGM), MT M metre (MTR), LT L litre (LTR), CX box (XBX), HR H hour (HUR)
QTD            quantity ordered, at most three decimals
QTD_REC        quantity received, always known
QTD_FAT        quantity invoiced, always known
PRECO          price per FATOR units, at most four decimals
FATOR          integer: 1, 100 or 1000
TOTAL          amount of the line, in orders in reais at will with ``R$`` and a blank before it; kept, not recomputed
DT_ENTREGA     due date
SIT            integer: 0 open, 1 partly received, 2 received, 3 closed, 9 cancelled
========== === =======================================================================================================
"""

from sqlalchemy import Column, Integer, MetaData, String, Table

METADATA = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, String(255).with_variant(String(255, collation="C"), "postgresql"))


def _integer(name: str) -> Column[int]:
    return Column(name, Integer)


def _table(name: str, *columns: Column[str] | Column[int]) -> Table:
    return Table(
        name,
        METADATA,
        *columns,
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mariadb_charset="utf8mb4",
        mariadb_collate="utf8mb4_bin",
    )


FORNECEDORES = _table(
    "FORNECEDORES",
    _integer("COD"),
    _text("NOME"),
    _text("FANTASIA"),
    _text("CPF_CNPJ"),
    _text("ENDERECO"),
    _text("CIDADE"),
    _text("UF"),
    _text("CEP"),
    _text("PAIS"),
    _text("EMAIL"),
    _text("BANCO"),
    _text("AGENCIA"),
    _text("CONTA"),
    _text("IBAN"),
    _integer("SITUACAO"),
    _integer("COD_PRINC"),
    _text("DT_CAD"),
)

PEDIDOS = _table(
    "PEDIDOS",
    _text("NUMERO"),
    _text("COD_FORN"),
    _text("DT_EMISSAO"),
    _text("MOEDA"),
    _integer("STATUS"),
    _text("REF"),
    _text("DT_INI"),
    _text("DT_FIM"),
    _integer("EXCLUIDO"),
)

PEDIDOS_ITENS = _table(
    "PEDIDOS_ITENS",
    _text("NUMERO"),
    _integer("SEQ"),
    _text("PRODUTO"),
    _text("DESCRICAO"),
    _text("UNID"),
    _text("QTD"),
    _text("QTD_REC"),
    _text("QTD_FAT"),
    _text("PRECO"),
    _integer("FATOR"),
    _text("TOTAL"),
    _text("DT_ENTREGA"),
    _integer("SIT"),
)
