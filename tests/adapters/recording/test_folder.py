"""The folder of a recording: whole, or not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.bootstrap import Systems, open_system
from adapters.embedded import Embedded
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.recording.folder import SQL, STAMP, stamp_at
from adapters.recording.session import recording, replaying
from adapters.settings import SystemSettings
from domain.identifiers import SupplierId
from ports.errors import Misconfigured
from ports.suppliers import SupplierQuery

THEN = datetime(2026, 1, 31, 12, tzinfo=UTC)


@contextmanager
def recorded(place: Path, settings: SystemSettings, now: datetime = THEN) -> Iterator[Erp]:
    """Open a system by its settings, and record it."""
    with (
        recording(place, settings, now=lambda: now) as kept,
        open_system("branch", settings, InMemoryQuarantine()) as erp,
    ):
        kept.of(erp)
        yield erp


@pytest.fixture
def settings(vendors: Embedded) -> SystemSettings:
    return vendors.settings("protheus")


@pytest.fixture
def place(tmp_path: Path, settings: SystemSettings) -> Path:
    with recorded(tmp_path / "branch", settings) as erp:
        list(erp.suppliers.find(SupplierQuery()))
    return tmp_path / "branch"


def test_a_recording_says_what_it_is_and_when_it_was_made(place: Path) -> None:
    stamp = stamp_at(place)

    assert (stamp.system, stamp.kind, stamp.recorded_at, stamp.limit_days) == ("branch", "protheus", THEN, 90)
    assert stamp.replaced["name"] > 0
    assert stamp.replaced["tax_ids"] > 0
    assert set(stamp.files) == {SQL}
    assert any("pseudonyms" in rule for rule in stamp.rules)


def test_a_recording_is_opened_without_configuration_and_without_the_system(place: Path) -> None:
    with replaying(place) as replay, Systems(replay) as site:
        found = list(site.erp().suppliers.find(SupplierQuery()))

    assert len(found) > 10
    assert site.names == ("branch",)


def test_a_recording_is_too_old_after_its_limit_and_not_before(place: Path) -> None:
    stamp = stamp_at(place)

    assert stamp.warning(THEN + timedelta(days=90, hours=23)) is None
    assert stamp.warning(THEN + timedelta(days=91)) == (
        "the recording of branch is 91 days old, and its limit is 90; the vendor may answer otherwise by now"
    )


def test_a_better_recording_takes_the_place_of_the_one_before(place: Path, settings: SystemSettings) -> None:
    with recorded(place, settings, THEN + timedelta(days=1)) as erp:
        list(erp.suppliers.find(SupplierQuery()))

    assert stamp_at(place).recorded_at == THEN + timedelta(days=1)
    assert [each.name for each in place.parent.iterdir()] == ["branch"]


def test_a_recording_that_failed_half_way_leaves_the_one_before(place: Path, settings: SystemSettings) -> None:
    def interrupted() -> None:
        with recorded(place, settings) as erp:
            next(iter(erp.suppliers.find(SupplierQuery())))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert stamp_at(place).recorded_at == THEN
    assert [each.name for each in place.parent.iterdir()] == ["branch"]


def test_a_recording_that_failed_leaves_nothing_where_nothing_was(tmp_path: Path, settings: SystemSettings) -> None:
    with pytest.raises(KeyboardInterrupt), recorded(tmp_path / "branch", settings):
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []


def test_a_system_that_was_asked_nothing_is_not_recorded(tmp_path: Path, settings: SystemSettings) -> None:
    with pytest.raises(Misconfigured, match="branch was asked nothing"), recorded(tmp_path / "branch", settings):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_system_is_not_asked_before_it_is_known_what_is_personal(tmp_path: Path, settings: SystemSettings) -> None:
    with (
        pytest.raises(Misconfigured, match="before it was known what is personal"),
        recording(tmp_path / "branch", settings),
        open_system("branch", settings, InMemoryQuarantine()) as erp,
    ):
        erp.suppliers.get(SupplierId("12345678"))


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, settings: SystemSettings) -> None:
    (tmp_path / "thesis.txt").write_text("do not delete", encoding="utf-8")

    with pytest.raises(Misconfigured, match="is there and is no recording"), recorded(tmp_path, settings):
        pass
    with pytest.raises(Misconfigured, match="is there and is no rec"), recorded(tmp_path / "thesis.txt", settings):
        pass

    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "do not delete"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, settings: SystemSettings) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Misconfigured, match="cannot be written"), recorded(tmp_path / "file" / "branch", settings):
        pass


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda place: (place / STAMP).unlink(), "holds no recording; make one with --record"),
        (lambda place: (place / SQL).unlink(), "sql.jsonl is not what was recorded"),
        (lambda place: (place / SQL).write_text("{}\n"), "sql.jsonl is not what was recorded"),
        (lambda place: (place / STAMP).write_text("{}"), "is no stamp of a recording of this version"),
        (lambda place: (place / STAMP).write_bytes(b"\xff"), "is no stamp of a recording of this version"),
    ],
)
def test_a_damaged_recording_is_one_sentence(place: Path, spoil: object, told: str) -> None:
    assert callable(spoil)
    spoil(place)

    with pytest.raises(Misconfigured, match=told) as caught, replaying(place):
        pass
    assert "\n" not in str(caught.value)


def test_a_recording_whose_settings_do_not_fit_the_kind_any_more_is_one_sentence(place: Path) -> None:
    stamp = json.loads((place / STAMP).read_text(encoding="utf-8"))
    stamp["settings"]["continent"] = "1"
    (place / STAMP).write_text(json.dumps(stamp), encoding="utf-8")

    with replaying(place) as replay, pytest.raises(Misconfigured, match="are not those of the kind protheus any more"):
        replay.settings("branch")


def test_what_the_recording_lacks_is_told_by_the_check_of_the_system(place: Path) -> None:
    with replaying(place) as replay, Systems(replay) as site:
        erp = replay.checked(site.erp())
        with pytest.raises(Misconfigured, match="does not hold an answer"):
            erp.suppliers.get(SupplierId("12345678"))
        with pytest.raises(Misconfigured, match="does not hold an answer"):
            erp.check()


def test_no_user_no_password_and_no_path_of_this_machine_stands_in_the_settings(
    place: Path, settings: SystemSettings, vendors: Embedded, tmp_path: Path
) -> None:
    url = getattr(settings, "url", None)
    assert isinstance(url, SecretStr)
    told = (place / STAMP).read_text(encoding="utf-8")

    assert url.get_secret_value() not in told
    assert str(Path(url.get_secret_value().removeprefix("sqlite:///")).parent) not in told
    assert stamp_at(place).settings["url"] == "sqlite:////recorded/recorded.db"

    with recorded(tmp_path / "sap", vendors.settings("sap")) as erp:
        next(iter(erp.suppliers.find(SupplierQuery())))
    assert stamp_at(tmp_path / "sap").settings["user"] == "recorded"
    assert stamp_at(tmp_path / "sap").settings["password"] == "recorded"
