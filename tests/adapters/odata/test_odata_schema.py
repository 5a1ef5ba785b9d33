"""``$metadata`` of V2 and V4 becomes the neutral schema."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from adapters.odata.connection import ODataConnection
from adapters.odata.schema import schema_of
from adapters.odata.service import ODataService
from contracts.source.schema import Column, Form, Record, Schema
from ports.errors import Unintelligible
from sandbox.misbehaviour import Misbehaviour
from sandbox.sap import sap_server
from sandbox.web import PASSWORD, USER, Server

V2 = """<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"
  xmlns:sap="http://www.sap.com/Protocols/SAPData"><edmx:DataServices>
<Schema Namespace="SHOP.V1" Alias="SELF" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
<EntityType Name="OrderType"><Key><PropertyRef Name="Id"/><PropertyRef Name="Year"/></Key>
  <Property Name="Id" Type="Edm.String" Nullable="false" MaxLength="10"/>
  <Property Name="Year" Type="Edm.Int16" Nullable="false"/>
  <Property Name="Total" Type="Edm.Decimal" Precision="13" Scale="2"/>
  <Property Name="Day" Type="Edm.DateTime" Precision="0" sap:display-format="Date"/>
  <Property Name="Changed" Type="Edm.DateTime" sap:creatable="false" sap:updatable="false"/>
  <Property Name="At" Type="Edm.Time" sap:creatable="true" sap:updatable="false"/>
  <Property Name="Text" Type="Edm.String" MaxLength="Max"/>
  <Property Name="Place" Type="SELF.Address" Nullable="false"/>
  <Property Name="Tags" Type="Collection(Edm.String)"/>
  <NavigationProperty Name="to_Item" Relationship="SHOP.V1.items" FromRole="o" ToRole="i"/>
  <NavigationProperty Name="to_Buyer" Relationship="SELF.buyer" FromRole="o" ToRole="b"/>
  <NavigationProperty Name="to_Nowhere" Relationship="SHOP.V1.gone" FromRole="o" ToRole="x"/>
</EntityType>
<EntityType Name="ItemType"><Key><PropertyRef Name="No"/></Key>
  <Property Name="No" Type="Edm.Int16" Nullable="false"/></EntityType>
<EntityType Name="Loose"><Property Name="Flag" Type="Edm.Boolean"/></EntityType>
<EntityType Name="Items"><Property Name="Flag" Type="Edm.Boolean"/></EntityType>
<EntityType Name="BuyerType" BaseType="SHOP.V1.PartnerType"><Property Name="Rate" Type="Edm.Double"/></EntityType>
<EntityType Name="PartnerType"><Key><PropertyRef Name="Code"/></Key>
  <Property Name="Code" Type="Edm.Guid" Nullable="false"/></EntityType>
<ComplexType Name="Address"><Property Name="City" Type="Edm.String"/></ComplexType>
<Association Name="items"><End Type="SHOP.V1.OrderType" Multiplicity="1" Role="o"/>
  <End Type="SHOP.V1.ItemType" Multiplicity="*" Role="i"/></Association>
<Association Name="buyer"><End Type="SHOP.V1.OrderType" Multiplicity="1" Role="o"/>
  <End Type="SHOP.V1.BuyerType" Multiplicity="0..1" Role="b"/></Association>
<EntityContainer Name="C"><EntitySet Name="Orders" EntityType="SHOP.V1.OrderType"/>
  <EntitySet Name="Items" EntityType="SELF.ItemType"/><EntitySet Name="Buyers" EntityType="BuyerType"/>
