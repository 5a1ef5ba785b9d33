"""The two tables of company 01, and what each column means.

Texts are padded with blanks on the right to the full width; an empty text is all blanks and never NULL. Dates are
``YYYYMMDD``, eight blanks for none. Amounts and quantities are binary doubles, some of them one or two units in the
last place away from the decimal that was meant. Names are upper case (quoted on PostgreSQL), texts sort bytewise.

Both tables end with ``D_E_L_E_T_`` (``' '`` live, ``'*'`` deleted), ``R_E_C_N_O_`` (row number, with gaps; rows of one
order are not neighbours) and ``R_E_C_D_E_L_`` (the row number again on a deleted row, else 0). A key may stand on one
live row and on any number of deleted ones.

**SA2010, suppliers** (key: A2_COD + A2_LOJA, the eight digits of the supplier number)

======== ===== ======================================================================================================
column   width meaning
======== ===== ======================================================================================================
A2_FILIAL    2 always blank: one list for all branches
A2_COD       6 first six digits of the supplier number
A2_LOJA      2 its last two: the establishment ("store")
A2_NOME     40 name
A2_NREDUZ   20 trade name, blank for none
A2_TIPO      1 ``J`` firm, ``F`` person, ``X`` foreign
A2_CGC      14 CNPJ (14 characters) or CPF (11 digits), no punctuation; blank for foreigners
A2_NIFEX    18 EU VAT number with its country prefix, else blank
A2_END      60 street and number
A2_MUN      30 city
A2_EST       2 Brazilian state; ``EX`` for any foreign address
A2_XREGIAO   3 custom: region of a foreign address, blank for none (always blank in Brazil)
A2_CEP       8 Brazil: eight digits without hyphen; abroad as written; blank for none
A2_PAIS      3 central bank country: 105 Brazil, 023 Germany, 249 USA, 399 Japan, 198 Kuwait, 767 Switzerland
A2_EMAIL    60 e-mail, blank for none
A2_BANCO     8 national bank code; blank (with the next three columns) where no bank is known
A2_AGENCIA   5 bank branch, blank for none
A2_NUMCON   14 account
A2_XIBAN    34 custom: IBAN without blanks, blank for none
A2_MSBLQL    1 ``1`` blocked for everything, ``2`` free, blank never set (free)
A2_XBLOQ     1 custom: ``C`` blocked for purchasing, ``P`` blocked for payment, blank neither
======== ===== ======================================================================================================

**SC7010, order lines** (key: C7_FILIAL + C7_TIPO + C7_NUM + C7_ITEM); a column marked *h* is the order's and repeats on
each of its rows

======== ======= = ==================================================================================================
column    width  h meaning
======== ======= = ==================================================================================================
C7_FILIAL      2 h branch; the scenario stands in ``01``, branch ``02`` re-uses some order numbers for other orders
C7_TIPO  integer h 1 purchase order, 2 delivery authorisation (not an order; may carry an order's number)
C7_NUM         6 h order number
C7_ITEM        4   line number with leading zeros: ``0010``
C7_FORNECE     6 h supplier, A2_COD
C7_LOJA        2 h supplier, A2_LOJA
C7_EMISSAO     8 h date of the order
C7_PRODUTO    15   product, blank for none
C7_DESCRI     40   description
C7_UM          2   unit: UN piece (H87), KG (KGM), MT metre (MTR), LT litre (LTR), CX box (XBX), HR hour (HUR)
C7_QUANT  double   quantity ordered
C7_QUJE   double   quantity received
C7_QTDACLA double  quantity in pre-invoices, always 0 here
C7_PRECO  double   price per C7_XPRBAS units, at most four decimals meant
C7_TOTAL  double   amount of the line, at most the currency's own places meant; kept, not recomputed
C7_MOEDA integer h 1 BRL, 2 USD, 3 EUR, 4 JPY, 5 KWD, 6 CHF
C7_TXMOEDA double h fixed rate to the real; 0 means the rate of the day
C7_DATPRF      8   due date, blank for none
C7_CONAPRO     1 h approval: ``B`` waiting, ``L`` released, blank no control, ``R`` rejected
C7_ACCPROC     1 h ``2``: not from the marketplace
C7_RESIDUO     1   ``S`` residue eliminated, blank not
C7_ENCER       1   ``E`` on a fully received line, else blank; says less than it seems to
C7_CONTRA     15 h contract, always blank here
C7_XQTFAT double   custom: quantity invoiced
C7_XPRBAS double   custom: price base, 1, 100 or 1000
C7_XREF       12 h custom: reference of the buyer, blank for none
C7_XVALDE      8 h custom: valid from, blank for none
C7_XVALAT      8 h custom: valid until; ``99991231`` has no end, blank is not known
C7_XRASC       1 h custom: ``S`` draft, blank not
======== ======= = ==================================================================================================

Status of a line: RESIDUO ``S`` and QUJE 0 is cancelled; RESIDUO ``S`` and 0 < QUJE < QUANT closed; QUJE = QUANT
received; 0 < QUJE < QUANT partly received; QUJE 0 open. Status of an order: XRASC ``S`` is draft; CONAPRO ``B`` pending
approval; ``R`` rejected; otherwise its lines decide: all cancelled, all closed, all received, all open, else partly
received.
"""

