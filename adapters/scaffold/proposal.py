"""Which record of a schema holds a port's aggregates, which one their lines, and a choice for every attribute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from attrs import evolve, frozen

from adapters.scaffold import lexicon
from adapters.scaffold.guesses import SURE, TELLING, Choice, Ground, choice
from adapters.scaffold.lexicon import Attribute, What
from adapters.scaffold.places import Family, Place, places
from adapters.scaffold.samples import Samples
from adapters.scaffold.words import Term, likeness, words_of
from adapters.settings import Aggregates
from contracts.source.schema import Record, Schema
from ports.errors import Misconfigured

Sampler = Callable[[Sequence[Record]], Samples]
"""Reads some rows of records, or nothing where there is nothing to be read."""

_DECORATION = frozenset("a api tb tbl t v vw view set type dbo z 0 1 2 srv service".split())
_ALIKE = 0.5
_LIKELY_RECORD = 0.6
_MOST_TOLD = 4
_BY_KEY, _BY_PART_OF_KEY, _BY_REFERENCE, _BESIDE_OTHERS = 0.93, 0.9, 0.95, 0.7


@frozen
class Lines:
    """Where the lines of an order stand, and what is guessed of them."""

    place: Place
    choices: Mapping[str, Choice]


@frozen
class Proposal:
    """What a schema suggests for one port; *tables* are all places that a guess leads to."""

    port: Aggregates
    family: Family
    root: Record
    choices: Mapping[str, Choice]
    lines: Lines | None

    @property
    def every(self) -> Iterator[Choice]:
        """All choices, those of the lines last."""
        yield from self.choices.values()
        if self.lines is not None:
            yield from self.lines.choices.values()


_RECORDS: Mapping[Aggregates, tuple[Term, ...]] = {
    "suppliers": lexicon.SUPPLIER_RECORDS,
    "purchase_orders": lexicon.ORDER_RECORDS,
}
_ATTRIBUTES: Mapping[Aggregates, tuple[Attribute, ...]] = {
    "suppliers": lexicon.SUPPLIER,
    "purchase_orders": lexicon.ORDER,
}
_NOUNS: Mapping[Aggregates, frozenset[str]] = {
    "suppliers": frozenset({"supplier", "vendor"}),
    "purchase_orders": frozenset({"purchase", "order", "po", "purch", "document"}),
}


def proposed(schema: Schema, port: Aggregates, family: Family, sample: Sampler, record: str | None = None) -> Proposal:
    """Guess where the aggregates of *port* stand, *record* if it is given, and which columns they are made of.

    Raises:
        Misconfigured: there is no such record, or nobody can say which one is meant.
    """
    root = _root(schema, port) if record is None else _named(schema, record)
    reached = places(schema, root, family, _FOLLOWED[port])
    samples = sample(list({each.record.name: each.record for each in reached}.values()))
    ground = Ground(reached[0], reached, samples, family, _NOUNS[port] | set(words_of(root.name)))
    lines = None
    if port == "purchase_orders":
        lines = _lines(schema, ground)
    nearby = tuple(place for place in reached if not place.many or port == "suppliers")
    header = evolve(ground, places=nearby, repeats=lines is not None and lines.place is ground.home)
    choices = {each.path: choice(each, header, tuple(_keys_of(each, header))) for each in _ATTRIBUTES[port]}
    return Proposal(port, family, root, choices, lines)


def _is_line(record: str) -> bool:
    return likeness(words_of(record), _DECORATION, lexicon.LINE_RECORDS) >= _ALIKE


def _is_part(record: str) -> bool:
    return not TELLING.isdisjoint(words_of(record))


_FOLLOWED: Mapping[Aggregates, Callable[[str], bool]] = {"suppliers": _is_part, "purchase_orders": _is_line}
"""Which of the many records that refer to an aggregate may hold a part of it."""


def _named(schema: Schema, record: str) -> Record:
    found = schema.records.get(record)
    if found is None:
        near = get_close_matches(record, schema.records, n=3)
        meant = f"; close to it are {', '.join(near)}" if near else ""
        raise Misconfigured(f"{schema.origin} has no record {record}{meant}")
    return found


def _root(schema: Schema, port: Aggregates) -> Record:
    told = {name: likeness(words_of(name), _DECORATION, _RECORDS[port]) for name in schema.records}
    likely = {
        name: 0.7 * alike + 0.3 * _coverage(_ATTRIBUTES[port], Place(schema.records[name]), _NOUNS[port])
        for name, alike in told.items()
        if alike >= _ALIKE
    }
    best = sorted(likely, key=lambda name: (-likely[name], name))
    what = port.replace("_", " ")
    if not best or likely[best[0]] < _LIKELY_RECORD:
        near = f" (perhaps {', '.join(best[:_MOST_TOLD])})" if best else ""
        raise Misconfigured(f"nothing in {schema.origin} looks enough like {what}{near}; name it with --record")
    if len(best) > 1 and likely[best[0]] - likely[best[1]] < 0.03:
        among = ", ".join(best[:_MOST_TOLD])
        raise Misconfigured(f"several records of {schema.origin} may hold {what}: {among}; name one with --record")
    return schema.records[best[0]]


def _coverage(attributes: Sequence[Attribute], place: Place, context: frozenset[str]) -> float:
    """Say how many of the attributes the record's own columns are surely called like."""
    here = Place(place.record)
    ground = Ground(here, (here,), {}, Family.SQL, context | set(words_of(place.record.name)))
    found = [choice(each, ground).guesses[:1] for each in attributes]
    return sum(guess.likely for first in found for guess in first) / len(attributes)


