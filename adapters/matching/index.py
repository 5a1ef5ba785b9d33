"""The records of one kind in one scope, ready to be searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import frozen

from adapters.matching import facts, texts
from adapters.matching.facts import Column
from adapters.matching.grams import Grams
from adapters.matching.keyed import Keyed, hashed
from adapters.matching.names import Rarity
from adapters.matching.texts import Name
from domain.identifiers import Identifier
from domain.matching import MasterRecord
from domain.mentions import Mention, Nature, Role, Trait
from domain.tax import readings

T = TypeVar("T", bound=Identifier)

MANY = 3000
"""Records that may share a fact before it is of no use for finding one."""


@frozen(eq=False)
class Asked:
    """What was said, made comparable: as the name of a firm and of a person, and the facts that were given.

    *holders* counts the records that each of the two names may mean.
    """

    firm: Name
    person: Name
    holders: Mapping[str, int]
    facts: tuple[tuple[str, str], ...]
    keys: frozenset[str]
    numbers: tuple[str, ...]
    nature: Nature | None
    role: Role | None

    def fits(self, record: MasterRecord[T]) -> bool:
        """Whether *record* is of the nature and role that was asked for, as far as both are known."""
        pairs = ((self.nature, record.nature), (self.role, record.role))
        return all(asked is None or held is None or asked is held for asked, held in pairs)


@frozen(eq=False)
class Index(Generic[T]):
    """Some records with all that is derived from them; *starts* tells where each record's *names* begin, *owners*
    whose each of them is."""

    records: Sequence[MasterRecord[T]]
    names: Sequence[Name]
    starts: npt.NDArray[np.int64]
    owners: npt.NDArray[np.int32]
    grams: Grams
    rarity: Rarity
    cores: Keyed
    words: Keyed
    facts: Keyed
    groups: Keyed
    numbers: Keyed
    keys: Keyed
    columns: Mapping[str, Column]
    version: str

    @classmethod
    def of(cls, records: Sequence[MasterRecord[T]]) -> Index[T]:
        """Index *records*; those without a name that can be compared are found by number and key alone."""
        names: list[Name] = []
        starts = np.zeros(len(records) + 1, np.int64)
        for place, record in enumerate(records):
            names.extend(_names(record))
            starts[place + 1] = len(names)
        columns, keyed = _told(records)
        frequency = Counter(word for one in names for word in set(one.core.split()))
        owners = np.repeat(np.arange(len(records), dtype=np.int32), np.diff(starts))
        return cls(
            records=records,
            names=names,
            starts=starts,
            owners=owners,
            grams=Grams.of([one.core for one in names]),
            rarity=Rarity(frequency, len(names)),
            cores=Keyed.of((hashed(one.core), int(owner)) for one, owner in zip(names, owners, strict=True)),
            words=Keyed.of(
                (hashed(word), int(owner))
                for one, owner in zip(names, owners, strict=True)
                for word in one.core.split()
            ),
            facts=keyed,
            groups=Keyed.of((hashed(one.group), place) for place, one in enumerate(records) if one.group),
            numbers=Keyed.of(
                (hashed(number), place)
                for place, one in enumerate(records)
                for written in one.tax_numbers
                for number in canonical(written)
            ),
            keys=Keyed.of((hashed(one.id.text), place) for place, one in enumerate(records)),
            columns=columns,
            version=f"{_together(digest(record) for record in records):016x}",
        )

    def asked(self, mention: Mention[T]) -> Asked:
        """Make *mention* comparable; facts of which no record holds any are left out."""
        given = ((about(one.about), facts.value(one.value)) for one in mention.facts)
        firm, person = texts.name(mention.said, firm=True), texts.name(mention.said, firm=False)
        return Asked(
            firm=firm,
            person=person,
            holders={core: self._holders(core) for core in {firm.core, person.core}},
            facts=tuple(dict.fromkeys((what, value) for what, value in given if value and what in self.columns)),
            keys=frozenset(
                key.strip() for key in (mention.reference, mention.said) if key and len(key) < texts.LONGEST
            ),
            numbers=canonical(mention.tax_number) if mention.tax_number else (),
            nature=mention.nature,
            role=mention.role,
        )

    def found(self, asked: Asked, most: int = 12) -> list[tuple[int, float]]:
        """Give the places of the records that may be meant, with the cosine of their name, the likeliest first."""
        if not asked.firm.plain:
            return []
        likeness = self._likeness(asked)
        highest = float(likeness.max(initial=0))
        if highest <= 0:
            return []
        rows = np.flatnonzero(likeness >= highest * 0.3)
        places = self.owners[rows]
        wanted = likeness[rows] + self._agreeing(asked)[places]
        found: dict[int, float] = {}
        for row in np.argsort(-wanted, kind="stable"):
            found.setdefault(int(places[row]), float(likeness[rows[row]]))
            if len(found) == most:
                break
        return list(found.items())

    def _agreeing(self, asked: Asked) -> npt.NDArray[np.float32]:
        """Give what facts add to the likeness of each record's name when candidates are chosen."""
        adds = np.zeros(len(self.records), np.float32)
        for what, value in asked.facts:
            places = self.facts.get(hashed(what, value))
            if 0 < len(places) <= MANY:
                adds[places] += np.float32(0.25 * (1 - np.log(len(places) + 1) / np.log(len(self.records) + 2)))
        return adds

    def _holders(self, core: str) -> int:
        """Count the records in whose names all words of *core* stand: all that a short name may mean."""
        places = sorted((self.words.get(hashed(word)) for word in set(core.split())), key=len)
        held = places[0] if places else np.empty(0, np.int32)
        for each in places[1:]:
            held = held[np.isin(held, each, assume_unique=True)] if len(held) else held
        return len(held)

    def sisters(self, place: int) -> list[int]:
        """Give the places of the other records of a record's group that have a name."""
        group = self.records[place].group
        places = self.groups.get(hashed(group)) if group else ()
        return [int(other) for other in places if other != place and len(self.held(int(other)))]

    def identified(self, asked: Asked) -> list[int]:
        """Give the places of the records that have a key or a tax number that was given."""
        keys = [hashed(key) for key in sorted(asked.keys)]
        found = [self.keys.get(key) for key in keys] + [self.numbers.get(hashed(each)) for each in asked.numbers]
        return list(dict.fromkeys(int(place) for places in found for place in places))

    def held(self, place: int) -> Sequence[Name]:
        """Give the names of a record."""
        return self.names[self.starts[place] : self.starts[place + 1]]

    def values(self, place: int) -> Mapping[str, Sequence[str]]:
        """Give what a record says, by what it is about."""
        found: dict[str, list[str]] = {}
        for fact in self.records[place].facts:
            found.setdefault(about(fact.about), []).append(facts.value(fact.value))
        return found

    def _likeness(self, asked: Asked) -> npt.NDArray[np.float32]:
        by_name = self.grams.likeness(asked.firm.core)
        if asked.person.core != asked.firm.core:
            by_name = np.maximum(by_name, self.grams.likeness(asked.person.core))
        return by_name


