"""SAP is written to in the companies that its settings name, and nowhere else."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from adapters.bootstrap import open_system
from adapters.embedded import Embedded
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.systems.sap import SapCompany
from domain.commands.stock import AdjustStock
from domain.commands.suppliers import BlockSupplier
from domain.suppliers import SupplierBlock
from tests.governed.examples import resolved
from tests.systems.sap_writing import suppliers


def test_every_company_that_is_named_can_be_written_to() -> None:
    embedded = Embedded()
    try:
        settings = embedded.settings("sap")
        with open_system("sap", settings, InMemoryQuarantine()) as erp:
            (execution,) = erp.executions.values()
            seen = execution.observe(BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.ALL))

            assert list(erp.executions) == ["1010"]
            assert not execution.offers(AdjustStock)
            assert seen.before.value("block") is SupplierBlock.NONE
            assert execution.lacks() == ()
            assert execution.limits.running.total_seconds() == 1
        with open_system("sap", settings.model_copy(update={"companies": {}}), InMemoryQuarantine()) as erp:
            assert erp.executions == {}
    finally:
        embedded.close()


@pytest.mark.parametrize(
    "changes", [{"plant": None}, {"longest": 0}, {"purchasing_org": "1010"}], ids=["missing", "no time", "unknown"]
)
def test_a_company_says_who_buys_there(changes: dict[str, object]) -> None:
    said = {"purchasing_organisation": "1010", "purchasing_group": "001", "plant": "1010", "grouping": "BP02"}

    with pytest.raises(ValidationError):
        SapCompany.model_validate({key: value for key, value in {**said, **changes}.items() if value is not None})
