"""A site says in which way the in-house system may be written; the embedded one can be, and its nights come."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.config.site import site_at
from adapters.embedded import Embedded
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.systems.inhouse import KIND, InHouseCompany, InHouseSettings
from adapters.systems.inhouse_execution import InHouseExecution
from adapters.systems.inhouse_routes import FolderRoute, ProcedureRoute
from contracts.laws.executions import reference
from domain.outcomes import Accepted
from ports.errors import Misconfigured
from tests.systems.inhouse_writing import NOWHERE, one_of_each


def configured(folder: Path, company: str) -> InHouseSettings:
    system = f'[systems.old]\nkind = "inhouse"\nurl = "sqlite:///{folder / "erp.db"}"\n'
    (folder / "erp.toml").write_text(f"{system}[systems.old.companies.01]\n{company}\n", encoding="utf-8")
    settings = site_at(folder / "erp.toml").settings("old")
    assert isinstance(settings, InHouseSettings)
    return settings


def opened(settings: InHouseSettings) -> Erp:
    return KIND.open("old", settings, InMemoryQuarantine(), {})


def test_a_folder_is_named_from_where_the_file_lies(tmp_path: Path) -> None:
    settings = configured(tmp_path, 'drop_folder = "drop"')
    with opened(settings) as erp:
        execution = erp.executions["01"]
        assert isinstance(execution, InHouseExecution)
        assert isinstance(execution.route, FolderRoute)
        assert execution.route.folder.path == tmp_path / "drop"


@pytest.mark.parametrize("company", ["", 'drop_folder = "drop"\nprocedures = "postgresql://x@localhost/erp"'])
def test_a_company_has_one_way(tmp_path: Path, company: str) -> None:
    with pytest.raises(Misconfigured, match=r"companies\.01: give either procedures or drop_folder"):
        configured(tmp_path, company)


def test_procedures_have_a_url_of_their_own_which_is_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INHOUSE_PROCEDURES", NOWHERE)
    settings = configured(tmp_path, 'procedures = { env = "INHOUSE_PROCEDURES" }')
    assert "hidden-7431" not in repr(settings)
    with opened(settings) as erp:
        execution = erp.executions["01"]
        assert isinstance(execution, InHouseExecution)
        assert isinstance(execution.route, ProcedureRoute)


def test_a_file_of_sqlite_has_no_procedures(tmp_path: Path) -> None:
    url = SecretStr(f"sqlite:///{tmp_path / 'erp.db'}")
    settings = InHouseSettings(url=url, companies={"01": InHouseCompany(procedures=url)})
    with pytest.raises(Misconfigured, match="drop"):
        opened(settings)


def test_without_companies_it_is_only_read(tmp_path: Path) -> None:
    with opened(InHouseSettings(url=SecretStr(f"sqlite:///{tmp_path / 'erp.db'}"))) as erp:
        assert erp.executions == {}


def test_the_embedded_system_can_be_written_and_has_its_nights() -> None:
    embedded = Embedded()
    settings = embedded.settings("inhouse")
    assert isinstance(settings, InHouseSettings)
    with opened(settings) as erp:
        ((_, execution),) = erp.executions.items()
        command = one_of_each()[0]
        assert list(execution.lacks()) == []
        answer = execution.perform(command, reference=reference(command), expected=None)
        assert isinstance(answer, Accepted)
        assert "nightly" in {thread.name for thread in threading.enumerate()}
    embedded.close()
    assert "nightly" not in {thread.name for thread in threading.enumerate()}
