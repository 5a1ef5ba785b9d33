"""What stands in a complex type of XML Schema: a column for each element and attribute, inherited ones too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve
from lxml.etree import _Element

from adapters.soap.declarations import XSD, Declarations, elements, local
from adapters.soap.simple_types import ANYTHING, Simple, SimpleTypes
from contracts.source.schema import Column, Form
from ports.errors import Unintelligible

_MOST = 20_000
"""Elements of one type; groups that hold each other several times would make millions."""
_DEEPEST = 100
"""How often a type may be derived from another; how deep Python goes depends on who else has a say in the process."""


class ComplexTypes:
    """The complex types of a WSDL.

    *name_of* gives the name of the record that a complex type is; it is asked with the type, and the name to take if
    the type has none.
    """

    def __init__(self, declarations: Declarations, name_of: Callable[[_Element, str], str]) -> None:
        self._declarations = declarations
        self._simple = SimpleTypes(declarations)
        self._name_of = name_of

    def of(self, element: _Element) -> _Element | None:
        """Give the complex type of an element, or of a part of a message; ``None`` if it holds a text."""
        kind = self._complex(element)
        return None if kind is None or holds_text(kind) else kind

    def columns(self, kinds: Sequence[_Element], owner: str) -> tuple[Column, ...]:
        """Give the columns of the record *owner*, which is of one of *kinds*.

        Of several elements that have the same name one stands for all, as those of a choice do.
        """
        found: dict[str, Column] = {}
        every = (column for kind in kinds for column in self._inside(kind, owner, ()))
        for count, column in enumerate(every):
            if count == _MOST:
                raise Unintelligible(f"the type {owner} has more than {_MOST} elements, which no record has")
            known = found.setdefault(column.name, column)
            may_lack = len(kinds) > 1 or known.nullable is True or column.nullable is True
            found[column.name] = evolve(known, nullable=may_lack, many=known.many or column.many)
        return tuple(found.values())

    def typed(self, element: _Element, owner: str, *, nullable: bool = False, many: bool = False) -> Iterator[Column]:
        """Give the column that an element is, and those of the attributes that its text has."""
        name = element.get("name", "")
        kind = self.of(element)
        if kind is not None:
            of = self._name_of(kind, f"{owner}/{name}")
            native = element.get("type", "").rpartition(":")[2]
            yield Column(name=name, form=Form.RECORD, native=native, nullable=nullable, many=many, of=of)
            return
        yield evolve(_text(name, self._text_of(element), nullable=nullable), many=many)
        for each in self._attributes_of_text(element):
            may_lack = nullable or each.nullable is True
            yield evolve(each, name=f"{name}{each.name}", nullable=may_lack, many=many)

    def _inside(self, kind: _Element, owner: str, seen: tuple[_Element, ...]) -> Iterator[Column]:
        """Give the columns, those that are inherited first; a restriction says its elements again."""
        if len(seen) > _DEEPEST:
            raise RecursionError
        content = next(elements(kind, "complexContent", "simpleContent"), kind)
        derived = next(elements(content, "extension", "restriction"), None)
        if derived is None:
            yield from self._content(content, owner, optional=False, many=False)
            return
        name = self._declarations.name(derived.get("base", ""), derived)
        base = self._declarations.named(f"{XSD}complexType", name)
        if base is not None and base not in seen:
            for column in self._inside(base, owner, (*seen, kind)):
                if local(str(derived.tag)) == "extension" or column.name.startswith("@"):
                    yield column
        yield from self._content(derived, owner, optional=False, many=False)

    def _content(self, parent: _Element, owner: str, *, optional: bool, many: bool) -> Iterator[Column]:
        """Give what stands below sequences, choices and groups; what repeats as a group repeats one by one."""
        for each in elements(parent):
            kind = local(str(each.tag))
            may_lack = optional or each.get("minOccurs") == "0"
            several = many or each.get("maxOccurs", "1") not in ("0", "1")
            if kind == "element" and each.get("maxOccurs") != "0":
                yield from self._child(each, owner, optional=may_lack, many=several)
            elif kind in ("sequence", "all", "choice"):
                yield from self._content(each, owner, optional=may_lack or kind == "choice", many=several)
            elif kind in ("group", "attributeGroup") and (group := self._referred(each)) is not None:
                yield from self._content(group, owner, optional=may_lack, many=several)
            elif kind == "attribute" and each.get("use") != "prohibited":
                yield self._attribute(each)

    def _child(self, told: _Element, owner: str, *, optional: bool, many: bool) -> Iterator[Column]:
        element = self._referred(told)
        if element is None:
            name = local(self._declarations.name(told.get("ref", ""), told))
            yield evolve(_text(name, ANYTHING, nullable=optional), many=many)
            return
        nullable = optional or element.get("nillable") in ("true", "1")
        yield from self.typed(element, owner, nullable=nullable, many=many)

    def _attribute(self, told: _Element) -> Column:
        declared = self._referred(told)
        name = told.get("name") or local(self._declarations.name(told.get("ref", ""), told))
        simple = ANYTHING if declared is None else self._text_of(declared)
        return _text(f"@{name}", simple, nullable=told.get("use") != "required")

    def _referred(self, told: _Element) -> _Element | None:
        """Give what *told* refers to; itself if it declares."""
        reference = told.get("ref")
        if reference is None:
            return told
        return self._declarations.named(str(told.tag), self._declarations.name(reference, told))

    def _text_of(self, declared: _Element) -> Simple:
        """Give the type of the text of an element or attribute."""
        inline = next(elements(declared, "simpleType", "complexType"), None)
        if inline is not None:
            return self._simple.declared(inline)
        if declared.get("type") is None:
            return ANYTHING
        return self._simple.named(self._declarations.name(declared.get("type", ""), declared))

    def _attributes_of_text(self, element: _Element) -> Iterator[Column]:
        kind = self._complex(element)
        if kind is not None:
            yield from self._inside(kind, "", ())

    def _complex(self, element: _Element) -> _Element | None:
        inline = next(elements(element, "complexType"), None)
        if inline is not None or element.get("type") is None:
            return inline
        return self._declarations.named(f"{XSD}complexType", self._declarations.name(element.get("type", ""), element))


def holds_text(kind: _Element) -> bool:
    """Say whether a complex type is a text with attributes, and so no record."""
    return next(elements(kind, "simpleContent"), None) is not None


def _text(name: str, simple: Simple, *, nullable: bool) -> Column:
    return Column(
        name=name,
        form=simple.form,
        native=simple.native,
        nullable=nullable,
        length=simple.length,
        precision=simple.precision,
        scale=simple.scale,
        codes=simple.codes,
    )
