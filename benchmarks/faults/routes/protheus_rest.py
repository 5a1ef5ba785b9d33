"""TOTVS Protheus over REST: the framework's model of suppliers, and a site's own service for orders."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import cast
from urllib.parse import quote

import requests
from attrs import frozen
from pydantic import SecretStr

from adapters.systems.protheus_rest import ProtheusRestCompany, ProtheusRestSettings
from benchmarks.faults.orders import Order, ordered, renamed
from benchmarks.faults.route import Route
from benchmarks.faults.weather import Weather
from benchmarks.faults.web_script import asked, session, written
from benchmarks.faults.wish import JournalWish
from domain.identifiers import SupplierId
from domain.scope import Scope
from sandbox.protheus_rest import ORDER_REFERENCE, ORDERS, SUPPLIER_REFERENCE, Commit, protheus_rest_server
from sandbox.web import PASSWORD, USER

Json = dict[str, object]
_SCOPE = Scope("protheus-rest", "01")
_SUPPLIERS, _QUERY = "/fwmodel/MATA020", "/api/framework/v1/genericQuery"
_ORDERS_OF_ALL = 0.6
"""The share of wishes that are orders."""
_NEW: Json = {
    "A2_LOJA": "01",
    "A2_TIPO": "X",
    "A2_END": "Kai",
    "A2_MUN": "Bremen",
    "A2_PAIS": "023",
    "A2_EST": "EX",
}


class ProtheusScript:
    """One session, with a token that is fetched anew when it ends."""

    def __init__(self, url: str, on: requests.Session) -> None:
        self._url = url
        self._session = on

    def send(self, method: str, path: str, body: Json, key: str) -> str:
        """Write once, and give the *key* that the answer names."""
        return written(lambda: self._sent(method, path, body), lambda answer: str(answer.json()[key]))

    def rows(self, table: str, where: str) -> list[Json]:
        """Read the rows of a table that meet a condition."""
        question = {"tables": table, "filter": where, "pageSize": "50"}
        answer = asked(lambda: self._sent("GET", _QUERY, question=question), requests.Response.json)
        return cast("list[Json]", answer["items"])

    def _sent(
        self, method: str, path: str, body: Json | None = None, question: dict[str, str] | None = None
    ) -> requests.Response:
        for _ in range(2):
            answer = self._session.request(method, f"{self._url}{path}", json=body, params=question)
            if answer.status_code != requests.codes.unauthorized:
                break
            logon = {"username": USER, "password": PASSWORD}
            told = self._session.post(f"{self._url}/api/oauth2/v1/token", headers=logon).json()
            self._session.headers["Authorization"] = f"Bearer {told['access_token']}"
        return answer


@frozen
class ProtheusWishes:
    """Draws wishes for the system that *script* speaks to, and whose *commits* are at hand."""

    script: ProtheusScript
    commits: Sequence[Commit]

    def draw(self, draw: Random) -> JournalWish:
        """Make a wish, and the supplier that it is about."""
        name = f"Schrauben {draw.randrange(10**9)}"
        key = self._supplier("POST", _SUPPLIERS, {**_NEW, "A2_NOME": name, "A2_NREDUZ": name[:20]})
        return self._place(draw, key) if draw.random() < _ORDERS_OF_ALL else self._rename(draw, key)

    def _place(self, draw: Random, key: str) -> JournalWish:
        code, shop = _code(key)
        order = Order.drawn(draw, supplier=code + shop, product="21")
        item = {"C7_ITEM": "0001", "C7_PRODUTO": order.product, "C7_QUANT": order.quantity, "C7_UM": "UN"}
        body = {
            "C7_FORNECE": code,
            "C7_LOJA": shop,
            "C7_EMISSAO": f"{order.on:%Y%m%d}",
            "C7_MOEDA": 3,
            "C7_COND": "001",
            "C7_FILENT": "01",
            "itens": [{**item, "C7_PRECO": float(order.price), "C7_XPRBAS": 100}],
        }

        def stands(number: str, reference: str) -> bool:
            rows = self.script.rows("SC7", f"C7_NUM eq '{number}'")
            return [(row["c7_xidext"], row["c7_quant"]) for row in rows] == [(reference, order.quantity)]

        return JournalWish(
            command=ordered(order, _SCOPE),
            journal=self._journal,
            script=lambda reference: self.script.send("POST", ORDERS, {**body, ORDER_REFERENCE: reference}, "C7_NUM"),
            meddling=lambda: self.script.send("POST", ORDERS, body, "C7_NUM"),
            stands=stands,
        )

    def _rename(self, draw: Random, key: str) -> JournalWish:
        code, shop = _code(key)
        name, where = f"Muttern {draw.randrange(10**9)}", f"{_SUPPLIERS}/{quote(key, safe='')}"

        def stands(_: str, __: str) -> bool:
            return [row["a2_nome"] for row in self.script.rows("SA2", f"A2_COD eq '{code}'")] == [name]

        return JournalWish(
            command=renamed(SupplierId(code + shop), _SCOPE, name=name, town="Emden"),
            journal=self._journal,
            script=lambda _: self._supplier("PUT", where, {"A2_NOME": name}),
            meddling=lambda: self._supplier("PUT", where, {"A2_NREDUZ": "NOTED"}),
            stands=stands,
        )

    def _supplier(self, method: str, path: str, values: Json) -> str:
        fields = [{"id": name, "value": value} for name, value in values.items()]
        form = {"modeltype": "FIELDS", "id": "SA2MASTER", "fields": fields}
        operation = 3 if method == "POST" else 4
        return self.script.send(method, path, {"id": "MATA020", "operation": operation, "models": [form]}, "pk")

    def _journal(self) -> list[list[str]]:
        return [[commit.key] for commit in self.commits]


@contextmanager
def opened() -> Iterator[Route]:
    """Start a system."""
    weather, commits = Weather(), list[Commit]()
    company = ProtheusRestCompany(
        orders=ORDERS,
        payment_terms="001",
        delivery_branch="01",
        supplier_reference=SUPPLIER_REFERENCE,
        order_reference=ORDER_REFERENCE,
    )
    with (
        protheus_rest_server(misbehaviour=weather, journal=commits) as server,
        session({"tenantId": "01,01", "Accept": "application/json"}) as plain,
    ):
        yield Route(
            scope=_SCOPE,
            settings=ProtheusRestSettings(
                url=server.url,
                company="01",
                branch="01",
                user=USER,
                password=SecretStr(PASSWORD),
                companies={_SCOPE.company: company},
            ),
            faults={**weather.faults, "the token is over": weather.expire_session},
            hold=weather.held,
            unreadable=weather.unreadable,
            met=lambda: weather.writes_met,
            calm=weather.calm,
            wish=ProtheusWishes(ProtheusScript(server.url, plain), commits).draw,
        )


def _code(key: str) -> tuple[str, str]:
    """Give code and shop of a supplier from its key: after two blanks, which are the branch."""
    told = base64.b64decode(key).decode("cp1252")
    return told[2:8], told[8:]
