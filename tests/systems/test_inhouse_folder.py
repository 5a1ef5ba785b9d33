"""The in-house system keeps the laws of writing through its drop folder, and what only files do is told rightly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from sqlalchemy import text

from adapters.systems.inhouse_routes import PATIENCE
from contracts.laws.execution import ExecutionLaws
from contracts.laws.executions import ExecutionSubject, reference
from domain.commands.suppliers import ChangeSupplier
from domain.identifiers import SupplierId
from domain.images import missing
from domain.outcomes import Accepted, Done
from ports.errors import NotLocatable, NotWritable, OutcomeUnknown, Refused, Unavailable
from sandbox.inhouse.books import Day, have
from sandbox.inhouse.night import Mishap
from sandbox.scenario import scenario
from tests.governed.examples import resolved
from tests.systems.inhouse_folder_writing import Dropping, by_folder, told_about_the_folder
from tests.systems.inhouse_writing import one_of_each, one_of_each_kind, out_of_reach, placing, suppliers


class TestTheDropFolderKeepsTheLaws(ExecutionLaws):
    @pytest.fixture
    def subject(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ExecutionSubject]:
        commands = one_of_each_kind() if "fault" in request.fixturenames else one_of_each()
        with by_folder("sqlite", tmp_path) as dropping, out_of_reach() as down:
            yield told_about_the_folder(dropping, down, commands)


@pytest.fixture
def dropping(tmp_path: Path) -> Iterator[Dropping]:
    with by_folder("sqlite", tmp_path) as found:
        yield found


MARK = reference("one")
FILE = f"{MARK}.TXT"
BLOCK, PLACE = one_of_each()[:2]


def test_a_command_is_accepted_until_the_night_and_done_after_it(dropping: Dropping) -> None:
    execution = dropping.system.execution
    for number, command in enumerate(one_of_each()):
        mark = reference(number)
        version = execution.observe(command).version
        assert execution.perform(command, reference=mark, expected=version) == Accepted(handle=f"{mark}.TXT")
        assert execution.locate(command, reference=mark) == (Accepted(handle=f"ENTRADA/{mark}.TXT"),)
    assert dropping.night() == len(one_of_each()) == dropping.system.committed
    for number, command in enumerate(one_of_each()):
        (done,) = execution.locate(command, reference=reference(number))
        assert isinstance(done, Done)
        assert not missing(command.effect, execution.read_back(command, done))


def test_the_file_is_what_the_program_of_2011_takes(dropping: Dropping) -> None:
    """INH-CSV-01, INH-DATE-01, INH-NUM-01: semicolons, the day first, a decimal comma, CR and LF, and an end."""
    dropping.system.execution.perform(PLACE, reference=MARK, expected=None)
    supplier = str(int(suppliers()[1].text))

    assert (dropping.share.path / "ENTRADA" / FILE).read_bytes().decode("cp1252").split("\r\n") == [
        f"00;{MARK};PEDIDO_INCLUIR;",
        f"10;COD_FORN;{supplier}",
        "10;DT_EMISSAO;02/03/2026",
        "10;MOEDA;R$",
        "10;REF;REQ-17",
        "20;10;21;UN;1200;11,35;100;01/04/2026",
        "20;20;A/B 1;UN;2,5;11,35;100;",
        "99;7",
        "",
    ]


def test_a_second_drop_of_the_same_is_no_second_write(dropping: Dropping) -> None:
    execution = dropping.system.execution
    for _ in range(3):  # while it waits, when it is done, and when somebody has cleared the answers away
        with suppress(OutcomeUnknown):
            execution.perform(PLACE, reference=MARK, expected=None)
        dropping.night()
    (dropping.share.path / "SAIDA" / f"{MARK}.RET").unlink()
    (dropping.share.path / "LIDOS" / FILE).unlink()
    execution.perform(PLACE, reference=MARK, expected=None)
    dropping.night()

    assert dropping.system.committed == 1
    assert len(execution.locate(PLACE, reference=MARK)) == 1


def test_a_target_that_changes_before_the_night_is_not_written(dropping: Dropping) -> None:
    execution = dropping.system.execution
    execution.perform(BLOCK, reference=MARK, expected=execution.observe(BLOCK).version)
    dropping.system.meddle(BLOCK)
    dropping.night()

    with pytest.raises(Refused, match="ALTERADO DESDE A CONSULTA"):
        execution.locate(BLOCK, reference=MARK)
    assert dropping.system.committed == 0


def test_what_the_night_refuses_is_told_in_its_own_words(dropping: Dropping) -> None:
    blocked = next(each.number for each in scenario().suppliers if each.block == "purchasing")
    command = placing(SupplierId(blocked))
    dropping.system.execution.perform(command, reference=MARK, expected=None)
    dropping.night()

    with pytest.raises(Refused) as caught:
        dropping.system.execution.locate(command, reference=MARK)
    assert caught.value.reasons == ("FORNECEDOR BLOQUEADO PARA COMPRAS",)


@pytest.mark.parametrize("place", ["ENTRADA", "EM_CURSO", "LIDOS"])
def test_a_file_that_lies_somewhere_for_too_long_is_for_a_person(dropping: Dropping, place: str) -> None:
    """A program that died in the middle never takes a file up again."""
    dropping.system.execution.perform(PLACE, reference=MARK, expected=None)
    (dropping.share.path / "ENTRADA" / FILE).rename(dropping.share.path / place / FILE)
    assert dropping.system.execution.locate(PLACE, reference=MARK) == (Accepted(handle=f"{place}/{FILE}"),)

    later = datetime.now(UTC) + PATIENCE + timedelta(minutes=1)
    execution = evolve(dropping.system.execution, route=evolve(dropping.route, now=lambda: later))
    with pytest.raises(NotLocatable, match=f"lies in {place} since"):
        execution.locate(PLACE, reference=MARK)


@pytest.mark.parametrize("name", [f"{MARK}.TXT.ERRO", "PEDIDO DA MARIA.TXT", f"COPIA DE {MARK}.TXT"])
def test_a_file_that_somebody_has_renamed_is_for_a_person_and_not_dropped_again(dropping: Dropping, name: str) -> None:
    execution = dropping.system.execution
    execution.perform(PLACE, reference=MARK, expected=None)
    (dropping.share.path / "ENTRADA" / FILE).rename(dropping.share.path / "LIDOS" / name)

    with pytest.raises(NotLocatable, match="somebody has renamed"):
        execution.locate(PLACE, reference=MARK)
    with pytest.raises(OutcomeUnknown, match="not dropped again"):
        execution.perform(PLACE, reference=MARK, expected=None)
    assert execution.locate(PLACE, reference=reference("another one")) == ()


def test_what_the_books_know_is_done_whatever_the_files_say(dropping: Dropping) -> None:
    execution = dropping.system.execution
    execution.perform(PLACE, reference=MARK, expected=None)
    dropping.night(Mishap.REPORT)
    (done,) = execution.locate(PLACE, reference=MARK)
    for file in ("LIDOS/" + FILE, f"SAIDA/{MARK}.RET"):
        (dropping.share.path / file).unlink()

    assert execution.locate(PLACE, reference=MARK) == (done,)


def test_a_program_that_dies_after_it_has_committed_has_written(dropping: Dropping) -> None:
    have(dropping.system.url, Day.COMMITS_AND_FAILS)
    dropping.system.execution.perform(PLACE, reference=MARK, expected=None)
    dropping.night()

    assert f"EM_CURSO/{FILE}" in dropping.files()
    assert dropping.system.committed == len(dropping.system.execution.locate(PLACE, reference=MARK)) == 1


def test_a_report_for_people_in_place_of_an_answer_is_waited_out(dropping: Dropping) -> None:
    """Nothing was written, and nobody can know it: first it may yet be answered, then a person must look."""
    have(dropping.system.url, Day.PRETENDING)
    dropping.system.execution.perform(PLACE, reference=MARK, expected=None)
    dropping.night(Mishap.REPORT)

    assert dropping.system.execution.locate(PLACE, reference=MARK) == (Accepted(handle=f"SAIDA/{MARK}.RET"),)


@pytest.mark.parametrize(
    ("day", "words"), [(Day.PRETENDING, "acl_ref does not know"), (Day.ERROR_INSIDE, "ERRO 1003: TABELA CHEIA")]
)
def test_an_answer_that_the_books_deny_is_for_a_person(dropping: Dropping, day: Day, words: str) -> None:
    have(dropping.system.url, day)
    for command in (PLACE, BLOCK):
        mark = reference(command)
        dropping.system.execution.perform(command, reference=mark, expected=None)
        dropping.night()
        with pytest.raises(NotLocatable, match=words):
            dropping.system.execution.locate(command, reference=mark)


def test_two_answers_that_differ_are_two_writes(dropping: Dropping) -> None:
    dropping.system.execution.perform(PLACE, reference=MARK, expected=None)
    dropping.night(Mishap.RUN_TWICE)

    first, second = dropping.system.execution.locate(PLACE, reference=MARK)
    assert first != second


def test_where_no_references_are_kept_the_answer_is_believed_and_silence_is_for_a_person(dropping: Dropping) -> None:
    """X-REF-11: the table is the site's to make; `lacks` says so."""
    execution = dropping.system.execution
    dropping.system.execute(text("alter table acl_ref rename to velho"))
    assert [sentence for sentence in execution.lacks() if "acl_ref" in sentence]
    with pytest.raises(NotLocatable, match="create the table acl_ref"):
        execution.locate(PLACE, reference=MARK)
    assert execution.locate(BLOCK, reference=MARK) == ()
    dropping.system.execute(text("alter table velho rename to acl_ref"))
    execution.perform(PLACE, reference=MARK, expected=None)
    dropping.night()
    dropping.system.execute(text("drop table acl_ref"))

    assert [each for each in execution.locate(PLACE, reference=MARK) if isinstance(each, Done)]


