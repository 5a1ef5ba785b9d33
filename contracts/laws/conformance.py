"""Judging an adapter: one verdict for each law, and the report of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from enum import Enum
from typing import cast

from attrs import frozen

from contracts.laws.subject import Adapter
from contracts.laws.suite import Laws
from contracts.laws.verdicts import LawBroken, NotApplicable, shortened

_MARKUP = {ord("`"): None, ord("*"): None}


class Outcome(Enum):
    """What came of judging one law."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_APPLICABLE = "not applicable"


@frozen(kw_only=True)
class Verdict:
    """One law about one subject: its name in words, the reason for it, and what came of it.

    *told* is the sentence that shows how it was broken, or says why it is not applicable; ``None`` if it is kept.
    *chapter* says in words what the law is about, together with its neighbours.
    """

    law: str
    chapter: str
    reason: str
    outcome: Outcome
    told: str | None

    @property
    def sentence(self) -> str:
        """The law's name as words."""
        return self.law.replace("_", " ")


@frozen(kw_only=True)
class Conformance:
    """What came of judging one adapter of one port; *judged_at* is an instant in UTC."""

    adapter: Adapter
    port: str
    judged_at: datetime
    verdicts: tuple[Verdict, ...]

    @property
    def is_kept(self) -> bool:
        """No law is broken; one at least is kept, or nothing would be shown."""
        counted = self.counted()
        return counted[Outcome.BROKEN] == 0 and counted[Outcome.KEPT] > 0

    def counted(self) -> Counter[Outcome]:
        """Say how many laws came to which outcome."""
        return Counter(verdict.outcome for verdict in self.verdicts)

    def summary(self) -> str:
        """Say in one sentence what came of it."""
        counted = self.counted()
        told = [f"{counted[outcome]} {outcome.value}" for outcome in Outcome if counted[outcome] > 0]
        return f"{self.port.replace('_', ' ')} of {self.adapter.system}: {', '.join(told) or 'nothing was judged'}"


def judge(suite: type[Laws], make_subject: Callable[[], AbstractContextManager[object]]) -> Iterator[Verdict]:
    """Judge law after law of *suite*, each on a subject of its own.

    What goes wrong while a subject is made breaks no law; it is raised as it is.
    """
    for name in suite.names():
        with make_subject() as subject:
            yield _judged(suite, name, subject)


def _judged(suite: type[Laws], name: str, subject: object) -> Verdict:
    law = cast("Callable[[object], None]", getattr(suite(), name))
    try:
        law(subject)
    except LawBroken as error:
        return verdict(suite, name, Outcome.BROKEN, str(error))
    except NotApplicable as reason:
        return verdict(suite, name, Outcome.NOT_APPLICABLE, str(reason))
    except Exception as error:  # noqa: BLE001  # what an adapter gives may make a law stumble in any way
        return verdict(suite, name, Outcome.BROKEN, f"the law stumbled over {type(error).__name__}: {shortened(error)}")
    return verdict(suite, name, Outcome.KEPT, None)


def verdict(suite: type[Laws], name: str, outcome: Outcome, told: str | None) -> Verdict:
    """Say what came of the law that the method *name* of *suite* is."""
    home = next(part for part in suite.__mro__ if name in vars(part))
    return Verdict(
        law=name.removeprefix("test_"),
        chapter=_sentence(home.__doc__).partition(";")[0].rstrip("."),
        reason=_sentence(getattr(suite, name).__doc__),
        outcome=outcome,
        told=told,
    )


def _sentence(doc: str | None) -> str:
    """Give the first line of a docstring without its markup."""
    return "" if doc is None else doc.strip().partition("\n")[0].translate(_MARKUP)
