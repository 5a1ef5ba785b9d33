"""Every WSDL of real vendors loads offline and strictly, or says in one sentence what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from ports.errors import Misconfigured
from tests.real.vendor import FOLDER, vendor_file

OPERATIONS = {
    "MANAGEBUSINESSUSERIN.wsdl": ("ManageBusinessUserIn", "BusinessUser", ("PersonId", "Log")),
    "QUERYBUSINESSUSERIN.wsdl": ("QueryBusinessUserIn", "BusinessUser", ("PersonID", "User/UserName")),
    "WORKFORCEPERSONMASTERDATAREPLI.wsdl": (
        "WorkforcePersonMasterDataReplicationRequestResponse_In",
        "WorkforcePersonMasterDataReplResponse",
        ("PersonUUID", "ProcessingStatusCode"),
    ),
    "Human_Resources.wsdl": ("Get_Workers", "Response_Data", ("Worker/Worker_Reference/ID@type", "Worker/Worker_Data")),
}
"""An operation, what its answer holds, and paths below that which the schema must know."""
REFUSED = ("consultasql.wsdl", "dataserver.wsdl")
"""They import schemas from the server that they were taken from."""


def service(wsdl: Path) -> SoapService:
    return SoapService(
        SoapConnection(wsdl=str(wsdl), endpoint="http://127.0.0.1:9/service", user="x", password=SecretStr("x"))
    )


def test_every_wsdl_of_the_collection_is_spoken_of_here() -> None:
    vendor_file("SOURCES.md")

    assert {path.name for path in FOLDER.rglob("*.wsdl")} == {*OPERATIONS, *REFUSED}


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_wsdl_loads_offline_and_knows_its_answers(name: str) -> None:
    operation, record, elements = OPERATIONS[name]
    folder = "workday" if name.startswith("Human") else "sap-soap"

    with service(vendor_file(folder, name)) as opened:
        assert opened.missing_elements(operation, (*elements, "NoSuchElement"), record=record) == ("NoSuchElement",)


@pytest.mark.parametrize("name", REFUSED)
def test_a_wsdl_whose_schemas_lie_on_another_host_says_so(name: str) -> None:
    path = vendor_file("totvs", "rm-soap", name)

    with service(path) as opened, pytest.raises(Misconfigured) as caught:
        opened.missing_elements("ReadView", (), record="ReadViewResult")

    assert str(caught.value).startswith(f"the WSDL {path} imports https://rm.example.com:1251/")
    assert str(caught.value).endswith("name rm.example.com:1251 in allowed_hosts if that is right")
