"""Commands as what SAP is asked to write: which are offered, in whose codes, with which keys."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from acl.sap.commands.catalogue import Codes, sap_commands
from domain.commands.catalogue import COMMANDS
from domain.commands.purchase_orders import (
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    PlacePurchaseOrder,
)
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.quantity import Quantity
from domain.units import Unit
from tests.unit.acl.sap.asking import (
    SAP,
    WHO,
    an_order_to_place,
    asked,
)


def test_only_what_the_released_services_do_is_offered() -> None:
    offered = {command for command in COMMANDS if SAP.offers(command)}

    assert offered == {
        CreateSupplier,
        ChangeSupplier,
        BlockSupplier,
        ChangeBankDetails,
        PlacePurchaseOrder,
        ChangePurchaseOrderLine,
        ClosePurchaseOrder,
        CancelPurchaseOrder,
    }


def test_a_site_speaks_with_its_own_codes() -> None:
    kits: Mapping[str, Codes] = {"purchase_orders": {"lines.ordered.unit": {"KIT": Unit("KT")}}}
    (write,) = asked(
        an_order_to_place(ordered=Quantity(Decimal(3), Unit("KT"))), commands=sap_commands(WHO, grouping="", codes=kits)
    )

    assert "'PurchaseOrderQuantityUnit': 'KIT'" in str(write.body)


def test_both_documents_ask_for_every_key_that_writing_needs() -> None:
    partner, order = SAP.documents[SupplierId].columns, SAP.documents[PurchaseOrderId].columns

    assert {"BusinessPartner", "to_Supplier/Supplier", "to_BusinessPartnerAddress/AddressID"} < set(partner)
    assert {"to_BusinessPartnerAddress/to_EmailAddress/OrdinalNumber", "BusinessPartnerIDByExtSystem"} < set(partner)
    assert {"to_PurchaseOrderItem/PurchaseOrder", "to_PurchaseOrderItem/to_ScheduleLine/ScheduleLine"} < set(order)
    assert "to_PurchaseOrderItem" not in order
