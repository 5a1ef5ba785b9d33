"""Reading ``policy.toml``: how careful the site is with which action.

Whatever could make the site less careful than its author thought is refused: a rule about an action, a fact, a system
or a company that nobody knows would never hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from attrs import evolve
from pydantic import BaseModel, ConfigDict, Field

from adapters.config.complaints import unknown
from adapters.config.toml_file import as_model, read_toml
from domain.classification import ActionClass
from domain.commands.catalogue import COMMANDS
from domain.currency import Currency
from domain.errors import DomainError
from domain.money import Money
from domain.policy import FORBIDDEN, Above, Condition, Forbidden, Is, Names, Patience, Policy, Rule
from domain.promotion import Ladder, Required
from domain.quantity import Quantity
from domain.units import Unit
from ports.errors import Misconfigured

FACTS = {command.terms.action: command.terms.facts for command in COMMANDS}
"""The facts that can stand in a condition, by the action that they are read for."""
_NotAsked = Literal["not asked"]
_NOT_ASKED: _NotAsked = "not asked"
"""What a file says of evidence that a step does not need."""
_STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class _Limit(BaseModel):
    model_config = _STRICT

    amount: str | int
    currency: str | None = None
    unit: str | None = None


class _Rule(BaseModel):
    model_config = _STRICT

    action: str | None = None
    system: str | None = None
    company: str | None = None
    fact: str | None = None
    above: _Limit | None = None
    one_of: Annotated[list[str], Field(min_length=1)] | None = None
    names: Annotated[list[str], Field(min_length=1)] | None = None
    verdict: Literal["read", "low", "high", "irreversible", "forbidden"]


class _Patience(BaseModel):
    model_config = _STRICT

    approval: timedelta | None = None
    lease: timedelta | None = None
    pause: timedelta | None = None
    settling: timedelta | None = None
    deciding: timedelta | None = None
    losses: Annotated[int, Field(ge=1)] | None = None


class _Required(BaseModel):
    model_config = _STRICT

    lasting: timedelta | _NotAsked = _NOT_ASKED
    proposals: int | _NotAsked = _NOT_ASKED
    compared: int | _NotAsked = _NOT_ASKED
    done: int | _NotAsked = _NOT_ASKED
    same: Decimal | _NotAsked = _NOT_ASKED
    approved: Decimal | _NotAsked = _NOT_ASKED
    refused: Decimal | _NotAsked = _NOT_ASKED
    settled: Decimal | _NotAsked = _NOT_ASKED
    undone: Decimal | _NotAsked = _NOT_ASKED
    decision: timedelta | _NotAsked = _NOT_ASKED


class _Rollout(BaseModel):
    model_config = _STRICT

    supervised: dict[str, object] = Field(default_factory=dict)
    autonomous: dict[str, object] = Field(default_factory=dict)
    high_volume: dict[str, object] = Field(default_factory=dict, alias="high-volume")


class _File(BaseModel):
    model_config = _STRICT

    rules: list[dict[str, object]] = Field(default_factory=list)
    patience: dict[str, object] = Field(default_factory=dict)
    rollout: dict[str, object] = Field(default_factory=dict)


def policy_at(path: Path, *, companies: Mapping[str, Collection[str]]) -> tuple[Policy, Ladder]:
    """Read a policy, and the evidence that each step of the rollout needs.

    The policy's version is the digest of the file. *companies* are those that can be written to, by system.

    Raises:
        Misconfigured: the file is not of the form, or holds a rule that would never hold.
    """
    content, given = read_toml(path, otherwise="write it, or leave `policy` out of [governance]")
    file = as_model(_File, given, place=str(path), folder=path.parent)
    rules = tuple(
        _rule(each, f"{path}: rules[{number}]", path.parent, companies) for number, each in enumerate(file.rules, 1)
    )
    patience = as_model(_Patience, file.patience, place=f"{path}: patience", folder=path.parent)
    policy = Policy(
        version=hashlib.sha256(content).hexdigest(), rules=rules, patience=_patience(patience, f"{path}: patience")
    )
    return policy, _ladder(as_model(_Rollout, file.rollout, place=f"{path}: rollout", folder=path.parent), path)


def _ladder(given: _Rollout, path: Path) -> Ladder:
    """Give what each step needs; what the file leaves open is as it is by default."""
    steps: dict[str, Required] = {}
    for name, needs in given.model_dump().items():
        place = f"{path}: rollout.{name.replace('_', '-')}"
        said = as_model(_Required, needs, place=place, folder=path.parent).model_dump(exclude_unset=True)
        asked = {key: None if value == _NOT_ASKED else value for key, value in said.items()}
        try:
            steps[name] = evolve(getattr(Ladder(), name), **asked)
        except DomainError as error:
            raise Misconfigured(f"{place}: {error}") from None
    return evolve(Ladder(), **steps)


def _patience(given: _Patience, place: str) -> Patience:
    said = {name: value for name, value in given.model_dump().items() if value is not None}
    for name, value in said.items():
        if isinstance(value, timedelta) and value <= timedelta():
            raise Misconfigured(f"{place}: {name} must be more than nothing")
    return evolve(Patience(), **said)


def _rule(given: object, place: str, folder: Path, companies: Mapping[str, Collection[str]]) -> Rule:
    said = as_model(_Rule, given, place=place, folder=folder)
    if said.action is not None and said.action not in FACTS:
        raise Misconfigured(f"{place}: {unknown(f'the action {said.action!r}', said.action, FACTS)}")
    require_known(said.system, said.company, place, companies)
    return Rule(
        action=said.action,
        system=said.system,
        company=said.company,
        when=_condition(said, place),
        verdict=_verdict(said.verdict),
    )


def require_known(
    system: str | None, company: str | None, place: str, companies: Mapping[str, Collection[str]]
) -> None:
    """See that what is said at *place* is about something that can be written to: otherwise it would never hold.

    Raises:
        Misconfigured: nobody knows the system, or the company in it.
    """
    if system is not None and system not in companies:
        raise Misconfigured(f"{place}: {unknown(f'the system {system!r}', system, companies)}")
    there = {each for name, some in companies.items() if system in (None, name) for each in some}
    if company is not None and company not in there:
        raise Misconfigured(f"{place}: {unknown(f'the company {company!r}', company, there)}")


def _verdict(text: str) -> ActionClass | Forbidden:
    return FORBIDDEN if text == FORBIDDEN.value else ActionClass(text)


def _condition(said: _Rule, place: str) -> Condition | None:
    given = [name for name in ("above", "one_of", "names") if getattr(said, name) is not None]
    if len(given) > 1:
        raise Misconfigured(f"{place}: {' and '.join(given)} stand in one rule; write a rule for each")
    if (said.fact is not None) != (given in (["above"], ["one_of"])):
        raise Misconfigured(f"{place}: `fact` says what `above` or `one_of` is about; give both, or neither")
    if said.names is not None:
        return Names(frozenset(said.names))
    if said.fact is None:
        return None
    known = FACTS[said.action] if said.action is not None else {fact for facts in FACTS.values() for fact in facts}
    if said.fact not in known:
        raise Misconfigured(f"{place}: {unknown(f'the fact {said.fact!r}', said.fact, known)}")
    if said.one_of is not None:
        return Is(said.fact, frozenset(said.one_of))
    return Above(said.fact, _limit(said.above, f"{place}.above"))


def _limit(said: _Limit | None, place: str) -> Money | Quantity | Decimal:
    if said is None or (said.currency is not None and said.unit is not None):
        raise Misconfigured(f"{place}: a limit is in a currency, in a unit, or a plain number")
    try:
        amount = Decimal(said.amount)
        if said.currency is not None:
            return Money(Currency(said.currency), amount)
        if said.unit is not None:
            return Quantity(amount, Unit(said.unit))
    except (ArithmeticError, DomainError) as error:
        told = str(error) if isinstance(error, DomainError) else f"{said.amount!r} is no number"
        raise Misconfigured(f"{place}: {told}") from None
    if not amount.is_finite():
        raise Misconfigured(f"{place}: {said.amount!r} is no number")
    return amount
