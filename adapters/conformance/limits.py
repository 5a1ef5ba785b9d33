"""What an adapter cannot do, and why: read off its mapping and its plans, so that nobody has to write it down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from acl.collection import Collection
from acl.mapping import Lineage, Plan
from contracts.laws.questions import Question
from contracts.laws.reads import ReadsLaws
from contracts.laws.subject import Aggregate, Limit
from domain.identifiers import Identifier

K = TypeVar("K", bound=Identifier)
Q = TypeVar("Q")
A = TypeVar("A", bound=Aggregate)


def limits_of(collection: Collection[K, Q, A], suite: ReadsLaws[K, Q, A], facts: Sequence[A]) -> tuple[Limit, ...]:
    """Tell which criteria the vendor is not asked, and which attributes are not known or never written.

    The criteria are tried with values of the *facts*; one about which no fact says anything is left out.
    """
    lineage = collection.mapping.lineage
    questions = suite.some_questions(facts) if facts else []
    return (*_criteria(collection, suite, questions), *_attributes(lineage))


def _criteria(
    collection: Collection[K, Q, A], suite: ReadsLaws[K, Q, A], questions: Sequence[Question[Q, A]]
) -> Iterator[Limit]:
    for question in questions:
        plan = collection.plan(question.narrow(suite.everything()))
        if plan.impossible is not None:
            yield Limit(question.field, "nothing is asked, for nothing can match", plan.impossible)
        elif plan.local:
            yield Limit(question.field, _told(plan), _why(plan, collection.mapping.lineage))


def _told(plan: Plan) -> str:
    if not plan.pushed:
        return "not asked of the vendor: everything is fetched and checked here"
    return f"asked of the vendor only in part ({' and '.join(map(str, plan.pushed))}), the rest is checked here"


def _why(plan: Plan, lineage: Sequence[Lineage]) -> str:
    path = plan.local[0].path
    behind = [each for each in lineage if _plain(each.field) == path or _plain(each.field).startswith(f"{path}.")]
    read = [f"{each.codec} of {', '.join(each.columns)}" for each in behind if each.columns]
    operator = plan.local[0].operator.value
    if read:
        return f"no condition of the vendor is sure to say '{operator}' about {'; '.join(read)}"
    return next((each.read_only for each in behind if each.read_only is not None), "the system does not know it")


def _plain(path: str) -> str:
    """Give the attribute's path as a query writes it, without the places in lists."""
    return ".".join(step.partition("[")[0] for step in path.split("."))


def _attributes(lineage: Sequence[Lineage]) -> Iterator[Limit]:
    for each in lineage:
        if each.read_only is None or each.codec == "provenance":
            continue
        told = "read, and never written" if each.columns else f"{each.codec}: this system does not know it"
        yield Limit(each.field, told, each.read_only)
