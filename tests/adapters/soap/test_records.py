"""What was sent stands in the record, under the schema's names and with nothing converted."""

from __future__ import annotations

import pytest

from adapters.soap.records import Record
from adapters.soap.service import SoapService
from ports.errors import Drifted
from tests.adapters.soap.conftest import Script, answer, connection, envelope, found

ONE = {"name": "x"}
XSI_TYPE = 'xsi:type="t:ForeignAddress"'


def record_of(script: Script, service: SoapService, content: str) -> Record:
    script.answers.append(found(content))
    [record] = service.call("find", ONE, record="row")
    return record


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", {}),
        ("<t:code>A</t:code>", {"code": "A"}),
        ("<t:code> A </t:code>", {"code": " A "}),
        ("<t:code>  </t:code>", {"code": "  "}),
        ("<t:name/>", {"name": ""}),
        ("<t:name></t:name>", {"name": ""}),
        ('<t:name xsi:nil="true"/>', {"name": None}),
        ('<t:name xsi:nil="1"/>', {"name": None}),
        ('<t:name xsi:nil="false"/>', {"name": ""}),
        ("<code>no namespace</code>", {"code": "no namespace"}),
        ('<o:code xmlns:o="urn:other">another</o:code>', {"code": "another"}),
        ("<t:code>a<!-- b -->c<?d e?>f<![CDATA[<g>]]></t:code>", {"code": "acf<g>"}),
        ("<t:since>0000-00-00</t:since>", {"since": "0000-00-00"}),
        ("<t:total>1.234,56</t:total>", {"total": "1.234,56"}),
        ('<t:total currency="EUR">1.5</t:total>', {"total": "1.5", "total@currency": "EUR"}),
        ('<t:total currency="EUR" xsi:nil="true"/>', {"total": None, "total@currency": "EUR"}),
        ("<t:code>A</t:code><t:code>B</t:code>", {"code": ["A", "B"]}),
        ('<t:code>A</t:code><t:code/><t:code xsi:nil="true"/>', {"code": ["A", "", None]}),
        ("<t:note>one</t:note>", {"note": ["one"]}),
        (
            '<t:note>a</t:note><t:note lang="en">b</t:note><t:note>c</t:note>',
            {"note": ["a", "b", "c"], "note@lang": [None, "en", None]},
        ),
        ("<t:phone>1</t:phone><t:mail>m</t:mail><t:phone>2</t:phone>", {"phone": ["1", "2"], "mail": ["m"]}),
        ("<t:address/>", {"address": [{}]}),
        ('<t:address xsi:nil="true"/>', {"address": []}),
        ("<t:address><t:city>X</t:city></t:address>", {"address": [{"city": "X"}]}),
        (
            f"<t:address {XSI_TYPE}><t:city>X</t:city><t:country>Y</t:country></t:address>",
            {"address": [{"city": "X", "country": "Y"}]},
        ),
        ("<t:line><t:number>1</t:number></t:line>", {"line": [{"number": "1"}]}),
        (
            "<t:line><t:number>1</t:number></t:line><t:line><t:number>2</t:number></t:line>",
            {"line": [{"number": "1"}, {"number": "2"}]},
        ),
        ('<t:above id="7"><t:above/></t:above>', {"above": [{"@id": "7", "above": [{}]}]}),
        ("<t:extra><x>1</x><y z='2'><w/></y></t:extra>", {"extra": [{"x": "1", "y": [{"@z": "2", "w": ""}]}]}),
        ("<t:extra><x>1</x><x><w/></x></t:extra>", {"extra": [{"x": ["1", {"w": ""}]}]}),
        ("<t:free>text</t:free>", {"free": "text"}),
        ("<t:free><a>1</a></t:free>", {"free": [{"a": "1"}]}),
    ],
)
def test_an_element_becomes(script: Script, service: SoapService, content: str, expected: Record) -> None:
    assert record_of(script, service, content) == expected


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<t:colour>red</t:colour>", "find: row holds colour, which the WSDL does not know"),
        ("<t:line><t:colour/></t:line>", "find: row/line holds colour, which the WSDL does not know"),
        ("<t:code><b>A</b></t:code>", "find: row/code holds elements where the WSDL has a text"),
        (
            '<t:address xsi:type="t:Moon"/>',
            "find: row/address is of the type t:Moon, which the WSDL does not know",
        ),
        (
            '<t:address xsi:type="u:Moon"/>',
            "find: row/address is of the type u:Moon, which the WSDL does not know",
        ),
        ("<t:line>one</t:line>", "find: row/line holds a text where the WSDL has elements"),
    ],
)
def test_what_the_schema_does_not_have_is_drift(
    script: Script, service: SoapService, content: str, sentence: str
) -> None:
    with pytest.raises(Drifted) as caught:
        record_of(script, service, content)

    assert str(caught.value) == sentence


def test_a_site_may_carry_elements_that_its_wsdl_does_not_know(script: Script) -> None:
    with SoapService(connection(script.url, carries_unknown=True)) as service:
        record = record_of(script, service, "<t:colour>red</t:colour><t:more><a/></t:more>")

    assert record == {"colour": "red", "more": [{"a": ""}]}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<t:tellResult>1;2</t:tellResult>", [{"tellResult": "1;2"}]),
        ("<t:tellResult/>", [{"tellResult": ""}]),
        ("", []),
    ],
)
def test_a_record_that_is_a_text_stands_under_its_own_name(
    script: Script, service: SoapService, content: str, expected: list[Record]
) -> None:
    script.answers.append(answer(envelope(f"<t:tellResponse>{content}</t:tellResponse>")))

    assert list(service.call("tell", {}, record="tellResult")) == expected


def test_a_record_of_the_same_name_inside_another_is_not_one_of_the_answer(
    script: Script, service: SoapService
) -> None:
    script.answers.append(found("<t:extra><t:row><t:code>inner</t:code></t:row></t:extra>", "<t:code>B</t:code>"))

    first, second = service.call("find", ONE, record="row")

    assert first == {"extra": [{"row": [{"code": "inner"}]}]}
    assert second == {"code": "B"}
