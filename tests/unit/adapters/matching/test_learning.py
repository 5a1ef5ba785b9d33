"""What is held back while a model is learnt, and which sources it is learnt from."""

from __future__ import annotations

import numpy as np

from adapters.matching import base, learning
from adapters.matching.base import Source
from adapters.matching.features import FEATURES
from adapters.matching.index import Index
from domain.identifiers import SupplierId
from domain.matching import MasterRecord
from domain.mentions import Mention

NAMES = [f"{first} {last}" for first in ("Ana", "Bela", "Caio", "Davi") for last in ("Moura", "Nunes", "Prado")]
INDEX = Index.of([MasterRecord(id=SupplierId(str(number)), names=(name,)) for number, name in enumerate(NAMES)])


def said(name: str) -> Mention[SupplierId]:
    """Give a mention by name alone."""
    return Mention(kind=SupplierId, said=name)


def test_questions_about_one_record_are_held_back_together() -> None:
    asked = [(said(name), SupplierId(str(number))) for number, name in enumerate(NAMES) for _ in range(3)]
    taught = learning.lessons(INDEX, asked)
    parts = list(learning._parts(taught))
    held = [{taught[number].entity for number in part} for part in parts]

    assert sorted(number for part in parts for number in part) == list(range(len(taught)))
    assert sum(map(len, held)) == len(NAMES)


def test_spellings_of_somebody_who_is_not_there_are_held_back_together() -> None:
    first, second, other = learning.lessons(INDEX, [(said("Ana Mourao"), None), (said("Ana Moura"), None),
                                                    (said("Davi Prado"), None)])  # fmt: skip

    assert first.entity == second.entity != other.entity


def test_the_right_candidate_is_marked_and_none_if_the_master_lacks_it() -> None:
    there, absent = learning.lessons(INDEX, [(said("Ana Moura"), SupplierId("0")), (said("Ana Moura"), None)])

    assert there.right.sum() == 1
    assert not absent.right.any()


def test_a_source_that_the_index_was_made_from_is_left_out() -> None:
    rows, right = np.zeros((1, len(FEATURES)), np.float32), np.zeros(1, np.bool_)
    own = Source(rows, right, base.sample(INDEX))
    other = Source(rows, right, base.sample(Index.of([MasterRecord(id=SupplierId("1"), names=("Zoe Quint",))])))

    assert own.is_of(INDEX)
    assert not other.is_of(INDEX)


def test_the_shipped_base_holds_numbers_alone_and_is_of_no_toy() -> None:
    whole = base.shipped()

    assert len(whole.sources) == 4
    assert whole.beside(INDEX).sources == whole.sources
    assert all(np.isfinite(source.rows).all() and len(source.rows) == len(source.right) for source in whole.sources)
