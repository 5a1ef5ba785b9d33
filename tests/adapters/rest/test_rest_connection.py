"""What a connection needs is checked at once, and nothing secret is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from pydantic import SecretStr

from adapters.rest.connection import Bearer
from ports.errors import Misconfigured
from tests.adapters.rest.answering import CONNECTION


def test_nothing_secret_is_shown() -> None:
    assert "s3cret" not in f"{CONNECTION!r} {Bearer(SecretStr('s3cret'))!r}"


@pytest.mark.parametrize(
    "url", ["", "erp.example.com", "ftp://h", "https://u:s3cret@h", "https://h?a=1", "https://h:port", "http://"]
)
def test_an_address_that_cannot_be_right_is_one_sentence_without_it(url: str) -> None:
    with pytest.raises(Misconfigured, match=r"^url: ") as caught:
        evolve(CONNECTION, url=url)

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("value", ["", " ", "a\r\nX: y", "São"])
def test_a_scope_that_cannot_be_sent_as_it_is_is_refused(value: str) -> None:
    with pytest.raises(Misconfigured, match="tenantId"):
        evolve(CONNECTION, headers={"tenantId": value})


def test_waits_and_certificates_are_checked_at_once(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="timeout"):
        evolve(CONNECTION, timeout=0)
    with pytest.raises(Misconfigured, match="verify"):
        evolve(CONNECTION, verify=str(tmp_path / "missing.pem"))
