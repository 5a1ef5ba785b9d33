"""Every service declaration of the vendor collection loads, also those that make pyodata stumble."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.odata.metadata import load_metadata

FOLDER = Path(__file__).parents[3] / "shared" / "vendor" / "sap-s4-odata" / "edmx"
DOCUMENTS = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []

pytestmark = pytest.mark.skipif(DOCUMENTS == [], reason=f"the vendor collection is not at {FOLDER}")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_declaration_loads_with_the_keys_and_targets_it_needs(document: Path) -> None:
    metadata = load_metadata(document.read_bytes())

    assert any(metadata.entity_type(name).keys for name in metadata.sets)
    for name in metadata.sets:
        kind = metadata.entity_type(name)
        assert set(kind.keys) <= kind.properties.keys()
        assert {way.target for way in kind.navigations.values()} <= metadata.types.keys()


def test_the_business_partner_reaches_its_supplier_and_lists_its_addresses() -> None:
    metadata = load_metadata((FOLDER / "API_BUSINESS_PARTNER.edmx").read_bytes())
    partner = metadata.entity_type("A_BusinessPartner")

    assert len(metadata.sets) == 52
    assert partner.keys == ("BusinessPartner",)
    assert partner.navigations["to_BusinessPartnerAddress"].many
    assert metadata.property("A_BusinessPartner", "to_Supplier/PurchasingIsBlocked").edm == "Edm.Boolean"
    assert metadata.property("A_BusinessPartner", "LastChangeDate").edm == "Edm.DateTime"
