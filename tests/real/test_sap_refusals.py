"""What SAP's systems really said when they refused: the errors, alone and inside batches."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from attrs import evolve

from adapters.odata.documents import json_document
from adapters.odata.faults import json_of, port_error
from adapters.odata.messages import complaint
from adapters.odata.pages import record_page
from ports.errors import Refused, Unintelligible
from tests.real.sap_answers import ASKED, answer, body_of, list_in, record_in


def _error_in(body: bytes) -> tuple[str, str, dict[str, object]]:
    """Give code, sentence and inner error of a body as they stand in it."""
    error = record_in(record_in(json.loads(body))["error"])
    return str(error["code"]), str(record_in(error["message"])["value"]), record_in(error["innererror"])


def test_a_business_error_tells_its_sentence_and_not_the_wrapper() -> None:
    body = body_of("error-400-business-exception.json")
    code_, sentence, inner = _error_in(body)

    error = port_error(answer(400, body), ASKED)

    assert isinstance(error, Refused)
    assert error.reasons == (f"{sentence} [{code_}]", f"SAP transaction {inner['transactionid']}")
    assert b"/IWBEP/CX_" in body


def test_an_error_is_told_with_every_detail() -> None:
    body = body_of("error-400-query-option.json")
    code_, sentence, inner = _error_in(body)
    detail = record_in(list_in(inner["errordetails"])[0])

    error = port_error(answer(400, body), ASKED)

    assert isinstance(error, Refused)
    assert error.reasons == (
        f"{sentence} [{code_}]",
        f"{detail['message']} [{detail['code']}]",
        f"SAP transaction {inner['transactionid']}",
    )


def test_an_error_without_its_wrapper_is_understood_too() -> None:
    said = complaint(body_of("error-400-hr-masked.json"))

    assert said is not None
    assert [message.severity for message in said.messages] == ["error"] * 2
    assert len(said.reasons) == 2


def parts_of(name: str) -> Iterator[tuple[int, bytes]]:
    """Take the answers out of a recorded batch: status and body of each."""
    for part in re.split(rb"\r?\n--(?:batch|changeset)response_[^\r\n]*", body_of(name)):
        found = re.search(rb"HTTP/1\.1 (\d{3})[^\n]*\n(?:[^\r\n]+\r?\n)*\r?\n(.*)", part, re.DOTALL)
        if found is not None:
            yield int(found[1]), found[2].strip()


def outcome(status: int, body: bytes) -> str:
    """Say in a word what the driver makes of one answer."""
    given = answer(status, body)
    if not 200 <= status < 300:
        return type(port_error(given, ASKED)).__name__
    try:
        return f"{len(record_page(json_of(given, ASKED), ASKED).records)} read"
    except Unintelligible:
        return "Unintelligible"


@pytest.mark.parametrize(
    ("name", "outcomes"),
    [
        ("batch-with-changeset.txt", ["1 read"] * 3 + ["Unintelligible"] * 2 + ["1 read"]),
        ("batch-with-gateway-error.txt", ["1 read", "1 read", "Refused"]),
        (
            "batch-function-import.txt",
            ["1 read"] * 3 + ["Unintelligible"] * 2 + ["Refused"] + ["1 read"] * 2 + ["Unintelligible"],
        ),
    ],
)
def test_every_answer_in_a_batch_is_read_refused_or_told_to_be_unintelligible(name: str, outcomes: list[str]) -> None:
    """Some parts are no OData, and the very last has a brace too many."""
    assert [outcome(status, body) for status, body in parts_of(name)] == outcomes


def test_the_error_inside_a_batch_is_the_error_alone() -> None:
    inside = [body for status, body in parts_of("batch-with-gateway-error.txt") if status == 400]

    assert [json_document(body) for body in inside] == [json_document(body_of("error-400-business-exception.json"))]
    assert port_error(answer(400, inside[0]), evolve(ASKED, writing=True)).__class__ is Refused