def test_a_sign_that_the_code_page_does_not_have_is_not_written(dropping: Dropping) -> None:
    rename = ChangeSupplier(supplier=resolved(suppliers()[2]), name="Łódź Metal")
    with pytest.raises(NotWritable, match="code page 1252 has no 'Ł'") as caught:
        dropping.system.execution.perform(rename, reference=MARK, expected=None)

    assert caught.value.problems[0].quirk == "INH-ENC-04"
    assert dropping.files() == set()


def test_a_folder_without_its_places_lacks_them(dropping: Dropping) -> None:
    assert list(dropping.system.execution.lacks()) == []
    (dropping.share.path / "SAIDA").rmdir()

    (sentence,) = dropping.system.execution.lacks()
    assert sentence.endswith("make the folder SAIDA in it")
    with pytest.raises(Unavailable, match="is the share mounted"):
        dropping.system.execution.locate(PLACE, reference=MARK)


def test_a_worker_that_was_held_up_drops_nothing(dropping: Dropping) -> None:
    late = evolve(dropping.system.execution, timeout=-1.0)
    with pytest.raises(Unavailable, match="not dropped any more"):
        late.perform(PLACE, reference=MARK, expected=None)

    assert dropping.files() == set()


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_the_night_writes_into_every_database(kind: str, tmp_path: Path) -> None:
    with by_folder(kind, tmp_path) as dropping:
        for command in one_of_each_kind():
            mark = reference(command)
            dropping.system.execution.perform(command, reference=mark, expected=None)
            dropping.night()
            (done,) = dropping.system.execution.locate(command, reference=mark)
            assert isinstance(done, Done)
            assert not missing(command.effect, dropping.system.execution.read_back(command, done))
