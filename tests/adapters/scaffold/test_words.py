"""Names of columns and tables, taken apart and compared with the terms of purchasing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.scaffold.words import likeness, shared_prefix, terms, words_of

NOTHING = frozenset[str]()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RazaoSocial2", ("razao", "social", "2")),
        ("unit_price", ("unit", "price")),
        ("A_BusinessPartner", ("a", "business", "partner")),
        ("party_party", ("party",)),
        ("SituaçãoDoPedido", ("situacao", "do", "pedido")),
        ("VATNumber", ("vat", "number")),
        ("suppliers", ("supplier",)),
        ("companies", ("company",)),
        ("status", ("status",)),
        ("address", ("address",)),
        ("", ()),
    ],
)
def test_a_name_is_taken_apart(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


def test_what_most_columns_of_a_table_begin_with_says_nothing() -> None:
    assert shared_prefix(["A2_COD", "A2_NOME", "A2_CGC", "D_E_L_E_T_"]) == "A2_"
    assert shared_prefix(["supp_name", "address", "city"]) == ""
    assert shared_prefix(["id_a", "id_b"]) == ""


@pytest.mark.parametrize(
    ("name", "listed", "least", "most"),
    [
        ("city", "town, city", 1.0, 1.0),
        ("CityName", "city name", 1.0, 1.0),
        ("supplier_name", "name", 0.9, 1.0),
        ("contact_name", "name", 0.5, 0.79),
        ("qty", "quantity", 0.0, 0.79),
        ("desc", "description", 0.8, 0.9),
        ("reg", "region", 0.5, 0.79),
        ("descriptoin", "description", 0.7, 0.79),
        ("fax_number", "tax number", 0.0, 0.5),
        ("unit_price", "price unit", 0.0, 0.79),
        ("status", "status?", 0.7, 0.7),
        ("colour", "postal code", 0.0, 0.4),
    ],
)
def test_a_name_is_as_likely_as_it_says(name: str, listed: str, least: float, most: float) -> None:
    assert least <= likeness(words_of(name), frozenset({"supplier"}), terms(listed)) <= most


@given(st.text(max_size=20), st.text(alphabet="abcd, ?", min_size=1, max_size=20))
def test_likeness_is_a_share_for_any_name(name: str, listed: str) -> None:
    known = [term for term in terms(listed) if term.words]

    assert 0.0 <= likeness(words_of(name), NOTHING, known) <= 1.0
