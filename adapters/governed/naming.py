"""Finding records by name at a site: what it says of that, and what does it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from attrs import frozen
from pydantic import BaseModel, ConfigDict, Field

from adapters.governed.executions import Executions
from application.journal import Journal
from application.resolving.by_key import ResolveByKey
from application.resolving.by_name import ResolveByName
from application.resolving.calibrate import Calibrate, RefreshIndex
from application.resolving.judge import JudgeQuestion
from application.resolving.notebook import Notebook
from application.resolving.report import ReportOnNames
from domain.identifiers import Identifier, ProductId, SupplierId
from domain.masters import of_products, of_supplier
from domain.matching import MasterRecord
from domain.mentions import Mention
from domain.questions import QuestionId
from domain.scope import Scope
from ports.directory import Directory
from ports.errors import Misconfigured
from ports.matching import Matching
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_MILLION = 1_000_000


class NamesSettings(BaseModel):
    """What ``[governance.names]`` says: where the index is kept, and how often an answer by name may be wrong.

    *bound* is the share of all questions that may be answered wrongly. *audited* is the share of the answers that
    nobody has looked at which is put to a person, by chance.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    index: Path
    bound: Decimal = Field(default=Decimal("0.01"), gt=0, lt=Decimal("0.5"))
    audited: Decimal = Field(default=Decimal("0.03"), gt=0, le=1)


def _matching(folder: Path) -> Matching:
    try:
        from adapters.matching.site import SiteMatching  # numpy and its like are an extra
    except ModuleNotFoundError as error:
        raise Misconfigured("names are compared with numpy and others; install dragoman[resolver]") from error
    return SiteMatching(folder)


@frozen(kw_only=True)
class Names:
    """All that is done with names at a site; *kinds* are those that are found by them, by the word for them."""

    matching: Matching
    notebook: Notebook
    resolver: ResolveByName
    refresh: RefreshIndex
    judge: JudgeQuestion
    calibrate: Calibrate
    report: ReportOnNames
    kinds: Mapping[str, type[Identifier]] = MappingProxyType({"suppliers": SupplierId, "products": ProductId})


def naming(
    settings: NamesSettings, executions: Executions, by_key: ResolveByKey, journal: Journal, notebook: Notebook,
    directory: Directory,
) -> Names:  # fmt: skip
    """Put together what finds records by name.

    Raises:
        Misconfigured: the libraries that compare names are not installed.
    """
    matching = _matching(settings.index)
    resolver = ResolveByName(
        by_key=by_key,
        matching=matching,
        notebook=notebook,
        journal=journal,
        audited=settings.audited,
        draw=lambda: Decimal(secrets.randbelow(_MILLION)) / _MILLION,
        new_id=lambda: QuestionId(f"q{''.join(secrets.choice(_ALPHABET) for _ in range(10))}"),
    )

    def suppliers(scope: Scope) -> Iterator[MasterRecord[Identifier]]:
        return map(of_supplier, executions.systems.erp(scope.system).suppliers.find(SupplierQuery()))

    def products(scope: Scope) -> Iterator[MasterRecord[Identifier]]:
        return of_products(executions.systems.erp(scope.system).purchase_orders.find(PurchaseOrderQuery()))

    def exists(truth: Identifier, scope: Scope) -> bool:
        return by_key.known(Mention(kind=type(truth), said=truth.text), scope) is not None

    return Names(
        matching=matching,
        notebook=notebook,
        resolver=resolver,
        refresh=RefreshIndex(matching=matching, masters={SupplierId: suppliers, ProductId: products}),
        judge=JudgeQuestion(journal=journal, notebook=notebook, directory=directory, exists=exists),
        calibrate=Calibrate(
            journal=journal, notebook=notebook, directory=directory, matching=matching, bound=settings.bound
        ),
        report=ReportOnNames(notebook=notebook, matching=matching),
    )
