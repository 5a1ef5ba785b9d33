"""A site's own service around the automatic routines for purchase orders, which the framework does not publish.

====== ====================== ================================================ ===================================
method path below the service body                                             routine
====== ====================== ================================================ ===================================
POST                          fields of the header, and ``itens`` with theirs  MATA120, option 3: a new order
PUT    ``/NUMBER``            ``itens``: each its C7_ITEM and what shall stand MATA120, option 4
POST   ``/NUMBER/residuo``    ``itens``: each its C7_ITEM                      MATA235: no more is expected of them
POST   ``/NUMBER/liberacao``  none                                             MATA094: the order is released
====== ====================== ================================================ ===================================

A success answers ``{"C7_NUM": "450123"}``. The service finds the rows of an item itself, at the moment of the write
(PRO-WR-04), and knows that the routine returns true for an error (PRO-WR-02).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandbox.protheus.rows import CURRENCIES, UNITS, Row
from sandbox.protheus_rest.errors import RestFault, answered, fault, refused
from sandbox.protheus_rest.tables import ORDER_REFERENCE, Change, Commit, Store
from sandbox.protheus_rest.writing import complete, document, stored
from sandbox.scenario import PLACES, PRODUCTS
from sandbox.web import Response

PATH = "/compras/v1/pedidos"
_HEADER = ("C7_FORNECE", "C7_LOJA", "C7_EMISSAO", "C7_COND", "C7_FILENT")
_ITEM = ("C7_PRODUTO", "C7_QUANT", "C7_PRECO")
_UNKNOWN = ("C7_COND", "C7_FILENT")
"""What the routine must be given, and these tables have no room for."""
_TEXTS = {number: (text, UNITS[unit]) for number, text, unit in PRODUCTS if number is not None}
_DECIMALS = {number: PLACES[code] for code, number in CURRENCIES.items()}
Work = tuple[Response, Sequence[Change], Commit]


@dataclass(frozen=True)
class OrderService:
    """The service of one branch; *refuses_twins* says that it knows a reference again, and answers 010."""

    store: Store
    branch: str
    refuses_twins: bool

    def written(self, method: str, segments: list[str], body: bytes) -> Work:
        """Carry out one write.

        Raises:
            RestFault: there is no such order or method, or the routine says no.
        """
        match method, segments:
            case "POST", []:
                return self._placed(document(body))
            case "PUT", [number]:
                return self._changed(number, document(body))
            case "POST", [number, "residuo"]:
                return self._without_residue(number, document(body))
            case "POST", [number, "liberacao"]:
                return self._released(number)
        raise fault(405, "Metodo nao suportado", method)

    def _placed(self, given: dict[str, object]) -> Work:
        header = {name: value for name, value in given.items() if name != "itens"}
        complete({name: value for name, value in header.items() if isinstance(value, str)}, _HEADER)
        own = stored(self.store.orders, {name: value for name, value in header.items() if name not in _UNKNOWN})
        self._may_buy(str(own["C7_FORNECE"]), str(own["C7_LOJA"]))
        if self.refuses_twins:
            self._is_new(own)
        number = self._next_number()
        shared = own | {"C7_FILIAL": self.branch, "C7_NUM": number, "C7_TIPO": 1, "C7_CONAPRO": "L", "D_E_L_E_T_": " "}
        rows = [self._item(shared, each) for each in _items(given)]
        return _answer(201, number), [Change(None, row) for row in rows], Commit("MATA120", "3", number)

    def _item(self, header: Row, given: Mapping[str, object]) -> Row:
        own = stored(self.store.orders, given)
        complete(own, _ITEM)
        text, unit = _TEXTS.get(str(own["C7_PRODUTO"]).strip(), ("", ""))
        if text == "":
            raise refused("REGNOIS", "O produto nao existe", f"Campo: C7_PRODUTO {own['C7_PRODUTO']}")
        if own.get("C7_UM", unit) != unit:
            raise refused("A120UM", f"A unidade do produto e {unit}", "Campo: C7_UM")
        blank: Row = {
            name: " " * width if width is not None else 0.0 for name, width in self.store.orders.fields.items()
        }
        row = blank | {"C7_DESCRI": text.ljust(40), "C7_UM": unit, "C7_XPRBAS": 1.0} | header | own
        return row | {"C7_ACCPROC": "2", "C7_TOTAL": _total(row)}

    def _changed(self, number: str, given: dict[str, object]) -> Work:
        rows, changes = self._rows(number), []
        for item in _items(given):
            before = _of_item(rows, item)
            after = before | stored(self.store.orders, item)
            if before["C7_RESIDUO"] == "S" or _number(after, "C7_QUANT") < _number(before, "C7_QUJE"):
                raise refused("A120NALT", "O item ja foi atendido ou encerrado", f"Item: {before['C7_ITEM']}")
            changes.append(Change(before, after | {"C7_TOTAL": _total(after)}))
        return _answer(200, number), changes, Commit("MATA120", "4", number)

    def _without_residue(self, number: str, given: dict[str, object]) -> Work:
        rows = self._rows(number)
        found = [_of_item(rows, each) for each in _items(given)]
        for row in found:
            if row["C7_RESIDUO"] == "S" or _number(row, "C7_QUJE") >= _number(row, "C7_QUANT"):
                raise refused("A235NRES", "O item nao tem residuo", f"Item: {row['C7_ITEM']}")
        changes = [Change(row, row | {"C7_RESIDUO": "S", "C7_ENCER": "E"}) for row in found]
        return _answer(200, number), changes, Commit("MATA235", "", number)

    def _released(self, number: str) -> Work:
        rows = self._rows(number)
        if any(row["C7_CONAPRO"] != "B" for row in rows):
            raise refused("A094LIB", "O documento nao esta aguardando liberacao")
        changes = [Change(row, row | {"C7_CONAPRO": "L"}) for row in rows]
        return _answer(200, number), changes, Commit("MATA094", "", number)

    def _rows(self, number: str) -> list[Row]:
        live = self.store.orders.live(self.branch)
        found = [row for row in live if row["C7_NUM"] == number and row["C7_TIPO"] == 1]
        if not found:
            raise fault(404, "Pedido nao encontrado", number)
        return found

    def _may_buy(self, code: str, shop: str) -> None:
        for row in self.store.suppliers.live(self.branch):
            if (row["A2_COD"], row["A2_LOJA"]) == (code, shop):
                if row["A2_MSBLQL"] == "1" or row["A2_XBLOQ"] == "C":
                    raise refused("REGBLOQ", "Este fornecedor esta bloqueado para uso", "Campo: C7_FORNECE")
                return
        raise refused("REGNOIS", "O fornecedor nao existe", f"Campo: C7_FORNECE {code}")

    def _is_new(self, own: Row) -> None:
        mark = own.get(ORDER_REFERENCE)
        for row in self.store.orders.live(self.branch):
            if mark is not None and row.get(ORDER_REFERENCE) == mark:
                raise RestFault(400, {"code": "010", "message": "Pedido ja existe", "detailedMessage": row["C7_NUM"]})

    def _next_number(self) -> str:
        taken = [str(row["C7_NUM"]) for row in self.store.orders.rows]
        return str(max(int(each) for each in taken if each.isdigit() and int(each) < 490_000) + 1)


def _items(given: Mapping[str, object]) -> list[Mapping[str, object]]:
    items = given.get("itens")
    if not isinstance(items, list) or not items:
        raise refused("A120ITEM", "O pedido nao tem itens")
    return items


def _of_item(rows: Sequence[Row], item: Mapping[str, object]) -> Row:
    for row in rows:
        if row["C7_ITEM"] == item.get("C7_ITEM"):
            return row
    raise refused("REGNOIS", f"O item {item.get('C7_ITEM')} nao existe")


def _total(row: Row) -> float:
    worth = _number(row, "C7_QUANT") * _number(row, "C7_PRECO") / _number(row, "C7_XPRBAS")
    return round(worth, _DECIMALS[int(_number(row, "C7_MOEDA"))])


def _number(row: Row, name: str) -> float:
    return float(row[name] or 0)


def _answer(status: int, number: str) -> Response:
    return answered(status, {"C7_NUM": number})
