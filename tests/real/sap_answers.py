"""Recorded answers as the OData driver gets them, and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

import requests

from acl.mapping import Mapping, Origin
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.odata.faults import Asked, checked, json_of
from adapters.odata.pages import RecordPage, record_page
from ports.errors import Problem
from ports.quarantine import Refusal
from tests.real.vendor import vendor_file

T = TypeVar("T")
ASKED = Asked("a recorded answer", "https://sandbox.example.com")
ORIGIN = Origin("recorded", datetime(2026, 1, 1, tzinfo=UTC))
FOLDER = "sap-s4-odata"


def body_of(name: str, *, folder: str = "responses") -> bytes:
    """Give a recorded body, or leave the test."""
    return vendor_file(FOLDER, folder, name).read_bytes()


def answer(status: int, body: bytes) -> requests.Response:
    """Make the HTTP answer that a body came in."""
    made = requests.Response()
    made.status_code = status
    made._content = body
    return made


def page_of(name: str, *, folder: str = "responses") -> RecordPage:
    """Open a recorded answer with the driver."""
    given = answer(200, body_of(name, folder=folder))
    checked(given, ASKED)
    return record_page(json_of(given, ASKED), ASKED)


def read(how: Mapping[T], records: Sequence[object]) -> tuple[list[T], tuple[Refusal, ...]]:
    """Translate records: those that became objects, and the refusals of the others."""
    quarantine = InMemoryQuarantine()
    return list(how.read_all([records], origin=ORIGIN, quarantine=quarantine)), quarantine.refusals


def problems_of(refusals: tuple[Refusal, ...]) -> list[Problem]:
    """Give every problem of every refusal."""
    return [problem for refusal in refusals for problem in refusal.problems]


def record_in(raw: object) -> dict[str, object]:
    """Take a value of plain JSON for the record that it must be."""
    assert isinstance(raw, dict)
    return raw


def list_in(raw: object) -> list[object]:
    """Take a value of plain JSON for the list that it must be."""
    assert isinstance(raw, list)
    return raw
