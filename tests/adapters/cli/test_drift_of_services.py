"""``dragoman drift`` on a vendor's services: what they publish after an upgrade, asked for or saved in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import sandbox.sap.reads
from adapters.embedded import Embedded
from sandbox.sap.business_partner_service import BUSINESS_PARTNER_SERVICE
from sandbox.sap.metadata import edmx
from sandbox.sap.model import Service
from sandbox.sap.purchase_order_service import PURCHASE_ORDER_SERVICE
from tests.adapters.cli.conftest import Command, section


@pytest.fixture
def sap(sandboxes: Embedded, tmp_path: Path, dragoman: Command) -> Path:
    config = tmp_path / "erp.toml"
    config.write_text(section("sap", sandboxes.settings("sap")))
    assert dragoman("drift", "pin", "--config", config).out.splitlines() == [
        str(tmp_path / "pins" / "sap.API_BUSINESS_PARTNER.json"),
        str(tmp_path / "pins" / "sap.API_PURCHASEORDER_PROCESS_SRV.json"),
    ]
    return config


def republished(monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes) -> Callable[[Service], bytes]:
    """Let the sandbox publish something else, as after an upgrade."""

    def changed(service: Service) -> bytes:
        return edmx(service).replace(old, new)

    monkeypatch.setattr(sandbox.sap.reads, "edmx", changed)
    return changed


def test_a_property_that_a_write_needs_closes_that_write(
    sap: Path, dragoman: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    republished(
        monkeypatch, b'<Property Name="CityName" Type="Edm.String" Nullable="true" MaxLength="40"',
        b'<Property Name="CityName" Type="Edm.String" Nullable="true" MaxLength="25"',
    )  # fmt: skip

    ran = dragoman("drift", "check", "--config", sap)

    assert ran.code == 1
    assert "closes write  suppliers  address.city" in ran.out
    assert "length: 40 to 25" in ran.out
    assert "sap, API_BUSINESS_PARTNER: writes of suppliers are closed that need address.city" in ran.err
    assert dragoman("find", "suppliers", "--config", sap).code == 0


def test_a_property_that_the_vendor_no_longer_takes_closes_the_writes_that_need_it(
    sap: Path, dragoman: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The full name is read only from the start, and no write needs it."""
    republished(monkeypatch, b'sap:label="City"', b'sap:label="City" sap:creatable="false" sap:updatable="false"')

    ran = dragoman("drift", "check", "--config", sap)

    assert ran.code == 1
    assert "closes write  suppliers  address.city" in ran.out
    assert "writing: written to read only" in ran.out
    assert "the vendor no longer takes what a write may put there" in ran.out
    assert dragoman("find", "suppliers", "--config", sap).code == 0


def test_records_that_nobody_reads_are_no_news(sap: Path, dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    republished(
        monkeypatch,
        b"<EntityContainer",
        b'<EntityType Name="New"><Key><PropertyRef Name="X"/></Key><Property Name="X" Type="Edm.String"/></EntityType>'
        b"<EntityContainer",
    )

    ran = dragoman("drift", "check", "--config", sap)

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "sap, API_BUSINESS_PARTNER: it publishes what is pinned",
        "sap, API_PURCHASEORDER_PROCESS_SRV: it publishes what is pinned",
    ]


def test_a_saved_document_is_compared_without_asking_the_system(
    sap: Path, tmp_path: Path, dragoman: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = republished(monkeypatch, b'Name="SearchTerm1"', b'Name="SearchTerm9"')
    saved = tmp_path / "saved.edmx"
    saved.write_bytes(changed(BUSINESS_PARTNER_SERVICE))
    monkeypatch.undo()
    sap.write_text(sap.read_text().replace("http://127.0.0.1", "http://127.0.0.2"))  # where nobody listens

    ran = dragoman("drift", "check", "--config", sap, "--system", "sap", "--live", saved, "--json")

    assert ran.code == 1
    assert [(each["change"], each["before"], each["after"], each["fields"]) for each in ran.records] == [
        ("renamed", "SearchTerm1", "SearchTerm9", ["trade_name"])
    ]


def test_a_saved_document_is_pinned_without_asking_the_system(
    sap: Path, tmp_path: Path, dragoman: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = tmp_path / "saved.edmx"
    saved.write_bytes(edmx(PURCHASE_ORDER_SERVICE))
    pins = tmp_path / "others"

    pinned = dragoman("drift", "pin", "--config", sap, "--system", "sap", "--live", saved, "--pins", pins)
    checked = dragoman(
        "drift", "check", "--config", sap, "--system", "sap", "--pins", pins, "--document", PURCHASE_ORDER_SERVICE.name
    )

    assert pinned.out == f"{pins / 'sap.API_PURCHASEORDER_PROCESS_SRV.json'}\n"
    assert (checked.code, checked.err) == (0, "sap, API_PURCHASEORDER_PROCESS_SRV: it publishes what is pinned\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--live", "x.edmx"], "say of which system the file x.edmx is: give --system NAME"),
        (["--document", "A"], "say of which system the document A is: give --system NAME"),
        (["--system", "sap", "--live", __file__], "is nothing that a system publishes; give $metadata of OData"),
        (["--system", "sap", "--live", "no.json"], "no.json: it cannot be read (No such file or directory)"),
        (
            ["--system", "sap", "--document", "B"],
            "there is no document B of sap; it has API_BUSINESS_PARTNER, API_PURCHASEORDER_PROCESS_SRV",
        ),
    ],
)
def test_wrong_questions_are_one_sentence(sap: Path, dragoman: Command, arguments: list[str], sentence: str) -> None:
    ran = dragoman("drift", "check", "--config", sap, *arguments)

    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert sentence in ran.err


def test_a_saved_document_tells_its_kind_by_its_content(sap: Path, dragoman: Command) -> None:
    saved = sap.parent / "metadata.txt"
    saved.write_bytes(edmx(BUSINESS_PARTNER_SERVICE))

    ran = dragoman("drift", "check", "--config", sap, "--system", "sap", "--live", saved)

    assert (ran.code, ran.err) == (0, "sap, API_BUSINESS_PARTNER: it publishes what is pinned\n")


def test_a_document_of_no_known_kind_must_be_named(sap: Path, dragoman: Command) -> None:
    pin = sap.parent / "pins" / "sap.API_BUSINESS_PARTNER.json"
    poor = pin.with_name("poor.json")
    poor.write_text(pin.read_text().replace('"A_BusinessPartner"', '"A_Partner"'))

    guessed = dragoman("drift", "check", "--config", sap, "--system", "sap", "--live", poor)
    named = dragoman(
        "drift", "check", "--config", sap, "--system", "sap", "--live", poor, "--document", "API_BUSINESS_PARTNER"
    )

    assert guessed.code == 2
    assert "has a record of none of the documents of sap; say which it is with --document: API_BUS" in guessed.err
    assert named.code == 1
    assert "record renamed, probably to A_Partner" in named.out
