"""What of a proposal is taken: single guesses that are sure, and groups of them that make sense only together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import evolve, frozen

from adapters.scaffold.expressions import Call, Expression, Name, undecided
from adapters.scaffold.guesses import Choice, Guess
from adapters.scaffold.lexicon import What
from adapters.scaffold.places import Step

_COMPACT = Name("acl.codecs.dates", "compact_day")
_UNTIL = Name("acl.codecs.dates", "compact_until")


@frozen
class Decisions:
    """The choices of one record, and which guesses are taken of them, by the attribute's path."""

    choices: Mapping[str, Choice]
    taken: Mapping[str, Guess]

    def field(self, path: str) -> Expression:
        """Give the field of an attribute, without what stands round it; undecided if no guess is taken."""
        guess = self.taken.get(path)
        return self.left(path) if guess is None or guess.field is None else guess.field

    def left(self, *paths: str) -> Call:
        """Leave several attributes, as one, to the person who goes on."""
        told = [guess for path in paths for guess in self.choices[path].guesses]
        best: dict[str, str] = {}
        for guess in sorted(told, key=lambda guess: (-guess.likely, guess.name)):
            best.setdefault(guess.name, guess.told)
        return undecided(*best.values())

    def steps(self, path: str) -> tuple[Step, ...]:
        """Give the steps to where the guess stands; none if there is no guess or it stands in the record itself."""
        guess = self.taken.get(path)
        return () if guess is None else guess.place.steps


def decided(choices: Mapping[str, Choice]) -> Decisions:
    """Take what is sure: an account only with its bank, a validity only with both its ends, an address of one place."""
    sure = {path: guess for path, choice in choices.items() if (guess := choice.sure) is not None}
    taken = _each_once(sure, choices)
    bank, account = taken.get("bank_accounts.bank"), taken.get("bank_accounts.account")
    if bank is None or account is None or bank.place != account.place:
        taken = _without(taken, "bank_accounts.")
    starts, ends = taken.get("validity.starts"), taken.get("validity.ends")
    if starts is None or ends is None or ends.field is None or ends.field.function != _COMPACT:
        taken = _without(taken, "validity.")
    else:
        taken["validity.ends"] = evolve(ends, field=evolve(ends.field, function=_UNTIL))
    return Decisions(choices, _in_one_place(taken))


def _each_once(taken: Mapping[str, Guess], choices: Mapping[str, Choice]) -> dict[str, Guess]:
    """Give a column to the attribute that it is likeliest: what is the price is not what the price is per.

    Only keys may share one, for a line may be called by its product.
    """
    own = {path: guess for path, guess in taken.items() if choices[path].attribute.what is not What.KEY}
    best: dict[str, float] = {}
    for guess in own.values():
        best[guess.name] = max(best.get(guess.name, 0.0), guess.likely)
    wanted = Counter(guess.name for guess in own.values() if guess.likely == best[guess.name])
    return {
        path: guess
        for path, guess in taken.items()
        if path not in own or (guess.likely == best[guess.name] and wanted[guess.name] == 1)
    }


def _without(taken: Mapping[str, Guess], prefix: str) -> dict[str, Guess]:
    return {path: guess for path, guess in taken.items() if not path.startswith(prefix)}


def _in_one_place(taken: Mapping[str, Guess]) -> dict[str, Guess]:
    """Keep of an address what stands where most of it stands."""
    ways = Counter(guess.place.steps for path, guess in taken.items() if path.startswith("address."))
    if len(ways) < 2:
        return dict(taken)
    home = max(ways, key=lambda steps: (ways[steps], -len(steps)))
    return {
        path: guess for path, guess in taken.items() if not path.startswith("address.") or guess.place.steps == home
    }
