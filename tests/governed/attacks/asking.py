"""Attacks by those who ask, and by what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from domain.commands.command import Command, Made
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import CustomerId, SupplierId
from domain.policy import FORBIDDEN, Names, Policy, Rule
from domain.scope import Scope
from domain.stages import Stage
from domain.suppliers import SupplierBlock
from tests.governed.attacks.attack import Attack, Attempt, ended, error
from tests.governed.examples import BLOCK, MORNING, PLACE, RENAME, resolved
from tests.governed.house import House, asked

ELSEWHERE = Scope("sap", "2000")
OLD = resolved(SupplierId("4711"), expires_at=MORNING)
FOREIGN = resolved(SupplierId("4711"), scope=ELSEWHERE)
PAYMENT = SupplierBlock.PAYMENT
NAME: Any = "ACME Ltd"


def _submit(command: Command = RENAME, **request: Any) -> Attempt:
    return lambda house: error(lambda: house.submit(asked(**request), command))


def _block(supplier: Any) -> BlockSupplier:
    return BlockSupplier(supplier=supplier, block=PAYMENT)


def _made(make: Callable[[], object]) -> Attempt:
    return lambda _: error(make)


def _policy(*rules: Rule, command: Command = BLOCK) -> Attempt:
    def attempt(house: House) -> str:
        house.policy = Policy(version="policy 2", rules=rules)
        return ended(house, house.submit(asked(), command))

    return attempt


def _staged(stage: Stage) -> Attempt:
    def attempt(house: House) -> str:
        house.gate.at = stage
        return ended(house, house.submit(asked(), RENAME))

    return attempt


def _other_content(house: House) -> str:
    house.submit(asked(), PLACE)
    dearer = evolve(PLACE, lines=PLACE.lines[:1])
    return error(lambda: house.submit(asked(), dearer))


def _another_occasion(house: House) -> str:
    house.submit(asked(), PLACE)
    return error(lambda: house.submit(asked("REQ-99"), PLACE))


ASKING = (
    Attack("an unknown account asks", _submit(account="mallory"), "nobody is known as mallory"),
    Attack("an unknown agent asks", _submit(agent="ghost"), "no agent is known as ghost"),
    Attack("an account that merely looks alike asks", _submit(account="аna"), "nobody is known as"),
    Attack(
        "a record is named by its name",
        _made(lambda: _block(NAME)),
        "must be a resolved",
        recorded=False,
    ),
    Attack(
        "a record is named by a key that nobody resolved",
        _made(lambda: _block(SupplierId("4711"))),
        "must be a resolved",
        recorded=False,
    ),
    Attack(
        "a customer stands for a supplier",
        _made(lambda: _block(resolved(CustomerId("4711")))),
        "must be a resolved",
        recorded=False,
    ),
    Attack(
        "a command's target is swapped for a name",
        _made(lambda: evolve(BLOCK, supplier=NAME)),
        "must be a resolved",
        recorded=False,
    ),
    Attack("the resolution is too old", _submit(BlockSupplier(supplier=OLD, block=PAYMENT)), "resolved too long ago"),
    Attack(
        "the record was resolved in another company",
        _submit(BlockSupplier(supplier=FOREIGN, block=PAYMENT)),
        "was resolved in",
    ),
    Attack(
        "the company is not ours",
        _submit(BlockSupplier(supplier=FOREIGN, block=PAYMENT), scope=ELSEWHERE),
        "not offered",
    ),
    Attack(
        "a promise of another saga stands for a record",
        _submit(BlockSupplier(supplier=Made("place"), block=PAYMENT)),
        "no earlier step",
    ),
    Attack("one occasion is used for another command", _other_content, "another command was given"),
    Attack("the same is asked for again on another occasion", _another_occasion, "is under way"),
    Attack(
        "a record on the deny list is written",
        _policy(Rule(verdict=FORBIDDEN, when=Names(frozenset({"4711"})))),
        "refused: the policy forbids it",
    ),
    Attack(
        "an action that is only proposed is executed",
        _staged(Stage.READ_ONLY),
        "refused: change supplier is only proposed",
    ),
    Attack("a supervised action runs by itself", _staged(Stage.SUPERVISED), "lapsed: nobody decided"),
)
