"""What stands in the sandboxes and is healthy is read by the generated readers alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acl.mapping import Mapping, Origin
from adapters.bootstrap import Systems
from adapters.embedded import SANDBOXES, Embedded
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Quarantine
from ports.suppliers import SupplierQuery


@pytest.fixture(scope="module")
def embedded() -> Iterator[Systems]:
    with Systems(Embedded()) as running:
        yield running


@pytest.mark.parametrize("name", SANDBOXES)
def test_only_what_is_refused_is_read_slowly(name: str, embedded: Systems, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly: list[object] = []
    again = Mapping._kept_or_refused

    def counted(self: Mapping[object], record: object, origin: Origin, quarantine: Quarantine) -> object:
        slowly.append(found := again(self, record, origin, quarantine))
        return found

    monkeypatch.setattr(Mapping, "_kept_or_refused", counted)
    erp = embedded.erp(name)
    read = [*erp.suppliers.find(SupplierQuery()), *erp.purchase_orders.find(PurchaseOrderQuery())]

    assert len(read) > 200
    assert slowly, "what is spoiled is read slowly, so nothing was counted"
    assert [found for found in slowly if found is not None] == []
