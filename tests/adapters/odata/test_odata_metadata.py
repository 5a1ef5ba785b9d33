"""Loading ``$metadata``: what is for screens is left out, what is dangerous is refused."""

from __future__ import annotations

import pytest

from adapters.odata.edm import Metadata
from adapters.odata.metadata import load_metadata
from ports.errors import Drifted, Unintelligible

HEAD = """<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"
  xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"
  xmlns:sap="http://www.sap.com/Protocols/SAPData">
<edmx:DataServices m:DataServiceVersion="2.0">
<Schema Namespace="SHOP.V1" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">"""
TYPES = """<EntityType Name="OrderType" sap:label="Order"><Key><PropertyRef Name="Id"/></Key>
  <Property Name="Id" Type="Edm.String" Nullable="false" sap:text="NotThere" sap:creatable="perhaps"/>
  <Property Name="Total" Type="Edm.Decimal" Precision="13" Scale="2"/>
  <NavigationProperty Name="to_Item" Relationship="SHOP.V1.items" FromRole="o" ToRole="i"/>
  <NavigationProperty Name="to_Buyer" Relationship="SHOP.V1.buyer" FromRole="o" ToRole="b"/>
</EntityType>
<EntityType Name="ItemType"><Key><PropertyRef Name="Id"/><PropertyRef Name="No"/></Key>
  <Property Name="Id" Type="Edm.String" Nullable="false"/>
  <Property Name="No" Type="Edm.Int16" Nullable="false"/></EntityType>
<EntityType Name="BuyerType"><Key><PropertyRef Name="Id"/></Key>
  <Property Name="Id" Type="Edm.String" Nullable="false"/></EntityType>
<Association Name="items"><End Type="SHOP.V1.OrderType" Multiplicity="1" Role="o"/>
  <End Type="SHOP.V1.ItemType" Multiplicity="*" Role="i"/></Association>
<Association Name="buyer"><End Type="SHOP.V1.OrderType" Multiplicity="1" Role="o"/>
  <End Type="SHOP.V1.BuyerType" Multiplicity="0..1" Role="b"/></Association>
<EntityContainer Name="C"><EntitySet Name="Orders" EntityType="SHOP.V1.OrderType"/>
  <EntitySet Name="Items" EntityType="SHOP.V1.ItemType"/></EntityContainer>"""
SCREENS = """<Annotations Target="SHOP.V1.OrderType.Odd/Id" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <Annotation Term="com.sap.vocabularies.Common.v1.ValueList"><Record>
    <PropertyValue Property="CollectionPath" String="Nowhere"/></Record></Annotation></Annotations>"""
FOOT = "</Schema></edmx:DataServices></edmx:Edmx>"


@pytest.fixture
def metadata() -> Metadata:
    return load_metadata(f"{HEAD}{TYPES}{SCREENS}{FOOT}".encode())


def test_annotations_that_point_nowhere_do_not_matter(metadata: Metadata) -> None:
    assert metadata.entity_type("Orders").keys == ("Id",)
    assert metadata.entity_type("Items").keys == ("Id", "No")
    assert metadata.property("Orders", "Total").edm == "Edm.Decimal"
    assert metadata.property("Orders", "Total").nullable
    assert not metadata.property("Orders", "Id").nullable


def test_a_navigation_says_where_it_leads_and_whether_to_many(metadata: Metadata) -> None:
    ways = metadata.entity_type("Orders").navigations

    assert (ways["to_Item"].many, ways["to_Buyer"].many) == (True, False)
    assert metadata.types[ways["to_Buyer"].target].name == "BuyerType"


@pytest.mark.parametrize("path", ["Nope", "to_Buyer/Nope", "to_Nope/Id", "to_Item", "to_Item/No", ""])
def test_what_is_not_one_property_of_a_record_is_drift(metadata: Metadata, path: str) -> None:
    with pytest.raises(Drifted):
        metadata.property("Orders", path)


def test_a_set_that_is_not_there_is_drift(metadata: Metadata) -> None:
    with pytest.raises(Drifted, match="no entity set Offers"):
        metadata.entity_type("Offers")


BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE b SYSTEM "http://127.0.0.1:9/nowhere.dtd">'


@pytest.mark.parametrize(
    "prolog", [BOMB, OUTSIDE, "<!DOCTYPE b>", '<!DOCTYPE b [<!ENTITY f SYSTEM "file:///etc/passwd">]>']
)
def test_a_document_type_is_refused(prolog: str) -> None:
    with pytest.raises(Unintelligible, match="document type"):
        load_metadata(f"{prolog}{HEAD}{TYPES}{FOOT}".encode())


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<html><body>Logon</body></html>",
        b'{"d": {}}',
        f"{HEAD}{TYPES}".encode(),
        HEAD.replace("2007/06/edmx", "2030/01/edmx").encode() + FOOT.encode(),
        f"{HEAD}{TYPES.replace('SHOP.V1.ItemType', 'SHOP.V1.Nothing')}{FOOT}".encode(),
        b'<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices/></edmx:Edmx>',
    ],
    ids=["empty", "page", "json", "cut", "unknown namespace", "dangling type", "version 4"],
)
def test_what_is_no_edmx_of_version_2_is_unintelligible(document: bytes) -> None:
    with pytest.raises(Unintelligible, match=r"\$metadata"):
        load_metadata(document)
