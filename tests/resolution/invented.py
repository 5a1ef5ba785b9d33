"""A master and questions about it, drawn from a seed; every name is made up of syllables."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from domain.identifiers import SupplierId
from domain.matching import MasterRecord
from domain.mentions import Mention, Nature, Trait
from domain.questions import Label

_BEGIN = "ba ca da fe go ju ka li mo na pe ri so ta ve zu bro cla dri fro gla pra tri vla sten".split()
_MIDDLE = "ra le mi no ru sa ti vo ber dan fel gor lin mar nes pol ros sil tar ven".split()
_END = "co do la na ne ra ri so ta va lin mann ber son des nov ski rez lho mar".split()
_TOWNS = [f"{begin}{end}burgo" for begin in _BEGIN[:12] for end in _END[:6]]


@frozen
class World:
    """A master, and questions of which each is a `Label`: what was said, and what was meant, if the master holds it."""

    records: tuple[MasterRecord[SupplierId], ...]
    labels: tuple[Label, ...]


def world(seed: int = 1, *, people: int = 900, asked: int = 900) -> World:
    """Draw a world; three of ten who are asked for are not in the master."""
    draw = random.Random(seed)  # noqa: S311 -- a world of toys
    known = [_person(draw, number) for number in range(people)]
    held = tuple(person for number, person in enumerate(known) if number % 10 < 7)
    ids = {record.id for record in held}
    labels = []
    for person in draw.choices(known, k=asked):
        said = Mention(kind=SupplierId, said=_said(draw, person.names[0]), facts=tuple(_facts(draw, person)))
        labels.append(Label(mention=said, truth=person.id if person.id in ids else None))
    return World(held, tuple(labels))


def halves(labels: Sequence[Label]) -> tuple[list[Label], list[Label]]:
    """Part *labels* by what was meant, so that nobody is in both halves."""
    first = [label for label in labels if sum(map(ord, label.mention.said[:3])) % 2]
    return first, [label for label in labels if label not in first]


def twin(record: MasterRecord[SupplierId]) -> MasterRecord[SupplierId]:
    """Give a record that differs in nothing but its key."""
    return evolve(record, id=SupplierId(f"{record.id}-2"))


def _person(draw: random.Random, number: int) -> MasterRecord[SupplierId]:
    name = f"{_word(draw)} {_word(draw)} {_word(draw)}" if draw.random() < 0.6 else f"{_word(draw)} {_word(draw)}"
    return MasterRecord(
        id=SupplierId(f"S{number:05}"),
        names=(name.title(),),
        facts=(Trait("city", draw.choice(_TOWNS).title()), Trait("year", str(draw.randint(1940, 2005)))),
        nature=Nature.PERSON,
    )


def _word(draw: random.Random) -> str:
    middle = draw.choice(_MIDDLE) if draw.random() < 0.6 else ""
    return draw.choice(_BEGIN) + middle + draw.choice(_END)


def _said(draw: random.Random, name: str) -> str:
    words = name.split()
    if len(words) > 2 and draw.random() < 0.4:
        del words[1]
    if draw.random() < 0.3:
        which = draw.randrange(len(words))
        place = draw.randrange(1, len(words[which]))
        words[which] = words[which][:place] + draw.choice("aeiourst") + words[which][place + 1 :]
    return " ".join(words)


def _facts(draw: random.Random, person: MasterRecord[SupplierId]) -> Iterator[Trait]:
    for fact in person.facts:
        if draw.random() < 0.5:
            yield fact if draw.random() < 0.95 else evolve(fact, value=draw.choice(_TOWNS).title())
