"""Reading ``people.toml``: who people are, their accounts, the agents they answer for, and what they may do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from attrs import frozen
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from adapters.config.complaints import dotted, unknown
from adapters.config.policy import FACTS, require_known
from adapters.config.toml_file import as_model, read_toml
from domain.approvals import Delegation
from domain.errors import DomainError
from domain.identifiers import PersonId
from domain.principals import Agent, Principal
from domain.questions import NAMES
from domain.scope import Scope
from ports.directory import Directory, Right
from ports.errors import AccessDenied, Misconfigured

_STRICT = ConfigDict(extra="forbid", frozen=True)


class _May(BaseModel):
    model_config = _STRICT

    do: list[Right] = Field(min_length=1)
    action: str | None = None
    system: str | None = None
    company: str | None = None


class _Person(BaseModel):
    model_config = _STRICT

    accounts: list[str] = Field(min_length=1)
    may: list[dict[str, object]] = Field(default_factory=list)


class _Agent(BaseModel):
    model_config = _STRICT

    owner: str
    stopped: bool = False


class _Delegation(BaseModel):
    model_config = _STRICT

    giver: str
    taker: str
    starts: AwareDatetime
    ends: AwareDatetime


class _File(BaseModel):
    model_config = _STRICT

    people: dict[str, dict[str, object]] = Field(min_length=1)
    agents: dict[str, dict[str, object]] = Field(default_factory=dict)
    delegations: list[dict[str, object]] = Field(default_factory=list)


@frozen(kw_only=True)
class People(Directory):
    """The people of a site, as its file says."""

    accounts: Mapping[str, Principal]
    agents: Mapping[str, Agent]
    stopped: Collection[str]
    rights: Mapping[PersonId, Sequence[_May]]
    given: Sequence[Delegation]

    def principal(self, account: str) -> Principal:
        if account not in self.accounts:
            raise AccessDenied(f"nobody is known as {account}")
        return self.accounts[account]

    def agent(self, name: str) -> Agent:
        if name not in self.agents:
            raise AccessDenied(f"no agent is known as {name}")
        if name in self.stopped:
            raise AccessDenied(f"the agent {name} is stopped")
        return self.agents[name]

    def may(self, person: PersonId, right: Right, action: str, scope: Scope) -> bool:
        return any(
            right in each.do
            and each.action in (None, action)
            and each.system in (None, scope.system)
            and each.company in (None, scope.company)
            for each in self.rights.get(person, ())
        )

    def delegations(self, taker: PersonId, now: datetime) -> Sequence[Delegation]:
        return [each for each in self.given if each.taker == taker and each.holds(now)]


def people_at(path: Path, *, companies: Mapping[str, Collection[str]] | None = None) -> People:
    """Read who people are; *companies* are those that can be written to, by system, if that is to be seen to.

    Raises:
        Misconfigured: the file is not of the form, an account is two people's, or somebody is named who is not there.
    """
    _, given = read_toml(path, otherwise="write it, and name your approvers there")
    file = as_model(_File, given, place=str(path), folder=path.parent)
    accounts: dict[str, Principal] = {}
    rights: dict[PersonId, tuple[_May, ...]] = {}
    for key, each in file.people.items():
        place = f"{path}: {dotted(['people', key])}"
        person, said = _person(key, file.people, place), as_model(_Person, each, place=place, folder=path.parent)
        for account in said.accounts:
            if account in accounts:
                raise Misconfigured(f"{place}: the account {account} is {accounts[account].person}'s already")
            accounts[account] = Principal(account, person)
        rights[person] = tuple(
            _right(may, f"{place}.may[{n}]", path.parent, companies) for n, may in enumerate(said.may, 1)
        )
    agents = {name: _agent(name, each, path, file.people) for name, each in file.agents.items()}
    return People(
        accounts=accounts,
        agents={name: agent for name, (agent, _) in agents.items()},
        stopped=frozenset(name for name, (_, stopped) in agents.items() if stopped),
        rights=rights,
        given=tuple(_delegation(each, n, path, file.people) for n, each in enumerate(file.delegations, 1)),
    )


def _right(given: object, place: str, folder: Path, companies: Mapping[str, Collection[str]] | None) -> _May:
    said = as_model(_May, given, place=place, folder=folder)
    known = [*FACTS, NAMES]
    if said.action is not None and said.action not in known:
        raise Misconfigured(f"{place}: {unknown(f'the action {said.action!r}', said.action, known)}")
    if companies is not None:
        require_known(said.system, said.company, place, companies)
    return said


def _agent(name: str, given: object, path: Path, people: Collection[str]) -> tuple[Agent, bool]:
    place = f"{path}: {dotted(['agents', name])}"
    said = as_model(_Agent, given, place=place, folder=path.parent)
    return Agent(name, _person(said.owner, people, place)), said.stopped


def _delegation(given: object, number: int, path: Path, people: Collection[str]) -> Delegation:
    place = f"{path}: delegations[{number}]"
    said = as_model(_Delegation, given, place=place, folder=path.parent)
    if not said.starts < said.ends:
        raise Misconfigured(f"{place}: it ends before it starts")
    return Delegation(
        giver=_person(said.giver, people, place),
        taker=_person(said.taker, people, place),
        starts=said.starts.astimezone(UTC),
        ends=said.ends.astimezone(UTC),
    )


def _person(key: str, people: Collection[str], place: str) -> PersonId:
    if key not in people:
        raise Misconfigured(f"{place}: {unknown(f'the person {key!r}', key, people)}")
    try:
        return PersonId(key)
    except DomainError as error:
        raise Misconfigured(f"{place}: {error}") from None
