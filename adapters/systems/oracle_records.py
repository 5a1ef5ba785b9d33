"""Fusion's records as commands need them: read as they stand, and written by one call or one action."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

from attrs import field, frozen

from acl.conditions import Comparison, Condition, Where
from acl.mapping import Origin
from acl.oracle.commands.calls import Action, Call, Raw, Stored, Write, meant, refused_inside
from acl.oracle.commands.catalogue import Kind
from adapters.systems.oracle_actions import OracleActions
from adapters.systems.oracle_finding import RECORD, Finding
from domain.identifiers import Identifier
from domain.images import Version
from domain.suppliers import Supplier
from ports.errors import Drifted, NotFound, OutcomeUnknown, Refused, TranslationError, Unavailable
from ports.queries import Operator


@frozen(kw_only=True)
class OracleRecords:
    """The records of one legal entity of Fusion; *name* is the site's own name for the system.

    Not for several threads at once.
    """

    name: str
    kinds: Mapping[type[Identifier], Kind]
    findings: Mapping[type[Identifier], Finding]
    actions: OracleActions
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def read(self, key: Identifier) -> Stored[object]:
        """Read one record.

        Raises:
            NotFound: it is not there, or not there for us.
            Drifted: it cannot be translated, or there are several.
            AccessDenied, Misconfigured, Refused, Unavailable, Unintelligible: see `adapters.soap.faults`.
        """
        kind = self.kinds[type(key)]
        where = kind.mapping.key.conditions((), Operator.EQUALS, key) or ()
        found = [each for each in self.found(type(key), where) if cast("Supplier", each.value).id == key]
        if not found:
            raise NotFound(f"{self.name} has no {kind.name} {key}")
        if len(found) > 1:
            raise Drifted(f"{self.name} has several records of the {kind.name} {key}; a person must look")
        return found[0]

    def found(self, of: type[Identifier], where: Sequence[Where], *, dead: bool = False) -> Iterator[Stored[object]]:
        """Read all live records that meet *where*, and the *dead* ones too if they count.

        It raises what `read` does, but for NotFound.
        """
        kind, origin, finding = self.kinds[of], Origin(self.name, self.now()), self.findings[of]
        pages = finding.all_pages if dead else finding.pages
        for page in pages((*kind.live, *where)):
            for raw in page:
                if all(raw.get(each.column) == each.value for each in kind.live):
                    yield self._stored(kind, raw, origin)

    def _stored(self, kind: Kind, raw: Raw, origin: Origin) -> Stored[object]:
        try:
            return Stored(raw=raw, value=kind.mapping.read(raw, origin=origin))
        except TranslationError as error:
            told = f"{error}; it is neither looked at nor written before somebody has mended it"
            raise Drifted(told) from error

    def lacks(self, of: type[Identifier]) -> str | None:
        """Say what must be created before a record of that kind can be found by our reference; ``None`` if nothing.

        Raises:
            AccessDenied, Drifted, Misconfigured, Unavailable, Unintelligible: the service does not say.
        """
        kind = self.kinds[of]
        if self._missing(of, (kind.reference,)):
            return (
                f"{self.name}: add a text segment {kind.segment} of twelve characters or more to the descriptive "
                f"flexfield of the {kind.name}, and deploy it; the service does not have it (X-REF-10)"
            )
        return None

    def hides(self, of: type[Identifier]) -> str | None:
        """Say what the service does not show of how far a change has come; ``None`` if nothing.

        It raises what `lacks` does.
        """
        hidden = self._missing(of, self.kinds[of].columns)
        return (
            f"{self.name}: have the service show {', '.join(hidden)} of the {self.kinds[of].name}" if hidden else None
        )

    def _missing(self, of: type[Identifier], columns: Sequence[str]) -> Sequence[str]:
        finding = self.findings[of]
        return finding.service.missing_elements(finding.operation, columns, record=RECORD)

    def can_be_asked(self, of: type[Identifier]) -> bool:
        """Say whether records can be searched by our reference, which a service need not allow (X-REF-10)."""
        column = self.kinds[of].reference.replace("/", ".")
        try:
            next(iter(self.findings[of].pages((Condition(column, Comparison.EQ, "A" * 12),))), None)
        except Refused:
            return False
        return True

    def path(self, action: Action, order: Identifier) -> str:
        """Find the path of an action on an order; it raises what `OracleActions.path` does."""
        live = {each.column: str(each.value) for each in self.kinds[type(order)].live}
        return self.actions.path(action, {"OrderNumber": order.text, **live})

    def send(self, of: type[Identifier], write: Write, path: str, *, until: float) -> Raw:
        """Write once, and give the answer of a success; *path* is that of an action.

        Raises:
            Refused, Conflict, Locked, NotFound, AccessDenied, Unavailable, Misconfigured: not written.
            OutcomeUnknown: the request left, and no answer came that says whether it was carried out.
        """
        try:
            if isinstance(write, Action):
                answer = self.actions.carry_out(write, path, until=until)
            else:
                answer = self._called(of, write, until)
        except Refused as no:
            raise meant(no) from no
        told = refused_inside(answer)
        if told is None:
            return answer
        what = write.name if isinstance(write, Action) else write.operation
        if told.upper().startswith("ERROR"):
            raise Refused(f"{what}: {self.name} refused inside a success", reasons=(told,))
        raise OutcomeUnknown(f"{what}: {self.name} answered {told!r}, which is neither a success nor a no")

    def _called(self, of: type[Identifier], call: Call, until: float) -> Raw:
        if time.monotonic() > until:
            raise Unavailable(f"{call.operation}: {self.name} was so slow before it that it was not sent any more")
        service = self.findings[of].service
        answers = list(service.call(call.operation, call.arguments, record=RECORD, writing=True))
        return answers[0] if answers else {}

    def close(self) -> None:
        """End the connections."""
        for finding in self.findings.values():
            finding.service.close()
        self.actions.close()


def version(raw: Raw) -> Version:
    """Give the state of a record: all that was read of it, as no service knows versions (FUS-ETAG-02)."""
    return Version(hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest())
