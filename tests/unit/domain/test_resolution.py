"""Nobody but the minter makes a Resolved."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commands.suppliers import BlockSupplier
from domain.errors import InvalidValue
from domain.identifiers import CustomerId, SupplierId
from domain.resolution import Ambiguous, Candidate, Evidence, Resolved
from domain.suppliers import SupplierBlock
from tests.governed.examples import SUPPLIER, resolved

OTHER = Candidate(id=SupplierId("666"), label="Mallory Ltd", score=Decimal(1), evidence=())

FORGERIES: dict[str, Callable[[], object]] = {
    "constructed": lambda: Resolved(),
    "constructed with fields": lambda: Resolved(chosen=OTHER),  # type: ignore[call-arg]  # that is the attempt
    "evolved": lambda: attrs.evolve(SUPPLIER, chosen=OTHER),  # type: ignore[call-arg]  # the checker refuses it, too
    "pickled": lambda: pickle.dumps(SUPPLIER),
    "changed": lambda: setattr(SUPPLIER, "chosen", OTHER),
    "filled again": lambda: SUPPLIER.__attrs_init__(chosen=OTHER),  # type: ignore[call-arg]  # taken off the class
    "restored": lambda: SUPPLIER.__setstate__({"chosen": OTHER}),  # type: ignore[attr-defined]  # as above
    "subclassed": lambda: type("Mine", (Resolved,), {}),
    "reduced": lambda: SUPPLIER.__reduce_ex__(4),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_resolved_cannot_be_forged(forgery: str) -> None:
    with pytest.raises((TypeError, AttributeError)):
        FORGERIES[forgery]()

    assert SUPPLIER.id == SupplierId("4711")


def test_a_copy_is_the_very_same() -> None:
    assert copy.copy(SUPPLIER) is SUPPLIER
    assert copy.deepcopy(SUPPLIER) is SUPPLIER
    assert copy.deepcopy(BlockSupplier(supplier=SUPPLIER, block=SupplierBlock.ALL)).supplier is SUPPLIER


@given(
    said=st.one_of(
        st.text(), st.integers(), st.none(), st.builds(SupplierId, st.just("4711")), st.just(OTHER),
        st.just(Ambiguous(mention="ACME", candidates=(OTHER,), because="two of them", ask_for=None)),
        st.just(resolved(CustomerId("4711"))),
    )
)  # fmt: skip
def test_no_command_takes_anything_else_for_its_target(said: object) -> None:
    with pytest.raises(InvalidValue, match="must be a resolved SupplierId"):
        BlockSupplier(supplier=said, block=SupplierBlock.ALL)  # type: ignore[arg-type]  # that is the attempt


@given(score=st.one_of(st.decimals(allow_nan=True).filter(lambda it: it.is_nan() or not 0 <= it <= 1), st.floats()))
def test_a_score_is_a_decimal_from_0_to_1(score: object) -> None:
    with pytest.raises(InvalidValue, match="from 0 to 1"):
        Candidate(id=SupplierId("1"), label="A", score=score, evidence=(Evidence("name", "equal"),))  # type: ignore[arg-type]  # that is the attempt


def test_only_the_resolver_and_what_reads_the_ledger_know_the_mint() -> None:
    root = Path(__file__).parents[3]
    houses = ("acl", "adapters", "application", "contracts", "domain", "ports")
    knowing = {
        str(file.relative_to(root))
        for house in houses
        for file in (root / house).rglob("*.py")
        if "domain.minting" in file.read_text() or "initialise" in file.read_text()
    }

    assert knowing == {
        "application/resolving/by_key.py",
        "application/resolving/by_name.py",
        "application/resolving/made.py",
        "contracts/stored.py",
        "domain/minting.py",
        "domain/resolution.py",
    }


@pytest.mark.parametrize("odds", [Decimal(0), Decimal(-2), Decimal("NaN"), 2.0])
def test_odds_are_a_positive_decimal(odds: Decimal) -> None:
    with pytest.raises(InvalidValue, match="odds must be a decimal above 0"):
        Evidence("name", "equal", odds)