def digest(record: MasterRecord[T]) -> int:
    """Give 64 bits that change when anything changes by which *record* is recognised."""
    told = (
        *(f"name {name}" for name in record.names),
        *(f"number {number}" for number in record.tax_numbers),
        *(f"fact {fact.about} {fact.value}" for fact in record.facts),
    )
    kept = (record.nature and record.nature.value, record.role and record.role.value, record.group)
    return hashed(record.id.text, str(record.usable), *(each or "" for each in kept), *told)


def about(text: str) -> str:
    """Give the canonical word for what a fact is about."""
    return text.strip().casefold()


def canonical(written: str) -> tuple[str, ...]:
    """Give the readings of a tax number as texts, or its bare letters and digits if it is of no known kind."""
    if len(written) > 40:
        return ()
    known = tuple(str(one) for one in readings(written))
    bare = "".join(letter for letter in written.upper() if letter.isalnum())
    return known or ((bare,) if bare else ())


def _together(digests: Iterable[int]) -> int:
    return sum(digests) % (1 << 64)


def _names(record: MasterRecord[T]) -> Iterator[Name]:
    firm = record.nature is not Nature.PERSON
    seen = (texts.name(one, firm=firm) for one in record.names)
    return (one for one in dict.fromkeys(seen) if one.core)


def _told(records: Iterable[MasterRecord[T]]) -> tuple[dict[str, Column], Keyed]:
    """Describe all kinds of facts, and index who has which."""
    values: dict[str, list[str]] = {}
    keyed = Keyed.of(_keys(records, values))
    return {what: facts.column(each) for what, each in values.items()}, keyed


def _keys(records: Iterable[MasterRecord[T]], values: dict[str, list[str]]) -> Iterator[tuple[int, int]]:
    """Give the hash of each fact and whose it is; all *values* are noted on the way."""
    known: dict[Trait, tuple[str, str, int]] = {}
    for place, record in enumerate(records):
        for fact in record.facts:
            if fact not in known:
                what, value = about(fact.about), facts.value(fact.value)
                known[fact] = what, value, hashed(what, value)
            what, value, key = known[fact]
            if value:
                values.setdefault(what, []).append(value)
                yield key, place
