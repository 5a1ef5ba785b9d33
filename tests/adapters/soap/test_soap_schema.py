"""A WSDL with its schemas becomes the neutral schema; paths are those of the records that the driver gives."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.soap.connection import SoapConnection
from adapters.soap.schema import schema_of
from adapters.soap.service import SoapService
from contracts.source.schema import Column, Form, Record, Schema
from ports.errors import Misconfigured, Unintelligible

SANDBOX = Path(__file__).parents[3] / "sandbox" / "oracle" / "schemas"
HEAD = '<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" xmlns="urn:t" targetNamespace="urn:t">'
TYPES = """
<x:complexType name="Party"><x:sequence>
  <x:element name="Code" type="t:Code"/><x:element name="Name" type="x:string" nillable="true"/>
  <x:element name="Kind" type="t:Kind" minOccurs="0"/><x:element name="Limit" type="t:Limit" minOccurs="0"/>
  <x:element name="Balance" type="t:Money" minOccurs="0"/><x:element name="Note" type="t:Text" maxOccurs="unbounded"/>
  <x:element name="Address" minOccurs="0" maxOccurs="9"><x:complexType><x:sequence>
    <x:element name="City" type="x:string"/></x:sequence></x:complexType></x:element>
  <x:choice><x:element name="Mail" type="x:string"/><x:element name="Phone" type="x:string"/></x:choice>
  <x:group ref="t:Stamps" minOccurs="0"/><x:element ref="t:Remark" minOccurs="0"/>
  <x:element name="Above" type="Party" minOccurs="0"/><x:element name="Free"/><x:any minOccurs="0"/>
  <x:element name="Paid" type="t:Money"/><x:element name="Same" type="t:Same"/>
  <x:element name="Gone" type="x:string" maxOccurs="0"/>
</x:sequence><x:attribute name="id" type="x:long" use="required"/><x:attributeGroup ref="t:Flags"/></x:complexType>
<x:simpleType name="Code"><x:restriction base="t:Short"><x:maxLength value="6"/></x:restriction></x:simpleType>
<x:simpleType name="Same"><x:restriction base="t:Code"><x:pattern value="A.*"/></x:restriction></x:simpleType>
<x:simpleType name="Short"><x:restriction base="x:string"><x:maxLength value="20"/></x:restriction></x:simpleType>
<x:simpleType name="Kind"><x:restriction base="x:token"><x:enumeration value="A"/><x:enumeration value=""/>
</x:restriction></x:simpleType>
<x:simpleType name="Limit"><x:restriction base="x:decimal"><x:totalDigits value="12"/><x:fractionDigits value="2"/>
</x:restriction></x:simpleType>
<x:complexType name="Money"><x:simpleContent><x:extension base="t:Limit"><x:attribute name="currency" type="t:Kind"/>
</x:extension></x:simpleContent></x:complexType>
<x:complexType name="Text"><x:simpleContent><x:extension base="x:string"><x:attribute name="lang" use="required"/>
</x:extension></x:simpleContent></x:complexType>
<x:complexType name="Abroad"><x:complexContent><x:extension base="t:Party"><x:sequence>
  <x:element name="Country" type="x:string"/></x:sequence></x:extension></x:complexContent></x:complexType>
<x:complexType name="Little"><x:complexContent><x:restriction base="t:Party"><x:sequence>
  <x:element name="Code" type="t:Code"/></x:sequence></x:restriction></x:complexContent></x:complexType>
