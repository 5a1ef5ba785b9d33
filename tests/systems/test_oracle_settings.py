"""What a site says of the legal entities that may be written to, and where their actions are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr, ValidationError

from acl.oracle.commands.calls import Action
from adapters.embedded import Embedded
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.rest.connection import Basic, RestConnection
from adapters.systems.oracle import OracleCompany, OracleSettings, opened
from adapters.systems.oracle_actions import RESOURCES, OracleActions
from ports.errors import Drifted, NotFound
from sandbox.oracle import LEGAL_ENTITY
from sandbox.web import PASSWORD, USER, Request, Response, serve
from tests.systems.oracle_writing import COMPANY

CLOSE = Action(resource="purchaseOrders", name="close", arguments={})
ITEM = '{"OrderNumber":"O\'1","POHeaderId":7,"links":[%s]}'
SELF = '{"rel":"self","href":"https://fusion.example.com%s"}'


@contextmanager
def answering(*items: str) -> Iterator[tuple[OracleActions, list[Request]]]:
    """Serve a collection of orders that holds *items*."""
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        body = f'{{"items":[{",".join(items)}],"hasMore":false}}'
        return Response(200, (("Content-Type", "application/json"),), body.encode())

    with serve(answer) as server:
        logon = Basic(USER, SecretStr(PASSWORD))
        actions = OracleActions.of("fusion", RestConnection(url=f"{server.url}/{RESOURCES}", logon=logon))
        yield actions, asked
        actions.close()


def test_an_action_stands_below_the_link_whatever_host_it_names() -> None:
    """FUS-ID-01: behind a proxy the link names another host; the hash is what counts."""
    with answering(ITEM % (SELF % f"/{RESOURCES}/purchaseOrders/00AB")) as (actions, asked):
        assert actions.path(CLOSE, {"OrderNumber": "O'1"}) == "purchaseOrders/00AB/action/close"

    assert "q=OrderNumber%3D%27O%27%271%27" in asked[0].query


@pytest.mark.parametrize(
    "links",
    [
        "", SELF % "/fscmRestApi/resources/latest/purchaseOrders/00AB", SELF % f"/{RESOURCES}/invoices/00AB",
        SELF % f"/{RESOURCES}/purchaseOrders/", SELF.replace("self", "canonical") % f"/{RESOURCES}/purchaseOrders/00AB",
    ],
)  # fmt: skip
def test_a_link_to_another_version_is_drift(links: str) -> None:
    """FUS-VER-01."""
    with answering(ITEM % links) as (actions, _), pytest.raises(Drifted, match="and not to"):
        actions.path(CLOSE, {"OrderNumber": "O'1"})


def test_an_order_that_rest_does_not_show_is_not_guessed() -> None:
    """FUS-ERR-03."""
    with answering() as (actions, _), pytest.raises(NotFound, match="0 of purchaseOrders"):
        actions.path(CLOSE, {"OrderNumber": "O'1"})


@pytest.mark.parametrize(
    "changes",
    [
        {"order_reference": "no segment"}, {"buyer": None}, {"longest": 0}, {"colour": "red"},
        {"cancels_demand": "perhaps"},
    ],
)  # fmt: skip
def test_a_company_that_cannot_be_right_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OracleCompany.model_validate({**COMPANY.model_dump(), **changes})


def test_without_companies_it_is_only_read() -> None:
    settings = OracleSettings(url="http://127.0.0.1:1", user=USER, password=SecretStr(PASSWORD))
    with opened("fusion", settings, InMemoryQuarantine(), {}) as erp:
        assert dict(erp.executions) == {}


def test_the_embedded_sandbox_can_be_written_to() -> None:
    embedded = Embedded()
    try:
        settings = embedded.settings("oracle")
        assert isinstance(settings, OracleSettings)
        with opened("oracle", settings, InMemoryQuarantine(), {}) as erp:
            (execution,) = erp.executions.values()
            assert list(erp.executions) == [LEGAL_ENTITY]
            assert execution.lacks() == ()
    finally:
        embedded.close()
