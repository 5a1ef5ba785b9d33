"""What a field remembers: good values of hashable raws, and not without end."""

from __future__ import annotations

from types import FunctionType
from typing import cast

import pytest
from attrs import frozen

from acl.engine import fields
from acl.mapping import Codec, Mapping, column, mapping, optional
from domain.errors import InvalidValue
from ports.errors import ProblemKind
from tests.unit.acl.engine.shop import refused, streamed
from tests.unit.acl.reading import both_paths, needs_no_slow_path


@frozen
class Held:
    value: object


class Decoding:
    """Counts how often each raw value is decoded."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def __call__(self, *raws: object) -> object:
        self.asked.append(raws[0] if len(raws) == 1 else raws)
        if "bad" in raws:
            raise InvalidValue("that is bad")
        return tuple(map(str, raws))


def _codec(decode: Decoding) -> Codec[object]:
    return Codec(name="told", decode=decode, encode=str, kind=ProblemKind.RULE, absent=("",), memo=True)


def test_a_value_that_repeats_is_decoded_once_and_shared() -> None:
    decode = Decoding()
    told = mapping(Held, record="H")(value=column(_codec(decode), "V"))

    found, _ = streamed(told, [{"V": "a"}, {"V": "b"}], [{"V": "a"}])

    assert [held.value for held in found] == [("a",), ("b",), ("a",)]
    assert decode.asked == ["a", "b"]
    assert found[0].value is found[2].value


def test_several_columns_are_remembered_together() -> None:
    decode = Decoding()
    told = mapping(Held, record="H")(value=column(_codec(decode), "A", "B"))

    found, _ = streamed(told, [{"A": "a", "B": "b"}, {"A": "b", "B": "a"}, {"A": "a", "B": "b"}])

    assert [held.value for held in found] == [("a", "b"), ("b", "a"), ("a", "b")]
    assert decode.asked == [("a", "b"), ("b", "a")]


def test_what_is_absent_is_not_decoded() -> None:
    decode = Decoding()
    maybe = mapping(Held, record="H")(value=optional(column(_codec(decode), "V")))
    always = mapping(Held, record="H")(value=column(_codec(decode), "V"))

    assert both_paths(maybe, {"V": ""}) == Held(None)
    assert [problem.reason for problem in refused(always, {"V": ""})] == ["a value is required here"]
    assert decode.asked == []


def test_a_bad_value_is_not_remembered() -> None:
    decode = Decoding()
    told = mapping(Held, record="H")(value=column(_codec(decode), "V"))

    found, kept = streamed(told, [{"V": "bad"}, {"V": "bad"}, {"V": "good"}])

    assert found == [Held(("good",))]
    assert [refusal.problems[0].reason for refusal in kept.refusals] == ["that is bad", "that is bad"]
    assert decode.asked == ["bad"] * 4 + ["good"]


def test_a_raw_value_that_cannot_be_remembered_is_read_slowly() -> None:
    told = mapping(Held, record="H")(value=column(_codec(Decoding()), "V"))

    assert both_paths(told, {"V": ["a"]}) == Held(("['a']",))
    needs_no_slow_path(told, {"V": "a"})
    with pytest.raises(AssertionError, match="gave up"):
        needs_no_slow_path(told, {"V": ["a"]})


def test_a_tuple_in_one_column_is_not_taken_for_several_columns() -> None:
    told = mapping(Held, record="H")(value=column(_codec(Decoding()), "V"))

    assert both_paths(told, {"V": ("a", "b")}) == Held(("('a', 'b')",))


def test_no_more_is_remembered_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "_REMEMBERED", 10)
    decode = Decoding()
    told = mapping(Held, record="H")(value=column(_codec(decode), "V"))
    (remembered,) = (each for each in _constants(told) if isinstance(each, fields._Memo))

    found, _ = streamed(told, [{"V": str(number)} for number in range(105)])

    assert [held.value for held in found] == [(str(number),) for number in range(105)]
    assert len(remembered) <= 10
    assert len(decode.asked) == 105


def _constants(of: Mapping[Held]) -> list[object]:
    return list(cast("FunctionType", of._reader.read).__globals__.values())
