"""A policy file says how careful the site is; what would never hold is refused in a sentence."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from adapters.config.policy import policy_at
from domain.classification import ActionClass
from domain.currency import Currency
from domain.money import Money
from domain.policy import FORBIDDEN, Above, Is, Names, Patience, Rule
from domain.promotion import Ladder
from domain.quantity import Quantity
from domain.units import Unit
from ports.errors import Misconfigured

COMPANIES = {"production": ("1010", "2010"), "branch": ()}
WHOLE = """
[[rules]]
action = "place purchase order"
system = "production"
company = "1010"
fact = "order value"
above = { amount = "5000.50", currency = "EUR" }
verdict = "irreversible"

[[rules]]
fact = "supplier block"
one_of = ["all", "payment"]
verdict = "high"

[[rules]]
names = ["4711"]
verdict = "forbidden"

[[rules]]
action = "change supplier"
verdict = "low"

[patience]
approval = "P1D"
losses = 2
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_rules_conditions_and_patience_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)

    policy, ladder = policy_at(path, companies=COMPANIES)

    assert policy.rules == (
        Rule(
            action="place purchase order",
            system="production",
            company="1010",
            when=Above("order value", Money(Currency("EUR"), Decimal("5000.50"))),
            verdict=ActionClass.IRREVERSIBLE,
        ),
        Rule(when=Is("supplier block", frozenset({"all", "payment"})), verdict=ActionClass.HIGH),
        Rule(when=Names(frozenset({"4711"})), verdict=FORBIDDEN),
        Rule(action="change supplier", verdict=ActionClass.LOW),
    )
    assert policy.patience == Patience(approval=timedelta(days=1), losses=2)
    assert ladder == Ladder()


def test_a_step_of_the_rollout_needs_what_the_file_says_and_else_what_it_needs_by_default(tmp_path: Path) -> None:
    path = written(tmp_path, '[rollout.autonomous]\ndone = 10\napproved = 0.95\nlasting = "P3D"\nundone = "not asked"')

    _, ladder = policy_at(path, companies=COMPANIES)

    usual = Ladder()
    needs = evolve(usual.autonomous, done=10, approved=Decimal("0.95"), lasting=timedelta(days=3), undone=None)
    assert ladder == evolve(usual, autonomous=needs)


def test_the_last_step_is_named_as_everywhere(tmp_path: Path) -> None:
    _, ladder = policy_at(written(tmp_path, "[rollout.high-volume]\ndone = 7"), companies=COMPANIES)

    assert ladder == evolve(Ladder(), high_volume=evolve(Ladder().high_volume, done=7))


def test_the_version_is_the_digest_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)
    before = policy_at(path, companies=COMPANIES)[0].version

    assert before == hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(WHOLE.replace("5000.50", "5000.51"), encoding="utf-8")
    assert policy_at(path, companies=COMPANIES)[0].version != before


def test_limits_may_be_quantities_or_plain_numbers(tmp_path: Path) -> None:
    text = """
[[rules]]
fact = "open orders"
above = { amount = 3 }
verdict = "high"

[[rules]]
fact = "open orders"
above = { amount = "2.5", unit = "KGM" }
verdict = "high"
"""

    conditions = [rule.when for rule in policy_at(written(tmp_path, text), companies=COMPANIES)[0].rules]

    assert conditions == [
        Above("open orders", Decimal(3)),
        Above("open orders", Quantity(Decimal("2.5"), Unit("KGM"))),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('action = "place purchase ordr"', "the action 'place purchase ordr' is not known, did you mean place purch"),
        ('system = "prodution"', "the system 'prodution' is not known, did you mean production?"),
        ('system = "branch"\ncompany = "1010"', "the company '1010' is not known; known are"),
        ('company = "3010"', "the company '3010' is not known, did you mean"),
        (
            'fact = "order valu"\nabove = { amount = 1 }',
            "the fact 'order valu' is not known, did you mean order value?",
        ),
        (
            'action = "change supplier"\nfact = "order value"\nabove = { amount = 1 }',
            "the fact 'order value' is not kn",
        ),
        ('fact = "order value"', "`fact` says what `above` or `one_of` is about; give both, or neither"),
        ("above = { amount = 1 }", "`fact` says what `above` or `one_of` is about; give both, or neither"),
        ('names = ["1"]\nfact = "order value"', "`fact` says what"),
        ('names = ["1"]\none_of = ["all"]', "one_of and names stand in one rule; write a rule for each"),
        ('fact = "order value"\nabove = { amount = "a", currency = "EUR" }', "above: 'a' is no number"),
        ('fact = "order value"\nabove = { amount = "NaN" }', "above: 'NaN' is no number"),
        ('fact = "order value"\nabove = { amount = "1", currency = "EURO" }', "above: "),
        ('fact = "order value"\nabove = { amount = "1.001", currency = "EUR" }', "above: "),
        ('fact = "order value"\nabove = { amount = 1.5 }', "rules[1]: above.amount"),
        ('fact = "order value"\nabove = { amount = "1", currency = "EUR", unit = "KGM" }', "above: a limit is in"),
        ('when = "always"', "the key when is not known"),
        ("names = []", "names is empty; give it at least one entry"),
    ],
)
def test_what_would_never_hold_is_refused(tmp_path: Path, line: str, told: str) -> None:
    path = written(tmp_path, f'[[rules]]\n{line}\nverdict = "high"\n')

    with pytest.raises(Misconfigured) as refused:
        policy_at(path, companies=COMPANIES)

    assert str(refused.value).startswith(f"{path}: rules[1]")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[rules]]\nverdict = "careful"', "rules[1]: verdict: it must be 'read', 'low', 'high', 'irreversible' or 'f"),
        ("[[rules]]", "rules[1]: verdict is missing"),
        ('[patience]\nlease = "PT0S"', "patience: lease must be more than nothing"),
        ('[patience]\nlease = "soon"', "patience: lease"),
        ("[patience]\nlosses = 0", "patience: losses"),
        ('[[rule]]\nverdict = "high"', "the key rule is not known, did you mean rules?"),
        ("[rollout.autonomus]", "rollout: the key autonomus is not known, did you mean autonomous?"),
        ("[rollout.high_volume]", "rollout: the key high_volume is not known, did you mean high-volume?"),
        ("[rollout.high-volume]\ndne = 1", "rollout.high-volume: the key dne is not known, did you mean done?"),
        ("[rollout.autonomous]\ndne = 1", "rollout.autonomous: the key dne is not known, did you mean done?"),
        ("[rollout.supervised]\nsame = 1.5", "rollout.supervised: same must be a decimal from 0 to 1"),
        ("rules", "it is not TOML"),
    ],
)
def test_what_is_not_of_the_form_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(Misconfigured) as refused:
        policy_at(path, companies=COMPANIES)

    assert told in str(refused.value)


def test_a_policy_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="there is no such file; write it, or leave `policy` out"):
        policy_at(tmp_path / "policy.toml", companies=COMPANIES)
