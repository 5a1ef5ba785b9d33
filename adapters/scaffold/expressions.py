"""Fields of a mapping as expressions: the very same one is tried on samples and written into the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import cast

from attrs import field, frozen

WIDTH = 120
_MAPPING = "acl.mapping"


@frozen
class Name:
    """Something that a module offers, such as a class or a value of an enumeration (``ProblemKind.UNIT``)."""

    module: str
    name: str

    def value(self) -> object:
        """Give the thing itself."""
        found: object = import_module(self.module)
        for part in self.name.split("."):
            found = getattr(found, part)
        return found


@frozen
class Local:
    """A constant of the written module itself; it is not tried."""

    name: str


@frozen
class Table:
    """A code table: every code is there, what it means is not decided."""

    codes: tuple[str | int, ...]


@frozen
class Call:
    """A call of what a module offers, or of what another call gives (``embedded(Address)(…)``)."""

    function: Name | Call
    positional: tuple[Expression, ...] = ()
    named: Mapping[str, Expression] = field(factory=dict)


Expression = str | int | None | Name | Local | Table | Call | tuple["Expression", ...] | Mapping[str, "Expression"]


def field_of(name: str, *positional: Expression, **named: Expression) -> Call:
    """Call what `acl.mapping` offers under *name*."""
    return Call(Name(_MAPPING, name), positional, named)


def undecided(*candidates: str) -> Call:
    """Leave the field to the person who goes on."""
    return field_of("unsure", *candidates)


def built(expression: Expression) -> object:
    """Give what the expression is worth, as the written module will have it.

    Raises:
        TypeError: something in it is undecided.
    """
    match expression:
        case Name():
            return expression.value()
        case Call(function, positional, named):
            made = cast("type", built(function))
            return made(*map(built, positional), **{name: built(each) for name, each in named.items()})
        case Local() | Table() | tuple() | Mapping():
            raise TypeError("only fields can be tried, and decided ones")
        case _:
            return expression


def is_decided(expression: Expression) -> bool:
    """Say whether nothing in the expression is left to a person."""
    if isinstance(expression, Table):
        return False
    return not isinstance(expression, Call) or (
        expression.function != Name(_MAPPING, "unsure")
        and is_decided(expression.function)
        and all(map(is_decided, (*expression.positional, *expression.named.values())))
    )


def imports(expression: Expression) -> Iterator[tuple[str, str]]:
    """Give each module and what is taken from it."""
    if isinstance(expression, Name):
        yield expression.module, expression.name.partition(".")[0]
    elif isinstance(expression, Table):
        yield _MAPPING, "unsure"
    elif isinstance(expression, tuple):
        for each in expression:
            yield from imports(each)
    elif isinstance(expression, Call):
        for each in (expression.function, *expression.positional, *expression.named.values()):
            yield from imports(each)


def written(expression: Expression, *, indent: int, used: int, tail: int = 1) -> str:
    """Write the expression as ruff formats it, *used* places into a line of code that stands *indent* places in.

    *tail* places of the last line are for what follows it.
    """
    plain = _flat(expression)
    if used + len(plain) + tail <= WIDTH:
        return plain
    inner = indent + 4
    parts: list[tuple[str, Expression]]
    match expression:
        case Table(codes):
            opening, closing, parts = "{", "}", [(f"{quoted(each)}: ", undecided()) for each in codes]
        case tuple():
            opening, closing, parts = "(", ")", [("", each) for each in expression]
        case Call(function, positional, named):
            opening, closing, parts = f"{_flat(function)}(", ")", [("", each) for each in positional]
            parts += [(f"{name}=", each) for name, each in named.items()]
        case _:
            return plain
    lines = [f"{' ' * inner}{told}{written(each, indent=inner, used=inner + len(told))},\n" for told, each in parts]
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"


def _flat(expression: Expression) -> str:
    match expression:
        case str():
            return quoted(expression)
        case int() | None:
            return repr(expression)
        case Name(_, name) | Local(name):
            return name
        case Table(codes):
            return "{" + ", ".join(f"{quoted(each)}: unsure()" for each in codes) + "}"
        case tuple():
            return f"({', '.join(map(_flat, expression))}{',' if len(expression) == 1 else ''})"
        case Mapping():
            return "{" + ", ".join(f"{quoted(name)}: {_flat(each)}" for name, each in expression.items()) + "}"
        case Call(function, positional, named):
            given = [*map(_flat, positional), *(f"{name}={_flat(each)}" for name, each in named.items())]
            return f"{_flat(function)}({', '.join(given)})"


def quoted(value: str | int) -> str:
    """Quote as ruff does: in double quotes, unless that would need more backslashes."""
    told = repr(value)
    if not isinstance(value, str) or told.startswith('"') or '"' in value:
        return told
    return f'"{told[1:-1]}"'


def in_prose(name: str) -> str:
    """Give a vendor's name for a docstring or a page: nothing in it ends the text or begins another."""
    return "".join(char if char.isprintable() and char not in "\"'\\`|" else "?" for char in name)
