"""The Protheus REST sandbox: what its routines write, refuse, and do on bad days."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import httpx2
import pytest

from sandbox.misbehaviour import Complain, Drop, Echo, Hold, InnerError, Locked, Pretend, Refuse, Repeat, WriteFault
from sandbox.protheus_rest import ORDERS, SUPPLIER_REFERENCE, Commit, protheus_rest_server
from sandbox.scenario import scenario
from tests.unit.sandbox.protheus_rest_caller import Caller

SUPPLIER = next(each for each in scenario().suppliers if each.block == "none" and each.country == "DE")
BLOCKED = next(each for each in scenario().suppliers if each.block == "all")
OPEN = next(each for each in scenario().orders if each.status == "open" and len(each.lines) > 1)
PENDING = next(each for each in scenario().orders if each.status == "pending_approval")
FIRM = {
    "A2_LOJA": "01", "A2_NOME": "Firma Nova", "A2_TIPO": "X", "A2_END": "Am Hafen, 3", "A2_EST": "EX",
    "A2_MUN": "Bremen", "A2_PAIS": "023", SUPPLIER_REFERENCE: "AAAABBBBCCCC",
}  # fmt: skip
ORDER = {
    "C7_FORNECE": SUPPLIER.number[:6], "C7_LOJA": SUPPLIER.number[6:], "C7_EMISSAO": "20260302", "C7_MOEDA": 3,
    "C7_COND": "001", "C7_FILENT": "01",
    "itens": [{"C7_ITEM": "0010", "C7_PRODUTO": "21", "C7_QUANT": 200, "C7_PRECO": 11.35, "C7_XPRBAS": 100}],
}  # fmt: skip


class Writer(Caller):
    """Somebody who writes; *journal* is what stands."""

    journal: list[Commit]

    def send(self, method: str, path: str, body: object) -> httpx2.Response:
        """Send one write."""
        headers = {"Authorization": f"Bearer {self.token}", "tenantId": "01,01"}
        return self.http.request(method, path, json=body, headers=headers)

    def supplier(self, fields: Mapping[str, object], key: str = "") -> httpx2.Response:
        """Create a supplier, or change the one of this *key*."""
        form = {"id": "SA2MASTER", "modeltype": "FIELDS", "fields": [{"id": k, "value": v} for k, v in fields.items()]}
        pk = quote(base64.b64encode(f"  {key}".encode()).decode(), safe="")
        path = f"/fwmodel/MATA020/{pk}" if key else "/fwmodel/MATA020"
        return self.send("PUT" if key else "POST", path, {"id": "MATA020", "models": [form]})

    def rows(self, table: str, condition: str) -> list[dict[str, object]]:
        """Give what stands, as the generic query hands it out."""
        return self.items(tables=table, filter=condition, order="c7_item")


@pytest.fixture
def writer() -> Iterator[Writer]:
    journal: list[Commit] = []
    with protheus_rest_server(journal=journal) as server, Writer(server) as found:
        found.journal = journal
        found.logon()
        yield found


def test_a_new_supplier_gets_the_next_code_and_stands_with_what_was_said(writer: Writer) -> None:
    answer = writer.supplier(FIRM)

    assert (answer.status_code, answer.json()["id"]) == (201, "MATA020")
    (commit,) = writer.journal
    (found,) = writer.rows("SA2", f"a2_cod eq '{commit.key[:6]}'")
    assert (found["a2_nome"], found["a2_loja"], found["a2_xidext"]) == ("Firma Nova", "01", "AAAABBBBCCCC")
    assert base64.b64decode(answer.json()["pk"]).decode() == f"  {commit.key}"


def test_a_supplier_is_changed_by_its_key_in_base64(writer: Writer) -> None:
    answer = writer.supplier({"A2_MSBLQL": "1"}, SUPPLIER.number)

    assert answer.status_code == 200
    assert writer.rows("SA2", f"a2_cod eq '{SUPPLIER.number[:6]}'")[0]["a2_msblql"] == "1"
    assert writer.journal == [Commit("MATA020", "4", SUPPLIER.number)]


@pytest.mark.parametrize(
    ("fields", "key", "told"),
    [
        ({"A2_NOME": "Firma"}, "", "AJUDA:OBRIGAT"),
        ({"A2_XNOBODY": "x"}, SUPPLIER.number, "AJUDA:NOCAMPO"),
        ({"A2_NOME": "x" * 41}, SUPPLIER.number, "AJUDA:TAMANHO"),
        ({"A2_NOME": 7}, SUPPLIER.number, "AJUDA:TAMANHO"),
        ({"A2_COD": "999999"}, SUPPLIER.number, "AJUDA:NOALTERA"),
        (FIRM | {"A2_CGC": next(each.tax[1] for each in scenario().suppliers if each.tax)}, "", "AJUDA:JAGRAVADO"),
    ],
)
def test_what_the_model_does_not_take_is_a_log_of_many_lines_in_one_text(
    writer: Writer, fields: Mapping[str, object], key: str, told: str
) -> None:
    """PREST-04, PRO-WR-03."""
    answer = writer.supplier(fields, key)

    assert answer.status_code == 400
    assert answer.json()["errorMessage"].split("\r\n")[0] == told
    assert writer.journal == []


def test_what_is_not_there_or_no_model_is_told_in_the_newer_form(writer: Writer) -> None:
    assert writer.supplier({"A2_NOME": "x"}, "77777701").status_code == 404
    assert writer.send("PUT", "/fwmodel/MATA020/!", {"id": "MATA020", "models": []}).status_code == 400
    assert writer.send("POST", "/fwmodel/MATA020", []).status_code == 400
    assert writer.send("DELETE", f"{ORDERS}/450000", {}).status_code == 405
    assert writer.send("POST", "/elsewhere", {}).status_code == 404
    assert writer.send("PUT", f"{ORDERS}/777777", {"itens": [{"C7_ITEM": "0010"}]}).status_code == 404


def test_a_new_order_is_one_row_an_item_with_what_the_product_says_and_its_worth(writer: Writer) -> None:
    answer = writer.send("POST", ORDERS, ORDER)

    number = answer.json()["C7_NUM"]
    (row,) = writer.rows("SC7", f"c7_num eq '{number}'")
    assert (answer.status_code, row["c7_um"], row["c7_total"]) == (201, "UN", 22.7)
    assert (row["c7_descri"], row["c7_conapro"], row["c7_filial"]) == ("Parafuso sextavado M8", "L", "01")
    assert writer.journal == [Commit("MATA120", "3", number)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"C7_COND": ""}, "AJUDA:OBRIGAT"),
        ({"C7_FORNECE": "777777"}, "AJUDA:REGNOIS"),
        ({"C7_FORNECE": BLOCKED.number[:6], "C7_LOJA": BLOCKED.number[6:]}, "AJUDA:REGBLOQ"),
        ({"itens": []}, "AJUDA:A120ITEM"),
        ({"itens": [{"C7_PRODUTO": "NONE", "C7_QUANT": 1, "C7_PRECO": 1}]}, "AJUDA:REGNOIS"),
        ({"itens": [{"C7_PRODUTO": "21", "C7_QUANT": 1, "C7_PRECO": 1, "C7_UM": "KG"}]}, "AJUDA:A120UM"),
        ({"itens": [{"C7_PRODUTO": "21", "C7_QUANT": "1", "C7_PRECO": 1}]}, "AJUDA:TIPO"),
    ],
)
def test_an_order_against_the_rules_is_not_placed(writer: Writer, changes: dict[str, object], told: str) -> None:
    answer = writer.send("POST", ORDERS, ORDER | changes)

    assert (answer.status_code, answer.json()["errorMessage"].split("\r\n")[0]) == (400, told)
    assert writer.journal == []


def test_items_are_changed_and_worth_what_they_are_worth_then(writer: Writer) -> None:
    change = {"itens": [{"C7_ITEM": "0010", "C7_QUANT": 4, "C7_PRECO": 2, "C7_XPRBAS": 1}]}
    assert writer.send("PUT", f"{ORDERS}/{OPEN.number}", change).status_code == 200

    row = writer.rows("SC7", f"c7_num eq '{OPEN.number}' and c7_tipo eq 1")[0]
    assert (row["c7_quant"], row["c7_total"]) == (4, 8)


def test_residue_is_eliminated_once(writer: Writer) -> None:
    """PRO-PO-01."""
    items = {"itens": [{"C7_ITEM": f"{line.number:04d}"} for line in OPEN.lines]}
    first, second = (writer.send("POST", f"{ORDERS}/{OPEN.number}/residuo", items) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 400)
    rows = writer.rows("SC7", f"c7_num eq '{OPEN.number}' and c7_tipo eq 1")
    assert {row["c7_residuo"] for row in rows} == {"S"}
    late = writer.send("PUT", f"{ORDERS}/{OPEN.number}", {"itens": [{"C7_ITEM": "0010", "C7_QUANT": 1}]})
    assert "AJUDA:A120NALT" in late.json()["errorMessage"]
    assert len(writer.journal) == 1


def test_an_order_that_waits_is_released_once(writer: Writer) -> None:
    first, second = (writer.send("POST", f"{ORDERS}/{PENDING.number}/liberacao", None) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 400)
    assert writer.rows("SC7", f"c7_num eq '{PENDING.number}'")[0]["c7_conapro"] == "L"


@pytest.mark.parametrize(
    ("fault", "status", "written"),
    [
        (Locked(), 400, 0),
        (Refuse(), 400, 0),
        (InnerError(), 202, 0),
        (Pretend(), 201, 0),
        (Complain(), 201, 1),
        (Echo(), 201, 1),
        (Repeat(), 201, 2),
    ],
)
def test_a_bad_day_is_what_it_is_called(writer: Writer, fault: WriteFault, status: int, written: int) -> None:
    writer.server.misbehaviour.writing(fault)
    answer = writer.send("POST", ORDERS, ORDER)

    assert (answer.status_code, len(writer.journal)) == (status, written)
    says_error = b"errorMessage" in answer.content
    assert says_error is isinstance(fault, Locked | Refuse | InnerError | Complain)


@pytest.mark.parametrize(("fault", "written"), [(Drop(carried_out=True), 1), (Drop(carried_out=False), 0), (Hold(), 0)])
def test_an_answer_may_never_come(writer: Writer, fault: WriteFault, written: int) -> None:
    writer.server.misbehaviour.writing(fault)
    with pytest.raises(httpx2.RemoteProtocolError):
        writer.send("POST", ORDERS, ORDER)
    assert len(writer.journal) == written
    writer.server.misbehaviour.release()

    assert len(writer.journal) == written + isinstance(fault, Hold)


def test_a_service_may_know_a_reference_again_and_one_may_say_nothing() -> None:
    """X-OUT-07, PREST-10."""
    with protheus_rest_server(refuses_twins=True) as server, Writer(server) as writer:
        writer.logon()
        first, second = (writer.send("POST", ORDERS, ORDER | {"C7_XIDEXT": "AAAABBBBCCCC"}) for _ in range(2))
        assert (first.status_code, second.json()["code"]) == (201, "010")
    with protheus_rest_server(keyless=True) as server, Writer(server) as writer:
        writer.logon()
        assert writer.send("POST", ORDERS, ORDER).json() == {"message": "success"}
