"""The governed path of a site: everything that stands between a wish and an ERP that is changed."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import Self

from attrs import field, frozen

from adapters.bell import Bell
from adapters.governed.executions import Executions
from adapters.governed.naming import Names
from adapters.ledger.anchors import Anchors
from adapters.ledger.ledger import SqlLedger
from application.advance import Advance
from application.audit import VerifyAudit
from application.decide import Approve, Bench, Reject, Revoke, Withdraw
from application.finish import FinishByHand
from application.journal import Journal
from application.operators import OperatorQueue
from application.propose import Propose
from application.rollout.gathering import GatherEvidence
from application.rollout.shadowing import CompareShadows
from application.rollout.standings import Demote, Office, Promote
from application.saga import SubmitSaga
from application.send import Send
from application.settle import Settle
from application.submit import Submit
from application.sweep import Sweep
from application.undo import Undo
from domain.keys import IntentId
from domain.policy import Policy
from domain.promotion import Ladder
from ports.directory import Directory
from ports.gate import Gate
from ports.resolver import Resolver

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""What nobody mistakes for something else when he types it."""


@frozen(kw_only=True)
class Governed:
    """The governed path of one site; close it, or use it as a context manager.

    What is asked of it is written down in the *ledger* first; *key* seals what stands there. Every use case says in its
    own words what it does and whom it refuses; an *account* is always one that the caller has authenticated.
    """

    ledger: SqlLedger
    key: bytes
    anchors: Anchors
    directory: Directory
    policy: Policy
    ladder: Ladder
    gate: Gate
    executions: Executions
    resolver: Resolver
    names: Names | None
    journal: Journal
    bell: Bell
    worker: str = field(factory=lambda: f"{socket.gethostname()} {os.getpid()}")
    new_id: Callable[[], IntentId] = field(
        default=lambda: IntentId("".join(secrets.choice(_ALPHABET) for _ in range(12)))
    )
    close: Callable[[], None]

    @cached_property
    def submit(self) -> Submit:
        """Takes a command in."""
        propose = Propose(
            journal=self.journal,
            executions=self.executions,
            directory=self.directory,
            gate=self.gate,
            policy=self.policy,
            changed=self.resolver.changed,
        )
        return Submit(
            journal=self.journal,
            propose=propose,
            gate=self.gate,
            policy=self.policy,
            send=self._send,
            new_id=self.new_id,
        )

    @cached_property
    def submit_saga(self) -> SubmitSaga:
        """Takes several commands in that stand or fall together."""
        return SubmitSaga(submit=self.submit)

    @cached_property
    def undo(self) -> Undo:
        """Takes back what is done."""
        return Undo(submit=self.submit)

    @cached_property
    def approve(self) -> Approve:
        """Says yes."""
        return Approve(bench=self._bench, policy=self.policy)

    @cached_property
    def reject(self) -> Reject:
        """Says no."""
        return Reject(bench=self._bench)

    @cached_property
    def revoke(self) -> Revoke:
        """Takes a yes back."""
        return Revoke(bench=self._bench)

    @cached_property
    def withdraw(self) -> Withdraw:
        """Takes a request back."""
        return Withdraw(bench=self._bench)

    @cached_property
    def settle(self) -> Settle:
        """Says what became of what no machine can find out."""
        return Settle(bench=self._bench)

    @cached_property
    def advance(self) -> Advance:
        """Does what is due for one intent."""
        return Advance(
            journal=self.journal,
            executions=self.executions,
            gate=self.gate,
            policy=self.policy,
            send=self._send,
        )

    @cached_property
    def sweep(self) -> Sweep:
        """Does whatever is due."""
        return Sweep(advance=self.advance)

    @cached_property
    def promote(self) -> Promote:
        """Lets an action go one step further."""
        return Promote(office=self._office, executions=self.executions, gather=self.gather, ladder=self.ladder)

    @cached_property
    def demote(self) -> Demote:
        """Takes an action back."""
        return Demote(office=self._office)

    @cached_property
    def gather(self) -> GatherEvidence:
        """Counts what became of an action."""
        return GatherEvidence(ledger=self.ledger, key=self.key)

    @cached_property
    def compare_shadows(self) -> CompareShadows:
        """Looks at what people did about what was only proposed."""
        return CompareShadows(journal=self.journal, executions=self.executions, gather=self.gather, policy=self.policy)

    @cached_property
    def queue(self) -> OperatorQueue:
        """Shows what waits for an operator."""
        return OperatorQueue(ledger=self.ledger)

    @cached_property
    def finish(self) -> FinishByHand:
        """Says that a half-done saga was finished by hand."""
        return FinishByHand(bench=self._bench)

    @cached_property
    def verify(self) -> VerifyAudit:
        """Looks for whatever somebody has changed."""
        return VerifyAudit(ledger=self.ledger, key=self.key)

    @cached_property
    def _office(self) -> Office:
        return Office(journal=self.journal, directory=self.directory)

    @cached_property
    def _send(self) -> Send:
        return Send(journal=self.journal, executions=self.executions, patience=self.policy.patience, worker=self.worker)

    @cached_property
    def _bench(self) -> Bench:
        return Bench(journal=self.journal, directory=self.directory)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
