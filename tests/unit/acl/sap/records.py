"""Valid records of SAP's two services; a test changes only what it is about."""

from __future__ import annotations

Record = dict[str, object]


def a_sap_order(**changes: object) -> Record:
    """Give a released order over 5 pieces at 19.90, of which nothing came yet."""
    return {
        "PurchaseOrder": "4500000001",
        "Supplier": "0010000101",
        "PurchaseOrderDate": "/Date(1704067200000)/",
        "DocumentCurrency": "EUR",
        "PurchasingProcessingStatus": "05",
        "CorrespncInternalReference": "REF-1",
        "ValidityStartDate": None,
        "ValidityEndDate": None,
        "to_PurchaseOrderItem": {"results": [an_item()]},
        **changes,
    }


def an_item(**changes: object) -> Record:
    """Give the item of such an order."""
    return {
        "PurchaseOrderItem": "10",
        "Material": "000000000000000021",
        "PurchaseOrderItemText": "Parafuso M8",
        "OrderQuantity": "5.000",
        "YY1_ReceivedQuantity_PDI": "0.000",
        "YY1_InvoicedQuantity_PDI": "0.000",
        "PurchaseOrderQuantityUnit": "PC",
        "DocumentCurrency": "EUR",
        "NetPriceAmount": "19.9000",
        "NetPriceQuantity": "1",
        "OrderPriceUnit": "PC",
        "NetAmount": "99.50",
        "to_ScheduleLine": {"results": [{"ScheduleLineDeliveryDate": "/Date(1706745600000)/"}]},
        "PurchasingDocumentDeletionCode": "",
        "IsCompletelyDelivered": False,
        **changes,
    }


def an_order_of(*items: Record, **changes: object) -> Record:
    """Give an order with these items."""
    return a_sap_order(to_PurchaseOrderItem={"results": list(items)}, **changes)


def a_partner(**changes: object) -> Record:
    """Give a Brazilian supplier who may be bought from and paid."""
    return {
        "BusinessPartner": "10100001",
        "Supplier": "0010000101",
        "BusinessPartnerFullName": "Metalúrgica São Jorge Ltda.",
        "SearchTerm1": "São Jorge",
        "to_BusinessPartnerTax": {"results": [{"BPTaxType": "BR1", "BPTaxNumber": "11222333000181"}]},
        "to_BusinessPartnerAddress": {"results": [an_address()]},
        "to_BusinessPartnerBank": {"results": [a_bank()]},
        "to_Supplier": {"PurchasingIsBlocked": False, "PaymentIsBlockedForSupplier": False},
        **changes,
    }


def an_address(**changes: object) -> Record:
    """Give the address of such a supplier."""
    return {
        "StreetName": "Rua das Flores",
        "HouseNumber": "100",
        "CityName": "São Paulo",
        "Region": "SP",
        "PostalCode": "01310-100",
        "Country": "BR",
        "to_EmailAddress": {"results": [{"EmailAddress": "vendas@example.com"}]},
        **changes,
    }


def a_bank(**changes: object) -> Record:
    """Give the account of such a supplier."""
    return {"BankCountryKey": "BR", "BankNumber": "0011827", "BankAccount": "705307-4", "IBAN": "", **changes}


def a_partner_at(address: Record, **changes: object) -> Record:
    """Give a supplier with this address."""
    return a_partner(to_BusinessPartnerAddress={"results": [address]}, **changes)
