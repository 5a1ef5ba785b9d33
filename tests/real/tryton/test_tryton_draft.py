"""What the scaffold writes for Tryton today: all but the mappings stands in the package as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from adapters.scaffold.sources import from_database
from tests.adapters.scaffold.truths import judged
from tests.real.tryton.package.dragoman_tryton.purchase_orders import PURCHASE_ORDER
from tests.real.tryton.package.dragoman_tryton.suppliers import SUPPLIER

PACKAGE = Path(__file__).parent / "package"
EDITED = {"dragoman_tryton/suppliers.py", "dragoman_tryton/purchase_orders.py"}
ADDED = {"dragoman_tryton/codecs.py"}


@pytest.fixture(scope="module")
def drafted(tryton_sqlite: str) -> dict[str, str]:
    return dict(from_database("tryton", tryton_sqlite, ("suppliers", "purchase_orders"), {}).files)


def test_nothing_but_the_mappings_was_edited(drafted: dict[str, str]) -> None:
    inside = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if path.is_file()]
    here = {str(path) for path in inside if not any(part[0] in "._" for part in path.parts[:-1])}

    assert here == drafted.keys() | ADDED
    for name in sorted(drafted.keys() - EDITED):
        assert (PACKAGE / name).read_text(encoding="utf-8") == drafted[name], name


def test_what_was_taken_for_sure_still_stands_in_the_edited_mappings(drafted: dict[str, str]) -> None:
    """But for the day, which SQLite alone would have had as a text."""
    changed = {'    ordered_on=column(xsd_date("iso_day"), "purchase_date"),'}
    for name in sorted(EDITED):
        kept = (PACKAGE / name).read_text(encoding="utf-8").splitlines()
        fields = [line for line in drafted[name].splitlines() if line.startswith("    ") and "=" in line]
        sure = [line for line in fields if "unsure(" not in line and line.startswith("    ") and line[4] != " "]
        whole = [line for line in sure if line.endswith("),")]
        assert [line for line in whole if line not in kept and line not in changed] == []


def test_a_draft_is_the_same_every_time_and_holds_no_value_of_a_person(
    drafted: dict[str, str], tryton_sqlite: str
) -> None:
    again = from_database("tryton", tryton_sqlite, ("suppliers", "purchase_orders"), {}).files

    assert again == drafted
    everything = "".join(drafted.values())
    assert not [word for word in ("Köln", "@example.com", "Papeterie", "REF/") if word in everything]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_was_taken_from_elsewhere_than_a_person_took_it(kind: str, request: pytest.FixtureRequest) -> None:
    """SQLite declares no reference at all, and PostgreSQL all of them."""
    url = cast("str", request.getfixturevalue(f"tryton_{kind}")).replace("+psycopg", "")

    suppliers, orders = from_database("tryton", url, ("suppliers", "purchase_orders"), {}).proposals

    by_supplier, by_order = judged(suppliers, SUPPLIER), judged(orders, PURCHASE_ORDER)
    assert (by_supplier.wrong, by_order.wrong) == ((), ())
    assert by_supplier.right >= 2
    assert by_order.right >= 8
