"""Valid rows of SA2 and SC7 in the order of the mappings; a test changes only what it is about."""

from __future__ import annotations

from acl.protheus.purchase_orders import PURCHASE_ORDER
from acl.protheus.suppliers import SUPPLIER

Row = tuple[object, ...]

_LINE: dict[str, object] = {
    "C7_NUM": "000123",
    "C7_FORNECE": "100017",
    "C7_LOJA": "01",
    "C7_EMISSAO": "20240715",
    "C7_MOEDA": 1,
    "C7_XREF": "REF-1".ljust(12),
    "C7_XVALDE": " " * 8,
    "C7_XVALAT": " " * 8,
    "C7_ITEM": "0001",
    "C7_PRODUTO": "P-0001".ljust(15),
    "C7_DESCRI": "Parafuso M8".ljust(40),
    "C7_UM": "UN",
    "C7_QUANT": 5.0,
    "C7_QUJE": 0.0,
    "C7_XQTFAT": 0.0,
    "C7_PRECO": 19.9,
    "C7_XPRBAS": 1.0,
    "C7_TOTAL": 99.5,
    "C7_DATPRF": "20240801",
    "C7_RESIDUO": " ",
    "C7_XRASC": " ",
    "C7_CONAPRO": "L",
    "D_E_L_E_T_": " ",
    "C7_TIPO": 1,
}

_SUPPLIER: dict[str, object] = {
    "A2_COD": "100017",
    "A2_LOJA": "01",
    "A2_NOME": "Metalúrgica São Jorge Ltda.".ljust(40),
    "A2_NREDUZ": "São Jorge".ljust(20),
    "A2_CGC": "11222333000181",
    "A2_NIFEX": " " * 18,
    "A2_END": "Rua das Flores, 100".ljust(60),
    "A2_MUN": "São Paulo".ljust(30),
    "A2_EST": "SP",
    "A2_XREGIAO": "   ",
    "A2_CEP": "01310100",
    "A2_PAIS": "105",
    "A2_EMAIL": "vendas@example.com".ljust(60),
    "A2_BANCO": "001     ",
    "A2_AGENCIA": "1827 ",
    "A2_NUMCON": "705307-4".ljust(14),
    "A2_XIBAN": " " * 34,
    "A2_MSBLQL": "2",
    "A2_XBLOQ": " ",
    "D_E_L_E_T_": " ",
}


def an_order_row(**changes: object) -> Row:
    """Give the row of the one line of an order over 5 pieces at 19.90, of which nothing came yet."""
    return _row(PURCHASE_ORDER.columns, _LINE, changes)


def a_supplier_row(**changes: object) -> Row:
    """Give the row of a Brazilian supplier who may be bought from and paid."""
    return _row(SUPPLIER.columns, _SUPPLIER, changes)


def _row(columns: tuple[str, ...], values: dict[str, object], changes: dict[str, object]) -> Row:
    if unknown := changes.keys() - values.keys():
        raise KeyError(f"no column {', '.join(sorted(unknown))}")
    return tuple((values | changes)[column] for column in columns)
