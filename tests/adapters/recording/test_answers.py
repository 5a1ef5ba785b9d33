"""Masking what comes: JSON, XML, and the literals of questions."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from acl.oracle.purchase_orders import PURCHASE_ORDER as ORACLE_ORDER
from acl.oracle.suppliers import SUPPLIER as ORACLE_SUPPLIER
from acl.sap.purchase_orders import PURCHASE_ORDER as SAP_ORDER
from acl.sap.suppliers import SUPPLIER as SAP_SUPPLIER
from adapters.http.tapped import Sent
from adapters.recording.json_answers import masked_json
from adapters.recording.masks import NOT_RECORDED, Masks
from adapters.recording.pseudonyms import Pseudonyms
from adapters.recording.questions import address, translated
from adapters.recording.rules import rules_of
from adapters.recording.xml_answers import masked_xml

SUPPLIER = {
    "__metadata": {"uri": "https://sap.example.com/A_BusinessPartner('7')", "type": "x"},
    "Supplier": "7",
    "BusinessPartnerFullName": "Miller & Sons",
    "SearchTerm1": "",
    "OrganizationBPName1": "Miller",
    "NumberOfEmployees": 12,
    "to_BusinessPartnerTax": {"results": [{"BPTaxType": "BR1", "BPTaxNumber": "11222333000181", "Person": "Ann"}]},
    "to_BusinessPartnerAddress": {
        "results": [{"StreetName": "Main Street", "HouseNumber": "12", "CityName": "Leeds", "PostalCode": None}]
    },
    "to_BusinessPartnerBank": {"__deferred": {"uri": "https://sap.example.com/x"}},
    "to_Customer": {"Name": "Ann Miller"},
}


@pytest.fixture
def sap() -> Masks:
    return Masks([rules_of(SAP_SUPPLIER), rules_of(SAP_ORDER)], Pseudonyms(b"a seed of these tests"))


@pytest.fixture
def oracle() -> Masks:
    return Masks([rules_of(ORACLE_SUPPLIER), rules_of(ORACLE_ORDER)], Pseudonyms(b"a seed of these tests"))


def shown(masks: Masks, document: object) -> object:
    return json.loads(masked_json(json.dumps(document).encode(), masks, lambda link: address(link, masks.told)))


def test_a_record_of_json_keeps_what_is_read_and_nothing_personal(sap: Masks) -> None:
    found = shown(sap, {"d": {"results": [SUPPLIER]}})

    assert isinstance(found, dict)
    (record,) = found["d"]["results"]
    assert record["Supplier"] == "7"
    assert record["SearchTerm1"] == ""
    assert record["BusinessPartnerFullName"] != "Miller & Sons"
    assert record["BusinessPartnerFullName"][6:9] == " & "
    (tax,) = record["to_BusinessPartnerTax"]["results"]
    assert tax["BPTaxType"] == "BR1"
    assert tax["BPTaxNumber"] != "11222333000181"
    (place,) = record["to_BusinessPartnerAddress"]["results"]
    assert (place["CityName"], place["PostalCode"]) == ("Leeds", None)
    assert place["StreetName"] != "Main Street"


def test_what_no_mapping_reads_is_left_out_and_counted(sap: Masks) -> None:
    text = json.dumps(shown(sap, {"d": [SUPPLIER]}))

    for gone in ("Ann", "OrganizationBPName1", "NumberOfEmployees", "example.com"):
        assert gone not in text
    assert sap.left_out["OrganizationBPName1"] == 1
    assert sap.left_out["to_BusinessPartnerTax/Person"] == 1


def test_a_list_that_was_not_loaded_still_says_so(sap: Masks) -> None:
    found = shown(sap, {"d": [SUPPLIER]})

    assert isinstance(found, dict)
    assert found["d"][0]["to_BusinessPartnerBank"] == {"__deferred": {}}


def test_a_record_inside_of_a_personal_text_does_not_pass(sap: Masks) -> None:
    strange = {**SUPPLIER, "to_BusinessPartnerTax": [{"BPTaxType": "BR1", "BPTaxNumber": ["11222333000181"]}]}

    assert "11222333000181" not in json.dumps(shown(sap, {"d": [strange]}))


def test_numbers_stay_as_they_were_written(sap: Masks) -> None:
    body = b'{"d": {"results": [{"PurchaseOrder": "1", "DocumentCurrency": 12.500, "Supplier": 1e400}]}}'

    assert b'"DocumentCurrency":12.500,"Supplier":1e400' in masked_json(body, sap, str)


def test_an_order_is_no_supplier_although_it_names_one(sap: Masks) -> None:
    order = {"PurchaseOrder": "4500000001", "Supplier": "7", "DocumentCurrency": "EUR", "CreatedByUser": "ANN"}

    assert shown(sap, [order]) == [{"PurchaseOrder": "4500000001", "Supplier": "7", "DocumentCurrency": "EUR"}]


def test_sentences_of_a_refusal_are_left_out_and_its_codes_kept(sap: Masks) -> None:
    said = {"error": {"code": "ME/006", "message": {"lang": "en", "value": "Ann Miller is editing JBO-25014"}}}

    assert shown(sap, said) == {
        "error": {
            "code": "ME/006",
            "message": {"lang": NOT_RECORDED, "value": f"JBO-25014 {NOT_RECORDED}"},
        }
    }


def test_the_link_to_a_next_page_repeats_the_question_of_the_view(sap: Masks) -> None:
    shown(sap, [SUPPLIER])
    link = "https://sap.example.com/A?$filter=TaxNumber%20eq%20'11222333000181'&$skiptoken=9"

    found = shown(sap, {"d": {"results": [], "__next": link}})

    assert isinstance(found, dict)
    assert "11222333000181" not in found["d"]["__next"]
    assert found["d"]["__next"].endswith("&$skiptoken=9")
    assert address(found["d"]["__next"], sap.asked) == link


@pytest.mark.parametrize("body", [b"{", b"[1, 2", b'{"a": 1} x', b'{"a": 1, "a": 2}', b"\xff"])
def test_what_is_not_one_document_of_json_is_not_masked(sap: Masks, body: bytes) -> None:
    with pytest.raises(ValueError):
        masked_json(body, sap, str)


ENVELOPE = """<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><env:Body>{}</env:Body></env:Envelope>"""
FOUND = """<findSupplierResponse><result><SupplierNumber>7</SupplierNumber>
  <SupplierName>Miller &amp; Sons</SupplierName><Alias xsi:nil="true"/>
  <BuyerName>Ann</BuyerName><Notes><Note of="Ann"><By>Ann</By></Note></Notes>
  <TaxpayerCountry>BR</TaxpayerCountry><TaxpayerId>11222333000181</TaxpayerId>
  <SupplierAddress><City>Leeds</City><AddressLine1>Main Street 1</AddressLine1><ContactName>Ann</ContactName>
  </SupplierAddress></result></findSupplierResponse>"""


def of_xml(masks: Masks, body: str) -> etree._Element:
    return etree.fromstring(masked_xml(ENVELOPE.format(body).encode(), masks))


def test_a_record_of_xml_keeps_what_is_read_and_nothing_personal(oracle: Masks) -> None:
    found = of_xml(oracle, FOUND)

    texts = {str(each.tag): each.text for each in found.iter(etree.Element)}
    assert texts["SupplierNumber"] == "7"
    assert texts["City"] == "Leeds"
    assert texts["TaxpayerCountry"] == "BR"
    assert (texts["BuyerName"], texts["By"], texts["ContactName"]) == (None, None, None)
    for original in ("Miller", "Sons", "Main", "11222333000181", "Ann"):
        assert original not in etree.tostring(found, encoding="unicode")
    (alias,) = found.iter("Alias")
    assert alias.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true"


def test_an_element_that_comes_twice_is_masked_twice(oracle: Masks) -> None:
    found = of_xml(oracle, FOUND.replace("<Alias", "<SupplierName>Miller Limited</SupplierName><Alias"))

    names = [each.text for each in found.iter("SupplierName")]
    assert len(set(names)) == 2
    assert not {"Miller & Sons", "Miller Limited"} & set(names)


def test_elements_inside_of_a_personal_text_do_not_pass(oracle: Masks) -> None:
    found = of_xml(oracle, FOUND.replace("Miller &amp; Sons", "<b>Miller</b>"))

    assert "Miller" not in etree.tostring(found, encoding="unicode")


def test_a_fault_keeps_its_codes(oracle: Masks) -> None:
    fault = (
        "<env:Fault user='Ann'><faultcode>env:Server</faultcode>"
        "<faultstring>JBO-25020: Ann Miller</faultstring></env:Fault>"
    )

    found = of_xml(oracle, fault)

    assert [each.text for each in found.iter("faultcode")] == ["env:Server"]
    assert [each.text for each in found.iter("faultstring")] == [f"JBO-25020 {NOT_RECORDED}"]
    assert "Ann" not in etree.tostring(found, encoding="unicode")


def test_a_schema_is_no_data(oracle: Masks) -> None:
    schema = b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><!-- kept --></xs:schema>'

    assert masked_xml(schema, oracle) == schema


@pytest.mark.parametrize("body", [b"<a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<html><br></html>"])
def test_what_is_not_plain_xml_is_not_masked(oracle: Masks, body: bytes) -> None:
    with pytest.raises(ValueError):
        masked_xml(body, oracle)


def swapped(text: str) -> str:
    return {"O'Neil": "P'Quux", "DE136695976": "DE192089383"}.get(text, text)


@pytest.mark.parametrize(
    ("asked", "becomes"),
    [
        ("?$filter=N%20eq%20'O''Neil'&$top=5", "?$filter=N%20eq%20'P''Quux'&$top=5"),
        ("?vat=DE136695976&x=", "?vat=DE192089383&x="),
        ("?$filter=N%20eq%20'DE1366959760'", "?$filter=N%20eq%20'DE1366959760'"),
        ("?q=%3B%2Fa+b", "?q=%3B%2Fa+b"),
        ("", ""),
    ],
)
def test_whole_literals_of_an_address_are_translated(asked: str, becomes: str) -> None:
    assert address(f"https://erp.example.com/a{asked}", swapped) == f"https://erp.example.com/a{becomes}"


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        (b"<a><b>O'Neil</b></a>", b"<?xml version='1.0' encoding='utf-8'?>\n<a><b>P'Quux</b></a>"),
        (b"<a> <b>O'Neil </b></a>", b"<a> <b>O'Neil </b></a>"),
        (b'{"vat": ["DE136695976", 1]}', b'{"vat": ["DE192089383", 1]}'),
        (b'{"vat":  "x"}', b'{"vat":  "x"}'),
        (b"vat=DE136695976", b"vat=DE136695976"),
        (b"", b""),
    ],
)
def test_whole_texts_of_a_body_are_translated(body: bytes, becomes: bytes) -> None:
    assert translated(Sent("POST", "https://erp.example.com/a", {}, body), swapped).body == becomes
