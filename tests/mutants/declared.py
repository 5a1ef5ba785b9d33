"""Mutants of what is declared: tables, defaults, validators, and properties, which mutmut leaves alone.

Each mutant is the whole module with one thing changed: an operator turned round, a value replaced, an entry or an
argument left out, a result lost.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from attrs import frozen

_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.Invert: ast.UAdd, ast.Not: ast.UAdd,
}  # fmt: skip
_MUTMUT_TAKES = ("staticmethod", "classmethod")


@frozen
class Mutant:
    """A module's *source* with one change in *line*, which turned *before* into *after*."""

    line: int
    before: str
    after: str
    source: str


def mutants(source: str, *, everything: bool) -> Iterator[Mutant]:
    """Give all mutants of what *source* declares; with *everything*, of its functions' bodies too."""
    tree = ast.parse(source)
    for spot in _spots(tree, everything=everything):
        before = ast.unparse(spot)
        kept = dict(vars(spot))
        for change in _changes(spot):
            vars(spot).update({**deepcopy(kept), **change})
            yield Mutant(getattr(spot, "lineno", 0), before, ast.unparse(spot), ast.unparse(tree))
            vars(spot).update(kept)


def _spots(node: ast.AST, *, everything: bool) -> Iterator[ast.AST]:
    """Give the nodes to change: no type, no documentation, no decorator, and no body that mutmut changes."""
    if isinstance(node, ast.FunctionDef):
        if everything or any(ast.unparse(one) not in _MUTMUT_TAKES for one in node.decorator_list):
            for statement in node.body:
                yield from _spots(statement, everything=everything)
        return
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()) | ast.Subscript(slice=ast.Tuple()):
            return
    yield node
    for name, below in ast.iter_fields(node):
        if name in ("annotation", "decorator_list", "bases"):
            continue
        for one in below if isinstance(below, list) else [below]:
            if isinstance(one, ast.AST):
                yield from _spots(one, everything=everything)


def _changes(node: ast.AST) -> Iterator[Mapping[str, object]]:
    """Give what may be put in place of a node's parts."""
    match node:
        case ast.Compare(ops=[first, *others]) if type(first) in _OTHER:
            yield {"ops": [_OTHER[type(first)](), *others]}
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.UnaryOp(op=op) if type(op) in _OTHER:
            yield {"op": _OTHER[type(op)]()}
        case ast.IfExp():
            yield from ({"test": ast.Constant(value=value)} for value in (True, False))
        case ast.Return(value=ast.expr()):
            yield {"value": ast.Constant(value=None)}
        case ast.Constant(value=value):
            yield from _other_values(value)
        case ast.Call(keywords=keywords):
            yield from ({"keywords": left} for left in _without_one(keywords))
        case ast.Dict(keys=keys, values=values):
            for some_keys, some_values in zip(_without_one(keys), _without_one(values), strict=True):
                yield {"keys": some_keys, "values": some_values}
        case ast.Set(elts=elts) | ast.List(elts=elts) | ast.Tuple(elts=elts, ctx=ast.Load()) if len(elts) > 1:
            yield from ({"elts": left} for left in _without_one(elts))


def _other_values(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, bool):
        yield {"value": not value}
    elif isinstance(value, int):
        yield {"value": value + 1}
    elif isinstance(value, str) and value.replace(".", "").isdigit():  # other texts are words, or names
        yield {"value": value + "1"}


def _without_one(parts: Sequence[object]) -> Iterator[list[object]]:
    return ([*parts[:at], *parts[at + 1 :]] for at in range(len(parts)))
