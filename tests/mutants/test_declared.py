"""What is declared is broken in every way that counts, and nothing else is touched."""

from __future__ import annotations

import ast

import pytest

from tests.mutants.__main__ import ROOT
from tests.mutants.declared import mutants
from tests.mutants.modules import MODULES, Module

SOURCE = '''
"""A module."""
LIMIT = 3
TABLE = {"a": 1, "b": 2}


class Bill:
    """A bill."""

    paid: bool = field(default=False, validator=flag)

    @property
    def is_due(self) -> bool:
        """Say so."""
        return self.days > LIMIT and not self.paid

    def pay(self) -> int:
        return LIMIT + 1
'''


def changes(source: str, *, everything: bool = False) -> list[tuple[str, str]]:
    return [(mutant.before, mutant.after) for mutant in mutants(source, everything=everything)]


def test_tables_defaults_and_properties_are_broken_and_bodies_are_left_to_mutmut() -> None:
    assert changes(SOURCE) == [
        ("3", "4"),
        ("{'a': 1, 'b': 2}", "{'b': 2}"),
        ("{'a': 1, 'b': 2}", "{'a': 1}"),
        ("1", "2"),
        ("2", "3"),
        ("field(default=False, validator=flag)", "field(validator=flag)"),
        ("field(default=False, validator=flag)", "field(default=False)"),
        ("False", "True"),
        ("return self.days > LIMIT and (not self.paid)", "return None"),
        ("self.days > LIMIT and (not self.paid)", "self.days > LIMIT or not self.paid"),
        ("self.days > LIMIT", "self.days >= LIMIT"),
        ("not self.paid", "+self.paid"),
    ]


def test_what_runs_while_it_is_imported_is_broken_in_its_bodies_too() -> None:
    added = [change for change in changes(SOURCE, everything=True) if change not in changes(SOURCE)]

    assert added == [("return LIMIT + 1", "return None"), ("LIMIT + 1", "LIMIT - 1")]


def test_each_mutant_is_a_module_with_one_change() -> None:
    whole = ast.unparse(ast.parse(SOURCE))

    sources = [mutant.source for mutant in mutants(SOURCE, everything=True)]

    assert len(set(sources)) == len(sources)
    assert whole not in sources
    assert all(ast.parse(source) for source in sources)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.path))
def test_every_module_and_every_test_that_guards_it_is_there(module: Module) -> None:
    named = [module.path, *module.tests]

    assert [path for path in named if not (ROOT / path).is_file()] == []
