"""Reading a site's configuration: what is wrong is said in one sentence, with the file and the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.config.site import Site, site_at
from adapters.kinds import kind_named, kinds
from adapters.systems.protheus import ProtheusSettings
from ports.errors import Misconfigured

GOOD = '[systems.erp]\nkind = "protheus"\nurl = "sqlite:///x.db"\ncompany = "01"\nbranch = "01"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "erp.toml"


def site_of(path: Path, text: str) -> Site:
    path.write_text(text, encoding="utf-8")
    return site_at(path)


def protheus_of(path: Path, text: str) -> ProtheusSettings:
    settings = site_of(path, text).settings("erp")
    assert isinstance(settings, ProtheusSettings)
    return settings


def test_reads_the_settings_of_a_system(path: Path) -> None:
    settings = protheus_of(path, GOOD + "timeout = 5\n")

    assert settings.url.get_secret_value() == "sqlite:///x.db"
    assert (settings.company, settings.branch, settings.timeout) == ("01", "01", 5.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("systems = 1", "{path}: systems must be a table"),
        ("[systems]\nerp = 1", "{path}: systems.erp must be a table"),
        ("", "{path}: systems is missing"),
        ("[systems]", "{path}: systems is empty; give it at least one entry"),
        ("x = 1\n" + GOOD, "{path}: the key x is not known; known are default, governance, systems"),
        ("sistems = 1\n" + GOOD, "the key sistems is not known, did you mean systems?"),
        ("a b", "{path}: it is not TOML: Expected '=' after a key in a key/value pair (at line 1, column 3)"),
        ("[systems.erp]\nurl = 1", "{path}: systems.erp: kind is missing; it is one of inhouse, "),
        ('[systems.erp]\nkind = "sapp"', "{path}: systems.erp: the kind 'sapp' is not known, did you mean sap?"),
        ("[systems.erp]\nkind = 3", "{path}: systems.erp: the kind 3 is not known;"),
        ('[systems."my erp"]\nkind = ""', "{path}: systems.\"my erp\": the kind '' is not known;"),
        ('default = "epr"\n' + GOOD, "{path}: default: the system 'epr' is not known, did you mean erp?"),
        ("default = 1\n" + GOOD, "{path}: default must be a text; put it in quotes"),
    ],
)
def test_a_file_of_another_form_is_refused(path: Path, text: str, told: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        site_of(path, text)

    assert told.format(path=path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('company = "01"\n', ""), "company is missing"),
        (('company = "01"', 'compny = "01"'), "company is missing; the key compny is not known, did you mean company?"),
        (('company = "01"', "company = 1"), "company must be a text; put it in quotes"),
        (('"sqlite:///x.db"', '{ env = "NOT_SET_HERE" }'), "url: set the environment variable NOT_SET_HERE"),
        (('"sqlite:///x.db"', '{ file = "nowhere" }'), "url: the file {folder}/nowhere cannot be read (No such file"),
        (('"sqlite:///x.db"', '{ enf = "X" }'), 'url: give a text, {{ env = "NAME" }} or {{ file = "path" }}'),
        (('"sqlite:///x.db"', '{ env = "X", file = "Y" }'), 'url: give a text, {{ env = "NAME" }}'),
        (('"sqlite:///x.db"', "7"), "url: give a text"),
        (("kind =", 'timeout = "soon"\nkind ='), "timeout must be a number"),
        (("kind =", "timeout = []\nkind ="), "timeout must be a number"),
        (("kind =", "timeout = 0\nkind ="), "timeout: it must be greater than 0"),
        (("kind =", "timeout = inf\nkind ="), "timeout: it must be a finite number"),
        (("kind =", "codes.customers = {}\nkind ="), "codes.customers: it must be 'suppliers' or 'purchase_orders'"),
    ],
)
def test_a_wrong_key_of_a_system_is_named(path: Path, change: tuple[str, str], told: str) -> None:
    site = site_of(path, GOOD.replace(*change))

    with pytest.raises(Misconfigured) as caught:
        site.settings("erp")

    assert str(caught.value).startswith(f"{path}: systems.erp: ")
    assert told.format(folder=path.parent) in str(caught.value)


def test_an_unknown_key_is_compared_with_those_of_its_own_level(path: Path) -> None:
    system = '[systems.erp]\nkind = "sap"\nurl = "http://h"\nclient = "100"\nuser = "u"\npassword = "p"'
    company = 'plnt = "1"\npurchasing_organisation = "1"\npurchasing_group = "1"\ngrouping = "BP02"'
    text = f"{system}\n[systems.erp.companies.1010]\n{company}"

    with pytest.raises(Misconfigured) as caught:
        site_of(path, text).settings("erp")

    told = (
        "the key companies.1010.plnt is not known, did you mean plant? known are grouping, longest, plant, purchasing"
    )
    assert told in str(caught.value)


def test_a_secret_comes_from_the_environment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERP_URL", "sqlite:///there.db")

    settings = protheus_of(path, GOOD.replace('"sqlite:///x.db"', '{ env = "ERP_URL" }'))

    assert settings.url.get_secret_value() == "sqlite:///there.db"


def test_an_empty_variable_is_not_a_secret(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERP_URL", "")

    with pytest.raises(Misconfigured, match="the environment variable ERP_URL is empty; set it"):
        protheus_of(path, GOOD.replace('"sqlite:///x.db"', '{ env = "ERP_URL" }'))


def test_a_secret_comes_from_a_file_beside_the_configuration(path: Path) -> None:
    (path.parent / "secret").write_text("sqlite:///there.db\n", encoding="utf-8")

    settings = protheus_of(path, GOOD.replace('"sqlite:///x.db"', '{ file = "secret" }'))

    assert settings.url.get_secret_value() == "sqlite:///there.db"


def test_a_secret_is_neither_shown_nor_part_of_a_complaint(path: Path) -> None:
    secret = "postgresql://u:hunter2@host/db"

    settings = protheus_of(path, GOOD.replace("sqlite:///x.db", secret))
    with pytest.raises(Misconfigured) as caught:
        protheus_of(path, GOOD.replace('"sqlite:///x.db"', f'["{secret}"]'))

    assert "hunter2" not in repr(settings)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_only_system_is_the_default_and_of_several_none_is(path: Path) -> None:
    assert site_of(path, GOOD).default == "erp"
    assert site_of(path, GOOD + GOOD.replace("erp", "other")).default is None
    assert site_of(path, 'default = "other"\n' + GOOD + GOOD.replace("erp", "other")).default == "other"


def test_a_missing_secret_stands_in_the_way_of_its_own_system_only(path: Path) -> None:
    site = site_of(path, GOOD + GOOD.replace("erp", "other").replace('"sqlite:///x.db"', '{ env = "NOT_SET_HERE" }'))

    assert site.settings("erp").kind == "protheus"
    with pytest.raises(Misconfigured, match=r"systems\.other: url: set the environment variable NOT_SET_HERE"):
        site.settings("other")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "it cannot be read (Is a directory)"),
        (lambda path: path.write_bytes(b"\xff\xfe[systems]"), "it is not a UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(path: Path, make: object, told: str) -> None:
    assert callable(make)
    make(path)

    with pytest.raises(Misconfigured) as caught:
        site_at(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert told in str(caught.value)


def test_a_byte_order_mark_is_no_fault(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8-sig")

    assert site_at(path).names == ("erp",)


def test_every_kind_is_registered_under_its_own_name() -> None:
    assert {kind: kind_named(kind).settings.model_fields["kind"].default for kind in kinds()} == {k: k for k in kinds()}
