"""``$filter`` and ``$orderby``: read by recursive descent, turned into functions over entities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sandbox.sap.edm import Comparable, alpha
from sandbox.sap.errors import GatewayError, bad_request
from sandbox.sap.model import EdmType, Entity, EntitySet, Service
from sandbox.sap.paths import property_path
from sandbox.sap.tokens import Literally, Token, Word, tokens

Predicate = Callable[[Entity], bool]
_DEEPEST = 60
_TESTS: dict[str, tuple[int, Callable[[str, str], bool]]] = {
    "substringof": (2, lambda part, whole: part in whole),
    "startswith": (2, lambda whole, part: whole.startswith(part)),
    "endswith": (2, lambda whole, part: whole.endswith(part)),
}
_CHANGES: dict[str, Callable[[str], str]] = {"tolower": str.lower, "toupper": str.upper, "trim": str.strip}
_COMPARISONS = frozenset({"eq", "ne", "gt", "ge", "lt", "le"})


@dataclass(frozen=True)
class _Operand:
    """Something with a value; *edm* None is null, *width* the ALPHA width of a property that has one."""

    edm: EdmType | None
    value: Callable[[Entity], Comparable]
    width: int | None = None


def predicate(service: Service, kind: EntitySet, source: str) -> Predicate:
    """Compile *source* into a test of one entity of *kind*.

    Raises:
        GatewayError: it is no filter, names no property of *kind*, or compares different types.
    """
    parser = _Parser(service, kind, tokens(source))
    condition = parser.disjunction()
    parser.expect("")
    return _truth(condition)


def _truth(operand: _Operand) -> Predicate:
    if operand.edm != "Edm.Boolean":
        raise bad_request("Invalid filter: a condition is expected")
    return lambda entity: operand.value(entity) is True


class _Parser:
    """One reading of one filter."""

    def __init__(self, service: Service, kind: EntitySet, source: tuple[Token, ...]) -> None:
        self._service = service
        self._kind = kind
        self._source = source
        self._at = 0
        self._depth = 0

    def disjunction(self) -> _Operand:
        left = self._conjunction()
        while self._take("or"):
            first, second = _truth(left), _truth(self._conjunction())
            left = _either(first, second)
        return left

    def expect(self, word: str) -> None:
        if not self._take(word):
            raise self._unexpected()

    def _conjunction(self) -> _Operand:
        left = self._negation()
        while self._take("and"):
            first, second = _truth(left), _truth(self._negation())
            left = _both(first, second)
        return left

    def _negation(self) -> _Operand:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise bad_request("The filter is nested too deeply")
        if self._take("not"):
            denied = _truth(self._negation())
            result = _Operand("Edm.Boolean", lambda entity: not denied(entity))
        else:
            result = self._comparison()
        self._depth -= 1
        return result

    def _comparison(self) -> _Operand:
        left = self._operand()
        word = self._source[self._at]
        if isinstance(word, Word) and word.text in _COMPARISONS:
            self._at += 1
            return _compared(left, word.text, self._operand())
        return left

    def _operand(self) -> _Operand:
        token = self._source[self._at]
        if isinstance(token, Literally):
            self._at += 1
            return _Operand(token.edm, lambda _: token.value)
        if self._take("("):
            inner = self.disjunction()
            self.expect(")")
            return inner
        if token.kind != "name":
            raise self._unexpected()
        self._at += 1
        if self._take("("):
            return self._call(token.text)
        path = property_path(self._service, self._kind, token.text)
        return _Operand(path.declared.edm, path.value, path.declared.alpha)

    def _call(self, function: str) -> _Operand:
        arguments = [self._text()]
        while self._take(","):
            arguments.append(self._text())
        self.expect(")")
        if function in _CHANGES and len(arguments) == 1:
            return _changed(_CHANGES[function], arguments[0])
        if function in _TESTS and len(arguments) == _TESTS[function][0]:
            return _tested(_TESTS[function][1], arguments[0], arguments[1])
        raise bad_request(f"Invalid function {function} or wrong number of its arguments")

    def _text(self) -> _Operand:
        argument = self._operand()
        if argument.edm != "Edm.String":
            raise bad_request("Invalid parameter: a text is expected")
        return argument

    def _take(self, word: str) -> bool:
        token = self._source[self._at]
        if not isinstance(token, Word) or token.text != word:
            return False
        if token.kind != "end":
            self._at += 1
        return True

    def _unexpected(self) -> GatewayError:
        return bad_request(f"Syntax error at word {self._at + 1} of the filter")


def _either(first: Predicate, second: Predicate) -> _Operand:
    return _Operand("Edm.Boolean", lambda entity: first(entity) or second(entity))


def _both(first: Predicate, second: Predicate) -> _Operand:
    return _Operand("Edm.Boolean", lambda entity: first(entity) and second(entity))


def _changed(change: Callable[[str], str], operand: _Operand) -> _Operand:
    def value(entity: Entity) -> Comparable:
        text = operand.value(entity)
        return change(text) if isinstance(text, str) else None

    return _Operand("Edm.String", value)


def _tested(test: Callable[[str, str], bool], first: _Operand, second: _Operand) -> _Operand:
    def value(entity: Entity) -> Comparable:
        one, other = first.value(entity), second.value(entity)
        return isinstance(one, str) and isinstance(other, str) and test(one, other)

    return _Operand("Edm.Boolean", value)


def _compared(left: _Operand, operator: str, right: _Operand) -> _Operand:
    if left.edm is not None and right.edm is not None and left.edm != right.edm:
        raise bad_request(f"Operator {operator} cannot compare {left.edm} with {right.edm}")
    width = left.width if left.width is not None else right.width

    def value(entity: Entity) -> Comparable:
        return _holds(_padded(left.value(entity), width), operator, _padded(right.value(entity), width))

    return _Operand("Edm.Boolean", value)


def _padded(value: Comparable, width: int | None) -> Comparable:
    return alpha(value, width) if isinstance(value, str) and width is not None else value


def _holds(left: Comparable, operator: str, right: Comparable) -> bool:
    if operator in ("eq", "ne"):
        return (left == right) is (operator == "eq")
    order = _order(left, right)
    if order is None:
        return False
    return {"lt": order < 0, "le": order <= 0, "gt": order > 0, "ge": order >= 0}[operator]


def _order(left: Comparable, right: Comparable) -> int | None:
    """Compare two values; None means that there is no order between them, as with null."""
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return (left > right) - (left < right)
    return None


@dataclass(frozen=True)
class Ordering:
    """One term of an ``$orderby``."""

    key: Callable[[Entity], tuple[bool, str, Decimal]]
    descending: bool


def orderings(service: Service, kind: EntitySet, source: str) -> tuple[Ordering, ...]:
    """Compile an ``$orderby``; null comes first when ascending.

    Raises:
        GatewayError: an unknown property or direction.
    """
    return tuple(_ordering(service, kind, term) for term in source.split(","))


def _ordering(service: Service, kind: EntitySet, term: str) -> Ordering:
    name, *direction = term.split() or [""]
    if direction not in ([], ["asc"], ["desc"]):
        raise bad_request(f"Invalid sort direction in {term.strip()}")
    path = property_path(service, kind, name)

    def key(entity: Entity) -> tuple[bool, str, Decimal]:
        value = _padded(path.value(entity), path.declared.alpha)
        if isinstance(value, str):
            return True, value, Decimal(0)
        return value is not None, "", Decimal(0) if value is None else Decimal(value)

    return Ordering(key, descending=direction == ["desc"])
