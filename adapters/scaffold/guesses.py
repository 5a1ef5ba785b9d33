"""How likely a column is what an attribute wants: by its name, its form, its keys, and what was seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from acl.engine.codec import Codec, Unreadable
from acl.engine.fields import SLOPPY, Scalar
from adapters.scaffold.expressions import Call, built, is_decided
from adapters.scaffold.lexicon import Attribute, What
from adapters.scaffold.places import Family, Place, Step
from adapters.scaffold.readings import reading
from adapters.scaffold.samples import Look, Samples, is_email, look
from adapters.scaffold.words import Words, likeness, shared_prefix, words_of
from contracts.source.schema import Column, Form
from domain.errors import DomainError

SURE = 0.8
"""From here on a guess becomes a field; below it a person decides."""
APART = 0.08
"""By so much the best guess must be better than the next."""
_WORTH_TELLING = 0.4
_MOST_TOLD = 4
_FARTHER = 0.93
_ONE_OF_MANY = 0.72
_BESIDE_KEY = 0.85
"""What the schema declares as a key or reference is likelier than what is only called like one."""
_ONLY_REFERS = 0.6
_PART_OF_KEY = 0.79
"""One column of a key of several is no key, whatever it is called and however the sampled rows look."""
_LOOKED_UP = frozenset({What.COUNTRY, What.CURRENCY, What.UNIT})
_WRONG_SHARE = 0.1
"""Tables hold broken rows; a codec that refuses more of them than this is the wrong one."""


@frozen
class Guess:
    """One column for one attribute; *field* is ``None`` if no codec of ours reads it."""

    name: str
    place: Place
    column: Column
    likely: float
    field: Call | None
    seen: Look

    @property
    def told(self) -> str:
        """The guess in a few words, as an undecided field names it."""
        return f"{self.name} ({self.likely:.2f})"


@frozen
class Choice:
    """All that is guessed for one attribute, the likeliest first."""

    attribute: Attribute
    guesses: tuple[Guess, ...]

    @property
    def sure(self) -> Guess | None:
        """The guess that is taken; ``None`` if it is left to a person."""
        if not self.guesses or self.guesses[0].field is None or self.guesses[0].likely < SURE:
            return None
        rivals = [each.likely for each in self.guesses[1:2]]
        return None if rivals and self.guesses[0].likely - rivals[0] < APART else self.guesses[0]


@frozen
class Ground:
    """What guesses stand on: the places in reach, what was sampled there, and the driver's family.

    *home* is the place whose records become the objects, *context* are words that say what those records are, and
    nothing about a column. *repeats* says that a record stands on several rows, one for each of its lines.
    """

    home: Place
    places: tuple[Place, ...]
    samples: Samples
    family: Family
    context: frozenset[str]
    repeats: bool = False

    def way_to(self, place: Place) -> tuple[Step, ...]:
        """Give the steps from home; none from a line back to its own order."""
        return place.steps[len(self.home.steps) :]


_OWN = frozenset({"id", "number", "supplier", "product", "name", "trade_name", "reference", "status", "ordered"})
"""What a record says of itself, and never one that it leads to."""


def choice(attribute: Attribute, ground: Ground, keys: Sequence[tuple[str, float]] = ()) -> Choice:
    """Guess which column the attribute is; *keys* says how likely the schema itself makes some columns."""
    known = dict(keys)
    within = ground.places if attribute.path not in _OWN else (ground.home,)
    found = [guess for place in within for guess in _guesses(attribute, place, ground, known)]
    told = sorted((each for each in found if each.likely >= _WORTH_TELLING), key=lambda each: (-each.likely, each.name))
    return Choice(attribute, tuple(told[:_MOST_TOLD]))


def _guesses(attribute: Attribute, place: Place, ground: Ground, known: dict[str, float]) -> Iterator[Guess]:
    prefix = shared_prefix([column.name for column in place.record.columns])
    for column in place.record.columns:
        name = place.named(column.name, ground.family)
        if column.form in (Form.RECORD, Form.BINARY):
            continue
        seen = look(place.record, column.name, ground.samples)
        named = _named(attribute, words_of(column.name.removeprefix(prefix)), place, ground)
        likely = max(named * (_BESIDE_KEY if known and ground.family is Family.SQL else 1), known.get(name, 0.0))
        likely = _judged(attribute, column, seen, likely, repeats=ground.repeats)
        if attribute.what in _LOOKED_UP and (column.name in place.refers or _is_bare_number(attribute, column)):
            likely *= _ONLY_REFERS
        called = name if ground.family is Family.SQL else column.name  # the other drivers nest their records
        field = reading(attribute, column, called, seen, ground.family) if likely >= _WORTH_TELLING else None
        if field is not None and not _reads(field, seen):
            field = None
        if _is_part_of_key(attribute, column, ground):
            likely = min(likely, _PART_OF_KEY)
        if likely >= SURE and field is None and attribute.what is not What.TAX:
            likely = SURE - 0.01 if likely < 1 else likely
        yield Guess(name, place, column, round(likely, 2), field, seen)


def _is_part_of_key(attribute: Attribute, column: Column, ground: Ground) -> bool:
    """Say whether a column would be taken for the whole of a key that has several."""
    key = ground.home.record.key
    return attribute.path == "id" and not ground.repeats and len(key) > 1 and column.name in key


def _is_bare_number(attribute: Attribute, column: Column) -> bool:
    """Say whether a column gives the number of a row for what has letters of its own; only currencies are numbered."""
    return column.form is Form.INTEGER and attribute.what is not What.CURRENCY


def _named(attribute: Attribute, words: Words, place: Place, ground: Ground) -> float:
    """Judge by the name; in another table the table's name must help, or be one that holds just such things."""
    way = ground.way_to(place)
    if not way:
        return likeness(words, ground.context, attribute.terms)
    table = words_of(way[-1].name)
    near = likeness(tuple(dict.fromkeys((*table, *words))), ground.context - set(table), attribute.terms)
    if attribute.what is What.CURRENCY or _HOLDERS.get(attribute.path.partition(".")[0], frozenset()) & set(table):
        near = max(near, 0.9 * likeness(words, ground.context, attribute.terms))
    if ground.family is not Family.SQL:  # several that differ are refused there, never mixed up
        return float(near * _FARTHER ** len(way))
    return float(near * (_ONE_OF_MANY if any(step.many for step in way) else _FARTHER ** len(way)))


