"""A service is called as its WSDL says, streamed, paged, and repeated only where nothing can happen twice."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Mapping
from itertools import islice

import pytest
from lxml import etree

from adapters.soap.answers import AnswerReader
from adapters.soap.asked import Asked
from adapters.soap.forms import Child
from adapters.soap.records import Record, RecordReader
from adapters.soap.service import SoapService
from ports.errors import Drifted, Misconfigured, NotFound, OutcomeUnknown, Refused, Unavailable, Unintelligible
from sandbox.oracle import oracle_server
from sandbox.web import Response
from tests.adapters.soap.conftest import SOAP12, Script, answer, connection, envelope, found, wsdl

ONE = {"name": "x"}
DOWN = Response(503, (("Retry-After", "2"),))


def codes(records: Iterator[Record]) -> list[object]:
    return [record["code"] for record in records]


def row(code: str) -> str:
    return f"<t:code>{code}</t:code>"


def test_posts_what_the_wsdl_describes(script: Script, service: SoapService) -> None:
    script.answers.append(found(row("A")))

    assert codes(service.call("find", {"start": 7, "name": "O'Neil <&> ]]>"}, record="row")) == ["A"]

    [request] = script.posts()
    assert request.path == "/service"
    assert request.header("SOAPAction") == '"urn:test/find"'
    assert request.header("Content-Type") == "text/xml; charset=utf-8"
    sent = etree.fromstring(request.body).find(".//{urn:test}find")
    assert sent is not None
    assert [(part.tag, part.text) for part in sent] == [
        ("{urn:test}start", "7"),
        ("{urn:test}name", "O'Neil <&> ]]>"),
    ]


def test_speaks_soap_1_2_where_the_wsdl_does(script: Script, service: SoapService) -> None:
    script.documents["/wsdl"] = answer(wsdl(soap="soap12").encode())
    script.answers.append(answer(envelope(f"<t:findResponse><t:row>{row('A')}</t:row></t:findResponse>", SOAP12)))

    assert codes(service.call("find", ONE, record="row")) == ["A"]

    [request] = script.posts()
    assert request.header("Content-Type") == 'application/soap+xml; charset=utf-8; action="urn:test/find"'
    assert SOAP12.encode() in request.body


@pytest.mark.parametrize(
    ("operation", "arguments", "error", "sentence"),
    [
        ("find", {}, Refused, "find: Missing element name (find.name); nothing was sent"),
        ("find", {"name": "a\x01b"}, Refused, "find: an argument cannot be written as XML; nothing was sent"),
        ("find", {"name": "a\ud800"}, Refused, "find: an argument cannot be written as XML; nothing was sent"),
        ("find", {"colour": "red"}, Drifted, "unexpected keyword argument 'colour'; nothing was sent"),
        ("lose", {}, Drifted, "the WSDL has no operation lose"),
    ],
)
def test_what_does_not_fit_the_schema_is_not_sent(
    script: Script, service: SoapService, operation: str, arguments: Mapping[str, object], error: type, sentence: str
) -> None:
    with pytest.raises(error) as caught:
        list(service.call(operation, arguments, record="row"))

    assert str(caught.value).endswith(sentence)
    assert script.posts() == []


def test_a_record_that_the_answer_cannot_hold_is_drift(service: SoapService) -> None:
    with pytest.raises(Drifted, match="find: its answer holds no column according to the WSDL"):
        list(service.call("find", ONE, record="column"))


def test_names_the_elements_that_a_mapping_expects_and_the_wsdl_lacks(service: SoapService) -> None:
    paths = ["code", "colour", "total@currency", "@id", "line/number", "line/colour", "above/above/code", "code/x"]

    assert service.missing_elements("find", paths, record="row") == ("colour", "line/colour", "code/x")


def test_nothing_is_opened_before_the_first_record_is_asked_for(script: Script, service: SoapService) -> None:
    script.documents.clear()
    waiting = service.call("find", ONE, record="row")

    with pytest.raises(Misconfigured):
        next(waiting)


def test_hands_out_records_while_the_answer_is_still_coming() -> None:
    fed: list[int] = []

    def chunks() -> Iterator[bytes]:
        yield b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><findResponse>'
        for number in range(1_000_000_000):
            fed.append(number)
            yield b"<row>%d</row>" % number

    records = RecordReader("find", Child("row", None, repeats=True), lambda _: None, carries_unknown=False)
    reader = AnswerReader(Asked("find", "host"), records, "findResponse", huge=False)

    assert list(islice(reader.read(chunks()), 3)) == [{"row": "0"}, {"row": "1"}, {"row": "2"}]
    assert len(fed) <= 5


def test_memory_stays_flat_however_long_the_answer_is() -> None:
    filler = b"x" * 10_000

    def chunks() -> Iterator[bytes]:
        yield b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><findResponse>'
        for _ in range(2_000):
            yield b"<row>" + filler + b"</row>\n"
        yield b"</findResponse></e:Body></e:Envelope>"

    records = RecordReader("find", Child("row", None, repeats=True), lambda _: None, carries_unknown=False)
    reader = AnswerReader(Asked("find", "host"), records, "findResponse", huge=False)
    before = _resident()
    tracemalloc.start()
    count = sum(1 for _ in reader.read(chunks()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 2_000
    assert peak < 1_000_000  # of 20 MB
    assert _resident() - before < 10_000_000  # the tree is libxml2's, which tracemalloc does not see


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * 4096


def test_pages_go_on_after_what_really_came_until_a_page_is_empty(script: Script, service: SoapService) -> None:
    script.answers.extend([found(row("A"), row("B")), found(row("C")), found(row("D"), row("E")), found()])
    starts: list[int] = []

    def build(start: int) -> Mapping[str, object]:
        starts.append(start)
        return {"start": start, "name": "x"}

    pages = list(service.pages("find", build, record="row", size=2))

    assert [codes(iter(page)) for page in pages] == [["A", "B"], ["C"], ["D", "E"]]
    assert starts == [0, 2, 3, 5]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([found(row("A")), found(row("A"))], "find: the page at offset 1 is the one before once more"),
        ([found(row("A"), row("B"), row("C"))], "find: 3 records came where at most 2 were asked for"),
    ],
)
def test_a_service_that_does_not_page_is_found_out(
    script: Script, service: SoapService, answers: list[Response], sentence: str
) -> None:
    script.answers.extend(answers)

    with pytest.raises(Unintelligible) as caught:
        list(service.pages("find", lambda start: {"start": start, "name": "x"}, record="row", size=2))

    assert str(caught.value) == sentence


def test_a_read_is_repeated_while_the_service_is_unavailable(script: Script, service: SoapService) -> None:
    script.answers.extend([DOWN, Response(502), found(row("A"))])

    assert codes(service.call("find", ONE, record="row")) == ["A"]
    assert len(script.posts()) == 3


def test_a_read_is_given_up_after_three_times(script: Script, service: SoapService) -> None:
    script.answers.append(DOWN)

    with pytest.raises(Unavailable) as caught:
        list(service.call("find", ONE, record="row"))

    assert caught.value.retry_after == 2
    assert len(script.posts()) == 3


def test_a_read_whose_first_record_was_given_is_not_repeated(script: Script, service: SoapService) -> None:
    script.answers.append(Response(200, (("Content-Type", "text/xml"),), found(row("A")).body[:-90]))
    stream = service.call("find", ONE, record="row")

    with pytest.raises(Unintelligible, match="no whole XML"):
        list(stream)

    assert len(script.posts()) == 1


@pytest.mark.parametrize(("came", "error"), [(DOWN, OutcomeUnknown), (Response(429), Unavailable)])
def test_a_write_is_never_repeated(script: Script, service: SoapService, came: Response, error: type) -> None:
    script.answers.append(came)

    with pytest.raises(error):
        list(service.call("tell", {}, record="tellResult", writing=True))

    assert len(script.posts()) == 1


def test_nothing_is_taken_from_the_environment(
    script: Script, service: SoapService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    script.answers.append(found(row("A")))

    assert codes(service.call("find", ONE, record="row")) == ["A"]


@pytest.mark.parametrize("accepted", [Response(202), Response(204), answer(envelope(""))])
def test_an_operation_without_an_answer_gives_none(script: Script, service: SoapService, accepted: Response) -> None:
    script.answers.append(accepted)

    assert list(service.call("post", {}, record="nothing", writing=True)) == []


def test_the_password_never_shows(script: Script) -> None:
    with SoapService(connection(script.url)) as service:
        assert "sandbox" not in repr(connection(script.url))
        assert "sandbox" not in repr(service)


def test_a_retry_logs_no_arguments(script: Script, service: SoapService, caplog: pytest.LogCaptureFixture) -> None:
    script.answers.extend([DOWN, found()])

    with caplog.at_level("DEBUG"):
        list(service.call("find", {"name": "s3cret"}, record="row"))

    assert "s3cret" not in caplog.text


@pytest.mark.parametrize(
    "settings",
    [
        {"wsdl": " "},
        {"wsdl": "ftp://erp.example.com/x"},
        {"wsdl": "https://user:s3cret@erp.example.com/x"},
        {"endpoint": "erp.example.com"},
        {"endpoint": "https://erp.example.com:port/"},
        {"timeout": 0.0},
        {"connect_timeout": float("inf")},
        {"verify": "/no/such/file"},
    ],
    ids=repr,
)
def test_a_connection_that_cannot_be_right_is_told_at_once(settings: dict[str, object]) -> None:
    with pytest.raises(Misconfigured) as caught:
        connection("http://127.0.0.1", **settings)

    assert str(caught.value).startswith(f"{next(iter(settings))}: ")
    assert "s3cret" not in str(caught.value)


def test_reads_every_order_of_the_fusion_sandbox_page_by_page() -> None:
    with oracle_server(page_limit=40) as server:
        url = f"{server.url}/fscmService/PurchaseOrderService"
        opened = connection(server.url, wsdl=f"{url}?WSDL", endpoint=url)
        with SoapService(opened, not_found=frozenset({"JBO-25020"})) as service:
            pages = service.pages(
                "findPurchaseOrder",
                lambda start: {"findCriteria": {"fetchStart": start, "fetchSize": 100}},
                record="result",
                size=100,
            )
            orders = [order for page in pages for order in page]
            numbers = {str(order["OrderNumber"]) for order in orders}
            assert len(orders) == len(numbers) > 200
            assert all(isinstance(order["PurchaseOrderLine"], list) for order in orders)
            [one] = service.call("getPurchaseOrder", {"OrderNumber": min(numbers)}, record="result")
            assert one in orders
            with pytest.raises(NotFound):
                next(service.call("getPurchaseOrder", {"OrderNumber": "O'Neil"}, record="result"))
