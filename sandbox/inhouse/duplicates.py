"""Masters that stand twice or three times, and rows that are nobody (INH-KEY-01, INH-PHANTOM-01)."""

from __future__ import annotations

from sandbox.inhouse.rows import Row, supplier_row, tax_cell
from sandbox.inhouse.spelling import pick
from sandbox.scenario import Order, Supplier, scenario

_FIRST_CODE = 99000001


def duplicates() -> dict[int, Supplier]:
    """Give the supplier that each duplicate's COD stands for; every third supplier with a tax id has one or two."""
    doubled = [supplier for supplier in scenario().suppliers if supplier.tax is not None][::3]
    copies = [supplier for index, supplier in enumerate(doubled) for _ in range(1 + index % 2)]
    return {_FIRST_CODE + offset: supplier for offset, supplier in enumerate(copies)}


def duplicate_row(code: int, principal: Supplier) -> Row:
    """Give the row of a duplicate: the name in capitals, the tax id spelled the other way, the rest gone stale."""
    return supplier_row(principal) | {
        "COD": code,
        "NOME": principal.name.upper(),
        "CPF_CNPJ": tax_cell(principal, the_other_way=True),
        "EMAIL": "cadastro.antigo@exemplo.example",
        "SITUACAO": 1,
        "COD_PRINC": int(principal.number),
    }


def ordered_from(order: Order) -> int:
    """Give the COD that *order* names: the supplier's, or for some orders that of its duplicate."""
    own = int(order.supplier)
    others = [code for code, principal in duplicates().items() if principal.number == order.supplier]
    return pick((own, *others), "COD_FORN", order.number, "duplicate")


def phantom_rows() -> list[Row]:
    """Give the rows that stand for no supplier at all."""
    blank: Row = {"CPF_CNPJ": "", "ENDERECO": ".", "CIDADE": ".", "PAIS": "BRASIL", "SITUACAO": 1, "COD_PRINC": 0}
    empty: Row = dict.fromkeys(("FANTASIA", "UF", "CEP", "EMAIL", "BANCO", "AGENCIA", "CONTA", "IBAN", "DT_CAD"))
    return [{"COD": 0, "NOME": "NÃO INFORMADO", **blank, **empty}, {"COD": -1, "NOME": "TESTE", **blank, **empty}]
