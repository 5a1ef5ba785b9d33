"""A bare client of the SAP sandbox, which knows OData and nothing of the house."""

from __future__ import annotations

from typing import TypeAlias

import requests

from sandbox.web import Server

Json: TypeAlias = "dict[str, Json] | list[Json] | str | bool | int | None"


ORDERS = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrder"


PARTNERS = "API_BUSINESS_PARTNER/A_BusinessPartner"


INTERNAL = "http://sapdev01.internal:8000"


class Client(requests.Session):
    """A bare client of one sandbox, logged on to client 100."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.auth = ("dragoman", "sandbox")
        self.headers.update({"Accept": "application/json", "sap-client": "100"})
        self._root = f"{server.url}/sap/opu/odata/sap/"

    def ask(self, path: str, **options: str) -> requests.Response:
        return self.get(self._root + path, params={f"${name}": value for name, value in options.items()}, timeout=10)

    def rows(self, path: str, **options: str) -> list[dict[str, Json]]:
        """Give every row, page by page."""
        answer = self.ask(path, **options)
        found: list[dict[str, Json]] = []
        while True:
            assert answer.status_code == 200, answer.text
            page = answer.json()["d"]
            found += page["results"]
            if "__next" not in page:
                return found
            answer = self.get(page["__next"].replace(INTERNAL, self._root.partition("/sap/")[0]), timeout=10)

    def write(self, method: str, path: str, body: Json = None, **headers: str) -> requests.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request(method, self._root + path, json=body, headers=sent, timeout=10)

    def token(self) -> str:
        answer = self.get(f"{self._root}API_PURCHASEORDER_PROCESS_SRV/", headers={"X-CSRF-Token": "Fetch"}, timeout=10)
        return answer.headers["x-csrf-token"]


def numbers(rows: list[dict[str, Json]]) -> list[str]:
    return [str(row["PurchaseOrder"]).lstrip("0") for row in rows]
