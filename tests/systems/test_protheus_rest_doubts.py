"""What a Protheus does not say, or a site has not created: who may look, and what is never claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NoReturn

import pytest
from attrs import evolve

from acl.conditions import Where
from acl.protheus.rest.rows import Row
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.systems.protheus_rest import protheus_rest
from adapters.systems.protheus_rest_tables import ProtheusTable, ProtheusTables
from contracts.laws.executions import reference
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import PurchaseOrderId
from domain.suppliers import SupplierBlock
from ports.errors import Misconfigured, NotLocatable, OutcomeUnknown, Refused, Unavailable
from sandbox.misbehaviour import Complain, InnerError, Refuse, Repeat
from sandbox.protheus_rest import ORDER_REFERENCE
from tests.governed.examples import resolved
from tests.systems.protheus_rest_writing import NO_REFERENCES, creating, placing, running, suppliers


def test_a_site_with_both_fields_lacks_nothing() -> None:
    with running() as protheus:
        assert protheus.execution.lacks() == ()


def test_a_site_that_names_no_fields_is_told_what_to_create_and_a_person_looks() -> None:
    """X-REF-05: without a field of its own no write can be found again."""
    with running(NO_REFERENCES) as protheus:
        suppliers_lack, orders_lack = protheus.execution.lacks()
        for command in (creating(), placing(suppliers()[0])):
            with pytest.raises(NotLocatable, match="create a field"):
                protheus.execution.locate(command, reference=reference(1))

        assert "SA2" in suppliers_lack
        assert "SC7" in orders_lack


def test_a_field_that_the_dictionary_does_not_have_is_told_and_a_person_looks() -> None:
    with running(references=()) as protheus:
        assert [each.partition(",")[0] for each in protheus.execution.lacks()] == [
            "create the field A2_XIDEXT in SA2",
            f"create the field {ORDER_REFERENCE} in SC7",
        ]
        with pytest.raises(NotLocatable, match=ORDER_REFERENCE):
            protheus.execution.locate(placing(suppliers()[0]), reference=reference(1))


def test_an_order_can_be_placed_without_a_field_for_our_reference() -> None:
    with running(NO_REFERENCES) as protheus:
        done = protheus.execution.perform(placing(suppliers()[0]), reference=reference(1), expected=None)

        assert isinstance(done.record, PurchaseOrderId)
        assert protheus.erp.purchase_orders.get(done.record).reference == "REQ-17"


@pytest.mark.parametrize("fault", [Complain(), InnerError()])
def test_an_error_inside_a_success_is_in_doubt_where_nobody_can_look(fault: Complain | InnerError) -> None:
    """One of the two was written, and the answers are alike."""
    with running(NO_REFERENCES) as protheus:
        protheus.server.misbehaviour.writing(fault)
        with pytest.raises(OutcomeUnknown, match="nobody can look"):
            protheus.execution.perform(placing(suppliers()[0]), reference=reference(1), expected=None)

        assert len(protheus.journal) == (1 if isinstance(fault, Complain) else 0)


def test_an_error_inside_a_success_is_in_doubt_when_nobody_can_look_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was written; were it told as not sent, it would be sent again."""

    def away(*_: object) -> NoReturn:
        raise Unavailable("the framework is not there")

    with running() as protheus:
        protheus.server.misbehaviour.writing(Complain())
        monkeypatch.setattr(ProtheusTables, "lacks", away)
        with pytest.raises(OutcomeUnknown, match="nobody can look"):
            protheus.execution.perform(placing(suppliers()[0]), reference=reference(1), expected=None)

        assert len(protheus.journal) == 1


def test_an_error_inside_a_success_is_a_refusal_where_one_can_look_and_nothing_is_there() -> None:
    """PREST-04, PRO-WR-03: 202, and the log of the routine in it."""
    supplier, command = suppliers()[0], placing(suppliers()[1])
    block = BlockSupplier(supplier=resolved(supplier), block=SupplierBlock.ALL)
    with running() as protheus:
        for refused in (block, command):
            protheus.server.misbehaviour.writing(InnerError())
            with pytest.raises(Refused) as caught:
                protheus.execution.perform(refused, reference=reference(1), expected=None)
            assert "O orcamento do periodo esta esgotado" in caught.value.reasons
        for written in (block, command):
            protheus.server.misbehaviour.writing(Complain())
            with pytest.raises(OutcomeUnknown, match="may stand there"):
                protheus.execution.perform(written, reference=reference(1), expected=None)

        assert len(protheus.journal) == 2


