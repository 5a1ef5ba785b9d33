"""Drift between real releases of one service, and planted changes in documents that nobody here wrote."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from lxml import etree

from acl.engine.owed import source_contract
from acl.sap.suppliers import SUPPLIER
from adapters.introspection import from_db, from_edmx, from_openapi, from_wsdl
from contracts.source.drift import Severity, absent, closed_writes, findings, relied_on
from contracts.source.owed import Facets, OwedColumn, SourceContract, Use
from contracts.source.schema import Form, Schema
from tests.real.vendor import vendor_file
from tests.unit.contracts.source.proof import check_each_mutation, check_each_record, every_column

CLOUD, ECC, ON_PREMISE = (
    "API_BUSINESS_PARTNER.edmx",
    "API_BUSINESS_PARTNER.ecc.edmx",
    "OP_API_BUSINESS_PARTNER_SRV.edmx",
)
RELEASES = (CLOUD, ECC, ON_PREMISE)
SUPPLIERS = source_contract(
    SUPPLIER,
    kind="sap",
    port="suppliers",
    beside=(OwedColumn(record="A_BusinessPartner", path="IsMarkedForArchiving"),),
    writes=True,
)


def release(name: str) -> Schema:
    return from_edmx(vendor_file("sap-s4-odata", "edmx", name))


def declared(name: str) -> dict[tuple[str, str], dict[str, str]]:
    """Read every property's type, length and nullability by entity type, without the reader that is used."""
    root = etree.parse(vendor_file("sap-s4-odata", "edmx", name)).getroot()
    return {
        (str(kind.get("Name")), str(each.get("Name"))): {
            facet: each.get(facet, "") for facet in ("Type", "MaxLength", "Nullable", "Scale")
        }
        for kind in root.iter("{*}EntityType")
        for each in kind.iterchildren("{*}Property")
    }


OURS = {
    "A_BusinessPartnerType": ("Supplier", "BusinessPartnerFullName", "SearchTerm1", "IsMarkedForArchiving"),
    "A_BusinessPartnerTaxNumberType": ("BPTaxType", "BPTaxNumber"),
    "A_BusinessPartnerAddressType": ("StreetName", "HouseNumber", "CityName", "Region", "PostalCode", "Country"),
    "A_AddressEmailAddressType": ("EmailAddress",),
    "A_BusinessPartnerBankType": ("BankCountryKey", "BankNumber", "BankAccount", "IBAN"),
    "A_SupplierType": ("PurchasingIsBlocked", "PaymentIsBlockedForSupplier"),
}
"""What the mapping of suppliers reads, by hand."""


def test_the_three_releases_declare_what_we_read_alike() -> None:
    told = [declared(name) for name in RELEASES]

    for kind, names in OURS.items():
        for name in names:
            assert told[0][kind, name] == told[1][kind, name] == told[2][kind, name], name
    assert sum(map(len, OURS.values())) == len(SUPPLIERS.columns)


@pytest.mark.parametrize("name", RELEASES)
def test_every_release_has_all_that_the_suppliers_rely_on(name: str) -> None:
    assert absent(SUPPLIERS, release(name)) == ()


@pytest.mark.parametrize("name", RELEASES)
def test_every_release_keeps_the_full_name_and_the_supplier_s_number_to_itself(name: str) -> None:
    owned = {
        each.path
        for each in SUPPLIERS.columns
        if (column := release(name).column(each.record, each.path)) is not None and not column.updatable
    }

    assert owned == {"BusinessPartnerFullName", "Supplier"}


@pytest.mark.parametrize(
    ("pinned", "live", "told"),
    [
        (CLOUD, ON_PREMISE, {"removed": 87, "record removed": 16, "writing": 55}),
        (CLOUD, ECC, {"removed": 142, "record removed": 24, "type": 32, "writing": 46}),
        (ECC, CLOUD, {"added": 142, "record added": 24, "type": 32, "writing": 46}),
    ],
)
def test_the_suppliers_survive_every_move_between_releases(pinned: str, live: str, told: dict[str, int]) -> None:
    found = findings(release(pinned), release(live), [SUPPLIERS])

    assert Counter(each.change.kind.value for each in found) == told
    assert {each.severity for each in found} == {Severity.OUTSIDE}


