"""What real vendors publish becomes the neutral schema, with the facts that stand in their files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adapters.introspection import from_db, from_edmx, from_openapi, from_wsdl
from adapters.odata.metadata import load_metadata
from contracts.source.schema import Column, Form, Reference, Schema
from contracts.source.stored import schema_from, text_of
from ports.errors import Misconfigured, Unintelligible
from tests.databases import MARIADB, POSTGRESQL, url_of
from tests.real.vendor import FOLDER, vendor_file

EDMX = sorted((FOLDER / "sap-s4-odata" / "edmx").glob("*"))
WSDL = sorted([*FOLDER.glob("sap-soap/*.wsdl"), *FOLDER.glob("workday/*.wsdl")])
DATA_SETS = sorted(FOLDER.glob("totvs/rm-soap/dataserver-schemas/*.xsd"))
APIS = sorted(FOLDER.glob("totvs/ttalk/apis/*.json"))
MESSAGES = sorted(FOLDER.glob("totvs/ttalk/schemas/*.json"))

pytestmark = pytest.mark.skipif(EDMX == [], reason=f"the vendor collection is not at {FOLDER}")


def found(schema: Schema, record: str, path: str) -> Column:
    column = schema.column(record, path)
    assert column is not None, f"{record}: {path}"
    return column


def assert_sound(schema: Schema) -> None:
    """Every record has columns whose names differ, keys are among them, ways lead to records, and a file keeps all."""
    assert len(schema.records) > 0
    for record in schema.records.values():
        names = [column.name for column in record.columns]
        assert len(set(names)) == len(names), record.name
        assert set(record.key) <= set(names), record.name
        assert {column.of for column in record.columns} - {None} <= schema.records.keys(), record.name
    assert schema_from(text_of(schema), place="the file") == schema


@pytest.mark.parametrize("path", EDMX, ids=lambda path: path.name)
def test_every_declaration_of_sap_gives_a_schema_that_says_what_the_driver_reads(path: Path) -> None:
    schema = from_edmx(path)
    driver = load_metadata(path.read_bytes())

    assert_sound(schema)
    assert driver.sets.keys() <= schema.records.keys()
    for name in driver.sets:
        kind, record = driver.entity_type(name), schema.records[name]
        assert record.key == kind.keys
        assert {each.name for each in record.columns} == {*kind.properties, *kind.navigations}
        for each in kind.properties.values():
            column = found(schema, name, each.name)
            assert column.nullable is each.nullable
            assert column.native == each.edm or column.form in (Form.RECORD, Form.OTHER) or column.codes is not None
        for way in kind.navigations.values():
            assert found(schema, name, way.name).many is way.many


def test_the_business_partner_has_the_sizes_that_sap_declares() -> None:
    schema = from_edmx(vendor_file("sap-s4-odata", "edmx", "API_BUSINESS_PARTNER.edmx"))

    supplier = found(schema, "A_BusinessPartner", "Supplier")
    assert (supplier.form, supplier.native, supplier.length) == (Form.TEXT, "Edm.String", 10)
    assert found(schema, "A_BusinessPartner", "BusinessPartner").nullable is False
    assert found(schema, "A_BusinessPartner", "LastChangeDate").form is Form.DATE
    assert found(schema, "A_BusinessPartner", "LastChangeTime").form is Form.TIME
    addresses = found(schema, "A_BusinessPartner", "to_BusinessPartnerAddress")
    assert (addresses.many, addresses.of) == (True, "A_BusinessPartnerAddress")
    assert found(schema, "A_BusinessPartner", "to_BusinessPartnerAddress/Country").length == 3
    assert found(schema, "A_BusinessPartner", "to_Supplier/PurchasingIsBlocked").form is Form.BOOLEAN


@pytest.mark.parametrize("path", WSDL, ids=lambda path: path.name)
def test_every_wsdl_gives_a_schema(path: Path) -> None:
    assert_sound(from_wsdl(path))


def test_workday_s_answers_can_be_walked_and_tell_their_codes() -> None:
    schema = from_wsdl(vendor_file("workday", "Human_Resources.wsdl"))

    assert found(schema, "Get_Workers", "Response_Data/Worker/Worker_Reference/ID@type").form is Form.TEXT
    assert found(schema, "Get_Workers", "Response_Results/Total_Pages").form is Form.DECIMAL
    hours = found(schema, "Position_Detail_DataType", "Default_Weekly_Hours")
    assert (hours.precision, hours.scale, hours.nullable) == (5, 2, True)
    assert found(schema, "Get_Workers", "Response_Data").nullable is True


def test_sap_s_restrictions_are_kept() -> None:
    schema = from_wsdl(vendor_file("sap-soap", "QUERYBUSINESSUSERIN.wsdl"))

    assert found(schema, "QueryBusinessUserIn", "BusinessUser/PersonID").length == 10
    assert found(schema, "QueryBusinessUserIn", "BusinessUser").many


@pytest.mark.parametrize("path", DATA_SETS, ids=lambda path: path.name)
def test_the_data_sets_of_rm_give_a_schema(path: Path) -> None:
    assert_sound(from_wsdl(path))


def test_a_data_set_of_rm_has_its_sizes() -> None:
    schema = from_wsdl(vendor_file("totvs", "rm-soap", "dataserver-schemas", "glb-usuario.xsd"))

    user = found(schema, "GlbUsuario", "GUSUARIO/CODUSUARIO")
    assert (user.form, user.length, user.nullable) == (Form.TEXT, 20, False)
    assert found(schema, "GlbUsuario", "GUSUARIO/STATUS").form is Form.INTEGER
    assert found(schema, "GlbUsuario", "GUSUARIO/DATAINICIO").form is Form.TIMESTAMP


@pytest.mark.parametrize(
    ("path", "lacks"),
    [
        (("totvs", "rm-soap", "dataserver.wsdl"), "save that beside it and name the file there"),
        (("totvs", "rm-soap", "consultasql.wsdl"), "save that beside it and name the file there"),
        (("totvs", "ttalk", "xsd", "Order_4_009.xsd"), "which does not lie beside or below it"),
    ],
)
def test_a_document_that_needs_others_says_which(path: tuple[str, ...], lacks: str) -> None:
    with pytest.raises(Misconfigured, match=lacks):
        from_wsdl(vendor_file(*path))


@pytest.fixture(scope="session")
def ttalk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """TOTVS's interfaces with the messages that they refer to, in one folder as somebody would save them."""
    folder = tmp_path_factory.mktemp("ttalk")
    for path in (*APIS, *MESSAGES):
        shutil.copy(path, folder / path.name)
    for kind in ("apis", "schemas"):
        shutil.copytree(FOLDER / "totvs" / "ttalk" / kind / "types", folder / "types", dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("name", [path.name for path in APIS])
def test_every_interface_of_totvs_gives_a_schema_or_names_what_is_not_at_hand(name: str, ttalk: Path) -> None:
    lacking = {
        "MRPPurchaseOrder_v1_000.json": "MrpPurchaseOrder",
        "PaymentCondition_v1_0000.json": "PaymentCondition_1_0000",
    }
    if name in lacking:
        with pytest.raises(Unintelligible, match=f"it refers to .*{lacking[name]}.*; put it beside the document"):
            from_openapi(ttalk / name)
        return

    assert_sound(from_openapi(ttalk / name))


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.name)
def test_every_message_of_totvs_gives_a_schema_unless_it_is_no_json(path: Path) -> None:
    if path.stem.endswith("INVALID"):
        with pytest.raises(Unintelligible, match="not one complete JSON document"):
            from_openapi(path)
        return

    assert_sound(from_openapi(path))