def test_a_reference_is_ours_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some databases compare texts without regard to case."""
    command, read = placing(suppliers()[0]), ProtheusTables.read

    def folding(tables: ProtheusTables, table: ProtheusTable, where: Sequence[Where]) -> Iterator[list[Row]]:
        for rows in read(tables, table, where):
            yield [
                {name: str(cell).lower() if name == ORDER_REFERENCE else cell for name, cell in row.items()}
                for row in rows
            ]

    with running() as protheus:
        protheus.execution.perform(command, reference=reference(1), expected=None)
        monkeypatch.setattr(ProtheusTables, "read", folding)
        with pytest.raises(NotLocatable, match="just like it"):
            protheus.execution.locate(command, reference=reference(1))


def test_a_plain_refusal_is_one_even_where_nobody_can_look() -> None:
    with running(NO_REFERENCES) as protheus:
        protheus.server.misbehaviour.writing(Refuse())
        with pytest.raises(Refused):
            protheus.execution.perform(placing(suppliers()[0]), reference=reference(1), expected=None)


def test_a_success_without_a_key_is_in_doubt_and_found_by_our_reference() -> None:
    """PREST-10: ``{"message": "success"}`` leads back to no record."""
    with running(keyless=True) as protheus:
        for command in (creating(), placing(suppliers()[0])):
            with pytest.raises(OutcomeUnknown, match="did not say under which key"):
                protheus.execution.perform(command, reference=reference(command), expected=None)
            (found,) = protheus.execution.locate(command, reference=reference(command))
            assert protheus.execution.read_back(command, found).fields


def test_a_duplicate_answer_to_a_repetition_is_not_told_as_a_refusal() -> None:
    """X-OUT-07: 010 says that it is there already, because the first call was carried out."""
    command = placing(suppliers()[0])
    with running(refuses_twins=True) as protheus:
        protheus.server.misbehaviour.writing(Repeat())
        with pytest.raises(OutcomeUnknown, match="may stand there"):
            protheus.execution.perform(command, reference=reference(1), expected=None)

        assert len(protheus.execution.locate(command, reference=reference(1))) == len(protheus.journal) == 1
        with pytest.raises(OutcomeUnknown):  # it stands there, whoever asks for it once more
            protheus.execution.perform(command, reference=reference(1), expected=None)
        assert len(protheus.journal) == 1


def test_a_token_that_died_is_replaced_and_the_write_is_one() -> None:
    """PREST-12: the framework turns away what comes with an old token before any service looks at it."""
    with running() as protheus:
        command = placing(suppliers()[0])
        protheus.execution.observe(command)
        before = protheus.server.logons
        protheus.server.misbehaviour.expire_session()
        protheus.execution.perform(command, reference=reference(1), expected=None)

        assert protheus.server.logons == before + 1
        assert (len(protheus.journal), protheus.server.misbehaviour.writes_met) == (1, 1)


def test_rows_of_another_branch_are_never_taken_for_ours() -> None:
    """PREST-02: without the header the first configured branch answers, in the right form."""
    with running() as protheus:
        lost = evolve(protheus.connection, headers={})
        with (
            protheus_rest("protheus", lost, "01", "01", InMemoryQuarantine(), {}) as erp,
            pytest.raises(Misconfigured, match="branch '02'"),
        ):
            erp.check()


def test_a_no_to_a_question_is_not_taken_for_a_no_to_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """PREST-06: a framework in trouble refuses questions, too; the order may stand there all the same."""
    command = placing(suppliers()[0])
    with running() as protheus:
        protheus.execution.perform(command, reference=reference(1), expected=None)

        def refused(*_: object) -> Iterator[list[Row]]:
            raise Refused("genericQuery: the API refused (HTTP 500)")

        monkeypatch.setattr(ProtheusTables, "read", refused)
        for look in (
            lambda: protheus.execution.locate(command, reference=reference(1)),
            lambda: protheus.execution.observe(command),
        ):
            with pytest.raises(Unavailable, match="nothing was learned"):
                look()
