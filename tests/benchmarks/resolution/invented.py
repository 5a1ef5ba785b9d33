"""A master of people whom nobody ever met, and questions about them."""

from __future__ import annotations

from random import Random

from attrs import frozen

from benchmarks.resolution.rows import MasterRow, QuestionRow

TOWNS = "Arkhaven Brillmoor Castelune Dunwick Elderporto".split()
_SYLLABLES = "ab dri fe gol hux im jo ke lum mar nok ost pra quel ru sil tav ul vor wex yam zi".split()


@frozen
class Invented:
    """A master, and questions of which every fifth is about somebody whom it does not hold; a third is not ``cal``."""

    master: list[MasterRow]
    questions: list[QuestionRow]


def record(key: str, name: str, *aliases: str, **columns: str) -> MasterRow:
    """Give one record."""
    return MasterRow(key, name, aliases, columns)


def asked(name: str, truth: str = "", *, cal: bool = True, qid: str = "q", **columns: str) -> QuestionRow:
    """Give one question; without a *truth* it is about nobody in the master."""
    return QuestionRow(qid, name, columns, truth or None, cal, contested=False)


def invented(count: int = 300, seed: int = 5) -> Invented:
    """Give *count* people and as many questions; half of these have a letter too few, and most tell the town."""
    draw = Random(seed)  # noqa: S311  # a test that repeats itself
    firsts, lasts = _words(draw, 40), _words(draw, count)
    people = [
        record(f"P{number:03d}", f"{draw.choice(firsts)} {draw.choice(lasts)}", city=draw.choice(TOWNS))
        for number in range(count)
    ]
    questions = []
    for number, person in enumerate(people):
        name, truth = person.name, person.id
        if number % 5 == 0:
            name, truth = f"{draw.choice(firsts)} {_words(draw, 1)[0]}", ""
        elif number % 2:
            place = draw.randrange(1, len(name) - 1)
            name = name[:place] + name[place + 1 :]
        town = person.columns["city"] if number % 4 else ""
        questions.append(asked(name, truth, cal=number % 3 > 0, qid=f"q{number}", city=town))
    return Invented(people, questions)


def _words(draw: Random, count: int) -> list[str]:
    return ["".join(draw.choices(_SYLLABLES, k=draw.choice((2, 3)))).capitalize() for _ in range(count)]
