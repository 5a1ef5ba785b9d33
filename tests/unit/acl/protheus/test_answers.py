"""What Protheus answers to a write, and rows put back as the database holds them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from acl.protheus.commands.answers import created, meant, refusal_inside
from acl.protheus.commands.writes import trimmed
from acl.protheus.purchase_orders import PURCHASE_ORDER
from acl.protheus.rest.rows import cells, rows_of
from acl.protheus.suppliers import SUPPLIER
from ports.errors import Locked, NotFound, Refused

LOG = "AJUDA:ORCAMENTO\r\nO orcamento do periodo esta esgotado\r\n\r\nTabela: SC7\r\n"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            {"errorCode": 400, "errorMessage": LOG},
            ("AJUDA:ORCAMENTO", "O orcamento do periodo esta esgotado", "Tabela: SC7"),
        ),
        ({"code": "7", "message": "nao", "detailedMessage": "mesmo"}, ("nao", "mesmo")),
        ({"C7_NUM": "450001", "errorMessage": "ponto de entrada"}, ("ponto de entrada",)),
        ({"errorCode": 1, "errorMessage": " \r\n"}, ("no detail",)),
    ],
    ids=["old form", "new form", "beside a key", "empty log"],
)
def test_a_refusal_inside_a_success_is_one_with_all_its_lines(body: object, lines: tuple[str, ...]) -> None:
    """PREST-04, PREST-05, PRO-WR-02, PRO-WR-03."""
    assert refusal_inside(body) == lines


@pytest.mark.parametrize("body", [None, {"message": "success"}, {"C7_NUM": "450001"}, {"models": []}, [], "ok"])
def test_a_success_is_not_taken_for_a_refusal(body: object) -> None:
    assert refusal_inside(body) is None


@pytest.mark.parametrize(
    ("reasons", "kind"),
    [
        (("400: AJUDA:REGLOCK", "400: Registro em uso"), Locked),
        (("400: AJUDA: REGNOIS",), NotFound),
        (("400: AJUDA:OBRIGAT",), Refused),
        (("010: Pedido ja existe",), Refused),
        ((), Refused),
    ],
)
def test_the_help_of_a_routine_tells_a_lock_and_a_gap_from_a_rule(reasons: tuple[str, ...], kind: type) -> None:
    no = Refused("POST of pedidos: the API refused (HTTP 400)", reasons=reasons)

    assert type(meant(no)) is kind
    assert "POST of pedidos" in str(meant(no))


def test_the_key_of_what_was_made_is_read_from_either_service() -> None:
    """PREST-10: an answer may hold none."""
    form = {"id": "SA2MASTER", "fields": [{"id": "A2_COD", "value": "100500"}, {"id": "A2_LOJA", "value": "01"}]}

    assert created({"C7_NUM": "450001"}) == {"C7_NUM": "450001"}
    assert created({"id": "MATA020", "models": [form]}) == {"A2_COD": "100500", "A2_LOJA": "01"}
    for nothing in (None, {}, {"message": "success"}, {"models": [7, {"fields": [{"id": 3}, 4]}]}, [form]):
        assert created(nothing) == {}


def test_texts_are_filled_up_numbers_become_floats_and_what_is_null_stays_null() -> None:
    """PRO-PAD-01, PRO-PAD-02, PRO-NUM-01."""
    rows = rows_of(SUPPLIER)
    told = rows.row({"A2_NOME": "Tubos", "A2_MSBLQL": "", "A2_NREDUZ": None, "A2_XNEW": "as it is"})

    assert told == {
        "A2_NOME": "Tubos".ljust(40),
        "A2_MSBLQL": " ",
        "A2_NREDUZ": None,
        "A2_XNEW": "as it is",
        "D_E_L_E_T_": " ",
    }
    assert rows_of(PURCHASE_ORDER).row({"C7_PRECO": Decimal("19.989999999999998")})["C7_PRECO"] == 19.989999999999998


@given(SUPPLIER.records())
def test_what_the_framework_trims_is_read_as_the_database_would_have_it(record: object) -> None:
    row = dict(zip(SUPPLIER.columns, record, strict=True))  # type: ignore[call-overload]  # a row is a tuple
    sent = trimmed(row)
    back = rows_of(SUPPLIER).row(sent)

    assert "D_E_L_E_T_" not in sent
    assert SUPPLIER.read(cells([back], SUPPLIER.columns)[0]) == SUPPLIER.read(record)
