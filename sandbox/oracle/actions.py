"""What only REST can: submitting, cancelling and closing an order, under ``/fscmRestApi/resources/11.13.18.05``.

- ``GET purchaseOrders?q=OrderNumber='…'`` (and ``draftPurchaseOrders``) gives ``items`` with ``OrderNumber``,
  ``SoldToLegalEntity``, and the link ``self``, whose last part is a hash that nobody can compute.
- ``POST …/{hash}/action/{name}`` carries an action out; its body is JSON of the type
  ``application/vnd.oracle.adf.action+json``, its values are texts. As any other type it is taken for a new row: 415.
  ``draftPurchaseOrders``: ``submit`` (``bypassApprovalsFlag``). ``purchaseOrders``: ``cancel`` (``cancelReason``,
  ``cancelUnfulfilledDemandFlag``, which must be said), ``close`` (``closeAction``, ``closeReason``).
- It answers ``{"result": "Success"}``, or a sentence, whatever that means; a no is 400 and a problem document.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs

from sandbox.misbehaviour import Misbehaviour
from sandbox.oracle import approving
from sandbox.oracle.books import Books
from sandbox.oracle.faults import SoapFault, refused
from sandbox.oracle.moods import Voice, written
from sandbox.oracle.rows import Row
from sandbox.web import Request, Response, html_page

ROOT = "/fscmRestApi/resources/11.13.18.05/"
_ACTION = "application/vnd.oracle.adf.action+json"
_ACTIONS = {"draftPurchaseOrders": ("submit",), "purchaseOrders": ("cancel", "close")}
_CRITERION = re.compile(r"(OrderNumber|SoldToLegalEntity)='((?:[^']|'')*)'")


def answer(books: Books, misbehaviour: Misbehaviour, request: Request) -> Response | None:
    """Answer a request below `ROOT`; None closes the connection."""
    resource, *rest = request.path.removeprefix(ROOT).split("/")
    if resource not in _ACTIONS:
        return html_page(404, "Not Found")
    if request.method == "GET" and not rest:
        return _found(books, resource, request)
    if request.method != "POST" or len(rest) != 3 or rest[1] != "action" or rest[2] not in _ACTIONS[resource]:
        return html_page(404, "Not Found")
    if (request.header("content-type") or "").partition(";")[0].strip() != _ACTION:
        return _no(SoapFault("Client", "An action wants its own content type.", code="JBO-26001"), status=415)
    row = next((each for each in books.rows("PurchaseOrder") if _hashed(resource, each) == rest[0]), None)
    if row is None:
        return _no(SoapFault("Client", "The resource item was not found.", code="JBO-25020"), status=404)

    def carry_out(commits: bool) -> Response:
        with books.unit_of_work(commits=commits):
            _carried_out(books, row.key, rest[2], _arguments(request.body))
            return _json({"result": "Success"})

    return written(misbehaviour.next_write(), misbehaviour, carry_out, _VOICE)


def _found(books: Books, resource: str, request: Request) -> Response:
    asked = parse_qs(request.query)
    wanted = dict(_CRITERION.findall(asked.get("q", [""])[0]))
    if not wanted:
        return _no(SoapFault("Client", "URL request parameter q cannot be read.", code="JBO-27522"), status=400)
    start, limit = int(asked.get("offset", ["0"])[0]), int(asked.get("limit", ["25"])[0])
    rows = [row for row in books.rows("PurchaseOrder") if _meets(row, wanted)]
    items = [_item(resource, row, request) for row in rows[start : start + limit]]
    return _json({"items": items, "count": len(items), "hasMore": len(rows) > start + limit, "offset": start})


def _meets(row: Row, wanted: Mapping[str, str]) -> bool:
    return all(row.values.get(name, ("",))[0] == text.replace("''", "'") for name, text in wanted.items())


def _item(resource: str, row: Row, request: Request) -> dict[str, object]:
    here = f"http://{request.header('host')}{ROOT}{resource}/{_hashed(resource, row)}"
    indicator = f"ACED0005{hashlib.sha256(row.xml).hexdigest()[:24].upper()}"
    link = {"rel": "self", "href": here, "name": resource, "kind": "item", "properties": {"changeIndicator": indicator}}
    names = ("OrderNumber", "SoldToLegalEntity")
    return {"POHeaderId": row.id, **{name: row.values[name][0] for name in names}, "links": [link]}


def _hashed(resource: str, row: Row) -> str:
    return hashlib.sha256(f"{resource} {row.id}".encode()).hexdigest()[:40].upper()


def _arguments(body: bytes) -> Mapping[str, str]:
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(each, str) for each in told.values()):
        raise refused("JBO-29114", "The values of an action's parameters are texts.")
    return told


def _carried_out(books: Books, number: str, action: str, told: Mapping[str, str]) -> None:
    match action:
        case "submit":
            approving.submit_draft(books, number, bypass=told.get("bypassApprovalsFlag") == "True")
        case "cancel":
            if told.get("cancelUnfulfilledDemandFlag") not in ("True", "False"):
                raise refused("PO-2055181", "You must provide a value for cancelUnfulfilledDemandFlag.")
            approving.cancel(books, number, told.get("cancelReason", ""))
        case _:
            if told.get("closeAction") != "close":
                raise refused("PO-2055191", "The close action is not valid.")
            approving.close(books, number)


def _json(content: object, status: int = 200, kind: str = "application/json") -> Response:
    return Response(status, (("Content-Type", kind),), json.dumps(content, ensure_ascii=False).encode())


def _no(fault: SoapFault, status: int = 400) -> Response:
    inner = [{"detail": text, "o:errorCode": code, "o:errorPath": "/"} for code, text in _messages(fault)]
    problem = {"title": "Bad Request", "status": str(status), "o:errorDetails": inner}
    return _json(problem, status, "application/problem+json")


def _messages(fault: SoapFault) -> list[tuple[str, str]]:
    return [(fault.code, fault.message), *fault.causes]


_VOICE = Voice(
    no=_no,
    inner_error=lambda: _json({"result": "The action failed: the budget of the period is exhausted."}),
    complaining=lambda answer: replace(answer, body=_json({"result": "Done. See the messages of the document."}).body),
)
