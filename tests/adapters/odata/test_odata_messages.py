"""What SAP says, in each of its forms."""

from __future__ import annotations

import json

import pytest

from adapters.odata.messages import Message, complaint, sap_message

XML = b"""<?xml version="1.0"?><error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
<code>ME/083</code><message xml:lang="en">Enter a plant</message><innererror><transactionid>4B72</transactionid>
<errordetails><errordetail><code>ME/006</code><message>locked</message><severity>warning</severity></errordetail>
</errordetails></innererror></error>"""


def test_an_error_in_xml_says_the_same_as_one_in_json() -> None:
    detail = {"code": "ME/006", "message": "locked", "severity": "warning"}
    inner = {"transactionid": "4B72", "errordetails": [detail]}
    body = {"error": {"code": "ME/083", "message": {"value": "Enter a plant"}, "innererror": inner}}
    found = complaint(json.dumps(body).encode())

    assert found is not None
    assert found == complaint(XML)
    assert found.codes == {"ME/083"}
    assert found.reasons == ("Enter a plant [ME/083]", "locked [ME/006]", "SAP transaction 4B72")


def test_older_forms_are_read_too() -> None:
    older = {
        "error": {"code": "A/1", "message": "x", "innererror": {"errordetails": {"errordetail": [{"code": "B/2"}]}}}
    }
    found = complaint(json.dumps(older).encode())

    assert found is not None
    assert found.codes == {"A/1", "B/2"}
    assert complaint(b'{"code": "A/1", "message": {"value": "x"}}') is not None


def test_wrappers_are_told_when_there_is_nothing_else() -> None:
    found = complaint(b'{"error": {"code": "/IWBEP/CX_MGW_TECH_EXCEPTION", "message": {"value": "Error"}}}')

    assert found is not None
    assert found.reasons == ("Error [/IWBEP/CX_MGW_TECH_EXCEPTION]",)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"error": "no"}',
        b'{"error": {"code": 1}}',
        b"<html/>",
        b"<error",
        b"no",
        b"\xff\xfe\x00",
        b'<!DOCTYPE e [<!ENTITY a "b">]><error><code>&a;</code></error>',
    ],
)
def test_what_is_not_an_error_of_sap_is_none(body: bytes) -> None:
    assert complaint(body) is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('{"code":"A/1","message":"done","severity":"info"}', [Message("A/1", "done", "info")]),
        (
            '{"code":"A/1","message":"done","severity":"info","details":[{"code":"B/2","message":"no","severity":"ERROR"}]}',
            [Message("A/1", "done", "info"), Message("B/2", "no", "error")],
        ),
        (
            "<notification><code>A/1</code><message>done</message><severity>info</severity><details><detail><code>B/2"
            "</code><message>no</message><severity>error</severity></detail></details></notification>",
            [Message("A/1", "done", "info"), Message("B/2", "no", "error")],
        ),
        ("[1]", [Message("", "[1]", "warning")]),
        ("posted with care", [Message("", "posted with care", "warning")]),
    ],
)
def test_the_header_of_a_success_is_read_with_its_details(header: str, expected: list[Message]) -> None:
    assert list(sap_message(header)) == expected