from sqlalchemy import Column, Double, Integer, MetaData, String, Table

METADATA = MetaData()


def _text(name: str, width: int) -> Column[str]:
    return Column(name, String(width).with_variant(String(width, collation="C"), "postgresql"))


def _table(name: str, *columns: Column[str] | Column[int] | Column[float]) -> Table:
    """Make a table with the three columns that every Protheus table has."""
    return Table(
        name,
        METADATA,
        *columns,
        _text("D_E_L_E_T_", 1),
        Column("R_E_C_N_O_", Integer, primary_key=True, autoincrement=False),
        Column("R_E_C_D_E_L_", Integer),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mariadb_charset="utf8mb4",
        mariadb_collate="utf8mb4_bin",
    )


SA2 = _table(
    "SA2010",
    _text("A2_FILIAL", 2),
    _text("A2_COD", 6),
    _text("A2_LOJA", 2),
    _text("A2_NOME", 40),
    _text("A2_NREDUZ", 20),
    _text("A2_TIPO", 1),
    _text("A2_CGC", 14),
    _text("A2_NIFEX", 18),
    _text("A2_END", 60),
    _text("A2_MUN", 30),
    _text("A2_EST", 2),
    _text("A2_XREGIAO", 3),
    _text("A2_CEP", 8),
    _text("A2_PAIS", 3),
    _text("A2_EMAIL", 60),
    _text("A2_BANCO", 8),
    _text("A2_AGENCIA", 5),
    _text("A2_NUMCON", 14),
    _text("A2_XIBAN", 34),
    _text("A2_MSBLQL", 1),
    _text("A2_XBLOQ", 1),
)

SC7 = _table(
    "SC7010",
    _text("C7_FILIAL", 2),
    Column("C7_TIPO", Integer),
    _text("C7_NUM", 6),
    _text("C7_ITEM", 4),
    _text("C7_FORNECE", 6),
    _text("C7_LOJA", 2),
    _text("C7_EMISSAO", 8),
    _text("C7_PRODUTO", 15),
    _text("C7_DESCRI", 40),
    _text("C7_UM", 2),
    Column("C7_QUANT", Double),
    Column("C7_QUJE", Double),
    Column("C7_QTDACLA", Double),
    Column("C7_PRECO", Double),
    Column("C7_TOTAL", Double),
    Column("C7_MOEDA", Integer),
    Column("C7_TXMOEDA", Double),
    _text("C7_DATPRF", 8),
    _text("C7_CONAPRO", 1),
    _text("C7_ACCPROC", 1),
    _text("C7_RESIDUO", 1),
    _text("C7_ENCER", 1),
    _text("C7_CONTRA", 15),
    Column("C7_XQTFAT", Double),
    Column("C7_XPRBAS", Double),
    _text("C7_XREF", 12),
    _text("C7_XVALDE", 8),
    _text("C7_XVALAT", 8),
    _text("C7_XRASC", 1),
)
