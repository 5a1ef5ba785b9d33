"""What of a record a command is about, read from any aggregate by the domain's paths."""

from __future__ import annotations

import pytest
from attrs import evolve

from acl.images import image_of
from domain.identifiers import LineNumber
from domain.images import UNREAD, Image
from sandbox.scenario import scenario
from tests.builders import purchase_order_of

_DRAWN = purchase_order_of(next(each for each in scenario().orders if len(each.lines) > 1))
_FIRST, _SECOND = _DRAWN.lines[:2]
ORDER = evolve(_DRAWN, reference=None, lines=(_FIRST, evolve(_SECOND, due_on=None)))


def test_a_path_leads_through_numbered_lines() -> None:
    found = image_of(ORDER, ("supplier", "lines[1].number", "lines[2].number", "lines[2].price.amount"))

    assert found == Image.of(
        {
            "supplier": ORDER.supplier,
            "lines[1].number": LineNumber("10"),
            "lines[2].number": LineNumber("20"),
            "lines[2].price.amount": ORDER.lines[1].price.amount,
        }
    )


def test_a_path_without_a_number_leads_into_the_line_that_is_named() -> None:
    found = image_of(ORDER, ("lines.number", "lines.due_on", "status"), line=LineNumber("20"))

    assert found == Image.of({"lines.number": LineNumber("20"), "lines.due_on": None, "status": ORDER.status})


@pytest.mark.parametrize("path", ["nothing", "lines[3].number", "lines[0].number", "lines.number", "reference.text"])
def test_what_is_not_there_is_not_read(path: str) -> None:
    assert image_of(ORDER, (path,), line=LineNumber("30")).value(path) is UNREAD


def test_a_list_is_given_whole_where_the_path_ends_with_it() -> None:
    assert image_of(ORDER, ("lines",)).value("lines") == ORDER.lines
