"""Valid records of Fusion's two services; a test changes only what it is about. ``GONE`` leaves an element out."""

from __future__ import annotations

Record = dict[str, object]
GONE = object()


def _with(record: Record, changes: Record) -> Record:
    return {name: raw for name, raw in {**record, **changes}.items() if raw is not GONE}


def a_supplier(**changes: object) -> Record:
    """Give a Brazilian company without bank account; most of what may be absent is."""
    record: Record = {
        "SupplierId": "300000000000001",
        "SupplierNumber": "10001701",
        "SupplierName": "Açúcar Ltda.",
        "TaxOrganizationType": "CORPORATION",
        "TaxpayerCountry": "BR",
        "TaxpayerId": "11222333000181",
        "TaxRegistrationNumber": "",
        "BusinessRelationship": "SPEND_AUTHORIZED",
        "InactiveDate": None,
        "HoldAllPaymentsFlag": "false",
        "PurchasingHoldFlag": "0",
        "SupplierAddress": [an_address()],
    }
    return _with(record, changes)


def an_address(**changes: object) -> Record:
    """Give the address of such a supplier."""
    return _with({"AddressLine1": "Rua das Flores, 100", "City": "São Paulo", "Country": "BR"}, changes)


def an_order(**changes: object) -> Record:
    """Give an open order over one line."""
    record: Record = {
        "POHeaderId": "300000000000000001",
        "OrderNumber": "450003",
        "SupplierNumber": "10001701",
        "OrderDate": "2024-01-15",
        "CurrencyCode": "EUR",
        "StatusCode": "OPEN",
        "PurchaseOrderLine": [a_line()],
    }
    return _with(record, changes)


def a_line(changes: Record | None = None) -> Record:
    """Give a line over 5 pieces at 19.90, of which nothing came; *changes* are keyed, for names hold an at sign."""
    record: Record = {
        "LineNumber": "10",
        "ItemNumber": "21",
        "ItemDescription": "Parafuso M8",
        "UOMCode": "Ea",
        "Price": "19.90",
        "Price@currencyCode": "EUR",
        "DFF": [{"PriceBasisQuantity": "1"}],
        "Amount": "99.50",
        "Amount@currencyCode": "EUR",
        "LineStatusCode": "OPEN",
        "PurchaseOrderSchedule": [a_schedule()],
    }
    return _with(record, changes or {})


def a_schedule(changes: Record | None = None) -> Record:
    """Give the schedule of such a line."""
    record: Record = {
        "ScheduleNumber": "1",
        "NeedByDate": "2024-02-01",
        "Quantity": "5",
        "Quantity@unitCode": "Ea",
        "QuantityReceived": "0",
        "QuantityBilled": "0",
    }
    return _with(record, changes or {})


def an_order_of(*schedules: Record) -> Record:
    """Give an order whose one line has these schedules."""
    return an_order(PurchaseOrderLine=[a_line({"PurchaseOrderSchedule": list(schedules)})])
