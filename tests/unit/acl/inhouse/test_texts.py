"""Texts: tokens for absence per column, and letters that were read as the wrong code page."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acl.inhouse.texts import NOTHING, garbled, typed
from acl.mapping import Unreadable, optional
from domain.identifiers import ProductId
from ports.errors import ProblemKind
from tests.unit.acl.inhouse.reading import problem, read, refused, written

NAME = garbled("NOME")
TRADE_NAME = optional(garbled("FANTASIA"))
REGION = optional(typed("UF", absent=NOTHING))
REFERENCE = optional(typed("REF"))
PRODUCT = optional(typed("PRODUTO", into=ProductId))


def _misread(text: str, times: int = 1) -> str:
    for _ in range(times):
        text = text.encode().decode("cp1252")
    return text


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("CONCEIÃ‡ÃƒO", "CONCEIÇÃO"),
        ("MÃƒÂ¼ller", "Müller"),
        ("SÃO PAULO", "SÃO PAULO"),
        ("JoÃ£o", "João"),
        ("â‚¬ 10", "€ 10"),
        ("Ferreter\u00c3\u00ada", "Ferretería"),
        ("Ohio Tool & Die", "Ohio Tool & Die"),
        ("東京", "東京"),
    ],
)
def test_misread_letters_are_undone_and_right_ones_stay(raw: str, right: str) -> None:
    assert read(NAME, raw) == right
    assert written(NAME, right) == right


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_text_misread_up_to_three_times_is_undone(times: int) -> None:
    assert read(NAME, _misread("Açúcar & Álcool Ribeirão".replace("Á", "A"), times)) == "Açúcar & Alcool Ribeirão"


def test_a_text_misread_four_times_is_refused() -> None:
    found = problem(NAME, _misread("Müller", 4))

    assert (found.kind, found.quirk) == (ProblemKind.ENCODING, "INH-ENC-02")


def test_right_and_misread_letters_side_by_side_are_refused() -> None:
    found = problem(NAME, "Praça São JoÃ£o, 10")

    assert (found.kind, found.quirk, found.raw) == (ProblemKind.ENCODING, "INH-ENC-02", "'Praça São JoÃ£o, 10'")


def test_capitals_before_a_quote_are_no_misread_letter() -> None:
    """É and a closing quote are the UTF-8 bytes of ɔ, which the system's code page does not have."""
    assert read(NAME, "“CAFÉ’S”") == "“CAFÉ’S”"
    assert read(NAME, "CAFÉ’S") == "CAFÉ’S"


@pytest.mark.parametrize(("raw", "quirk"), [("Concei\ufffd\ufffdo", "INH-ENC-01"), ("A\x81B", "INH-ENC-04")])
def test_lost_characters_are_refused(raw: str, quirk: str) -> None:
    for field in (NAME, REGION, REFERENCE):
        found = problem(field, raw)

        assert (found.kind, found.quirk) == (ProblemKind.ENCODING, quirk)


@pytest.mark.parametrize("token", [None, "", "-", "N/A", "."])
def test_a_token_means_not_known_and_is_a_fault_where_something_must_stand(token: str | None) -> None:
    assert read(TRADE_NAME, token) is None
    assert read(REFERENCE, token) is None
    assert read(PRODUCT, token) is None
    assert problem(NAME, token).kind is ProblemKind.MISSING


@pytest.mark.parametrize(("raw", "value"), [("N/A", "N/A"), (".", "."), ("0", "0"), ("NA", "NA"), ("-", None)])
def test_a_token_of_one_column_is_a_value_in_another(raw: str, value: str | None) -> None:
    assert read(REGION, raw) == value


def test_not_known_is_written_as_null_and_a_token_is_never_written_as_a_value() -> None:
    assert written(REFERENCE, None) is None
    assert refused(REFERENCE, "N/A").quirk == "INH-NULL-01"
    assert refused(TRADE_NAME, "-").quirk == "INH-NULL-01"
    assert written(REGION, "N/A") == "N/A"


def test_a_text_longer_than_its_column_is_never_cut() -> None:
    assert refused(REFERENCE, "x" * 256).quirk == "INH-LEN-01"


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\nb", "a\ufffd"])
def test_signs_that_no_text_may_hold_are_not_written(text: str) -> None:
    assert refused(REFERENCE, text).kind is ProblemKind.ENCODING


def test_a_text_that_would_be_taken_for_misread_letters_is_not_written() -> None:
    assert refused(NAME, "JoÃ£o").kind is ProblemKind.ENCODING


def test_a_number_in_a_column_of_texts_is_no_text() -> None:
    assert problem(REFERENCE, 7).kind is ProblemKind.DRIFT


@given(st.text("aãçéíàüÃÂ£ß€–’”", min_size=1, max_size=8))
@example("CAFÉ’S")
def test_what_can_be_written_is_read_back(text: str) -> None:
    try:
        raw = written(NAME, text)
    except Unreadable:
        return
    assert read(NAME, raw) == text
