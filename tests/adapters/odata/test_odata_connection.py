"""What a connection accepts, and what it never shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from pydantic import SecretStr

from adapters.odata.connection import ODataConnection
from ports.errors import Misconfigured

CONNECTION = ODataConnection(url="https://sap.example.com:44300/", user="u", password=SecretStr("s3cret"), client="100")


def test_a_password_is_never_shown() -> None:
    assert "s3cret" not in f"{CONNECTION!r} {CONNECTION}"


def test_a_final_slash_does_not_matter() -> None:
    assert CONNECTION.url == "https://sap.example.com:44300"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sap.example.com",
        "ftp://sap.example.com",
        "https://",
        "https://h:0",
        "https://h:port",
        "http://[",
        "https://h?a",
        "https://u:s3cret@sap.example.com",
        "https://h#f",
    ],
)
def test_an_address_that_cannot_be_right_is_one_sentence_without_it(url: str) -> None:
    with pytest.raises(Misconfigured, match=r"^url: ") as caught:
        evolve(CONNECTION, url=url)

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("client", ["", "1", "1000", "abc", "١٠٠", " 100"])
def test_the_client_is_three_digits(client: str) -> None:
    with pytest.raises(Misconfigured, match="client"):
        evolve(CONNECTION, client=client)


@pytest.mark.parametrize("seconds", [0, -1, float("inf"), float("nan")])
def test_a_wait_is_a_number_of_seconds(seconds: float) -> None:
    with pytest.raises(Misconfigured, match="timeout"):
        evolve(CONNECTION, timeout=seconds)


def test_certificates_that_cannot_be_read_are_noticed_at_once(tmp_path: Path) -> None:
    empty = tmp_path / "ca.pem"
    empty.write_text("no certificate")

    for path in (empty, tmp_path / "missing.pem"):
        with pytest.raises(Misconfigured, match="verify"):
            evolve(CONNECTION, verify=str(path))
