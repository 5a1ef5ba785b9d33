"""The files of the drop folder: what is asked for, and what the nightly program has made of it.

Both are texts of code page 1252 with a carriage return before each line feed, and fields that a semicolon parts. The
first field says what a line is; the last line counts those before it, so that half a file is noticed.

A command is ``00;REFERENCE;PROGRAM;VERSION``, one ``10;COLUMN;VALUE`` for each cell, one ``20;…`` for each line of an
order, and ``99;COUNT``. A result is one ``00;REFERENCE;NUMBER;KEY;TEXT`` for each time that the command was carried
out, and ``99;COUNT``. Source: INH-ENC-04, INH-CSV-01, INH-NUM-01 (decimal comma), INH-DATE-01 (day first).
"""

from __future__ import annotations

from attrs import frozen

from acl.commands import cannot
from acl.inhouse.commands.answers import Answer
from acl.inhouse.commands.programs import SEPARATOR, Call, emptied, separable
from domain.outcomes import Reference

_PAGE = "cp1252"
_HEAD, _CELL, _ITEM, _END = "00", "10", "20", "99"


class HalfWritten(ValueError):
    """A result that has no end, or is none at all."""


@frozen
class CommandFile:
    """A command as a file for the nightly program."""

    call: Call
    reference: Reference

    def content(self) -> bytes:
        """Give the bytes of the file.

        Raises:
            NotWritable: a cell holds what ends a field, or a sign that the code page does not have.
        """
        call = self.call
        head = (_HEAD, self.reference.text, call.program.name, call.seen or "")
        cells = [(_CELL, column, separable(column, str(emptied(cell)))) for column, cell in call.cells.items()]
        lines = [head, *cells, *((_ITEM, *each) for each in call.lines())]
        texts = [SEPARATOR.join(each) for each in (*lines, (_END, str(len(lines))))]
        return b"".join(map(_encoded, texts))


def _encoded(line: str) -> bytes:
    try:
        return f"{line}\r\n".encode(_PAGE)
    except UnicodeEncodeError as error:
        sign = line[error.start]
        raise cannot(line.split(SEPARATOR)[1], f"code page 1252 has no {sign!r}", "INH-ENC-04") from None


def results(content: bytes, reference: Reference) -> tuple[Answer, ...]:
    """Read what became of a command, every time that it was carried out; the same twice over is one answer.

    Raises:
        HalfWritten: it has no end, or is no result of this command.
    """
    try:
        lines = content.decode(_PAGE).split("\r\n")
    except UnicodeDecodeError:
        raise HalfWritten("it holds signs that its code page does not have") from None
    *told, end, rest = lines if len(lines) > 2 else ("", "", "?")
    if rest != "" or end != f"{_END}{SEPARATOR}{len(told)}":
        raise HalfWritten("it has no last line that counts the others")
    return tuple(dict.fromkeys(_answer(line, reference) for line in told))


def _answer(line: str, reference: Reference) -> Answer:
    match line.split(SEPARATOR, 4):
        case ["00", reference.text, number, key, text] if number.isdecimal():
            return Answer(int(number), text, key if key != "" else None)
        case _:
            raise HalfWritten(f"{line!r} is no result of {reference}")
