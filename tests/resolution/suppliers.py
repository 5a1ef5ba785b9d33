"""Suppliers as a master holds them, and what people say of them: drawn from a seed, every name made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from zlib import crc32

from attrs import evolve, frozen

from adapters.matching.base import Base, Source, shipped
from domain.identifiers import SupplierId
from domain.masters import group_of
from domain.matching import MasterRecord
from domain.mentions import Mention, Nature, Trait
from domain.questions import Label
from domain.tax import readings

Master = MasterRecord[SupplierId]

_SYLLABLES = "ab bru cor dri fe gol hux im jo ke lum mar nok ost pra quel ru sil tav ul vor wex yam zi".split()
_TRADES = "Metais Papeis Embalagens Transportes Quimica Ferragens Plasticos Motores Tecidos Alimentos".split()
_FORMS = ("Ltda", "S.A.", "ME", "EIRELI")
_TOWNS = "Arkhaven Brillmoor Castelune Dunwick Elderporto Fenmarsh Galdora Hexbridge Ilmenau Jorvale".split()


@frozen
class Suppliers:
    """A master with all that makes suppliers hard to tell apart, and *outsiders* that it does not hold.

    *branches* have a firm in each entry, *namesakes* two firms of one name, *doubled* two of one tax number.
    """

    plain: Sequence[Master]
    branches: Sequence[Sequence[Master]]
    namesakes: Sequence[Sequence[Master]]
    doubled: Sequence[Sequence[Master]]
    people: Sequence[Master]
    blocked: Sequence[Master]
    outsiders: Sequence[Master]

    @property
    def records(self) -> list[Master]:
        """All that the master holds."""
        groups = (*self.branches, *self.namesakes, *self.doubled)
        return [*self.plain, *self.people, *self.blocked, *(one for group in groups for one in group)]


def suppliers(seed: int = 7) -> Suppliers:
    """Draw 570 records, and 200 more that the master lacks."""
    draw = Random(seed)  # noqa: S311  # a test that repeats itself
    keys = (SupplierId(f"{number}") for number in range(70_001, 71_000))
    firms = (_firm(draw, key) for key in keys)

    def some(count: int) -> list[Master]:
        return [next(firms) for _ in range(count)]

    return Suppliers(
        plain=some(380),
        branches=[_branches(draw, first, (next(keys), next(keys))[: 1 + n % 2]) for n, first in enumerate(some(20))],
        namesakes=[(one, evolve(other, names=one.names)) for one, other in zip(some(20), some(20), strict=True)],
        doubled=[_doubled(one, other) for one, other in zip(some(10), some(10), strict=True)],
        people=[_person(draw, one) for one in some(60)],
        blocked=[evolve(one, usable=False) for one in some(20)],
        outsiders=some(200),
    )


def questions(master: Suppliers, count: int = 1000, seed: int = 8) -> list[Label]:
    """Draw questions, three of ten about outsiders."""
    draw = Random(seed)  # noqa: S311  # as above
    held = master.records
    labels = []
    for _ in range(count):
        meant, is_held = (draw.choice(held), True) if draw.random() < 0.7 else (draw.choice(master.outsiders), False)
        number = meant.tax_numbers[0] if draw.random() < 0.08 else None
        mention = Mention(
            kind=SupplierId, said=_said(draw, meant.names[0]), tax_number=number, facts=tuple(_told(draw, meant))
        )
        labels.append(Label(mention=mention, truth=meant.id if is_held else None))
    return labels


def halves(master: Suppliers, labels: Sequence[Label]) -> tuple[list[Label], list[Label]]:
    """Part *labels* so that nothing of one name is in both halves; outsiders by what was said of them."""
    names = {record.id: record.names[0] for record in master.records}
    parts: tuple[list[Label], list[Label]] = [], []
    for label in labels:
        name = label.mention.said if label.truth is None else names[SupplierId(label.truth.text)]
        parts[crc32(name.encode()) % 2].append(label)
    return parts


def sparse(every: int = 12) -> Base:
    """Give one in *every* so many of the pairs that the package ships, which is learnt from sooner."""
    whole = shipped()
    sources = (Source(one.rows[::every], one.right[::every], one.sample) for one in whole.sources)
    return Base(tuple(sources), whole.cold)


def spoilt(number: str) -> str:
    """Give a tax number with another last digit, which fails its check."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def _firm(draw: Random, key: SupplierId) -> Master:
    town = draw.randrange(len(_TOWNS))
    word = _word(draw)
    number = _numbered(f"{draw.randrange(10**8):08}0001", 8)
    return MasterRecord(
        id=key,
        names=(f"{word} {draw.choice(_TRADES)} {draw.choice(_FORMS)}",),
        tax_numbers=(number,),
        facts=(
            Trait("city", _TOWNS[town]),
            Trait("postal code", f"{town + 10}{draw.randrange(1000):03}"),
            Trait("e-mail", f"{draw.choice(('info', 'sales', 'office'))}@{word.lower()}.example"),
        ),
        nature=Nature.ORGANISATION,
        group=group_of(readings(number)),
    )


def _branches(draw: Random, first: Master, keys: Sequence[SupplierId]) -> Sequence[Master]:
    root = first.tax_numbers[0][:8]
    others = [
        evolve(_firm(draw, key), names=first.names, tax_numbers=(_numbered(f"{root}{place:04}", 8),), group=first.group)
        for place, key in enumerate(keys, start=2)
    ]
    return [first, *others]


def _doubled(one: Master, other: Master) -> Sequence[Master]:
    return one, evolve(other, tax_numbers=one.tax_numbers, group=one.group)


def _person(draw: Random, firm: Master) -> Master:
    number = _numbered(f"{draw.randrange(10**9):09}", 10)
    name = f"{_word(draw)} {_word(draw)} {_word(draw)}"
    return evolve(firm, names=(name,), tax_numbers=(number,), nature=Nature.PERSON, group=None)


def _word(draw: Random) -> str:
    return "".join(draw.choices(_SYLLABLES, k=draw.choice((2, 3)))).capitalize()


def _numbered(digits: str, weights: int) -> str:
    """Append the two check digits of a CNPJ (eight weights) or a CPF (ten)."""
    for _ in range(2):
        whole = sum(int(digit) * (2 + place % weights) for place, digit in enumerate(reversed(digits)))
        digits += str((11 - whole % 11) % 11 % 10)
    return digits


def _said(draw: Random, name: str) -> str:
    """Write *name* as people do: another legal form or none, a word less, a slip."""
    *words, last = name.split()
    if last not in _FORMS:
        words.append(last)
    elif draw.random() < 0.6:
        words.append(draw.choice(_FORMS))
    if len(words) > 2 and draw.random() < 0.15:
        del words[1]
    if draw.random() < 0.35:
        place = draw.randrange(1, len(words[0]))
        words[0] = words[0][:place] + draw.choice(("", draw.choice("aeiorst"))) + words[0][place + 1 :]
    text = " ".join(words)
    return text.upper() if draw.random() < 0.15 else text


def _told(draw: Random, record: Master) -> Iterator[Trait]:
    for fact, often in zip(record.facts, (0.6, 0.25, 0.15), strict=True):
        if draw.random() < often:
            yield fact if draw.random() < 0.95 else Trait(fact.about, draw.choice(_TOWNS))
    if draw.random() < 0.1:
        yield Trait("telephone", str(draw.randrange(10**6)))
