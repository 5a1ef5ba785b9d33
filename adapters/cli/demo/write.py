"""One governed write: a name that is not enough, a card, an approval, an answer that is lost, and the proof."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Protocol, TypeVar

from attrs import frozen
from pydantic import SecretStr

from adapters.bootstrap import Systems
from adapters.config.people import people_at
from adapters.embedded import Embedded
from adapters.governed.opening import Care, assembled
from adapters.governed.path import Governed
from adapters.ledger.opening import LedgerSettings
from application.decide import Reviewed
from application.propose import Request
from domain.cards import Card, card
from domain.commands.purchase_orders import OrderedLine, PlacePurchaseOrder
from domain.identifiers import Identifier, ProductId, SupplierId
from domain.intents import Intent
from domain.lifecycle import State
from domain.mentions import Mention
from domain.policy import Patience, Policy
from domain.promotion import Ladder, Required
from domain.resolution import Ambiguous, Resolved
from domain.scope import Scope
from domain.stages import Stage
from ports.errors import NotFound
from ports.purchase_orders import PurchaseOrderQuery

T = TypeVar("T", bound=Identifier)
HERE = Scope("sap", "1010")
SAID, WHY = "Osaka Bearing Works", "the stock of what they last delivered runs out"
REQUESTER, AGENT, APPROVER = "ana", "buyer-bot", "bia"
_LONGEST = timedelta(minutes=1)
_PEOPLE = """
[people.ana]
accounts = ["ana"]
may = [{ do = ["submit"] }]

[people.bia]
accounts = ["bia"]
may = [{ do = ["approve"] }]

[people.caio]
accounts = ["caio"]
may = [{ do = ["promote"] }]

[agents.buyer-bot]
owner = "caio"
"""


@frozen(kw_only=True)
class Written:
    """What the write came to.

    *candidates* are those among whom nobody chose, *proposed* is the card that was shown, *ended* the last one.
    *sendings* counts the calls, *found* the orders that stand under our reference, *records* and *flaws* those of the
    audit trail.
    """

    candidates: tuple[str, ...]
    proposed: Card
    approved: bool
    lost: bool
    ended: Card
    sendings: int
    found: int
    records: int
    flaws: int

    @property
    def is_proven(self) -> bool:
        """The answer was lost, it was sent once, stands there once, was read back, and the audit trail is whole."""
        once = (self.sendings, self.found, self.flaws) == (1, 1, 0)
        return self.approved and self.lost and once and self.ended.state is State.DONE


class Telling(Protocol):
    """Who hears of the write while it happens, and decides about it."""

    @abstractmethod
    def halted(self, asked: Ambiguous[SupplierId]) -> None:
        """Hear that a name was not enough."""

    @abstractmethod
    def approves(self, proposed: Card) -> bool:
        """Say whether what is proposed may be done."""

    @abstractmethod
    def lost(self, shown: Card) -> None:
        """Hear that the ERP's answer was lost."""

    @abstractmethod
    def ended(self, written: Written) -> None:
        """Hear what it came to."""


def write(site: Systems, embedded: Embedded, telling: Telling) -> Written:
    """Order anew what a supplier last delivered, whose name two firms have; *site* is closed afterwards.

    Raises:
        PortError: the sandbox does not answer; see `ports.errors`.
    """
    with _governed(site) as path:
        asked = path.resolver.resolve(Mention(kind=SupplierId, said=SAID), HERE)
        if not isinstance(asked, Ambiguous):
            raise NotFound(f"the sandbox should know several firms called {SAID}")
        telling.halted(asked)
        path.promote(
            "caio", PlacePurchaseOrder.terms.action, HERE, to=Stage.SUPERVISED, because="for the demonstration"
        )
        request = Request(account=REQUESTER, agent=AGENT, scope=HERE, occasion="REQ-17", rationale=WHY)
        intent = path.submit(request, _reorder(path, asked.candidates[-1].id))
        approved, lost = telling.approves(card(intent)), False
        if approved:
            path.approve(APPROVER, [Reviewed(intent.id, intent.proposal.digest)])
            embedded.lose_next_answer(HERE.system)
            path.sweep()
            lost = _now(path, intent).state is State.IN_DOUBT
            telling.lost(card(_now(path, intent)))
            _finish(path, intent)
        written = _written(path, intent, asked, approved=approved, lost=lost)
    telling.ended(written)
    return written


def _reorder(path: Governed, key: SupplierId) -> PlacePurchaseOrder:
    """Make the order: what the supplier last delivered, once more at the same price."""
    supplier = _resolved(path, key)
    orders = path.executions.systems.erp(HERE.system).purchase_orders.find(PurchaseOrderQuery(supplier=key))
    last = max((order for order in orders if order.lines[0].product is not None), key=lambda order: order.ordered_on)
    line = last.lines[0]
    product = _resolved(path, ProductId(str(line.product)))
    return PlacePurchaseOrder(
        supplier=supplier,
        ordered_on=datetime.now(UTC).date(),
        currency=last.currency,
        reference="REQ-17",
        lines=(OrderedLine(product=product, ordered=line.ordered, price=line.price, due_on=None),),
    )


def _resolved(path: Governed, key: T) -> Resolved[T]:
    found = path.resolver.resolve(Mention(kind=type(key), said=key.text), HERE)
    if not isinstance(found, Resolved):
        raise NotFound(f"the sandbox should know {key}")
    return found


def _finish(path: Governed, intent: Intent) -> None:
    """Do what a worker does, until the intent is at rest."""
    ends = path.journal.clock.now() + _LONGEST
    while (due := _now(path, intent).due_at) is not None and (now := path.journal.clock.now()) < ends:
        sleep(max(0.0, (due - now).total_seconds()))
        path.sweep()


def _now(path: Governed, intent: Intent) -> Intent:
    with path.ledger.view() as view:
        return view.intent(intent.id)


def _written(path: Governed, begun: Intent, asked: Ambiguous[SupplierId], *, approved: bool, lost: bool) -> Written:
    ended = _now(path, begun)
    found = path.executions[HERE].locate(ended.proposal.command, reference=ended.reference)
    return Written(
        candidates=tuple(f"{each.label} ({each.id})" for each in asked.candidates),
        proposed=card(begun),
        approved=approved,
        lost=lost,
        ended=card(ended),
        sendings=ended.sendings,
        found=len(found),
        records=sum(1 for stream in path.ledger.streams() for _ in path.ledger.records(stream)),
        flaws=len(path.verify(path.anchors.read())),
    )


@contextmanager
def _governed(site: Systems) -> Iterator[Governed]:
    """Put a governed path together whose ledger is gone afterwards."""
    with TemporaryDirectory(prefix="dragoman-") as name:
        folder = Path(name)
        people = folder / "people.toml"
        people.write_text(_PEOPLE, encoding="utf-8")
        settings = LedgerSettings(
            url=SecretStr(f"sqlite:///{folder / 'ledger.db'}"),
            key=SecretStr("only for the demonstration, and gone with it"),
            anchors=folder / "anchors",
        )
        care = Care(
            directory=people_at(people),
            policy=Policy(version="the demonstration's", patience=Patience(pause=timedelta(milliseconds=200))),
            ladder=Ladder(supervised=Required()),
        )
        with assembled(site, {HERE.system: (HERE.company,)}, settings, care) as path:
            yield path