_TELLING = ("number", "product", "ordered", "price.amount")


def _lines(schema: Schema, ground: Ground) -> Lines | None:
    """Find the lines: what belongs to the root and looks like them, or the root itself if it repeats on every line."""
    telling = [each for each in lexicon.LINE if each.path in _TELLING]
    root = ground.places[0]
    likely: dict[Place, float] = {}
    for place in ground.places[1:]:
        if len(place.steps) == 1 and place.many:
            alike = likeness(words_of(place.record.name), ground.context | _DECORATION, lexicon.LINE_RECORDS)
            likely[place] = 0.5 * alike + 0.5 * _coverage(telling, place, ground.context | _LINE_NOUNS)
    best = max(likely, key=lambda place: (likely[place], place.record.name), default=None)
    if best is None or likely[best] < _LIKELY_RECORD:
        if _coverage(telling, root, ground.context) < 0.85:
            return None
        best = root
    return Lines(best, _line_choices(best, _seen_from_lines(schema, best, ground)))


def _seen_from_lines(schema: Schema, line: Place, ground: Ground) -> Ground:
    """Give the ground from which a line is seen: documents nest, so there everything begins anew in the line."""
    if ground.family is Family.SQL:
        return evolve(ground, home=line)
    below = places(schema, line.record, ground.family, _is_schedule)
    return evolve(ground, home=below[0], places=below)


def _is_schedule(record: str) -> bool:
    return "schedule" in words_of(record)


def _line_choices(line: Place, ground: Ground) -> Mapping[str, Choice]:
    """Choose for each attribute of a line among its own columns, what they lead to, and for some the order's."""
    home, header = ground.home, ground.places[0]
    below = [place for place in ground.places if place.steps[: len(home.steps)] == home.steps and place != home]
    context = ground.context | _LINE_NOUNS
    found = {}
    for each in lexicon.LINE:
        if each.what is What.CURRENCY and ground.family is Family.SQL:
            continue  # rows of a line hold their order's too, and it has one
        inherits = each.inherited and ground.family is Family.SQL
        reached = dict.fromkeys([home, *below, *([header] if inherits else [])])
        here = evolve(ground, places=tuple(reached), context=context)
        found[each.path] = choice(each, here, tuple(_line_keys(each, line, here)))
    return found


_LINE_NOUNS = frozenset({"line", "item", "detail"})


def _keys_of(attribute: Attribute, ground: Ground) -> Iterator[tuple[str, float]]:
    """Say which columns the keys and references of the schema make likely."""
    home = ground.home
    if attribute.path == "id" and not ground.repeats:
        likely = _BY_KEY if len(home.record.key) == 1 else _BESIDE_OTHERS
        yield from ((key, likely) for key in home.record.key if not _TECHNICAL.search(key))
    if attribute.path == "supplier":
        for name in sorted(home.refers):
            if likeness(words_of(name), ground.context, attribute.terms) >= SURE:
                yield name, _BY_REFERENCE


_TECHNICAL = re.compile("(?i)r_?e_?c_?n_?o|row_?id|guid")
"""Keys of the database's own, by which nobody calls a record."""


def _line_keys(attribute: Attribute, line: Place, ground: Ground) -> Iterator[tuple[str, float]]:
    if attribute.path != "number" or not line.steps:
        return
    parent = {own for own, _ in line.steps[0].on}
    own = [name for name in line.record.key if name not in parent]
    if len(own) == 1:
        is_whole = len(line.record.key) == 1
        yield ground.home.named(own[0], ground.family), _BY_KEY if is_whole else _BY_PART_OF_KEY