</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"""
V4 = """<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EnumType Name="State"><Member Name="open" Value="1"/><Member Name="closed" Value="2"/></EnumType>
<EnumType Name="Rights" IsFlags="true"><Member Name="read" Value="1"/></EnumType>
<TypeDefinition Name="Amount" UnderlyingType="Edm.Decimal" Precision="15" Scale="3"/>
<EntityType Name="Order"><Key><PropertyRef Name="Id"/></Key>
  <Property Name="Id" Type="Edm.String" Nullable="false" MaxLength="36"/>
  <Property Name="State" Type="shop.State"/><Property Name="Rights" Type="shop.Rights"/>
  <Property Name="Total" Type="shop.Amount" Scale="2"/><Property Name="Rate" Type="Edm.Decimal" Scale="variable"/>
  <Property Name="Day" Type="Edm.Date"/><Property Name="At" Type="Edm.TimeOfDay"/>
  <Property Name="Made" Type="Edm.DateTimeOffset"/><Property Name="Lasts" Type="Edm.Duration"/>
  <Property Name="Places" Type="Collection(shop.Place)"/><Property Name="Photo" Type="Edm.Stream"/>
  <NavigationProperty Name="Lines" Type="Collection(shop.Line)" Partner="Order" ContainsTarget="true"/>
  <NavigationProperty Name="Buyer" Type="elsewhere.Buyer" Nullable="false"/></EntityType>
