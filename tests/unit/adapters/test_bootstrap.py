"""Opening the systems of a site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from adapters.bootstrap import Systems, connect, systems
from adapters.embedded import SANDBOXES, Embedded, Running
from adapters.kinds import kinds
from domain.identifiers import PurchaseOrderId
from domain.units import Unit
from ports.errors import Misconfigured, TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from sandbox.protheus.store import broken, install

ROOT = Path(__file__).parents[3]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    url = f"sqlite:///{tmp_path}/protheus.db"
    install(url)
    path = tmp_path / "erp.toml"
    path.write_text(f'[systems.erp]\nkind = "protheus"\nurl = "{url}"\ncompany = "01"\nbranch = "01"\n')
    return path


def with_codes(config: Path, codes: str) -> Path:
    config.write_text(f"{config.read_text()}\n[systems.erp.codes.purchase_orders]\n{codes}\n")
    return config


def test_every_kind_of_ours_has_a_sandbox() -> None:
    assert set(SANDBOXES) == {name for name, each in kinds().items() if each.value.startswith("adapters.")}


@pytest.mark.parametrize("kind", sorted(SANDBOXES))
def test_a_sandbox_of_every_kind_is_opened_without_a_configuration(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with connect(system=kind) as erp:
        assert (erp.name, erp.kind) == (kind, kind)
        erp.check()
        order = next(erp.purchase_orders.find(PurchaseOrderQuery()))
        assert erp.purchase_orders.get(order.id) == order
        assert order.source.system == kind

    assert list(tmp_path.iterdir()) == []


def test_a_file_names_the_system(config: Path) -> None:
    with connect(config) as erp:
        assert (erp.name, erp.kind) == ("erp", "protheus")
        assert next(erp.purchase_orders.find(PurchaseOrderQuery())).source.system == "erp"


@pytest.mark.parametrize("path", [None, "config"])
def test_an_unknown_system_lists_the_known_ones(path: str | None, config: Path) -> None:
    with pytest.raises(Misconfigured, match="the system 'nope' is not known; known are "):
        connect(None if path is None else config, "nope")


def test_of_several_systems_one_must_be_named(config: Path) -> None:
    config.write_text(config.read_text() + config.read_text().replace("systems.erp", "systems.other"))

    with pytest.raises(Misconfigured, match="no system was named and there is no default; known are erp, other"):
        connect(config)


def test_a_system_is_opened_once_and_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    def noted(running: Running, kind: str) -> object:
        started.append(kind)
        return sandboxes[kind](running)

    sandboxes = dict(SANDBOXES)
    monkeypatch.setattr(
        "adapters.embedded.SANDBOXES", {kind: lambda running, kind=kind: noted(running, kind) for kind in sandboxes}
    )

    with systems() as site:
        assert started == []
        assert site.erp("protheus") is site.erp("protheus")

    assert started == ["protheus"]


def test_what_is_refused_is_kept_by_system() -> None:
    with systems() as site:
        for name in ("protheus", "inhouse"):
            list(site.erp(name).purchase_orders.find(PurchaseOrderQuery()))

        assert {each.source.system for each in site.refusals("protheus")} == {"protheus"}
        assert {each.source.key for each in site.refusals("protheus")} == {
            each.key for each in broken() if each.kind == "purchase_order"
        }


def test_a_site_extends_the_code_tables(config: Path) -> None:
    spoiled = next(each for each in broken() if each.column == "C7_UM")
    key = PurchaseOrderId(spoiled.key)
    with connect(config) as erp, pytest.raises(TranslationError, match="C7_UM"):
        erp.purchase_orders.get(key)

    paths = ("ordered.unit", "received.unit", "invoiced.unit", "price.per.unit")
    codes = "\n".join(f'"lines.{path}" = {{ "{spoiled.raw}" = "XBX" }}' for path in paths)
    with connect(with_codes(config, codes)) as erp:
        assert Unit("XBX") in {line.ordered.unit for line in erp.purchase_orders.get(key).lines}


def test_nested_tables_of_codes_are_paths_too(config: Path) -> None:
    with connect(with_codes(config, 'lines.ordered.unit = { "QQ" = "XBX" }')) as erp:
        assert erp.kind == "protheus"


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ('currency = { "9" = "EUX" }', "codes.purchase_orders.currency.9: 'EUX' is not an ISO 4217 currency"),
        ('status = { "9" = "open" }', "codes.purchase_orders.status: "),
        ('nothing = { "9" = "open" }', "codes.purchase_orders.nothing: no attribute nothing; PurchaseOrder has id,"),
        ('reference = { "9" = "open" }', "reference is not read through a code table"),
    ],
)
def test_a_wrong_code_is_named_with_its_place(config: Path, codes: str, told: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        connect(with_codes(config, codes))

    assert str(caught.value).startswith(f"{config}: systems.erp")
    assert told in str(caught.value)
    assert str(caught.value).count(str(config)) == 1


def test_what_a_driver_cannot_use_is_named_with_its_place(config: Path) -> None:
    config.write_text(config.read_text().replace('company = "01"', 'company = "1"'))

    with pytest.raises(Misconfigured) as caught:
        connect(config)

    assert str(caught.value).startswith(f"{config}: systems.erp: company is '1'")


def test_closing_twice_is_no_fault() -> None:
    site = Systems(Embedded())
    site.erp("protheus")

    site.close()
    site.close()


def test_only_the_drivers_in_use_are_imported(config: Path) -> None:
    script = (
        "import sys\nfrom adapters.bootstrap import connect\n"
        f"connect({str(config)!r}).close()\n"
        "print([each for each in ('zeep', 'pyodata', 'requests', 'httpx2', 'lxml', 'sandbox') if each in sys.modules])"
    )

    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("[]\n", "")