_HOLDERS = {
    "address": frozenset({"address", "adresse", "endereco", "location"}),
    "email": frozenset({"address", "contact", "email", "mail"}),
    "bank_accounts": frozenset({"bank", "banco", "iban"}),
    "tax_ids": frozenset({"tax", "identifier", "vat"}),
}
"""Words of tables that hold one part of a supplier and nothing else."""
TELLING = frozenset(word for words in _HOLDERS.values() for word in words)


def _judged(attribute: Attribute, column: Column, seen: Look, likely: float, *, repeats: bool) -> float:
    """Let the form and what was seen speak for or against."""
    if column.many or column.form not in _FORMS[attribute.what]:
        return 0.0
    if attribute.what is What.EMAIL and not seen.is_empty:
        share = seen.share(is_email)
        return max(likely, 0.6 if share >= 0.9 else 0.5) if share >= 0.5 else likely * share
    if attribute.what is What.KEY and not attribute.optional and seen.has_gaps:
        return likely * 0.5
    if attribute.path == "id" and not seen.is_unknown and not seen.is_key and not repeats:
        return likely * 0.7
    if seen.is_unknown or attribute.optional:
        return likely
    filled = len(seen.values) / seen.rows
    return likely if filled > 0.5 else likely * 0.75  # what must be there stands in half of the rows at least


_NUMBERS = frozenset({Form.DECIMAL, Form.FLOAT, Form.INTEGER})
_CODES = frozenset({Form.TEXT, Form.INTEGER, Form.BOOLEAN})
_TEXTS = frozenset({Form.TEXT})
_FORMS = {
    What.KEY: frozenset({Form.TEXT, Form.INTEGER}),
    What.TEXT: _TEXTS,
    What.EMAIL: _TEXTS,
    What.TAX: _TEXTS,
    What.DAY: frozenset({Form.DATE, Form.TIMESTAMP, Form.TEXT}),
    What.AMOUNT: _NUMBERS,
    What.COUNTRY: _CODES,
    What.CURRENCY: _CODES,
    What.UNIT: _CODES,
    What.CODE: _CODES,
}


def _reads(field: Call, seen: Look) -> bool:
    """Say whether the field reads what was seen, but for the few rows that are broken in every table."""
    if not is_decided(field) or seen.is_empty:
        return True
    scalar = built(field)
    if not isinstance(scalar, Scalar):
        return True
    wrong = sum(not _is_read(scalar.codec, value) for value in seen.values)
    return wrong <= _WRONG_SHARE * len(seen.values)


def _is_read(codec: Codec[object], value: object) -> bool:
    if value in codec.absent or (codec.blank is not None and codec.blank(value)):
        return True
    try:
        codec.decode(value)
    except (Unreadable, DomainError, *SLOPPY):
        return False
    return True
