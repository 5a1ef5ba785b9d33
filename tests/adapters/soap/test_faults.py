"""Everything that can come in place of an answer becomes the error of the port that says what to do."""

from __future__ import annotations

import gzip

import pytest
from attrs import frozen

from adapters.soap.faults import LOGON_FAULTS
from adapters.soap.service import SoapService
from ports.errors import (
    AccessDenied,
    Drifted,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    PortError,
    Refused,
    Unavailable,
    Unintelligible,
)
from sandbox.web import Response
from tests.adapters.soap.conftest import SOAP12, Script, answer, envelope, found

PAGE = b"<html><head><title>Logon</title></head><body><p>s3cret<br></body></html>"
NEAT_PAGE = b"<html><body><p>s3cret</p></body></html>"
DOCTYPE_PAGE = b"<!DOCTYPE html>" + NEAT_PAGE
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "s3cret">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + step, (b"&%c;" % (97 + step)) * 10) for step in range(9))
    + b"]>"
)
NO_BODY = f'<e:Envelope xmlns:e="{SOAP12}"/>'.encode()
WHOLE = found("<t:code>A</t:code>").body


def fault(code: str = "e:Server", text: str = "It failed", detail: str = "") -> bytes:
    inner = f"<detail>{detail}</detail>" if detail else ""
    return envelope(f"<e:Fault><faultcode>{code}</faultcode><faultstring>{text}</faultstring>{inner}</e:Fault>")


def fault12(code: str = "e:Sender", text: str = "It failed", detail: str = "") -> bytes:
    inner = f"<e:Detail>{detail}</e:Detail>" if detail else ""
    said = f"<e:Code><e:Value>{code}</e:Value></e:Code><e:Reason><e:Text>{text}</e:Text></e:Reason>{inner}"
    return envelope(f"<e:Fault>{said}</e:Fault>", SOAP12)


NESTED = (
    '<m:Error xmlns:m="urn:m"><m:code>JBO-1</m:code><m:message>First</m:message>'
    "<m:detail><m:code>ORA-2</m:code><m:message>Second</m:message></m:detail></m:Error>"
)


@frozen
class Case:
    """What came, and what it means after a read and after a write."""

    name: str
    came: Response
    read: type[PortError]
    write: type[PortError]

    def __str__(self) -> str:
        return self.name


def html(status: int) -> Response:
    return answer(PAGE, status, "text/html")


def xml(body: bytes, status: int = 200) -> Response:
    return answer(body, status)