<x:complexType name="Loop"><x:complexContent><x:extension base="t:Loop"/></x:complexContent></x:complexType>
<x:group name="Stamps"><x:sequence><x:element name="Made" type="x:dateTime"/></x:sequence></x:group>
<x:attributeGroup name="Flags"><x:attribute name="live" type="x:boolean"/></x:attributeGroup>
<x:element name="Remark" type="x:string" nillable="true"/>
<x:element name="Party" type="t:Party"/><x:element name="Loop" type="t:Party"/>
</x:schema>"""


def read(documents: Mapping[str, str], root: str = "a.wsdl") -> Schema:
    return schema_of(root, lambda location: documents[location].encode())


def parties() -> Schema:
    return read({"a.wsdl": HEAD + TYPES})


def columns(record: Record) -> dict[str, Column]:
    return {each.name: each for each in record.columns}


def test_elements_and_attributes_are_columns_under_the_names_that_the_driver_gives() -> None:
    assert list(columns(parties().records["Party"])) == [
        "Code", "Name", "Kind", "Limit", "Balance", "Balance@currency", "Note", "Note@lang", "Address", "Mail", "Phone",
        "Made", "Remark", "Above", "Free", "Paid", "Paid@currency", "Same", "@id", "@live",
    ]  # fmt: skip


def test_restrictions_tell_size_and_codes() -> None:
    party = columns(parties().records["Party"])

    assert party["Code"] == Column(name="Code", form=Form.TEXT, native="Code", nullable=False, length=6)
    assert (party["Same"].length, party["Same"].native) == (6, "Same")
    assert (party["Kind"].codes, party["Balance@currency"].codes) == (("A", ""), ("A", ""))
    assert (party["Limit"].precision, party["Limit"].scale) == (12, 2)
    assert (party["Balance"].form, party["Balance"].scale, party["Balance"].native) == (Form.DECIMAL, 2, "Money")


def test_what_may_be_left_out_or_nil_is_nullable() -> None:
    nullable = {name for name, column in columns(parties().records["Party"]).items() if column.nullable}

    assert nullable == {
        "Name", "Kind", "Limit", "Balance", "Balance@currency", "Address", "Mail", "Phone", "Made", "Remark", "Above",
        "Paid@currency", "@live",
    }  # fmt: skip


def test_what_repeats_is_many_with_its_attributes() -> None:
    assert {name for name, column in columns(parties().records["Party"]).items() if column.many} == {
        "Note", "Note@lang", "Address",
    }  # fmt: skip


def test_paths_lead_into_types_without_a_name_and_round_in_circles() -> None:
    schema = parties()

    assert columns(schema.records["Party"])["Address"].of == "Party/Address"
    for path in ("Address/City", "Above/Above/Address/City", "Above/@id"):
        assert schema.column("Party", path) is not None, path


def test_an_extension_has_all_of_its_base_and_a_restriction_only_what_it_says_again() -> None:
    schema = parties()

    assert [each.name for each in schema.records["Abroad"].columns][-4:] == ["Same", "@id", "@live", "Country"]
    assert list(columns(schema.records["Little"])) == ["@id", "@live", "Code"]
    assert schema.records["Loop"].columns == ()


def test_an_element_whose_name_is_taken_bears_its_namespace() -> None:
    assert set(parties().records) == {"Party", "Party/Address", "Abroad", "Little", "Loop", "{urn:t}Loop"}


@pytest.mark.parametrize("operation", ["findPurchaseOrder", "getPurchaseOrder"])
def test_the_answer_of_an_operation_is_a_record_under_its_name(operation: str) -> None:
    with service(SANDBOX / "PurchaseOrderService.wsdl") as opened:
        schema = opened.schema()

    result = schema.column(operation, "result")
    assert result is not None
    assert (result.of, result.many) == ("PurchaseOrder", operation.startswith("find"))
    assert schema.column(operation, "result/PurchaseOrderLine/PurchaseOrderSchedule/Quantity@unitCode") is not None
    price = schema.column("PurchaseOrder", "PurchaseOrderLine/Price")
    assert price is not None
    assert (price.form, price.native) == (Form.DECIMAL, "AmountType")


def test_a_schema_knows_just_what_the_driver_knows() -> None:
    paths = ["OrderNumber", "OrderDate", "PurchaseOrderLine/Amount", "PurchaseOrderLine/DFF/PriceBasisQuantity", "Nope"]
    with service(SANDBOX / "PurchaseOrderService.wsdl") as opened:
        missing = opened.missing_elements("findPurchaseOrder", paths, record="result")
        schema = opened.schema()

    assert [path for path in paths if schema.column("findPurchaseOrder", f"result/{path}") is None] == list(missing)


RPC = """<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
<w:message name="out"><w:part name="count" type="x:int"/><w:part name="party" type="t:Party"/></w:message>
<w:message name="text"><w:part name="body" element="t:Remark"/></w:message>
<w:portType name="P"><w:operation name="ask"><w:output message="t:out"/></w:operation>
  <w:operation name="say"><w:output message="t:text"/></w:operation>
  <w:operation name="tell"><w:input message="t:out"/></w:operation></w:portType>
