"""Reading one record on both paths of a mapping, and raw values that no vendor promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar, cast

from attrs import field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from acl.mapping import Mapping, Origin, Shape, mapping
from domain.identifiers import Identifier
from ports.errors import Problem, TranslationError
from ports.quarantine import Quarantine, Refusal

T = TypeVar("T")
READ_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ORIGIN = Origin("test", READ_AT)


class Kept(Quarantine):
    """Keeps refusals in a list."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    def put(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)


@frozen
class Sample:
    """A record of one value, for the codec that a test is about; the identifier is its own column."""

    id: object
    value: object = field()


def sample(value: object) -> Mapping[Sample]:
    """Map the one value of a sample by *value*, which is what a function of the codecs gives; its column is ``C``."""
    from acl.codecs.text import text

    return mapping(Sample, record="SAMPLE")(id=text("ID", width=10, into=Identifier), value=value)


def read_value(of: Mapping[Sample], *raw: object) -> object:
    """Read one raw value, or the raw values of several columns."""
    return of.read(sample_of(of, *raw), origin=ORIGIN).value


def sample_of(of: Mapping[Sample], *raw: object) -> dict[str, object]:
    """Make the record of a sample from the raw values of its columns."""
    return {"ID": "1", **dict(zip(of.columns[1:], raw, strict=True))}


def write_value(of: Mapping[Sample], value: object) -> tuple[object, ...]:
    """Write one value and give the raw values of its columns."""
    written = cast("dict[str, object]", of.write(Sample(Identifier("1"), value)))
    return tuple(written[column] for column in of.columns[1:])


def refusal_of(read: Callable[[], object]) -> tuple[Problem, ...]:
    """Give the problems of what must be refused."""
    try:
        found = read()
    except TranslationError as error:
        return error.problems
    raise AssertionError(f"this was read as {found!r}")


def both_paths(of: Mapping[T], record: object) -> T | tuple[Problem, ...]:
    """Read one record slowly and in a stream, and give what both say: the object, or the problems.

    Raises:
        AssertionError: the paths differ, be it only in how the object is written.
    """
    slow: T | tuple[Problem, ...]
    try:
        slow = of.read(record, origin=ORIGIN)
    except TranslationError as error:
        slow = error.problems
    kept = Kept()
    fast = _streamed(of, record, kept)
    if isinstance(slow, tuple):
        assert fast == [], f"refused slowly, but read in the stream: {fast[0]!r}"
        assert [refusal.problems for refusal in kept.refusals] == [slow]
    else:
        assert kept.refusals == []
        assert fast == [slow]
        assert repr(fast[0]) == repr(slow)
    return slow


def _streamed(of: Mapping[T], record: object, kept: Kept) -> list[object]:
    if of.shape is not Shape.ROW_SET:
        return list(of.read_all([[record]], origin=ORIGIN, quarantine=kept))
    # rows whose key is spoilt would become two sets
    return of._reader.read([record], ORIGIN, lambda rows: of._kept_or_refused(rows, ORIGIN, kept))


def needs_no_slow_path(of: Mapping[T], record: object) -> None:
    """Read one record by the generated reader alone, so that agreement is not had by giving everything up."""

    def give_up(record: object) -> object:
        raise AssertionError(f"the generated reader gave up on {record!r}")

    assert of._reader.read([record], ORIGIN, give_up) == [of.read(record, origin=ORIGIN)]


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=12)
    | st.text(" 0123456789.-/", max_size=12)
    | st.binary(max_size=4)
    | st.dates()
    | st.datetimes()
)
ANYTHING: SearchStrategy[object] = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def near(raw: object) -> SearchStrategy[object]:
    """Draw what is nearly *raw*: another type, another spelling, one sign more, fewer or different."""
    if isinstance(raw, str):
        return st.sampled_from(_texts_near(raw)) | st.builds(_struck, st.just(raw), st.integers(0, 40), _SIGN)
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return st.sampled_from([str(raw), repr(raw), [raw], {"results": raw}, int(raw) if isinstance(raw, bool) else 0])
    if not Decimal(raw).is_finite():
        return st.sampled_from([str(raw), repr(raw), 0.0])
    number = float(raw)
    close = st.floats(-1e-6, 1e-6).map(lambda part: number * (1 + part))
    others = [int(number), Decimal(number), Decimal(str(raw)), str(raw), number == 1.0, -number, -0.0, number * 1e15]
    return st.sampled_from(others) | close


_SIGN = (
    st.sampled_from(list("0aA \t\n\x00\x85\xa0\xad\u2028\u200b\ufeff\ufffd\ud800\u0661\uff11éß.-+/,'"))
    | st.characters()
)


def _texts_near(raw: str) -> list[object]:
    fullwidth = raw.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    arabic = raw.translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})
    spelled: list[object] = [f" {raw}", f"{raw} ", f"{raw}\n", f"\ufeff{raw}", raw.lower(), raw.upper(), raw.strip()]
    digits: list[object] = [fullwidth, arabic, f"0{raw}", f"-{raw}", f"{raw}12", raw * 2, raw[::-1]]
    filled: list[object] = ["0" * len(raw), " " * len(raw)]
    others: list[object] = ["", None, raw.encode("utf-8", "surrogatepass"), [raw], {"results": [raw]}, "99991231"]
    return [*spelled, *digits, *filled, *others, *([int(raw), float(raw)] if raw.isascii() and raw.isdigit() else [])]


def _struck(raw: str, place: int, sign: str) -> object:
    """Put *sign* at one place of the text, in place of what stands there."""
    place %= len(raw) + 1
    return raw[:place] + sign + raw[place + 1 :]


@st.composite
def spoilt(draw: DrawFn, record: object) -> object:
    """Draw *record* with one of its values, however deep, replaced by something near it or by anything at all."""
    if isinstance(record, dict) and record and draw(st.integers(0, 9)) > 0:
        column = draw(st.sampled_from(sorted(record)))
        if draw(st.integers(0, 19)) == 0:
            return {name: value for name, value in record.items() if name != column}
        return {**record, column: draw(spoilt(record[column]))}
    if isinstance(record, list | tuple) and record and draw(st.integers(0, 9)) > 0:
        place = draw(st.integers(0, len(record) - 1))
        items = [draw(spoilt(each)) if index == place else each for index, each in enumerate(record)]
        return tuple(items) if isinstance(record, tuple) else items
    return draw(near(record) | ANYTHING)


@st.composite
def spoilt_columns(draw: DrawFn, record: object) -> object:
    """Draw a record of which one or two columns are spoilt; the record itself keeps its form."""
    for _ in range(draw(st.integers(1, 2))):
        record = draw(_spoilt_column(record))
    return record


@st.composite
def _spoilt_column(draw: DrawFn, record: object) -> object:
    if isinstance(record, dict):
        column = draw(st.sampled_from(sorted(record)))
        return {**record, column: draw(spoilt(record[column]))}
    cells = cast("Sequence[object]", record)
    place = draw(st.integers(0, len(cells) - 1))
    if isinstance(record, list):
        return [draw(_spoilt_column(row)) if index == place else row for index, row in enumerate(cells)]
    return tuple(draw(spoilt(cell)) if index == place else cell for index, cell in enumerate(cells))