TABLE = [
    Case("a fault with 500", xml(fault(), 500), Refused, Refused),
    Case("a fault with 200", xml(fault(), 200), Refused, Refused),
    Case("a fault with 400", xml(fault("e:Client"), 400), Refused, Refused),
    Case("a fault with 502", xml(fault(), 502), Unavailable, OutcomeUnknown),
    Case("a fault with 503", xml(fault(), 503), Unavailable, OutcomeUnknown),
    Case("a fault with 504", xml(fault(), 504), Unavailable, OutcomeUnknown),
    Case("a fault with 429", xml(fault(), 429), Unavailable, Unavailable),
    Case("a fault of SOAP 1.2 with 500", xml(fault12(), 500), Refused, Refused),
    Case("a fault of SOAP 1.2 with 200", xml(fault12("e:Receiver"), 200), Refused, Refused),
    Case("a fault that says not found", xml(fault(detail="<x><code>NO-ROW</code></x>"), 500), NotFound, NotFound),
    Case("a fault whose text says not found", xml(fault(text="NO-ROW: there is none"), 500), NotFound, NotFound),
    Case("a fault that only resembles it", xml(fault(text="NO-ROWS"), 500), Refused, Refused),
    Case("a fault without code and text", xml(fault("", ""), 500), Unavailable, OutcomeUnknown),
    Case("a fault of the logon", xml(fault("w:FailedAuthentication"), 500), AccessDenied, AccessDenied),
    Case("a fault of the clock", xml(fault("w:MessageExpired"), 500), AccessDenied, AccessDenied),
    Case("a fault of the protocol", xml(fault("e:MustUnderstand"), 500), Unintelligible, Unintelligible),
    Case("XML with 500 that is no SOAP", xml(b"<error/>", 500), Unavailable, OutcomeUnknown),
    Case("broken XML with 500", xml(b"<error>", 500), Unavailable, OutcomeUnknown),
    Case("a web page with 500", html(500), Unavailable, OutcomeUnknown),
    Case("a neat web page with 500 as XML", xml(NEAT_PAGE, 500), Unavailable, OutcomeUnknown),
    Case("a web page with 502", html(502), Unavailable, OutcomeUnknown),
    Case("a web page with 504", html(504), Unavailable, OutcomeUnknown),
    Case("nothing with 503", Response(503), Unavailable, OutcomeUnknown),
    Case("nothing with 500", Response(500), Unavailable, OutcomeUnknown),
    Case("408", Response(408), Unavailable, OutcomeUnknown),
    Case("429", Response(429), Unavailable, Unavailable),
    Case("a web page with 401", html(401), AccessDenied, AccessDenied),
    Case("a fault with 401", xml(fault(), 401), AccessDenied, AccessDenied),
    Case("403", html(403), AccessDenied, AccessDenied),
    Case("407", html(407), AccessDenied, AccessDenied),
    Case("404", html(404), Misconfigured, Misconfigured),
    Case("405", html(405), Misconfigured, Misconfigured),
    Case("415", html(415), Misconfigured, Misconfigured),
    Case("400", html(400), Refused, Refused),
    Case("a redirect", Response(302, (("Location", "http://127.0.0.1/s3cret"),)), Misconfigured, Misconfigured),
    Case("a web page with 200", html(200), Unintelligible, OutcomeUnknown),
    Case("a neat web page as XML with 200", xml(NEAT_PAGE), Unintelligible, OutcomeUnknown),
    Case("a page with a DTD as XML with 200", xml(DOCTYPE_PAGE), Unintelligible, OutcomeUnknown),
    Case("nothing with 200", xml(b""), Unintelligible, OutcomeUnknown),
    Case("nothing with 202 where an answer belongs", Response(202), Unintelligible, OutcomeUnknown),
    Case("XML that is no SOAP", xml(b"<answer>s3cret</answer>"), Unintelligible, OutcomeUnknown),
    Case("another answer", xml(envelope("<t:otherResponse/>")), Unintelligible, OutcomeUnknown),
    Case("an envelope without a body", xml(NO_BODY), Unintelligible, OutcomeUnknown),
    Case("XML that is cut", xml(WHOLE[:-40]), Unintelligible, OutcomeUnknown),
    Case("XML that is cut in the prolog", xml(WHOLE[:10]), Unintelligible, OutcomeUnknown),
    Case("a blank line before the declaration", xml(b"\n" + WHOLE), Unintelligible, OutcomeUnknown),
    Case("a control character", xml(found("<t:code>\x0b</t:code>").body), Unintelligible, OutcomeUnknown),
    Case("a reference to one", xml(found("<t:code>&#x1;</t:code>").body), Unintelligible, OutcomeUnknown),
    Case("bytes that are not UTF-8", xml(WHOLE.replace(b">A<", b">\xe9<")), Unintelligible, OutcomeUnknown),
    Case("a DTD", xml(b"<!DOCTYPE x []>" + WHOLE[21:]), Unintelligible, OutcomeUnknown),
    Case("an XML bomb", xml(BOMB + WHOLE[21:].replace(b">A<", b">&j;<")), Unintelligible, OutcomeUnknown),
    Case("an entity of a file", xml(
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + WHOLE[21:].replace(b">A<", b">&f;<")
    ), Unintelligible, OutcomeUnknown),
    Case("an undeclared entity", xml(WHOLE.replace(b">A<", b">&nbsp;<")), Unintelligible, OutcomeUnknown),
    Case("an answer in parts", answer(WHOLE, 200, "multipart/related; boundary=x"), Unintelligible, OutcomeUnknown),
    Case("broken compression", answer(b"s3cret", Content_Encoding="gzip"), Unintelligible, OutcomeUnknown),
    Case("an element unknown to the WSDL", found("<t:colour/>"), Drifted, OutcomeUnknown),
]  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=str)
@pytest.mark.parametrize("writing", [False, True], ids=["read", "write"])
def test_what_comes_in_place_of_an_answer(script: Script, service: SoapService, case: Case, writing: bool) -> None:
    script.answers.append(case.came)

    with pytest.raises(PortError) as caught:
        list(service.call("find", {"name": "s3cret"}, record="row", writing=writing))

    assert type(caught.value) is (case.write if writing else case.read)
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert len(sentence) < 200
    assert "find" in sentence
    assert "s3cret" not in sentence


@pytest.mark.parametrize(
    "body",
    [b"\xef\xbb\xbf" + WHOLE, gzip.compress(WHOLE), WHOLE.decode().encode("utf-16")],
    ids=["BOM", "gzip", "UTF-16"],
)
def test_forms_of_an_answer_that_are_fine(script: Script, service: SoapService, body: bytes) -> None:
    content = body.replace(b'<?xml version="1.0"?>', b"") if body[:3] == b"\xef\xbb\xbf" else body
    is_packed = body[:2] == b"\x1f\x8b"
    script.answers.append(answer(content, Content_Encoding="gzip") if is_packed else answer(content))

    assert list(service.call("find", {"name": "x"}, record="row")) == [{"code": "A"}]


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        (fault(detail=NESTED), ("It failed", "JBO-1: First", "ORA-2: Second")),
        (fault12(detail=NESTED), ("It failed", "JBO-1: First", "ORA-2: Second")),
        (fault(detail="<m:x xmlns:m='urn:m'>only this</m:x>"), ("It failed", "only this")),
        (fault(detail="plain text"), ("It failed", "plain text")),
        (fault(text="twice", detail="<x>twice</x>"), ("twice",)),
        (fault(text="a\n  b"), ("a b",)),
        (fault(text="y" * 9000), ("y" * 500,)),
        (fault(detail="<z><x>1</x></z>" * 3 + "".join(f"<z><x>{n}</x></z>" for n in range(90))), None),
    ],
)
def test_a_refusal_gives_every_sentence_of_the_fault(
    script: Script, service: SoapService, body: bytes, reasons: tuple[str, ...] | None
) -> None:
    script.answers.append(answer(body, 500))

    with pytest.raises(Refused) as caught:
        list(service.call("find", {"name": "x"}, record="row"))

    if reasons is None:
        assert len(caught.value.reasons) == 20
    else:
        assert caught.value.reasons == reasons


def test_every_code_of_a_failed_logon_is_known() -> None:
    assert {"FailedAuthentication", "InvalidSecurity", "MessageExpired"} < LOGON_FAULTS