<EntityType Name="Line"><Property Name="No" Type="Edm.Int32"/></EntityType>
<ComplexType Name="Place"><Property Name="City" Type="Edm.String"/></ComplexType>
<EntityContainer Name="C"><EntitySet Name="Orders" EntityType="shop.Order"/><Singleton Name="Me" Type="shop.Order"/>
</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"""


def read(edmx: str) -> Schema:
    return schema_of(edmx.encode(), origin="SHOP")


def columns(record: Record) -> dict[str, Column]:
    return {each.name: each for each in record.columns}


def test_each_set_is_a_record_and_so_are_the_other_types_under_names_of_their_own() -> None:
    assert list(read(V2).records) == ["Orders", "Items", "Buyers", "Loose", "SHOP.V1.Items", "PartnerType", "Address"]


def test_properties_keep_key_size_and_nullability() -> None:
    schema = read(V2)
    orders = columns(schema.records["Orders"])

    assert schema.records["Orders"].key == ("Id", "Year")
    assert orders["Id"] == Column(name="Id", form=Form.TEXT, native="Edm.String", nullable=False, length=10)
    assert orders["Total"] == Column(
        name="Total", form=Form.DECIMAL, native="Edm.Decimal", nullable=True, precision=13, scale=2
    )
    assert orders["Text"].length is None
    assert (orders["Year"].form, orders["At"].form) == (Form.INTEGER, Form.TIME)


def test_a_day_is_told_from_a_point_in_time_by_sap_s_annotation() -> None:
    orders = columns(read(V2).records["Orders"])

    assert (orders["Day"].form, orders["Day"].native) == (Form.DATE, "Edm.DateTime")
    assert orders["Changed"].form is Form.TIMESTAMP


def test_what_sap_does_not_take_is_told() -> None:
    orders = columns(read(V2).records["Orders"])

    assert {name: (each.creatable, each.updatable) for name, each in orders.items() if not each.updatable} == {
        "Changed": (False, False),
        "At": (True, False),
    }
    assert all(each.creatable for name, each in orders.items() if name != "Changed")


def test_paths_lead_through_navigations_and_complex_types() -> None:
    schema = read(V2)
    orders = columns(schema.records["Orders"])

    assert (orders["to_Item"].many, orders["to_Item"].of, orders["to_Item"].nullable) == (True, "Items", None)
    assert (orders["to_Buyer"].many, orders["to_Buyer"].of, orders["to_Buyer"].nullable) == (False, "Buyers", True)
    assert (orders["Place"].form, orders["Place"].of, orders["Place"].nullable) == (Form.RECORD, "Address", False)
    assert schema.column("Orders", "Place/City") is not None
    assert schema.column("Orders", "to_Buyer/Code") is not None
    assert schema.column("Orders", "to_Item/Code") is None


def test_what_a_navigation_leads_to_may_be_unknown() -> None:
    nowhere = columns(read(V2).records["Orders"])["to_Nowhere"]

    assert (nowhere.form, nowhere.of) == (Form.RECORD, None)


def test_a_type_has_what_its_base_has() -> None:
    buyers = read(V2).records["Buyers"]

    assert (buyers.key, [each.name for each in buyers.columns]) == (("Code",), ["Code", "Rate"])


def test_a_collection_is_many() -> None:
    tags = columns(read(V2).records["Orders"])["Tags"]

    assert (tags.form, tags.many, tags.nullable) == (Form.TEXT, True, None)


def test_enumerations_and_definitions_of_v4_are_what_stands_behind_them() -> None:
    orders = columns(read(V4).records["Orders"])

    assert (orders["State"].form, orders["State"].codes) == (Form.TEXT, ("open", "closed"))
    assert orders["Rights"].codes is None
    assert orders["Total"] == Column(
        name="Total", form=Form.DECIMAL, native="shop.Amount", nullable=True, precision=15, scale=2
    )
    assert orders["Rate"].scale is None
    told = [orders[name].form for name in ("Day", "At", "Made", "Lasts", "Photo")]
    assert told == [Form.DATE, Form.TIME, Form.TIMESTAMP, Form.OTHER, Form.OTHER]


def test_navigations_of_v4_lead_by_their_type() -> None:
    schema = read(V4)
    orders = columns(schema.records["Orders"])

    assert list(schema.records) == ["Orders", "Me", "Line", "Place"]
    assert (orders["Lines"].many, orders["Lines"].of, orders["Lines"].nullable) == (True, "Line", None)
    assert (orders["Buyer"].native, orders["Buyer"].of, orders["Buyer"].nullable) == ("elsewhere.Buyer", None, False)
    assert schema.column("Me", "Places/City") is not None


@pytest.mark.parametrize(
    ("edmx", "why"),
    [
        (b"<Edmx", "not well-formed"),
        (b"", "not well-formed"),
        (b"<html><body>Logon</body></html>", "not the EDMX"),
        (b"<Edmx/>", "not the EDMX"),
        (b'<!DOCTYPE Edmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><Edmx>&a;</Edmx>', "document type"),
    ],
)
def test_what_is_no_declaration_is_refused_with_its_reason(edmx: bytes, why: str) -> None:
    with pytest.raises(Unintelligible, match=rf"the \$metadata of SHOP cannot be used: .*{why}"):
        schema_of(edmx, origin="SHOP")


@pytest.fixture
def sap() -> Iterator[Server]:
    with sap_server(misbehaviour=Misbehaviour(), page_size=10) as server:
        yield server


def test_the_live_service_is_asked_anew_each_time(sap: Server) -> None:
    connection = ODataConnection(url=sap.url, user=USER, password=SecretStr(PASSWORD), client="100", timeout=20)
    with ODataService(connection, "/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV") as service:
        first, second = service.schema(), service.schema()

    assert first == second
    assert first.origin == "API_PURCHASEORDER_PROCESS_SRV"
    assert sum(request.path.endswith("$metadata") for request in sap.seen) == 2
    supplier = first.column("A_PurchaseOrder", "Supplier")
    assert supplier is not None
    assert (supplier.form, supplier.length) == (Form.TEXT, 10)
    assert first.column("A_PurchaseOrder", "to_PurchaseOrderItem/NetPriceAmount") is not None


def test_sets_of_one_name_in_two_containers_are_two_records() -> None:
    other = '<EntityContainer Name="D"><EntitySet Name="Orders" EntityType="shop.Line"/></EntityContainer></Schema>'
    schema = read(V4.replace("</Schema>", other))

    assert schema.column("Orders", "Id") is not None
    assert [each.name for each in schema.records["D/Orders"].columns] == ["No"]


def test_a_property_that_stands_twice_in_one_type_is_refused() -> None:
    twice = V4.replace('<Property Name="No" Type="Edm.Int32"/>', '<Property Name="No" Type="Edm.Int32"/>' * 2)

    with pytest.raises(Unintelligible, match="SHOP cannot be used: the column Line/No stands in it twice"):
        read(twice)
