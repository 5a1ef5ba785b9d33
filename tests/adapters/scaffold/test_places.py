"""Where columns can be found: along references that are declared, and along those that names suggest."""

from __future__ import annotations

from adapters.scaffold.places import Family, places, references
from contracts.source.schema import Column, Form, Record, Reference, Schema


def table(name: str, *columns: str, key: tuple[str, ...] = (), references: tuple[Reference, ...] = ()) -> Record:
    made = tuple(Column(name=each, form=Form.INTEGER, native="INTEGER") for each in columns)
    return Record(name=name, columns=made, key=key, references=references)


def found(schema: Schema, root: str) -> dict[str, tuple[tuple[str, str], ...]]:
    reached = places(schema, schema.records[root], Family.SQL, lambda name: "line" in name)
    return {place.record.name: place.steps[-1].on for place in reached if place.steps}


def test_declared_references_lead_both_ways_and_one_further() -> None:
    schema = Schema(
        "x",
        (
            table("purchase", "id", "buyer", key=("id",), references=(Reference(("buyer",), "party", ("id",)),)),
            table("party", "id", "land", key=("id",), references=(Reference(("land",), "country", ("code",)),)),
            table("country", "code", key=("code",)),
            table("purchase_line", "id", "of", key=("id",), references=(Reference(("of",), "purchase", ("id",)),)),
            table("invoice", "id", "of", key=("id",), references=(Reference(("of",), "purchase", ("id",)),)),
        ),
    )

    assert found(schema, "purchase") == {
        "party": (("id", "buyer"),),
        "country": (("code", "party.land"),),
        "purchase_line": (("of", "id"),),
    }


def test_without_any_declared_reference_names_are_taken_for_them() -> None:
    schema = Schema(
        "x",
        (
            table("purchase_purchase", "id", "party", "currency", "number", key=("id",)),
            table("party_party", "id", key=("id",)),
            table("currency_currency", "id", key=("id",)),
            table("purchase_line", "id", "purchase", key=("id",)),
        ),
    )

    assert found(schema, "purchase_purchase") == {
        "party_party": (("id", "party"),),
        "currency_currency": (("id", "currency"),),
        "purchase_line": (("purchase", "id"),),
    }


def test_a_column_that_may_lead_to_two_tables_leads_to_none() -> None:
    schema = Schema(
        "x",
        (
            table("orders", "id", "party", key=("id",)),
            table("a_party", "id", key=("id",)),
            table("b_party", "id", key=("id",)),
        ),
    )

    assert references(schema, schema.records["orders"]) == ()


def test_the_number_of_a_document_leads_from_its_lines_to_it() -> None:
    schema = Schema(
        "x",
        (
            table("0_purch_orders", "order_no", key=("order_no",)),
            table("0_sales_orders", "order_no", "type", key=("order_no", "type")),
            table("0_purch_order_lines", "id", "order_no", key=("id",)),
        ),
    )

    assert references(schema, schema.records["0_purch_order_lines"]) == (
        Reference(("order_no",), "0_purch_orders", ("order_no",)),
    )
