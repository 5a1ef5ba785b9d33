"""The Protheus REST sandbox: what its framework hands out, and to whom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.protheus_rest import TokenServer, protheus_rest_server
from sandbox.protheus_rest.errors import RestFault
from sandbox.protheus_rest.filter import parsed
from sandbox.scenario import scenario
from tests.unit.sandbox.protheus_rest_caller import Caller


@pytest.fixture(scope="module")
def server() -> Iterator[TokenServer]:
    with protheus_rest_server(page_size=200) as running:
        yield running


@pytest.fixture
def caller(server: TokenServer) -> Iterator[Caller]:
    with Caller(server) as found:
        found.logon()
        yield found


def test_a_token_is_given_for_the_password_and_ends_with_its_session(server: TokenServer) -> None:
    with Caller(server) as caller:
        assert caller.get().status_code == 401
        assert caller.logon(password="no").status_code == 401
        answer = caller.logon()
        assert (answer.status_code, answer.json()["expires_in"]) == (201, 3600)
        assert caller.get().status_code == 200
        server.misbehaviour.expire_session()
        assert caller.get().status_code == 401


def test_neither_passwords_nor_tokens_are_remembered(caller: Caller) -> None:
    caller.get()

    assert all(each.path != "/api/oauth2/v1/token" for each in caller.server.seen)
    assert all(each.header("authorization") is None for each in caller.server.seen)


def test_pages_count_from_one_and_say_whether_more_follow(caller: Caller) -> None:
    """PREST-01."""
    pages = [
        caller.get(tables="SA2", fields="a2_cod", order="a2_cod", page=str(page), pageSize="20") for page in (1, 2, 3)
    ]
    told = [page.json() for page in pages]

    assert [len(each["items"]) for each in told] == [20, 20, 15]
    assert [(each["hasNext"], each["remainingRecords"]) for each in told] == [(True, 35), (True, 15), (False, 0)]
    assert caller.get(tables="SA2", page="9", pageSize="20").json()["items"] == []


def test_texts_come_without_the_blanks_that_fill_them_up_under_names_in_small_letters(caller: Caller) -> None:
    (found,) = caller.items(tables="SA2", filter="a2_cod eq '100001'", fields="A2_NOME,a2_filial,a2_msblql")

    assert found["a2_nome"] == scenario().suppliers[0].name
    assert found["a2_filial"] == ""
    assert str(found["a2_msblql"]) in ("2", "")


def test_bytes_are_of_another_code_page_than_the_header_says(caller: Caller) -> None:
    """PREST-08."""
    answer = caller.get(tables="SA2", filter="a2_cod eq '100001'")

    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "São".encode("cp1252") in answer.content
    lost = caller.get(tables="SA2", filter="a2_cod eq '900005'")
    assert "\ufffd" in lost.content.decode()  # no code page holds that


def test_a_field_that_the_dictionary_does_not_have_is_left_out_and_nobody_says_so(caller: Caller) -> None:
    (found,) = caller.items(tables="SA2", filter="a2_cod eq '100001'", fields="a2_cod,a2_xnobody,r_e_c_n_o_,d_e_l_e_t_")

    assert found == {"a2_cod": "100001"}


def test_dead_rows_and_other_branches_are_left_out(caller: Caller) -> None:
    """PRO-DEL-01, PRO-FIL-01."""
    numbers = {each["c7_num"] for each in caller.items(fields="c7_num,c7_filial", order="c7_num", pageSize="200")}

    assert not numbers & {order.number for order in scenario().deleted_orders}
    assert {each["c7_filial"] for each in caller.items(fields="c7_filial")} == {"01"}


def test_who_names_no_branch_gets_another_one_in_the_right_form(caller: Caller) -> None:
    """PREST-02."""
    items = caller.get(tenant=None, fields="c7_filial").json()["items"]

    assert {each["c7_filial"] for each in items} == {"02"}
    assert caller.get(tenant="99,01").status_code == 403


@pytest.mark.parametrize(
    "source",
    [
        "c7_num",
        "c7_num eq",
        "c7_num like 'x'",
        "c7_xnobody eq 'x'",
        "(c7_num eq 'x'",
        "c7_num eq 'x' or",
        "c7_num eq 'x",
        "c7_num eq 'x' drop",
        "; drop",
    ],
)
def test_a_filter_that_cannot_be_read_is_refused_in_the_newer_form(caller: Caller, source: str) -> None:
    """PREST-05."""
    answer = caller.get(filter=source)

    assert answer.status_code == 400
    assert {"code", "message", "detailedMessage", "helpUrl"} <= answer.json().keys()


def test_what_is_not_there_is_told() -> None:
    with protheus_rest_server() as server, Caller(server) as caller:
        caller.logon()
        assert caller.get(tables="SB1").status_code == 400
        assert caller.get(path="/api/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("source", "meets"),
    [
        ("a eq 'x' and n ge 2", True),
        ("a eq 'y' or n gt 2", False),
        ("(a eq 'y' or n le 2) and b eq ' '", True),
        ("gone eq 'x' or gone ne 'x'", False),
        ("a gt 5", False),
        ("a eq 'it''s'", False),
    ],
)
def test_a_filter_compares_as_a_database_does(source: str, meets: bool) -> None:
    row = {"A": "x  ", "N": 2, "B": "   ", "GONE": None}

    assert parsed(source, row)(row) is meets  # type: ignore[arg-type]  # cells of every kind


def test_a_filter_names_what_it_cannot_read() -> None:
    with pytest.raises(RestFault, match="drop"):
        parsed("drop eq 'x'", ("A",))
