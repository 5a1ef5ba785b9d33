"""How splink compares the fields of a master that it understands; others it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import splink.comparison_level_library as levels
import splink.comparison_library as library
from attrs import frozen
from splink.internals.comparison_creator import ComparisonCreator


@frozen
class Field:
    """One field of a question: how it is compared, and the column *in_master* with which.

    *several* fields hold any number of values, apart by a space.
    """

    in_master: str
    compared: Callable[[str], ComparisonCreator]
    several: bool = False


def names_compared() -> ComparisonCreator:
    """Compare two names by steps from equal to unlike; equal ones weigh more, the rarer they are."""
    return library.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            levels.NullLevel("name"),
            levels.ExactMatchLevel("name").configure(tf_adjustment_column="name"),
            levels.ExactMatchLevel("sorted_name").configure(tf_adjustment_column="sorted_name"),
            levels.JaroWinklerLevel("name", 0.95),
            levels.ArraySubsetLevel("words"),
            levels.JaroWinklerLevel("sorted_name", 0.92),
            levels.JaroWinklerLevel("name", 0.88),
            levels.ArrayIntersectLevel("words", 2),
            levels.ArrayIntersectLevel("words", 1),
            levels.ElseLevel(),
        ],
    )


def _category(column: str) -> ComparisonCreator:
    return library.ExactMatch(column).configure(term_frequency_adjustments=True)


def _town(column: str) -> ComparisonCreator:
    return library.JaroWinklerAtThresholds(column, [0.9]).configure(term_frequency_adjustments=True)


def _address(column: str) -> ComparisonCreator:
    return library.JaroWinklerAtThresholds(column, [0.95, 0.85])


def _digits(column: str) -> ComparisonCreator:
    return library.DamerauLevenshteinAtThresholds(column, [1, 2])


def _shared(column: str) -> ComparisonCreator:
    return library.ArrayIntersectAtSizes(column, [1])


FIELDS: Mapping[str, Field] = {
    "uf": Field("uf", _category),
    "city": Field("city", _town),
    "birth_year": Field("birth_year", library.ExactMatch),
    "birth_date": Field("birth_date", _digits),
    "postcode": Field("postcode", _digits),
    "address": Field("address", _address),
    "phone": Field("phone", _digits),
    "category": Field("category", _category),
    "requester": Field("requesters", _shared, several=True),
}
"""By the column of the question."""