TEXT = Facets(forms=(Form.TEXT,), nullable=True)
RICHER = SourceContract(
    kind="sap",
    port="suppliers",
    columns=(
        OwedColumn(record="A_BusinessPartner", path="BusinessPartner", fields=("id",), facets=TEXT),
        OwedColumn(
            record="A_BusinessPartner", path="BusPartNationality", fields=("nationality",), use=Use.OPTIONAL_READ,
            facets=TEXT,
        ),
        OwedColumn(record="A_BusinessPartner", path="Initials", fields=("initials",), facets=TEXT),
        OwedColumn(
            record="A_BusinessPartner", path="BirthDate", fields=("born_on",), use=Use.OPTIONAL_READ,
            facets=Facets(forms=(Form.DATE,), nullable=True),
        ),
        OwedColumn(
            record="A_BusinessPartner", path="to_Supplier/PaymentReason", fields=("payment.reason",), use=Use.WRITE,
            facets=TEXT,
        ),
        OwedColumn(
            record="A_BusinessPartner", path="to_BPCreditWorthiness/BPCreditStandingRating", fields=("rating",),
            use=Use.OPTIONAL_READ, facets=TEXT,
        ),
    ),
)  # fmt: skip
"""What a site would rely on that reads more; each of its columns but the first is different in another release."""


def test_a_move_on_premise_hits_a_richer_mapping_where_the_release_is_poorer() -> None:
    found = [each for each in findings(release(CLOUD), release(ON_PREMISE), [RICHER]) if each.port is not None]

    assert {(each.fields, each.severity.word, each.change.kind.value) for each in found} == {
        (("payment.reason",), "closes write", "removed"),
        (("initials",), "warning", "removed"),
        (("nationality",), "note", "removed"),
        (("rating",), "note", "removed"),  # the way there
        (("rating",), "note", "record removed"),
    }
    assert all(each.stops_reading for each in found)
    assert closed_writes(found) == {"suppliers": ("payment.reason",)}


def test_a_release_that_no_longer_calls_a_day_a_day_is_told() -> None:
    by_fields = {each.fields: each for each in findings(release(CLOUD), release(ECC), [RICHER])}

    assert declared(CLOUD)["A_BusinessPartnerType", "BirthDate"] == declared(ECC)["A_BusinessPartnerType", "BirthDate"]
    born = by_fields["born_on",]
    assert (born.change.before, born.change.after) == ("date (Edm.DateTime)", "timestamp (Edm.DateTime)")
    assert born.severity is Severity.WARNING
    assert not born.stops_reading


Read = Callable[[Path], Schema]
DOCUMENTS: list[tuple[tuple[str, ...], Read, str]] = [
    (("sap-s4-odata", "edmx", CLOUD), from_edmx, "A_BusinessPartner"),
    (("sap-s4-odata", "edmx", "C_PURCHASEORDER_FS_SRV.edmx"), from_edmx, "C_PurchaseOrderFs"),
    (("sap-s4-odata", "edmx", "API_PRODUCT_SRV.edmx"), from_edmx, "A_Product"),
    (("sap-s4-odata", "openapi", "API_MATERIAL_STOCK_SRV.json"), from_openapi, "A_MatlStkInAcctMod"),
    (("sap-soap", "MANAGEBUSINESSUSERIN.wsdl"), from_wsdl, "BusinessUserMaintainRequestBundle"),
    (("workday", "Human_Resources.wsdl"), from_wsdl, "Personal_Information_DataType"),
    (("tryton", "tryton.sqlite"), lambda path: from_db(f"sqlite:///{path}"), "purchase_purchase"),
]


@pytest.mark.parametrize(("parts", "read", "root"), DOCUMENTS, ids=[each[0][-1] for each in DOCUMENTS])
def test_planted_changes_in_a_vendor_s_document_are_found_and_nothing_outside_breaks(
    parts: tuple[str, ...], read: Read, root: str, tmp_path: Path
) -> None:
    whole = read(Path(shutil.copy(vendor_file(*parts), tmp_path)))  # SQLite writes beside what it opens
    source = some_of(whole, root)
    pinned = relied_on(whole, [source])

    for record, column in every_column(pinned):
        check_each_mutation(pinned, [source], record, column)
    for each in pinned.records.values():
        check_each_record(pinned, [source], each)


def some_of(schema: Schema, root: str) -> SourceContract:
    """Rely on every other column that is reached from *root*, by every use in turn."""
    paths = islice(_leaves(schema, root), 0, 40, 2)
    columns = tuple(
        OwedColumn(
            record=root,
            path=path,
            fields=(path.replace("/", "."),),
            use=use,
            facets=Facets(forms=(form,), nullable=True),
        )
        for (path, form), use in zip(paths, cycle(Use), strict=False)
    )
    return SourceContract(kind="vendor", port="suppliers", columns=columns)


def _leaves(schema: Schema, record: str, path: str = "", depth: int = 0) -> Iterator[tuple[str, Form]]:
    for column in schema.records[record].columns:
        if column.of is None:
            yield f"{path}{column.name}", column.form
        elif depth < 2 and column.of in schema.records:
            yield from islice(_leaves(schema, column.of, f"{path}{column.name}/", depth + 1), 6)