def test_the_pages_of_totvs_and_sap_are_unwrapped(ttalk: Path) -> None:
    partners = from_openapi(ttalk / "CustomerVendor_v1_000.json")
    stock = from_openapi(vendor_file("sap-s4-odata", "openapi", "API_MATERIAL_STOCK_SRV.json"))

    assert found(partners, "/customerVendor", "strategicCustomerType").form is Form.TEXT
    assert found(partners, "/customerVendor", "address/city/cityDescription").form is Form.TEXT
    quantity = found(stock, "A_MatlStkInAcctMod", "MatlWrhsStkQtyInMatlBaseUnit")
    assert (quantity.form, quantity.scale, quantity.nullable) == (Form.DECIMAL, 14, True)
    assert found(stock, "/A_MaterialStock", "Material").length == 40


def test_northwind_is_told_as_postgresql_keeps_it(northwind: str) -> None:
    schema = from_db(url_of(POSTGRESQL, northwind))

    assert_sound(schema)
    assert schema.records["order_details"].key == ("order_id", "product_id")
    assert Reference(("customer_id",), "customers", ("customer_id",)) in schema.records["orders"].references
    name = found(schema, "suppliers", "company_name")
    assert (name.form, name.native, name.length, name.nullable) == (Form.TEXT, "VARCHAR(40)", 40, False)
    assert found(schema, "order_details", "unit_price").form is Form.FLOAT
    assert found(schema, "orders", "order_date").form is Form.DATE
    assert found(schema, "categories", "picture").form is Form.BINARY


def test_frontaccounting_is_told_as_mariadb_keeps_it(frontaccounting: str) -> None:
    schema = from_db(url_of(MARIADB, frontaccounting))

    assert_sound(schema)
    assert schema.records["0_suppliers"].key == ("supplier_id",)
    assert found(schema, "0_purch_orders", "ord_date").form is Form.DATE
    assert found(schema, "0_suppliers", "supp_name").length == 60


def test_mywind_has_its_foreign_keys(mywind: str) -> None:
    schema = from_db(url_of(MARIADB, mywind))

    assert_sound(schema)
    assert Reference(("supplier_id",), "suppliers", ("id",)) in schema.records["purchase_orders"].references
    cost = found(schema, "purchase_order_details", "unit_cost")
    assert (cost.form, cost.precision, cost.scale) == (Form.DECIMAL, 19, 4)


def test_tryton_is_told_as_sqlite_keeps_it() -> None:
    schema = from_db(f"sqlite:///{vendor_file('tryton', 'tryton.sqlite')}")

    assert_sound(schema)
    assert schema.records["purchase_purchase"].key == ("id",)
    assert found(schema, "purchase_line", "unit_price").form is Form.DECIMAL
    assert found(schema, "party_party", "name").form is Form.TEXT
    assert found(schema, "account_account-account_tax", "tax").form is Form.INTEGER
