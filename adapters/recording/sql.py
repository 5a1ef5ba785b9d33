"""Answers of databases: recorded through the masks as they are pulled, or replayed from what was pulled then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from attrs import define, field
from sqlalchemy import BindParameter, GenerativeSelect
from sqlalchemy.sql.visitors import cloned_traverse

from adapters.recording.masks import Masks
from adapters.recording.rules import Rules
from adapters.recording.values import read, written
from adapters.sql.tapped import Question, Tap
from ports import errors
from ports.errors import Misconfigured, PortError

_Row = tuple[object, ...]


@define
class Pulled:
    """What was pulled of one answer: *is_whole* if to its end, *error* if it failed there, as class and sentence."""

    rows: list[_Row] = field(factory=list)
    is_whole: bool = False
    error: tuple[str, str] | None = None


class Answers:
    """What was pulled of each question to a database, by the question."""

    def __init__(self) -> None:
        self.kept: dict[str, Pulled] = {}

    def keep(self, question: str, pulled: Pulled) -> None:
        """Keep the longest that was pulled, and of two whole answers the later one."""
        before = self.kept.get(question)
        if before is None or pulled.is_whole or (not before.is_whole and len(pulled.rows) >= len(before.rows)):
            self.kept[question] = pulled

    def lines(self) -> Iterator[str]:
        """Write each answer as one line of JSON."""
        for question, pulled in self.kept.items():
            rows = [[written(value) for value in row] for row in pulled.rows]
            line = {"question": json.loads(question), "rows": rows, "whole": pulled.is_whole, "error": pulled.error}
            yield json.dumps(line) + "\n"

    def texts(self) -> Iterator[str]:
        """Give every text that would be written, as people would read it."""
        for question, pulled in self.kept.items():
            yield str(json.loads(question))
            for row in pulled.rows:
                yield "\n".join(map(str, row))

    @classmethod
    def of(cls, lines: Sequence[str]) -> Answers:
        """Read what `lines` gave.

        Raises:
            ValueError: it is something else.
        """
        found = cls()
        for line in lines:
            match json.loads(line):
                case {"question": dict() as question, "rows": list() as rows, "whole": bool() as whole, "error": error}:
                    pulled = Pulled(
                        [tuple(map(read, row)) for row in rows], whole, None if error is None else tuple(error)
                    )
                    found.kept[_as_text(question)] = pulled
                case _:
                    raise ValueError("it holds something that is no answer of a database")
        return found


class RecordingSql(Tap):
    """Shows readers the masked view of what a database answers, and keeps what they pull.

    *names* gives other names to the databases, under which a replay will know them.
    """

    def __init__(self, answers: Answers, masks: Callable[[], Masks], names: Mapping[str, str]) -> None:
        self._answers = answers
        self._masks = masks
        self._names = names

    def rows(
        self, question: Question, size: int, ask: Callable[[GenerativeSelect], Iterator[list[_Row]]]
    ) -> Iterator[list[_Row]]:
        masks, asked, pulled = self._masks(), self._text("rows", question), Pulled()
        rules = _rules_for([column.name for column in question.statement.selected_columns], masks)
        try:
            for block in ask(_meant(question.statement, masks.asked)):
                shown = [_masked(row, rules, masks) for row in block]
                pulled.rows.extend(shown)
                yield shown
            pulled.is_whole = True
        except PortError as error:
            pulled.is_whole, pulled.error = True, (type(error).__name__, str(error))
            raise
        finally:
            self._answers.keep(asked, pulled)

    def names(self, question: Question, ask: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        asked, pulled = self._text("names", question), Pulled(is_whole=True)
        try:
            found = ask()
            pulled.rows.append(found)
        except PortError as error:
            pulled.error = (type(error).__name__, str(error))
            raise
        finally:
            self._answers.keep(asked, pulled)
        return found

    def _text(self, wanted: str, question: Question) -> str:
        return _text_of(wanted, question, self._names.get(question.database, question.database))


class ReplayingSql(Tap):
    """Answers from what was pulled; no database is opened. What it lacks is noted in *missing*, and raised."""

    def __init__(self, answers: Answers, place: str, missing: list[Misconfigured]) -> None:
        self._answers = answers
        self._place = place
        self._missing = missing

    def rows(
        self, question: Question, size: int, ask: Callable[[GenerativeSelect], Iterator[list[_Row]]]
    ) -> Iterator[list[_Row]]:
        pulled = self._answer("rows", question)
        for start in range(0, len(pulled.rows), size):
            yield pulled.rows[start : start + size]
        if pulled.error is not None:
            raise _failure(pulled.error)
        if not pulled.is_whole:
            raise self._lacks(f"more than the first {len(pulled.rows)} rows of this answer")

    def names(self, question: Question, ask: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        pulled = self._answer("names", question)
        if pulled.error is not None:
            raise _failure(pulled.error)
        return cast("tuple[str, ...]", pulled.rows[0])

    def _answer(self, wanted: str, question: Question) -> Pulled:
        found = self._answers.kept.get(_text_of(wanted, question, question.database))
        if found is None:
            raise self._lacks(f"an answer to this question to {question.database}")
        return found

    def _lacks(self, what: str) -> Misconfigured:
        self._missing.append(Misconfigured(f"{self._place} does not hold {what}; record it again"))
        return self._missing[-1]


def _text_of(wanted: str, question: Question, database: str) -> str:
    compiled = question.statement.compile(dialect=question.dialect)
    parameters = {name: written(value) for name, value in compiled.params.items()}
    return _as_text({"wanted": wanted, "database": database, "statement": str(compiled), "parameters": parameters})


def _as_text(question: Mapping[str, object]) -> str:
    return json.dumps(question, sort_keys=True)


def _meant(statement: GenerativeSelect, translate: Callable[[str], str]) -> GenerativeSelect:
    """Give *statement* with every bound text translated."""

    def visit(bound: BindParameter[object]) -> None:
        bound.value = _translated(bound.value, translate)

    return cloned_traverse(statement, {}, {"bindparam": visit})


def _translated(value: object, translate: Callable[[str], str]) -> object:
    match value:
        case str():
            return translate(value)
        case bool():
            return value
        case int():
            return int(translate(str(value)))
        case list() | tuple():
            return [_translated(each, translate) for each in value]
    return value


def _rules_for(selected: Sequence[str], masks: Masks) -> Rules:
    """Find the mapping whose columns are selected, in its order; a joined table's go by its name there, too."""
    for each in masks.rules:
        if len(selected) == len(each.columns) and all(map(_goes_by, each.columns, selected)):
            return each
    error = Misconfigured(
        f"a select of {', '.join(selected)} cannot be recorded: it is not what a mapping reads, so nobody knows "
        "what in it is personal"
    )
    masks.failures.append(error)
    raise error


def _goes_by(column: str, name: str) -> bool:
    return column == name or column.endswith(f".{name}")


def _masked(row: _Row, rules: Rules, masks: Masks) -> _Row:
    raws = dict(zip(rules.columns, row, strict=True))
    return tuple({**raws, **masks.personal(rules, "", raws, omits_absent=False)}.values())


def _failure(error: tuple[str, str]) -> PortError:
    name, told = error
    kind = getattr(errors, name, None)
    return kind(told) if isinstance(kind, type) and issubclass(kind, PortError) else Misconfigured(told)
