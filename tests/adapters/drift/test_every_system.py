"""Every change that touches what a system of the house relies on is found, and nothing outside is said to break."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.bootstrap import Systems, systems
from adapters.drift.checking import documents
from adapters.erp import Published
from contracts.source.drift import absent, findings, relied_on
from contracts.source.owed import OwedColumn, Use
from contracts.source.schema import Column, Schema
from ports.errors import NotOffered
from tests.unit.contracts.source.mutations import MUTATIONS, mutated, with_column, with_record
from tests.unit.contracts.source.proof import (
    about,
    check_each_mutation,
    check_each_record,
    check_ports,
    every_column,
    hits,
)

DOCUMENTS = [
    ("sap", "API_BUSINESS_PARTNER"),
    ("sap", "API_PURCHASEORDER_PROCESS_SRV"),
    ("protheus", ""),
    ("oracle", "SupplierService"),
    ("oracle", "PurchaseOrderService"),
    ("inhouse", ""),
]
Document = tuple[Published, Schema]


@pytest.fixture(scope="module")
def site() -> Iterator[Systems]:
    with systems() as site:
        yield site


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda each: "-".join(filter(None, each)))
def document(site: Systems, request: pytest.FixtureRequest) -> Document:
    system, name = request.param
    (found,) = [each for each in site.erp(system).published if each.name == name]
    return found, found.schema()


def test_every_document_of_the_house_is_under_proof(site: Systems) -> None:
    assert [(name, each.name) for name in site.names for each in site.erp(name).published] == DOCUMENTS


def test_the_system_has_every_column_that_is_owed_in_a_form_that_is_read(document: Document) -> None:
    published, schema = document

    for source in published.sources:
        assert absent(source, schema) == ()
        assert [each.path for each in source.columns if not _fits(each, schema.column(each.record, each.path))] == []


def _fits(owed: OwedColumn, column: Column | None) -> bool:
    room = column is None or column.length is None or owed.facets.length is None or column.length >= owed.facets.length
    return column is not None and room and (not owed.facets.forms or column.form in owed.facets.forms)


def test_only_systems_that_can_be_written_to_have_columns_that_a_write_needs(site: Systems) -> None:
    uses = {
        name: {owed.use for each in site.erp(name).published for source in each.sources for owed in source.columns}
        for name in site.names
    }

    assert {name for name, found in uses.items() if Use.WRITE in found} == {"sap", "oracle"}


def test_a_system_that_does_not_say_what_it_publishes_cannot_be_watched(site: Systems) -> None:
    with pytest.raises(NotOffered, match="inhouse does not say what it publishes, so no drift can be seen"):
        documents(evolve(site.erp("inhouse"), published=()))


def test_a_document_that_lost_a_record_is_still_known(site: Systems) -> None:
    (tables,) = site.erp("inhouse").published
    several = evolve(site.erp("inhouse"), published=(*site.erp("sap").published, tables))

    assert documents(several, with_record(tables.schema(), "PEDIDOS", None)) == (tables,)


def test_nothing_drifts_while_nothing_changes(document: Document) -> None:
    published, schema = document

    assert findings(schema, published.schema(), published.sources) == ()


def test_each_mutation_of_each_column_is_judged_rightly(document: Document) -> None:
    published, schema = document
    pinned = relied_on(schema, published.sources)

    for record, column in every_column(pinned):
        check_each_mutation(pinned, published.sources, record, column)


def test_each_record_that_goes_and_each_key_that_changes_is_judged_rightly(document: Document) -> None:
    published, schema = document
    pinned = relied_on(schema, published.sources)

    for record in pinned.records.values():
        check_each_record(pinned, published.sources, record)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_many_changes_at_once_hide_nothing(document: Document, data: st.DataObject) -> None:
    published, schema = document
    whole = relied_on(schema, published.sources)
    places = st.sampled_from(list(every_column(whole)))
    planted = data.draw(st.dictionaries(places, st.sampled_from(list(MUTATIONS)), min_size=2, max_size=12))
    pinned = live = whole
    for (record, column), name in planted.items():
        before, after = mutated(whole, record, column, name)
        changed = after.records[record].column(column) or after.records[record].column(f"{column}_2")
        pinned = with_column(pinned, record, column, before.records[record].column(column))
        live = with_column(live, record, column, changed)

    found = findings(pinned, live, published.sources)

    for record, column in planted:
        check_ports(about(found, record, column), hits(whole, published.sources, record, column), column)
