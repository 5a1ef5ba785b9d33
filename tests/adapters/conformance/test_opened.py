"""A system is judged as itself and as if it were out of reach, and only a sandbox is ever knocked at wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from pydantic import SecretStr

from adapters.bootstrap import Systems, systems
from adapters.conformance.judging import judged
from adapters.conformance.opened import WRONG, opened, out_of_reach
from adapters.conformance.ports import SUPPLIERS
from adapters.conformance.stated import Stated
from adapters.conformance.subjects import subject_of
from adapters.embedded import Embedded
from adapters.scenario import suppliers
from adapters.secrets import Secret
from adapters.settings import SystemSettings
from adapters.systems.protheus import ProtheusSettings
from adapters.systems.sap import SapSettings
from contracts.laws.conformance import Outcome, Verdict
from domain.identifiers import SupplierId
from domain.suppliers import Supplier
from ports.errors import Unavailable


class TokenSettings(SystemSettings):
    url: str
    token: Secret


class FileSettings(SystemSettings):
    path: str


@pytest.fixture(scope="module")
def site() -> Iterator[Systems]:
    with Systems(Embedded()) as running:
        yield running


def test_a_password_becomes_a_wrong_one_and_nothing_else_changes() -> None:
    settings = SapSettings(url="https://sap.example", client="100", user="ME", password=SecretStr("right"))

    unreachable = out_of_reach(settings)

    assert unreachable == settings.model_copy(update={"password": SecretStr(WRONG)})


@pytest.mark.parametrize(
    ("url", "nowhere"),
    [
        ("sqlite:////tmp/erp.db", f"postgresql://erp:{WRONG}@127.0.0.1:1/erp"),
        ("mysql+pymysql://me:right@db.example/p12?charset=utf8", f"mysql+pymysql://erp:{WRONG}@127.0.0.1:1/p12?charset=utf8"),
    ],
)  # fmt: skip
def test_a_database_is_looked_for_where_nobody_listens(url: str, nowhere: str) -> None:
    unreachable = out_of_reach(ProtheusSettings(url=SecretStr(url), company="01", branch="01"))

    assert isinstance(unreachable, ProtheusSettings)
    assert unreachable.url.get_secret_value() == nowhere


def test_a_kind_that_we_know_nothing_of_is_looked_for_where_nobody_listens_if_it_has_a_url() -> None:
    unreachable = out_of_reach(TokenSettings(kind="acme", url="https://acme.example/api", token=SecretStr("t")))

    assert isinstance(unreachable, TokenSettings)
    assert unreachable.url == f"https://erp:{WRONG}@127.0.0.1:1/api"
    assert out_of_reach(FileSettings(kind="acme", path="/erp")) is None


def test_a_system_that_is_no_sandbox_is_never_knocked_at_with_a_wrong_password(site: Systems, tmp_path: Path) -> None:
    config = tmp_path / "erp.toml"
    url = "https://sap.example"
    config.write_text(f'[systems.live]\nkind = "sap"\nurl = "{url}"\nclient = "100"\nuser = "ME"\npassword = "right"\n')
    with systems(config) as live, opened(live) as system:
        assert (system.is_sandbox, system.down) == (False, None)
    with opened(site, "sap") as system:
        assert system.is_sandbox
        assert system.down is not None


def test_a_system_that_leaves_in_the_middle_breaks_no_law(site: Systems) -> None:
    asked: list[str] = []
    told: list[Verdict] = []

    def check() -> None:
        asked.append("are you there?")
        if len(asked) > 1:
            raise Unavailable("the cable is out")

    nobody = Stated[SupplierId, Supplier](tuple(evolve(each, name="Nobody") for each in suppliers()))
    with opened(site, "protheus") as system, pytest.raises(Unavailable, match="the cable is out"):
        judged(evolve(system, erp=evolve(system.erp, check=check)), SUPPLIERS, nobody, told.append)

    assert {each.outcome for each in told} <= {Outcome.KEPT, Outcome.NOT_APPLICABLE}


def test_pages_are_counted_only_when_they_are_pulled(site: Systems) -> None:
    with opened(site, "sap") as system:
        subject = subject_of(system, SUPPLIERS, Stated(suppliers()))
        assert subject.fetched is not None
        found = subject.port.find(SUPPLIERS.suite().everything())
        before = subject.fetched()
        next(found)
        first = subject.fetched()
        list(found)

    assert (before, first) == (0, 1)
    assert subject.fetched() > first
