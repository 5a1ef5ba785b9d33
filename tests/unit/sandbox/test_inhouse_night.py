"""The nightly program of the in-house sandbox takes files, answers them, and fails as such programs do."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from sandbox.inhouse import night as program
from sandbox.inhouse.books import Day, committed, have
from sandbox.inhouse.night import make_folder, night, nightly
from sandbox.inhouse.store import install

MARK = "ABCDEFGHJK23"


@pytest.fixture
def url(tmp_path: Path) -> str:
    found = f"sqlite:///{tmp_path / 'erp.db'}"
    install(found)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_folder(tmp_path / "drop")
    return tmp_path / "drop"


def command(*lines: str, name: str = "FORNECEDOR_INCLUIR") -> bytes:
    every = (f"00;{MARK};{name};", *lines)
    return "".join(f"{line}\r\n" for line in (*every, f"99;{len(every)}")).encode("cp1252")


CREATE = command("10;NOME;Größe", "10;ENDERECO;Rua", "10;CIDADE;Avaré", "10;PAIS;BRASIL")


def dropped(folder: Path, content: bytes) -> Path:
    file = folder / "ENTRADA" / f"{MARK}.TXT"
    file.write_bytes(content)
    return file


def answer(folder: Path) -> list[str]:
    return (folder / "SAIDA" / f"{MARK}.RET").read_bytes().decode("cp1252").split("\r\n")


def places(folder: Path) -> set[str]:
    return {file.parent.name for file in folder.rglob(f"{MARK}.*")}


def test_a_file_is_carried_out_and_answered_once(url: str, folder: Path) -> None:
    dropped(folder, CREATE)

    assert (night(url, folder), night(url, folder), committed(url)) == (1, 0, 1)
    assert answer(folder) == [f"00;{MARK};0;99000017;", "99;1", ""]
    assert places(folder) == {"LIDOS", "SAIDA"}


def test_a_second_file_of_one_reference_is_answered_with_the_first_record(url: str, folder: Path) -> None:
    for _ in range(2):
        dropped(folder, CREATE)
        night(url, folder)

    assert answer(folder)[0] == f"00;{MARK};0;99000017;"
    assert committed(url) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (CREATE[:40], "20;;ARQUIVO INVALIDO"),
        (command(name="NADA"), "20;;PROGRAMA DESCONHECIDO NADA"),
        (command("10;COD;5", "10;SITUACAO;3", name="FORNECEDOR_SITUAR"), "10;;NAO EXISTE 5"),
        (command("10;COD;10033001", "10;SITUACAO;3", name="FORNECEDOR_SITUAR"), "40;;ALTERADO DESDE A CONSULTA"),
    ],
)
def test_what_cannot_be_done_is_answered_by_a_number(url: str, folder: Path, content: bytes, told: str) -> None:
    dropped(folder, content)
    night(url, folder)

    assert answer(folder)[0] == f"00;{MARK};{told}"
    assert committed(url) == 0


def test_a_file_without_its_name_is_not_seen(url: str, folder: Path) -> None:
    dropped(folder, CREATE).rename(folder / "ENTRADA" / f".{MARK}.TXT.tmp")

    assert night(url, folder) == 0


@pytest.mark.parametrize(("day", "written"), [(Day.FAILING, 0), (Day.COMMITS_AND_FAILS, 1)])
def test_a_program_that_dies_leaves_its_file_at_work(url: str, folder: Path, day: Day, written: int) -> None:
    have(url, day)
    dropped(folder, CREATE)
    night(url, folder)

    assert (places(folder), committed(url)) == ({"EM_CURSO"}, written)


def test_a_database_in_use_leaves_the_file_for_the_next_night(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise OperationalError("insert", {}, Exception("database is locked"))

    dropped(folder, CREATE)
    with monkeypatch.context() as patched:
        patched.setattr(program, "run", busy)
        night(url, folder)
    assert places(folder) == {"ENTRADA"}

    assert night(url, folder) == committed(url) == 1


def test_the_nights_come_by_themselves_and_once_more_at_the_end(url: str, folder: Path) -> None:
    with nightly(url, folder, every=3600):
        dropped(folder, CREATE)
    assert committed(url) == 1
    with nightly(url, folder, every=0.001):
        pass
