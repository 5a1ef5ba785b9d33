"""How a script speaks to SAP: a session, a token, JSON; it shares nothing with our own client."""

from __future__ import annotations

from typing import cast

import requests

from benchmarks.faults.web_script import asked, written

Json = dict[str, object]
PARTNERS, ORDERS = "API_BUSINESS_PARTNER", "API_PURCHASEORDER_PROCESS_SRV"


class SapScript:
    """One session with the system at *url*."""

    def __init__(self, url: str, on: requests.Session) -> None:
        self._root = f"{url}/sap/opu/odata/sap"
        self._session = on

    def read(self, address: str, expand: str = "") -> Json:
        """Read one entity, as *address* names it: the service, a slash, and the path."""
        options = {"$expand": expand} if expand else {}
        return asked(lambda: self._session.get(f"{self._root}/{address}", params=options), _record)

    def create(self, address: str, body: Json) -> Json:
        """Create something, and give what came of it."""
        return written(lambda: self._sent("POST", address, body, {}), _record)

    def change(self, method: str, address: str, body: Json) -> None:
        """Read the version, and write over it."""
        etag = str(cast("Json", self.read(address)["__metadata"])["etag"])
        written(lambda: self._sent(method, address, body, {"If-Match": etag}), lambda _: None)

    def _sent(self, method: str, address: str, body: Json, headers: dict[str, str]) -> requests.Response:
        for _ in range(2):
            answer = self._session.request(method, f"{self._root}/{address}", json=body, headers=headers)
            if answer.headers.get("x-csrf-token") != "Required":
                break
            root = f"{self._root}/{address.partition('/')[0]}/"
            token = self._session.get(root, headers={"X-CSRF-Token": "Fetch"}).headers.get("x-csrf-token", "")
            self._session.headers["X-CSRF-Token"] = token
        return answer


def _record(answer: requests.Response) -> Json:
    return cast("Json", answer.json()["d"])
