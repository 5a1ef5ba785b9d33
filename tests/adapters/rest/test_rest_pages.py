"""Reading page by page in each style: nothing is lost, doubled, or fetched from elsewhere."""

from __future__ import annotations

import logging

import pytest

from adapters.rest.page_styles import LinkedPages, NumberedPages, OffsetPages, PageStyle
from ports.errors import Unintelligible
from tests.adapters.rest.answering import Api, totvs


def fusion(*ids: int, more: object = False) -> dict[str, object]:
    return {"items": [{"id": number} for number in ids], "hasMore": more}


def test_numbered_pages_begin_at_one_and_follow_the_flag() -> None:
    api = Api(totvs(1, 2, more=True), totvs(3, more=False))

    assert api.read(NumberedPages(size=("pageSize", 2))) == [[{"id": 1}, {"id": 2}], [{"id": 3}]]
    assert api.asked("page", "pageSize") == [("1", "2"), ("2", "2")]


def test_one_empty_page_that_promises_more_is_passed_over_but_not_two() -> None:
    assert Api(totvs(more=True), totvs(1, more=True), totvs(more=True), totvs(more=False)).read(NumberedPages()) == [
        [{"id": 1}]
    ]
    with pytest.raises(Unintelligible, match="two empty pages"):
        Api(totvs(1, more=True), totvs(more=True), totvs(more=True)).read(NumberedPages())


def test_custom_services_have_their_own_names() -> None:
    style = NumberedPages(items="itens", more="temMais", page="pagina", size=("tamanho", 5))
    api = Api({"itens": [{"id": 1}], "temMais": False})

    assert api.read(style) == [[{"id": 1}]]
    assert api.asked("pagina", "tamanho") == [("1", "5")]


def test_windows_end_at_a_short_page_without_the_flag_only() -> None:
    full_without_flag = Api(fusion(1, 2), fusion(3, more=True), fusion(4))

    assert full_without_flag.read(OffsetPages(key=["id"], limit=2)) == [
        [{"id": 1}, {"id": 2}],
        [{"id": 3}],
        [{"id": 4}],
    ]
    assert full_without_flag.asked("offset", "limit", "orderBy") == [
        ("0", "2", "id"),
        ("2", "2", "id"),
        ("3", "2", "id"),
    ]


def test_an_empty_window_is_the_end_even_if_it_promises_more(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert Api(fusion(1, 2), fusion(more=True)).read(OffsetPages(key=["id"], limit=2)) == [[{"id": 1}, {"id": 2}]]
    assert "promises more" in caplog.text


def test_a_record_that_comes_twice_is_handed_on_once() -> None:
    api = Api(fusion(1, 2), fusion(2, 3), fusion())

    assert api.read(OffsetPages(key=["id"], limit=2)) == [[{"id": 1}, {"id": 2}], [{"id": 3}]]
    assert api.asked("offset") == [("0",), ("2",), ("4",)]


@pytest.mark.parametrize("limit", [0, -1, 500, 1000])
def test_a_limit_that_is_cut_silently_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="cut silently"):
        OffsetPages(key=["id"], limit=limit)


def test_links_are_followed_on_the_same_host_until_there_is_none() -> None:
    api = Api(
        {"items": [{"id": 1}], "nextLink": "https://erp.example.com:443/rest/orders?token=a%2Fb"},
        {"items": [{"id": 2}], "nextLink": "/rest/orders?token=c"},
        {"items": [{"id": 3}]},
    )

    assert api.read(LinkedPages()) == [[{"id": 1}], [{"id": 2}], [{"id": 3}]]
    assert [str(request.url) for request in api.seen[1:]] == [
        "https://erp.example.com/rest/orders?token=a%2Fb",
        "https://erp.example.com/rest/orders?token=c",
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example.com/rest/orders",
        "http://erp.example.com/rest/orders",
        "https://erp.example.com:8443/rest/orders",
        "//evil.example.com/rest",
        "https://u:p@erp.example.com/rest",
        "https://[",
        7,
    ],
)
def test_a_link_to_anywhere_else_is_not_followed(link: object) -> None:
    api = Api({"items": [], "nextLink": link})
    with pytest.raises(Unintelligible):
        api.read(LinkedPages())

    assert len(api.seen) == 1


def test_the_same_link_twice_is_unintelligible() -> None:
    page = {"items": [{"id": 1}], "nextLink": "?t=1"}
    with pytest.raises(Unintelligible, match="twice"):
        Api(page, page, page).read(LinkedPages())


@pytest.mark.parametrize("style", [NumberedPages(), OffsetPages(key=["id"]), LinkedPages()])
@pytest.mark.parametrize("body", [[], {}, None, {"items": None}, {"items": [1]}, {"items": {}}, {"itens": []}])
def test_an_answer_of_another_form_is_unintelligible(style: PageStyle, body: object) -> None:
    with pytest.raises(Unintelligible, match="orders"):
        Api(body).read(style)


@pytest.mark.parametrize("flag", [None, "true", 1])
def test_a_flag_is_a_truth_value_or_nothing_is_known(flag: object) -> None:
    with pytest.raises(Unintelligible, match="hasNext"):
        Api(totvs(1, more=flag)).read(NumberedPages())
    with pytest.raises(Unintelligible, match="hasMore"):
        Api(fusion(1, more=flag)).read(OffsetPages(key=["id"]))


def test_a_record_without_its_key_is_unintelligible() -> None:
    with pytest.raises(Unintelligible, match="key"):
        Api({"items": [{"name": "x"}], "hasMore": False}).read(OffsetPages(key=["id"]))


def test_a_page_is_not_asked_for_before_it_is_needed() -> None:
    api = Api(totvs(1, more=True), totvs(2, more=False))
    with api.service() as service:
        pages = service.pages("orders", page_style=NumberedPages())
        assert api.seen == []
        next(pages)
        assert len(api.seen) == 1
