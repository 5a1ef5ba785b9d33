"""What a WSDL, or a bare XML Schema, publishes of a service's records.

The answer of each operation is a record under the operation's name, so that paths from it lead to all that comes. Each
complex type is one under its own name, and each element with children under its. A type inside another that has no name
is ``Owner/element``; a name that is taken already has its namespace in front: ``{namespace}name``.

Columns are called as `adapters.soap.records` calls them: ``Price`` and ``Price@currencyCode`` for a text and its
attribute, ``@id`` for an attribute of the record itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml.etree import _Element

from adapters.soap.complex_types import ComplexTypes, holds_text
from adapters.soap.declarations import WSDL, XSD, Declarations, local
from contracts.source.schema import Column, Record, Schema
from domain.errors import InvalidValue
from ports.errors import Unintelligible

_SOAP = ("{http://schemas.xmlsoap.org/wsdl/soap/}binding", "{http://schemas.xmlsoap.org/wsdl/soap12/}binding")


def schema_of(location: str, load: Callable[[str], bytes]) -> Schema:
    """Read the WSDL at *location* and all that it imports, through *load*.

    Raises:
        Unintelligible: it is no WSDL or schema, or holds a DTD.
    """
    try:
        found = Schema(location, _Records(Declarations(location, load)).all())
    except RecursionError:
        raise Unintelligible(f"the WSDL {location}: its types are derived too deeply, or from themselves") from None
    except InvalidValue as error:
        raise Unintelligible(f"the WSDL {location} cannot be used: {error}") from error
    if len(found.records) == 0:
        raise Unintelligible(f"the WSDL {location} describes no record")
    return found


class _Records:
    """The records found so far, and the names that complex types have."""

    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations
        self._types = ComplexTypes(declarations, self._name)
        self._names: dict[_Element, str] = {}
        self._waiting: dict[str, list[_Element]] = {}

    def all(self) -> tuple[Record, ...]:
        """Give every record: the answers of operations first, then types, then elements, and what stands inside."""
        answers = self._answers()
        self._waiting = {name: [] for name in answers}
        for full, kind in self._declarations.all(f"{XSD}complexType").items():
            if not holds_text(kind):
                self._names[kind] = self._awaited(kind, local(full), full)
        for full, element in self._declarations.all(f"{XSD}element").items():
            whole = self._types.of(element)
            if whole is not None and self._names.get(whole) not in (local(full), full):
                self._awaited(whole, local(full), full, f"element {full}")
        records = [Record(name=name, columns=tuple(self._body(name, parts))) for name, parts in answers.items()]
        done = set(answers)
        while coming := [name for name in self._waiting if name not in done]:  # it grows while types are looked into
            records += [Record(name=name, columns=self._types.columns(self._waiting[name], name)) for name in coming]
            done.update(coming)
        return tuple(records)

    def _name(self, kind: _Element, inside: str) -> str:
        """Give the name of a record; of several types without a name any may stand *inside* at the same place."""
        if kind not in self._names:
            self._names[kind] = inside
            self._waiting.setdefault(inside, []).append(kind)
        return self._names[kind]

    def _awaited(self, kind: _Element, *names: str) -> str:
        """Give the name under which the record will stand: the first of *names* that is not taken."""
        free = next(name for name in names if name not in self._waiting)
        self._waiting[free] = [kind]
        return free

    def _answers(self) -> Mapping[str, list[_Element]]:
        """Give the operations that can be asked over SOAP, and the parts of their answers.

        One that another port type has as well has the port type's name in front.
        """
        found: dict[str, list[_Element]] = {}
        bound = [
            self._declarations.name(binding.get("type", ""), binding)
            for binding in self._declarations.all(f"{WSDL}binding").values()
            if any(child.tag in _SOAP for child in binding)
        ]
        for name in dict.fromkeys(bound):
            offered = self._declarations.named(f"{WSDL}portType", name)
            for operation in () if offered is None else offered.iterchildren(f"{WSDL}operation"):
                output = operation.find(f"{WSDL}output")
                told = "" if output is None else self._declarations.name(output.get("message", ""), output)
                message = self._declarations.named(f"{WSDL}message", told)
                if message is not None:
                    own = operation.get("name", "")
                    found[f"{name}/{own}" if own in found else own] = list(message.iterchildren(f"{WSDL}part"))
        return found

    def _body(self, name: str, parts: list[_Element]) -> Iterator[Column]:
        """Give what stands in the SOAP body: the children of the one element, or a column for each part."""
        whole = next((part for part in parts if part.get("element") is not None), None)
        if whole is None:
            for part in parts:
                yield from self._types.typed(part, name)
            return
        told = self._declarations.name(whole.get("element", ""), whole)
        element = self._declarations.named(f"{XSD}element", told)
        kind = None if element is None else self._types.of(element)
        if kind is not None:
            yield from self._types.columns([kind], name)
        elif element is not None:
            yield from self._types.typed(element, name)
