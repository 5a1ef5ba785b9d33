"""How REST APIs hand out a collection piece by piece; each style is a small value."""

from __future__ import annotations

import logging
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from attrs import Attribute, evolve, field, frozen

from adapters.rest.faults import Asked

Record: TypeAlias = dict[str, object]
_log = logging.getLogger(__name__)


@frozen
class Step:
    """What to ask for next: parameters of a page, or the *link* to it. *number* and *empties* are the style's own."""

    params: Mapping[str, str]
    link: str | None = None
    number: int = 0
    empties: int = 0


class PageStyle(Protocol):
    """One way to go through a collection."""

    @property
    @abstractmethod
    def key(self) -> Sequence[str]:
        """The fields that tell two records apart; empty if the API never sends one twice."""

    @abstractmethod
    def first(self) -> Step:
        """Say how to ask for the first page."""

    @abstractmethod
    def read(self, body: object, step: Step, asked: Asked) -> tuple[list[Record], Step | None]:
        """Take the records of the answer to *step*, and say how to go on; None at the end.

        Raises:
            Unintelligible: the answer is not of this style.
        """


@frozen(kw_only=True)
class NumberedPages:
    """Pages counted from 1, and a flag that says whether one more follows, as TOTVS does it.

    One empty page with the flag set is passed over; two in a row would never end (Source: PREST-01).
    """

    items: str = "items"
    more: str = "hasNext"
    page: str = "page"
    size: tuple[str, int] = ("pageSize", 100)
    key: Sequence[str] = ()

    def first(self) -> Step:
        return self._step(1, 0)

    def _step(self, number: int, empties: int) -> Step:
        name, size = self.size
        return Step({self.page: str(number), name: str(size)}, number=number, empties=empties)

    def read(self, body: object, step: Step, asked: Asked) -> tuple[list[Record], Step | None]:
        envelope, records = _opened(body, self.items, asked)
        if not _flag(envelope, self.more, asked):
            return records, None
        empties = step.empties + 1 if len(records) == 0 else 0
        if empties == 2:
            raise asked.unreadable("two empty pages in a row promise more, so it would never end")
        return records, self._step(step.number + 1, empties)


def _fits(_: object, __: Attribute[int], limit: int) -> None:
    if not 1 <= limit <= 499:
        raise ValueError(f"a limit of {limit} is cut silently or asks for nothing; take 1 to 499")


@frozen(kw_only=True)
class OffsetPages:
    """Windows by offset and limit, as Oracle Fusion does it.

    The flag for more cannot be trusted alone, nor can the length: the end is a short page without the flag, or an empty
    one. Windows shift while rows change, so the records are asked for in the order of *key*, and a key that comes twice
    is handed on once (Source: FUS-PAGE-01, FUS-PAGE-02).
    """

    key: Sequence[str]
    limit: int = field(default=499, validator=_fits)
    items: str = "items"
    more: str = "hasMore"
    order: str = "orderBy"

    def first(self) -> Step:
        return self._step(0)

    def _step(self, offset: int) -> Step:
        window = {"offset": str(offset), "limit": str(self.limit), self.order: ",".join(self.key)}
        return Step(window, number=offset)

    def read(self, body: object, step: Step, asked: Asked) -> tuple[list[Record], Step | None]:
        envelope, records = _opened(body, self.items, asked)
        more = _flag(envelope, self.more, asked)
        if len(records) == 0:
            if more:
                _log.warning("%s: an empty page promises more; taken as the end", asked.what)
            return records, None
        if len(records) < self.limit and not more:
            return records, None
        return records, self._step(step.number + len(records))


@frozen(kw_only=True)
class LinkedPages:
    """Each page names the address of the next one; the last one names none."""

    items: str = "items"
    link: str = "nextLink"
    key: Sequence[str] = ()

    def first(self) -> Step:
        return Step({})

    def read(self, body: object, step: Step, asked: Asked) -> tuple[list[Record], Step | None]:
        envelope, records = _opened(body, self.items, asked)
        link = envelope.get(self.link)
        if link is None:
            return records, None
        if not isinstance(link, str):
            raise asked.unreadable("the link to the next page is no text")
        return records, evolve(step, params={}, link=link)


def _opened(body: object, items: str, asked: Asked) -> tuple[Record, list[Record]]:
    found = body.get(items) if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(found, list):
        raise asked.unreadable(f"the answer has no list {items}")
    records = [record for record in found if isinstance(record, dict)]
    if len(records) != len(found):
        raise asked.unreadable(f"the list {items} holds something that is no record")
    return body, records


def _flag(envelope: Record, name: str, asked: Asked) -> bool:
    flag = envelope.get(name)
    if not isinstance(flag, bool):
        raise asked.unreadable(f"the answer does not say by {name} whether more follows")
    return flag
