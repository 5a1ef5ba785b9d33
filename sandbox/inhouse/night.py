"""The nightly program: it takes the files of the drop folder one after the other, and answers each with a file.

A file goes from ENTRADA through EM_CURSO, while it is at work, to LIDOS; the answer appears in SAIDA under the same
name, with RET for TXT. Files are texts of code page 1252 with a carriage return before each line feed.

A command is a line ``00;REFERENCE;PROGRAM;VERSION``, a line ``10;COLUMN;VALUE`` for each cell that shall change, a line
``20;…`` for each line of an order (SEQ, PRODUTO, UNID, QTD, PRECO, FATOR, DT_ENTREGA), and a line ``99;COUNT`` of the
lines before it. An answer is a line ``00;REFERENCE;NUMBER;KEY;TEXT`` for each run, and ``99;COUNT``. The numbers are
those of the stored procedures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from sandbox.inhouse.books import Day, today
from sandbox.inhouse.programs import Asked, Dies, Told, run

PLACES = ("ENTRADA", "EM_CURSO", "LIDOS", "SAIDA")
_PAGE = "cp1252"


class Mishap(Enum):
    """What may go wrong with an answer; the value says it in words."""

    CUT = "half of the answer is written"
    TWICE = "the answer stands there twice"
    REPORT = "a report for people stands where the answer should"
    RUN_TWICE = "the command is carried out twice, and answered twice"


def make_folder(folder: Path) -> None:
    """Make the places that a drop folder has."""
    for place in PLACES:
        (folder / place).mkdir(parents=True, exist_ok=True)


def night(url: str, folder: Path, mishap: Mishap | None = None) -> int:
    """Take every file that waits, in the order of their names, and say how many were taken.

    A file whose run ends in the middle stays in EM_CURSO, unanswered, and nobody takes it up again.
    """
    engine = create_engine(url)
    try:
        waiting = sorted((folder / "ENTRADA").glob("*.TXT"))
        for file in waiting:
            _take(engine, folder, file, mishap)
        return len(waiting)
    finally:
        engine.dispose()


@contextmanager
def nightly(url: str, folder: Path, every: float = 1.0) -> Iterator[None]:
    """Let the night come *every* so many seconds, as long as the block lasts, and once more at its end."""
    over = Event()

    def nights() -> None:
        while not over.wait(every):
            night(url, folder)
        night(url, folder)

    make_folder(folder)
    thread = Thread(target=nights, name="nightly", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _take(engine: Engine, folder: Path, file: Path, mishap: Mishap | None) -> None:
    at_work = folder / "EM_CURSO" / file.name
    try:
        file.rename(at_work)
    except FileNotFoundError:  # another night has taken it
        return
    asked = _asked(at_work.read_bytes())
    try:
        told = [_run(engine, asked)] if asked is not None else [Told(20, text="ARQUIVO INVALIDO")]
        if mishap is Mishap.RUN_TWICE and asked is not None:
            told.append(_run(engine, asked, again=True))
    except Dies:
        return
    except OperationalError:  # the database is in use; nothing was written, so it waits for the next night
        at_work.rename(file)
        return
    answer = folder / "SAIDA" / f"{file.stem}.RET"
    hidden = folder / "SAIDA" / f".{file.stem}.TMP"
    hidden.write_bytes(_answer(file.stem, told, mishap))
    os.replace(hidden, answer)
    at_work.rename(folder / "LIDOS" / file.name)


def _run(engine: Engine, asked: Asked, *, again: bool = False) -> Told:
    with engine.begin() as connection:
        told, day = run(connection, asked, again=again), today(connection)
    if day is Day.COMMITS_AND_FAILS:
        raise Dies("after it has committed")
    return told


def _asked(content: bytes) -> Asked | None:
    """Read a command; ``None`` for half of one."""
    lines = content.decode(_PAGE).split("\r\n")
    if len(lines) < 3 or lines[-2:] != [f"99;{len(lines) - 2}", ""]:
        return None
    _, reference, program, seen = lines[0].split(";")
    cells = dict(line.split(";")[1:] for line in lines if line.startswith("10;"))
    items = tuple(tuple(line.split(";")[1:]) for line in lines if line.startswith("20;"))
    return Asked(reference=reference, program=program, seen=seen, cells=cells, items=items)


def _answer(reference: str, told: list[Told], mishap: Mishap | None) -> bytes:
    if mishap is Mishap.REPORT:
        return b"RELATORIO DO PROCESSAMENTO NOTURNO\r\n\r\nNADA A INFORMAR\r\n"
    lines = [f"00;{reference};{each.number};{each.key};{each.text}" for each in told]
    lines *= 2 if mishap is Mishap.TWICE else 1
    text = "".join(f"{line}\r\n" for line in (*lines, f"99;{len(lines)}"))
    content = text.encode(_PAGE, "replace")
    return content[: len(content) // 2] if mishap is Mishap.CUT else content
