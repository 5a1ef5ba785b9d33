"""Objects of the fast path: what their constructor would have built, and nothing that it would have refused."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import TypeVar, cast

import attrs
import pytest
from attrs import Attribute, field, frozen, validators

from acl.codecs.text import text
from acl.engine.construction import blame
from acl.mapping import Codec, column, mapping, optional
from domain.errors import InvalidValue
from domain.identifiers import Identifier, LineNumber
from domain.money import Money
from ports.errors import ProblemKind
from tests.unit.acl.engine.building import RAW, fast, mapped
from tests.unit.acl.engine.shop import LINE, ORDER, Line, State, a_line, an_order, refused, streamed
from tests.unit.acl.reading import both_paths

T = TypeVar("T")


def _short(_: object, attribute: Attribute[str], value: str) -> None:
    if len(value) > 3:
        raise InvalidValue(f"{attribute.name} {value} is long")


_text = validators.instance_of(str)


@frozen
class Checked:
    one: str = field(validator=_short)
    two: str = field(validator=validators.and_(_text, validators.max_len(2)))


@frozen
class Maybe:
    one: str
    two: str | None = field(default=None, validator=validators.optional(validators.and_(_text, _short)))


@frozen
class Ruled:
    one: str
    two: str

    def __attrs_post_init__(self) -> None:
        if self.one == self.two:
            raise InvalidValue(f"{self.one} twice")


def test_what_is_built_is_of_the_exact_class_and_equal_to_what_the_constructor_builds() -> None:
    built = fast(LINE, a_line())

    assert type(built) is Line
    assert built == Line(LineNumber("1"), "bolt", Decimal(2), State.OPEN)
    assert repr(built) == repr(Line(LineNumber("1"), "bolt", Decimal(2), State.OPEN))
    assert hash(built) == hash(Line(LineNumber("1"), "bolt", Decimal(2), State.OPEN))


def test_what_is_built_is_frozen() -> None:
    built = fast(LINE, a_line())

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        built.name = "nut"  # type: ignore[misc]  # that it is forbidden is the point
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del built.name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        fast(ORDER, an_order()).total.amount = Decimal(1)  # type: ignore[misc]  # as above


def test_what_is_built_can_be_pickled_copied_evolved_and_matched() -> None:
    built = fast(ORDER, an_order())

    assert pickle.loads(pickle.dumps(built)) == built  # noqa: S301  # our own bytes
    assert copy.copy(built) == built
    assert copy.deepcopy(built) == built
    assert type(copy.deepcopy(built).total) is Money
    evolved = attrs.evolve(built, note="later")
    assert (evolved.note, evolved.lines, type(evolved)) == ("later", built.lines, type(built))
    match built:
        case type(note=note, state=State.OPEN):
            assert note is None


def test_an_evolved_object_is_validated_again() -> None:
    built = fast(mapped(Checked), RAW)

    with pytest.raises(InvalidValue, match="one xxxxx is long"):
        attrs.evolve(built, one="xxxxx")


def test_a_validator_that_no_codec_proves_is_run() -> None:
    problems = refused(mapped(Checked), {"A": "long one", "B": "y"})

    assert [str(problem) for problem in problems] == ["(record) (A='long one'): one long one is long"]
    assert problems[0].kind is ProblemKind.RULE


def test_a_ready_made_validator_is_run_and_told_as_a_rule() -> None:
    (problem,) = refused(mapped(Checked), {"A": "x", "B": "yyy"})

    assert (problem.column, problem.kind) == ("B", ProblemKind.RULE)
    assert problem.reason == "Length of 'two' must be <= 2: 3"


def test_a_value_of_the_wrong_type_is_refused_though_the_codec_promised_nothing() -> None:
    codec: Codec[str] = Codec(name="any", decode=lambda raw: cast("str", raw), encode=str, kind=ProblemKind.RULE)
    loose = mapping(Checked, record="M")(one=text("A"), two=column(codec, "B"))

    (problem,) = refused(loose, {"A": "x", "B": 5})

    assert (problem.column, problem.raw) == ("B", "5")
    assert problem.reason.startswith("'two' must be <class 'str'> (got 5")


def test_one_bad_object_does_not_stop_the_stream() -> None:
    found, kept = streamed(mapped(Checked), [RAW, {"A": "x", "B": "yyy"}, {"A": "long one", "B": "y"}, RAW])

    assert found == [Checked("x", "y"), Checked("x", "y")]
    assert len(kept.refusals) == 2


def test_what_a_codec_proves_is_not_asked_again() -> None:
    asked: list[object] = []

    def counted(_: object, __: Attribute[str], value: str) -> None:
        asked.append(value)

    @frozen
    class Counted:
        one: str = field(validator=counted)
        two: str = field(validator=counted)

    proving: Codec[str] = Codec(
        name="proving", decode=str, encode=str, kind=ProblemKind.RULE, produces=(str,), proves=(counted,)
    )
    counting = mapping(Counted, record="M")(one=column(proving, "A"), two=text("B"))
    streamed(counting, [RAW])

    assert asked == ["y"]


def test_what_is_optional_is_proven_only_where_none_is_admitted() -> None:
    maybe = mapping(Maybe, record="M")(one=text("A"), two=optional(text("B")))

    assert both_paths(maybe, {"A": "x", "B": None}) == Maybe("x", None)
    assert both_paths(maybe, {"A": "x", "B": "y"}) == Maybe("x", "y")
    assert refused(maybe, {"A": "x", "B": "long one"})[0].column == "B"


def test_a_none_that_the_class_does_not_admit_is_refused() -> None:
    @frozen
    class Typed:
        one: str
        two: str = field(validator=_text)

    strict = mapped(Typed).with_(two=optional(text("B")))

    assert fast(strict, RAW) == Typed("x", "y")
    assert refused(strict, {"A": "x", "B": None})[0].reason.startswith("'two' must be <class 'str'> (got None")


def test_the_rules_of_the_whole_object_are_run() -> None:
    assert fast(mapped(Ruled), RAW) == Ruled("x", "y")
    (problem,) = refused(mapped(Ruled), {"A": "x", "B": "x"})

    assert (problem.field, problem.column, problem.reason) == ("(record)", "A, B", "x twice")


def test_rules_that_complete_the_object_are_run() -> None:
    @frozen
    class Completed:
        one: str
        two: str

        def __attrs_post_init__(self) -> None:
            object.__setattr__(self, "two", self.one + self.two)

    assert fast(mapped(Completed), RAW).two == "xy"


def test_blame_falls_on_those_attributes_whose_own_validators_refuse() -> None:
    assert blame(Checked, {"one": "x", "two": "y"}) == ()
    assert blame(Checked, {"one": "long one", "two": "y"}) == ("one",)
    assert blame(Checked, {"one": "long one", "two": "yyy"}) == ("one", "two")
    assert blame(Checked, {"one": "x", "two": 5}) == ("two",)
    assert blame(Ruled, {"one": "x", "two": "x"}) == ()


def test_blame_falls_on_nobody_where_the_constructor_decides() -> None:
    @frozen(slots=False)
    class Loose:
        one: str = field(validator=_short)

    assert blame(Loose, {"one": "long one"}) == ()


def test_identifiers_inside_are_of_their_own_class() -> None:
    @frozen
    class Keyed:
        one: Identifier
        two: str

    keyed = mapping(Keyed, record="M")(one=text("A", into=LineNumber), two=text("B"))

    assert type(fast(keyed, RAW).one) is LineNumber
