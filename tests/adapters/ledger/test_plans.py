"""What is looked up before every write is found by an index, however many intents have come to rest.

Nobody has told PostgreSQL how many rows there are: it plans as it does for a ledger that has just begun to grow.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import ClauseElement

from adapters.ledger.statements import DUE, INTENT, KNOWN, SAGA
from adapters.ledger.tables import INTENTS
from tests.adapters.ledger.site import opened

ROWS = 500
VALUES: dict[str, object] = {"key": "K1", "intention": b"1", "content": b"2", "saga": "S1", "now": 7, "limit": 1}


def _row(number: int) -> dict[str, object]:
    row = dict.fromkeys((column.name for column in INTENTS.columns), b"-")
    key = {"number": number, "id": f"K{number}", "intention": str(number).encode(), "round": 1, "fence": 1}
    at_rest = {"state": "done", "system": "sap", "unsettled": None, "saga": None, "due_at": None, "held_until": None}
    return {**row, **key, **at_rest, "body": bytes(1800)}


@pytest.mark.parametrize("statement", [KNOWN, INTENT, SAGA, DUE], ids=["known", "intent", "saga", "due"])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_intent_at_rest_is_read_on_the_way(
    kind: str, statement: ClauseElement, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}" if kind == "sqlite" else request.getfixturevalue("postgresql")
    with opened(url, tmp_path) as ledger:
        engine = ledger._book.engine
        with engine.connect() as connection:
            connection.execute(INTENTS.delete())
            connection.execute(INTENTS.insert(), [_row(number) for number in range(1, ROWS + 1)])
            compiled = statement.compile(engine)
            asked = {name: VALUES.get(name, value) for name, value in compiled.params.items()}
            explain = "EXPLAIN QUERY PLAN" if kind == "sqlite" else "EXPLAIN"
            order = getattr(compiled, "positiontup", None)
            bound = asked if order is None else tuple(asked[name] for name in order)
            plan = connection.exec_driver_sql(f"{explain} {compiled}", bound).all()
            connection.execute(INTENTS.delete())
    told = "\n".join(str(row[-1]) for row in plan)

    assert "Seq Scan" not in told
    assert "SCAN intents" not in told
    assert "intents_pkey" not in told
