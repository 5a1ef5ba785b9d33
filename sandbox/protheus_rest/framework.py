"""The framework's REST server: whose data a call is about, which service it goes to, and who may write."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from sandbox.misbehaviour import Misbehaviour
from sandbox.protheus_rest import moods, orders, query, suppliers
from sandbox.protheus_rest.errors import RestFault, answered, fault
from sandbox.protheus_rest.orders import OrderService
from sandbox.protheus_rest.tables import Change, Commit, Store, Table
from sandbox.web import Request, Response

_COMPANY = "01"
_BRANCHES = ("01", "02")
_FIRST_CONFIGURED = "02"
"""The branch of whoever names none: the right form, and another branch's data (PREST-02)."""


class Framework:
    """The app of the sandbox server.

    *page_size* is the most rows of a page. With *keyless* a success says that it is one, and no more (PREST-10); with
    *refuses_twins* the order service knows a reference again (X-OUT-07).
    """

    def __init__(
        self, store: Store, misbehaviour: Misbehaviour, *, page_size: int, keyless: bool, refuses_twins: bool
    ) -> None:
        self._store = store
        self._misbehaviour = misbehaviour
        self._page_size = page_size
        self._keyless = keyless
        self._refuses_twins = refuses_twins

    def __call__(self, request: Request) -> Response | None:
        try:
            return self._answer(request, _branch(request))
        except RestFault as error:
            return answered(error.status, error.document)

    def _answer(self, request: Request, branch: str) -> Response | None:
        if request.method in ("GET", "HEAD"):
            if request.path != query.PATH:
                raise fault(404, "Recurso nao encontrado", request.path)
            with self._store.lock:
                return query.queried(self._store, request.query, branch, self._page_size)
        return moods.written(
            self._misbehaviour.next_write(),
            self._misbehaviour,
            lambda commits: self._written(request, branch, commits=commits),
        )

    def _written(self, request: Request, branch: str, *, commits: bool) -> Response:
        with self._store.lock:
            table, (answer, changes, commit) = self._work(request, branch)
            if commits:
                table.apply(changes)
                self._store.journal.append(commit)
        return answered(answer.status, {"message": "success"}) if self._keyless else answer

    def _work(self, request: Request, branch: str) -> tuple[Table, tuple[Response, Sequence[Change], Commit]]:
        below = _below(suppliers.PATH, request.path)
        if below is not None and len(below) <= 1:
            key = below[0] if below else ""
            return self._store.suppliers, suppliers.written(self._store, request.method, key, request.body)
        below = _below(orders.PATH, request.path)
        if below is None:
            raise fault(404, "Recurso nao encontrado", request.path)
        service = OrderService(self._store, branch, self._refuses_twins)
        return self._store.orders, service.written(request.method, below, request.body)


def _branch(request: Request) -> str:
    """Give the branch that a call is about; the company is always the same."""
    tenant = request.header("tenantId")
    if tenant is None:
        return _FIRST_CONFIGURED
    company, _, branch = tenant.partition(",")
    if company != _COMPANY or branch not in _BRANCHES:
        raise fault(403, "Empresa ou filial invalida", tenant)
    return branch


def _below(service: str, path: str) -> list[str] | None:
    """Give the segments below a service, None if the path leads elsewhere."""
    if path != service and not path.startswith(f"{service}/"):
        return None
    return [unquote(segment) for segment in path.removeprefix(service).split("/") if segment]
