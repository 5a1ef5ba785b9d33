"""What every command declares."""

from __future__ import annotations

import pytest
from attrs import evolve, fields

from domain.classification import ActionClass, Reversibility
from domain.commands.catalogue import COMMANDS
from domain.commands.command import UNCHANGED, Command, Made, NoUndo
from domain.commands.purchase_orders import CancelPurchaseOrder, ChangePurchaseOrderLine
from domain.commands.suppliers import ChangeSupplier
from domain.errors import InvalidValue
from domain.identifiers import LineNumber
from domain.images import Change, Image, NotRead, changes
from domain.resolution import Resolved
from tests.governed.examples import EXAMPLES, ORDER, PLACE, RENAME, SUPPLIER

EACH = pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: command.terms.action)


def test_every_class_of_commands_is_in_the_catalogue_and_has_an_example() -> None:
    def leaves(kind: type) -> set[type]:
        return {kind} if not kind.__subclasses__() else set().union(*map(leaves, kind.__subclasses__()))

    made = {kind for kind in leaves(Command) if kind.__module__.startswith("domain.")}
    assert {kind.__name__ for kind in made} == {kind.__name__ for kind in COMMANDS}
    assert {type(example) for example in EXAMPLES} == set(COMMANDS)


def test_no_two_actions_share_a_name() -> None:
    assert len({kind.terms.action for kind in COMMANDS}) == len(COMMANDS)


@EACH
def test_whatever_a_command_says_is_a_target_or_stands_in_its_preview(command: Command) -> None:
    shown = {change.path for change in changes(Image(()), command.effect)}
    for attribute in fields(type(command)):
        value = getattr(command, attribute.name)
        path = attribute.metadata.get("dragoman.sets")
        named = any(value is target for target in command.targets)
        assert value in (None, UNCHANGED) or named or any(each.split("[")[0] == path for each in shown), attribute.name


@EACH
def test_an_undo_is_there_exactly_if_the_command_says_that_it_can_be_taken_back(command: Command) -> None:
    was = command.effect
    undo = command.undo(was, Made("it") if command.terms.creates is not None else None)

    assert isinstance(undo, NoUndo) == (command.terms.reversibility is Reversibility.IRREVERSIBLE)


@EACH
def test_a_reversible_command_undone_writes_what_stood_there(command: Command) -> None:
    if command.terms.reversibility is not Reversibility.REVERSIBLE or type(command).__name__.startswith("Dispute"):
        return
    undo = command.undo(command.effect, None)

    assert isinstance(undo, Command)
    assert undo.effect == command.effect


@EACH
def test_a_command_stands_on_every_field_that_it_sets(command: Command) -> None:
    for path, _ in command.effect.fields:
        assert any(path == on or path.split("[")[0] == on for on in command.stands_on())


@EACH
def test_what_creates_a_record_is_located_by_reference(command: Command) -> None:
    assert command.terms.creates is None or command.terms.located_by.value == "reference"


@EACH
def test_a_card_shows_at_least_one_fact(command: Command) -> None:
    assert command.terms.facts


@EACH
def test_what_changes_an_erp_is_never_classified_as_reading(command: Command) -> None:
    assert command.terms.by_default is not ActionClass.READ


@EACH
def test_it_names_what_it_is_about(command: Command) -> None:
    assert command.subjects or command.terms.creates is not None
    assert all(isinstance(target, Resolved) for target in command.targets)


def test_the_lines_of_an_order_stand_one_by_one_in_its_effect() -> None:
    effect = dict(PLACE.effect.fields)

    assert effect["lines[2].due_on"] is None
    assert str(effect["lines[1].product"]) == "B-12"
    assert len(PLACE.targets) == 3
    assert len(PLACE.subjects) == 1


def test_the_undo_of_an_order_is_about_the_order_that_will_be_made() -> None:
    assert PLACE.undo(Image(()), Made("place")) == CancelPurchaseOrder(order=Made("place"))


def test_what_was_not_read_cannot_be_put_back() -> None:
    with pytest.raises(NotRead, match="nobody knows what to put back"):
        RENAME.undo(Image(()), None)


def test_a_change_of_nothing_is_no_command() -> None:
    with pytest.raises(InvalidValue, match="change of nothing"):
        ChangeSupplier(supplier=SUPPLIER)
    with pytest.raises(InvalidValue, match="change of nothing"):
        ChangePurchaseOrderLine(order=ORDER, line=LineNumber("10"))


def test_an_order_is_in_one_currency() -> None:
    with pytest.raises(InvalidValue, match="stands in an order in"):
        evolve(PLACE, currency=type(PLACE.currency)("USD"))


def test_several_values_of_one_field_stand_in_no_order() -> None:
    """Every ERP lists tax numbers and accounts in its own."""
    assert Change("tax_ids", ("a", "b"), ("b", "a")).is_none
    assert not Change("tax_ids", ("a", "b"), ("a",)).is_none
    assert not Change("tax_ids", (), None).is_none
