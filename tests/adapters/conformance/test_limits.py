"""What an adapter does not do is read off its mapping and its plans."""

from __future__ import annotations

from acl.collection import Collection
from acl.mapping import never
from acl.protheus.suppliers import SUPPLIER
from adapters.conformance.limits import limits_of
from adapters.erp import SupplierCollection
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.scenario import suppliers
from contracts.laws.subject import Limit
from contracts.laws.suppliers import SupplierLaws

NO_BANK = SUPPLIER.with_(bank_accounts=never((), because="we pay by card"))
COLLECTION: SupplierCollection = Collection(NO_BANK, lambda _: iter(()), system="test", quarantine=InMemoryQuarantine())
ATTRIBUTES = (
    Limit("address.region", "read, and never written", "its column depends on the country"),
    Limit("bank_accounts", "always (): this system does not know it", "we pay by card"),
)


def test_a_criterion_that_is_decided_here_and_an_attribute_without_a_column_are_told_with_their_reasons() -> None:
    limits = limits_of(COLLECTION, SupplierLaws(), suppliers())

    assert limits == (
        Limit(
            "name",
            "not asked of the vendor: everything is fetched and checked here",
            "no condition of the vendor is sure to say 'contains' about padded(40) of A2_NOME",
        ),
        Limit(
            "block",
            "not asked of the vendor: everything is fetched and checked here",
            "no condition of the vendor is sure to say 'is' about block of D_E_L_E_T_, A2_MSBLQL, A2_XBLOQ",
        ),
        *ATTRIBUTES,
    )


def test_without_a_fact_to_ask_about_the_attributes_are_told_all_the_same() -> None:
    assert limits_of(COLLECTION, SupplierLaws(), ()) == ATTRIBUTES
