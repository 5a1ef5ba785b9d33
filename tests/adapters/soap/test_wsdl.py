"""A WSDL is read strictly, and only from where it may come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from ports.errors import AccessDenied, Misconfigured, PortError, Unavailable, Unintelligible
from sandbox.web import Response, serve
from tests.adapters.soap.conftest import SCHEMA, Script, answer, connection, found, wsdl

BOMB = '<!DOCTYPE b [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
LINK = "file://{}/linked.xsd"
ENTITY_OF_A_FILE = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def importing(location: str) -> str:
    return wsdl(
        schema='<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
        f'<xsd:import namespace="urn:test" schemaLocation="{location}"/></xsd:schema>'
    )


def known(service: SoapService) -> bool:
    return service.missing_elements("find", ["code"], record="row") == ()


def the_error(settings: SoapConnection) -> PortError:
    with pytest.raises(PortError) as caught, SoapService(settings) as service:
        known(service)
    assert str(caught.value).isprintable()
    return caught.value


@pytest.mark.parametrize("location", ["types.xsd", "/types.xsd", "deeper/../types.xsd"])
def test_reads_what_the_wsdl_imports_from_its_own_host(script: Script, service: SoapService, location: str) -> None:
    script.documents["/wsdl"] = answer(importing(location).encode())
    script.documents["/types.xsd"] = script.documents["/deeper/../types.xsd"] = answer(SCHEMA.encode())

    assert known(service)


@pytest.mark.parametrize(
    "location", ["http://169.254.169.254/latest", "https://erp.invalid/types.xsd", "//erp.invalid/x"]
)
def test_an_import_from_another_host_is_refused_and_names_the_setting(
    script: Script, service: SoapService, location: str
) -> None:
    script.documents["/wsdl"] = answer(importing(location).encode())

    with pytest.raises(Misconfigured) as caught:
        known(service)

    assert f"imports {location if '://' in location else 'http:' + location}, which is on another host" in str(
        caught.value
    )
    assert "allowed_hosts" in str(caught.value)


def test_another_port_of_the_same_host_is_another_host(script: Script, service: SoapService) -> None:
    script.documents["/wsdl"] = answer(importing("http://127.0.0.1:6379/types.xsd").encode())

    with pytest.raises(Misconfigured, match=r"name 127\.0\.0\.1:6379 in allowed_hosts"):
        known(service)


@pytest.mark.parametrize("named", ["host", "host and port"])
def test_an_allowed_host_is_read_but_never_given_the_password(script: Script, named: str) -> None:
    asked: list[str | None] = []

    with serve(lambda request: answer(SCHEMA.encode())) as other:
        script.documents["/wsdl"] = answer(importing(f"{other.url}/types.xsd").encode())
        host = other.url.removeprefix("http://")
        allowed = {host if named == "host and port" else host.partition(":")[0]}
        error = the_error(connection(script.url, allowed_hosts=allowed))
        asked.extend(request.header("authorization") for request in other.seen)

    assert type(error) is AccessDenied  # the other server wants a password too, and got none
    assert asked == [None]


@pytest.mark.parametrize("location", ["file:///etc/hostname", "/etc/hostname"])
def test_a_wsdl_of_the_web_reads_no_files(script: Script, service: SoapService, location: str) -> None:
    script.documents["/wsdl"] = answer(importing(location).encode())

    with pytest.raises(Misconfigured):
        known(service)


def local(path: Path, **settings: object) -> SoapConnection:
    return connection("http://127.0.0.1:9", wsdl=str(path), **settings)


def test_a_wsdl_in_a_file_reads_what_lies_beside_and_below_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "types.xsd").write_text(SCHEMA)
    (tmp_path / "service.wsdl").write_text(importing("below/types.xsd"))

    with SoapService(local(tmp_path / "service.wsdl")) as service:
        assert known(service)


def test_a_wsdl_in_a_file_reads_nothing_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "types.xsd").write_text(SCHEMA)
    (folder / "linked.xsd").symlink_to(tmp_path / "types.xsd")
    for location in ("../types.xsd", str(tmp_path / "types.xsd"), f"file://{tmp_path}/types.xsd", LINK.format(folder)):
        (folder / "service.wsdl").write_text(importing(location))
        error = the_error(local(folder / "service.wsdl"))
        assert type(error) is Misconfigured
        assert "does not lie beside or below it" in str(error)


def test_a_wsdl_in_a_file_reads_nothing_from_the_web(tmp_path: Path) -> None:
    (tmp_path / "service.wsdl").write_text(importing("https://erp.invalid/types.xsd"))

    error = the_error(local(tmp_path / "service.wsdl"))

    assert type(error) is Misconfigured
    assert "imports https://erp.invalid/types.xsd" in str(error)
    assert "erp.invalid:443 in allowed_hosts" in str(error)


@pytest.mark.parametrize("doctype", [BOMB, ENTITY_OF_A_FILE, "<!DOCTYPE definitions>"])
@pytest.mark.parametrize("where", ["wsdl", "schema"])
def test_a_dtd_is_not_read(script: Script, service: SoapService, doctype: str, where: str) -> None:
    text = wsdl() if where == "wsdl" else importing("types.xsd")
    text = text.replace("<definitions", f"{doctype}<definitions") if where == "wsdl" else text
    script.documents["/wsdl"] = answer(text.encode())
    script.documents["/types.xsd"] = answer((doctype + SCHEMA).encode())

    with pytest.raises(Unintelligible, match="holds a DTD"):
        known(service)


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (answer(b"<html><p>"), Unintelligible),
        (answer(b"<html/>"), Unintelligible),
        (answer(b""), Unintelligible),
        (answer(wsdl().replace('type="t:Row"', 'type="t:Rwo"').encode()), Unintelligible),
        (answer(wsdl().replace("t:TestSoap", "t:Nowhere").encode()), Unintelligible),
        (Response(404), Misconfigured),
        (Response(302, (("Location", "http://127.0.0.1:9/"),)), Misconfigured),
        (Response(401), AccessDenied),
        (Response(503), Unavailable),
    ],
)
def test_a_wsdl_that_does_not_come_or_is_none(script: Script, came: Response, expected: type[PortError]) -> None:
    script.documents["/wsdl"] = came

    assert type(the_error(connection(script.url))) is expected


def test_a_wrong_password_and_a_closed_port_are_told_apart(script: Script) -> None:
    wrong = SoapConnection(wsdl=f"{script.url}/wsdl", user="dragoman", password=SecretStr("s3cret"))
    closed = SoapConnection(wsdl="http://127.0.0.1:9/wsdl", user="dragoman", password=SecretStr("s3cret"))

    assert type(the_error(wrong)) is AccessDenied
    assert type(the_error(closed)) is Unavailable


def test_a_missing_file_is_misconfigured(tmp_path: Path) -> None:
    assert "cannot be read; check the path in wsdl" in str(the_error(local(tmp_path / "nowhere.wsdl")))


def test_calls_never_go_to_an_address_of_the_wsdl_on_another_host(script: Script) -> None:
    with (
        SoapService(connection(script.url, endpoint=None)) as service,
        pytest.raises(Misconfigured, match=r"sends calls to http://erp-internal:8000/service.*give the real address"),
    ):
        next(service.call("find", {"name": "x"}, record="row"))


def test_calls_go_to_the_address_of_the_wsdl_where_it_may_be_used(script: Script) -> None:
    script.documents["/wsdl"] = answer(wsdl(address=f"{script.url}/elsewhere").encode())
    script.answers.append(found())

    with SoapService(connection(script.url, endpoint=None)) as service:
        assert list(service.call("find", {"name": "x"}, record="row")) == []

    assert [request.path for request in script.posts()] == ["/elsewhere"]


def test_a_port_that_is_not_there_is_named_with_those_that_are(script: Script) -> None:
    error = the_error(connection(script.url, port="Other"))

    assert str(error) == "the WSDL has no SOAP port Other; its ports are TestPort"