<w:portType name="Get"><w:operation name="plain"><w:output message="t:out"/></w:operation></w:portType>
<w:binding name="B" type="t:P"><s:binding/></w:binding><w:binding name="H" type="t:Get"/>"""


def test_the_parts_of_an_rpc_answer_are_columns_and_only_soap_counts() -> None:
    schema = read({"a.wsdl": f"{RPC}<w:types>{HEAD}{TYPES}</w:types></w:definitions>"})

    assert list(columns(schema.records["ask"])) == ["count", "party"]
    assert schema.column("ask", "party/Code") is not None
    assert list(columns(schema.records["say"])) == ["Remark"]
    assert "tell" not in schema.records
    assert "plain" not in schema.records


def test_documents_that_import_each_other_are_read_once_and_a_chameleon_takes_the_includer_s_namespace() -> None:
    including = f'{HEAD}<x:include schemaLocation="part/b.xsd"/><x:element name="Whole" type="t:Part"/></x:schema>'
    part = """<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"><x:include schemaLocation="../a.wsdl"/>
      <x:complexType name="Part"><x:sequence><x:element name="Inner" type="Inner"/></x:sequence></x:complexType>
      <x:complexType name="Inner"><x:sequence><x:element name="No" type="x:int"/></x:sequence></x:complexType>
      </x:schema>"""
    schema = read({"a.wsdl": including, "part/b.xsd": part})

    assert schema.column("Whole", "Inner/No") is not None


def test_types_without_a_name_at_one_place_become_one_record() -> None:
    def item(name: str) -> str:
        inside = f'<x:element name="{name}" type="x:string"/><x:element name="Both" type="x:string"/>'
        return f'<x:element name="I"><x:complexType><x:sequence>{inside}</x:sequence></x:complexType></x:element>'

    types = f"""<x:complexType name="E"><x:sequence>{item("A")}{item("B")}</x:sequence></x:complexType></x:schema>"""
    schema = read({"a.wsdl": HEAD + types})

    assert set(schema.records) == {"E", "E/I"}
    assert [(each.name, each.nullable) for each in schema.records["E/I"].columns] == [
        ("A", True), ("Both", True), ("B", True),
    ]  # fmt: skip


def test_an_operation_an_element_and_a_type_of_one_name_are_three_records() -> None:
    types = """<x:complexType name="ask"><x:sequence><x:element name="No" type="x:int"/></x:sequence></x:complexType>
      <x:element name="ask"><x:complexType><x:sequence><x:element name="Other" type="x:int"/></x:sequence>
      </x:complexType></x:element><x:element name="say" type="t:say"/>
      <x:complexType name="say"><x:sequence><x:element name="No" type="x:int"/></x:sequence></x:complexType>
      <x:complexType name="Party"/><x:element name="Remark" type="x:string"/></x:schema>"""
    schema = read({"a.wsdl": f"{RPC}<w:types>{HEAD}{types}</w:types></w:definitions>"})

    assert set(schema.records) == {"ask", "{urn:t}ask", "element {urn:t}ask", "say", "{urn:t}say", "Party"}
    assert schema.records["{urn:t}say"].columns[0].nullable is False


def test_two_port_types_may_offer_operations_of_one_name() -> None:
    other = """<w:message name="Other"><w:part name="days" type="x:int"/></w:message><w:portType name="Q">
      <w:operation name="ask"><w:output message="t:Other"/></w:operation></w:portType>
      <w:binding name="C" type="t:Q"><s:binding/></w:binding>"""
    schema = read({"a.wsdl": f"{RPC}{other}<w:types>{HEAD}{TYPES}</w:types></w:definitions>"})

    assert list(columns(schema.records["ask"])) == ["count", "party"]
    assert list(columns(schema.records["{urn:t}Q/ask"])) == ["days"]


def test_an_element_that_repeats_in_one_of_its_places_is_a_list() -> None:
    types = """<x:complexType name="E"><x:choice><x:element name="A" type="x:int"/><x:sequence>
      <x:element name="A" type="x:int" maxOccurs="2"/></x:sequence></x:choice></x:complexType></x:schema>"""

    assert columns(read({"a.wsdl": HEAD + types}).records["E"])["A"].many


def test_a_type_that_nobody_declares_can_be_anything() -> None:
    types = """<x:element name="E"><x:complexType><x:sequence><x:element name="A" type="t:Gone"/>
      <x:element ref="t:Lost"/></x:sequence></x:complexType></x:element></x:schema>"""
    schema = read({"a.wsdl": HEAD + types})

    told = [(each.name, each.form, each.native) for each in schema.records["E"].columns]
    assert told == [("A", Form.OTHER, "Gone"), ("Lost", Form.OTHER, "xsd:anyType")]


def test_unions_and_lists_are_told_as_far_as_they_agree() -> None:
    types = """<x:simpleType name="L"><x:list itemType="x:int"/></x:simpleType>
      <x:simpleType name="U"><x:union memberTypes="t:K"><x:simpleType><x:restriction base="x:string"><x:enumeration
      value="C"/></x:restriction></x:simpleType></x:union></x:simpleType>
      <x:simpleType name="V"><x:union memberTypes="x:int t:K"/></x:simpleType><x:simpleType name="K"><x:restriction
      base="x:string"><x:enumeration value="A"/></x:restriction></x:simpleType>
      <x:element name="E"><x:complexType><x:attribute name="l" type="t:L"/><x:attribute name="u" type="t:U"/>
      <x:attribute name="v" type="t:V"/></x:complexType></x:element></x:schema>"""
    record = columns(read({"a.wsdl": HEAD + types}).records["E"])

    assert (record["@l"].form, record["@u"].form, record["@v"].form) == (Form.TEXT, Form.TEXT, Form.TEXT)
    assert (record["@u"].codes, record["@v"].codes) == (("A", "C"), None)


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("<x", "not well-formed"),
        ("<html/>", "neither a WSDL nor a schema, but begins with html"),
        (f"{HEAD}</x:schema>", "describes no record"),
        ('<!DOCTYPE a [<!ENTITY a "b">]><a/>', "holds a DTD"),
        (f"{RPC.replace('party', 'count')}</w:definitions>", "the column ask/count stands in it twice"),
        (f'{HEAD}<x:redefine schemaLocation="b.xsd"/></x:schema>', "redefines"),
    ],
)
def test_what_is_no_wsdl_is_refused_with_its_reason(document: str, why: str) -> None:
    with pytest.raises(Unintelligible, match=rf"a\.wsdl.*{why}"):
        read({"a.wsdl": document})


def test_types_that_are_derived_too_deeply_are_refused(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(partial(sys.setrecursionlimit, sys.getrecursionlimit()))
    sys.setrecursionlimit(2**14)  # as a type checker does in whose process we may be
    chain = "".join(
        f'<x:complexType name="T{n}"><x:complexContent><x:extension base="t:T{n + 1}"/></x:complexContent>'
        "</x:complexType>"
        for n in range(2000)
    )
    with pytest.raises(Unintelligible, match=r"the WSDL a\.wsdl: its types are derived too deeply"):
        read({"a.wsdl": f"{HEAD}{chain}</x:schema>"})


def test_groups_that_multiply_are_refused() -> None:
    groups = "".join(
        f'<x:group name="G{n + 1}"><x:sequence><x:group ref="t:G{n}"/><x:group ref="t:G{n}"/></x:sequence></x:group>'
        for n in range(40)
    )
    last = '<x:group name="G0"><x:sequence><x:element name="E"/></x:sequence></x:group>'
    whole = '<x:complexType name="T"><x:sequence><x:group ref="t:G40"/></x:sequence></x:complexType>'
    with pytest.raises(Unintelligible, match="the type T has more than 20000 elements"):
        read({"a.wsdl": f"{HEAD}{last}{groups}{whole}</x:schema>"})


def service(wsdl: Path) -> SoapService:
    return SoapService(SoapConnection(wsdl=str(wsdl), user="x", password=SecretStr("x")))


def test_a_schema_is_imported_from_nowhere_but_the_folder(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "b.xsd").write_text(HEAD + TYPES, encoding="utf-8")
    for where in ("../b.xsd", "http://elsewhere.example/b.xsd", (tmp_path / "b.xsd").as_uri()):
        path = inner / "a.wsdl"
        path.write_text(f'{HEAD}<x:include schemaLocation="{where}"/></x:schema>', encoding="utf-8")
        with service(path) as opened, pytest.raises(Misconfigured, match="imports"):
            opened.schema()
