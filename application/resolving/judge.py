"""Saying what was meant by a question: a person's word, kept as evidence."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from application.journal import Journal
from application.resolving.notebook import RESOLUTION, Notebook
from domain.identifiers import Identifier
from domain.principals import Principal
from domain.questions import NAMES, Judgement, QuestionId
from domain.scope import Scope
from ports.directory import Directory, Right
from ports.errors import AccessDenied, NotFound


def permitted(journal: Journal, directory: Directory, account: str, right: Right, scope: Scope) -> Principal:
    """Give the person behind *account*, who has the *right* over names in *scope*.

    Raises:
        NotAllowed: the account is not known, or its person lacks the right; the attempt is on record.
    """
    try:
        by = directory.principal(account)
    except AccessDenied as unknown:
        raise journal.refuse(str(unknown), stream=RESOLUTION, subject=None, by=account) from unknown
    if not directory.may(by.person, right, NAMES, scope):
        raise journal.refuse(
            f"{by} may not {right.value}: {NAMES} in {scope}", stream=RESOLUTION, subject=None, by=account
        )
    return by


@frozen(kw_only=True)
class JudgeQuestion:
    """Keeps what a person says was meant; *exists* looks into the ERP whether a record is there."""

    journal: Journal
    notebook: Notebook
    directory: Directory
    exists: Callable[[Identifier, Scope], bool]

    def __call__(self, key: QuestionId, truth: Identifier | None, *, account: str, because: str) -> Judgement:
        """Say that the question *key* meant the record *truth*; ``None``: none that the ERP holds.

        Said again, the last word counts.

        Raises:
            NotAllowed: this person may not, or *truth* is of another kind; the attempt is on record.
            NotFound: there is no such question, or no such record.
            Tampered: the questions are not what was written.
            Unavailable: the ledger or the ERP was not reached; nothing was kept.
        """
        question = self.notebook.question(key)
        by = permitted(self.journal, self.directory, account, Right.SETTLE, question.scope)
        if truth is not None and type(truth) is not question.mention.kind:
            told = f"the question is about a {question.mention.kind.__name__}, and {truth!r} is none"
            raise self.journal.refuse(told, stream=RESOLUTION, subject=key, by=account)
        if truth is not None and not self.exists(truth, question.scope):
            raise NotFound(f"no record {truth} is there in {question.scope}")
        judgement = Judgement(question=key, truth=truth)
        with self.journal.ledger.transaction() as transaction:
            entry = self.journal.entry(RESOLUTION, key, by.account, "judged", because, details=judgement)
            transaction.append(entry)
        return judgement
