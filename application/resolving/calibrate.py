"""Learning from what people said, and proving from which score on a name may be believed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import frozen

from application.journal import Journal
from application.resolving.judge import permitted
from application.resolving.notebook import RESOLUTION, Notebook
from domain.identifiers import Identifier
from domain.matching import MasterRecord
from domain.questions import Proof
from domain.scope import Scope
from ports.directory import Directory, Right
from ports.errors import NotOffered
from ports.matching import Learnt, Matching, Refreshed

Masters = Mapping[type[Identifier], Callable[[Scope], Iterable[MasterRecord[Identifier]]]]
"""How all records of a kind are read, by the kind."""


@frozen(kw_only=True)
class RefreshIndex:
    """Reads all records of one kind through its port into the index; what cannot be translated is in the quarantine."""

    matching: Matching
    masters: Masters

    def __call__(self, kind: type[Identifier], scope: Scope, told: Callable[[], object] = lambda: None) -> Refreshed:
        """Read them, and tell of each that has come.

        Raises:
            NotOffered: records of this kind cannot be found by their names.
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured: from the ERP; the index stays as it was.
        """
        if kind not in self.masters:
            raise NotOffered(f"records of the kind {kind.__name__} are found by their keys alone")
        return self.matching.refresh(kind, scope, _counted(self.masters[kind](scope), told))


@frozen(kw_only=True)
class Calibrate:
    """Fits the model of one kind of record in one place to all that was judged there, and keeps what that proves."""

    journal: Journal
    notebook: Notebook
    directory: Directory
    matching: Matching
    bound: Decimal

    def __call__(self, kind: type[Identifier], scope: Scope, *, account: str) -> Learnt:
        """Learn and prove, on the word of the person behind *account*.

        Raises:
            NotAllowed: this person may not; the attempt is on record.
            NotOffered: there is no index yet.
            Tampered: the questions are not what was written; nothing was learnt.
            Unavailable: the ledger was not reached.
        """
        by = permitted(self.journal, self.directory, account, Right.PROMOTE, scope)
        learnt = self.matching.learn(kind, scope, self.notebook.labels(kind, scope), self.bound)
        records = len(self.matching.records(kind, scope))
        proof = Proof(scope=scope, kind=kind, model=learnt.model, records=records, certificate=learnt.certificate)
        threshold = learnt.certificate.threshold
        proves = "nothing yet" if threshold is None else f"answers from {threshold} on"
        with self.journal.ledger.transaction() as transaction:
            told = f"{learnt.certificate.asked} judged questions prove {proves}"
            transaction.append(self.journal.entry(RESOLUTION, None, by.account, "calibrated", told, details=proof))
        return learnt


def _counted(
    records: Iterable[MasterRecord[Identifier]], told: Callable[[], object]
) -> Iterator[MasterRecord[Identifier]]:
    for record in records:
        told()
        yield record
