"""What happens to a program that uses a connected ERP wrongly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from adapters.bootstrap import connect
from domain.identifiers import PurchaseOrderId, SupplierId
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery

ROOT = Path(__file__).parents[2]


def test_a_program_that_forgets_to_close_still_ends() -> None:
    program = "from adapters.bootstrap import connect; print(connect().name)"

    ended = subprocess.run(  # noqa: S603  # our own interpreter, our own words
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert (ended.returncode, ended.stdout) == (0, "sap\n")


def test_keys_and_queries_of_another_kind_are_told_and_not_answered_with_nothing() -> None:
    with connect(system="protheus") as erp:
        with pytest.raises(TypeError, match="the key of a Supplier is a SupplierId, not '10000102'"):
            erp.suppliers.get(cast("SupplierId", "10000102"))
        with pytest.raises(TypeError, match="is a SupplierId, not PurchaseOrderId"):
            erp.suppliers.get(cast("SupplierId", PurchaseOrderId("10000102")))
        with pytest.raises(TypeError, match=r"a PurchaseOrderQuery asks about status.* a Supplier does not have"):
            list(erp.suppliers.find(cast("SupplierQuery", PurchaseOrderQuery())))
