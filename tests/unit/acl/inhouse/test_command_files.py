"""The files of the drop folder: what is asked for, and what was made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl.inhouse.commands.answers import Answer
from acl.inhouse.commands.files import CommandFile, HalfWritten, results
from acl.inhouse.commands.programs import CHANGE_SUPPLIER, Call
from ports.errors import Conflict, Locked, NotFound, NotWritable, OutcomeUnknown, PortError, Refused
from tests.unit.acl.inhouse.asking import MARK

CELLS = st.text(st.characters(codec="cp1252", exclude_characters=";\r\n"), max_size=20)


def file_with(name: str) -> CommandFile:
    return CommandFile(Call(program=CHANGE_SUPPLIER, seen="v", cells={"COD": 7, "NOME": name, "EMAIL": None}), MARK)


@given(CELLS)
def test_a_cell_comes_out_of_the_file_as_it_went_in(name: str) -> None:
    lines = file_with(name).content().decode("cp1252").split("\r\n")

    assert lines == [f"00;{MARK};FORNECEDOR_ALTERAR;v", "10;COD;7", f"10;NOME;{name}", "10;EMAIL;", "99;4", ""]


@pytest.mark.parametrize(
    ("name", "quirk"), [("a;b", "INH-CSV-01"), ("a\nb", "INH-CSV-01"), ("a\rb", "INH-CSV-01"), ("Łódź", "INH-ENC-04")]
)
def test_what_ends_a_field_or_has_no_sign_is_not_written(name: str, quirk: str) -> None:
    with pytest.raises(NotWritable) as caught:
        file_with(name).content()

    (problem,) = caught.value.problems
    assert (problem.field, problem.quirk) == ("NOME", quirk)


def ret(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (*lines, f"99;{len(lines)}")).encode("cp1252")


def test_a_result_is_a_number_a_key_and_a_text_that_may_hold_anything() -> None:
    line = f"00;{MARK};0;4711;AVISO: PAPEL; TINTA"

    assert results(ret(line), MARK) == (Answer(0, "AVISO: PAPEL; TINTA", "4711"),)
    assert results(ret(line, line), MARK) == results(ret(line), MARK)
    assert len(results(ret(line, f"00;{MARK};0;4712;"), MARK)) == 2


@given(st.integers(0, 60))
def test_a_result_without_its_end_is_half_written(length: int) -> None:
    whole = ret(f"00;{MARK};0;4711;TUDO CERTO", f"00;{MARK};0;4711;TUDO CERTO")
    with pytest.raises(HalfWritten):
        results(whole[:length], MARK)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RELATORIO\r\n\r\nNADA\r\n",
        ret("00;ZZZZZZZZZZZZ;0;1;"),
        ret(f"00;{MARK};x;1;"),
        ret(f"00;{MARK};0"),
        b"\x81\r\n99;1\r\n",
        ret(),
    ],
)
def test_what_is_no_result_of_the_command_is_none(content: bytes) -> None:
    with pytest.raises(HalfWritten):
        results(content, MARK)


@pytest.mark.parametrize(
    ("number", "key", "kind"),
    [
        (10, None, NotFound),
        (20, None, Refused),
        (30, None, Locked),
        (40, None, Conflict),
        (50, "4711", OutcomeUnknown),
        (77, None, OutcomeUnknown),
        (0, None, OutcomeUnknown),
    ],
)
def test_every_number_has_its_meaning(number: int, key: str | None, kind: type[PortError]) -> None:
    answer = Answer(number, "SISTEMA DIZ", key)
    error = answer.no("inhouse")

    assert (type(error), answer.is_done) == (kind, False)
    assert "SISTEMA DIZ" in str(error)
    assert Answer(0, "", "4711").is_done
