"""What a simple type of XML Schema says of a text: its form, its size, its codes."""

from __future__ import annotations

from attrs import evolve, frozen
from lxml.etree import _Element

from adapters.soap.declarations import XSD, Declarations, elements, local
from contracts.source.schema import Form

_BUILT_IN = {
    Form.TEXT: "string normalizedString token language Name NCName NMTOKEN NMTOKENS ID IDREF IDREFS ENTITY ENTITIES "
    "anyURI QName NOTATION",
    Form.INTEGER: "integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger "
    "unsignedLong unsignedInt unsignedShort unsignedByte",
    Form.DECIMAL: "decimal",
    Form.FLOAT: "float double",
    Form.BOOLEAN: "boolean",
    Form.DATE: "date",
    Form.TIME: "time",
    Form.TIMESTAMP: "dateTime dateTimeStamp",
    Form.BINARY: "base64Binary hexBinary",
}
_FORMS = {name: form for form, names in _BUILT_IN.items() for name in names.split()}


@frozen
class Simple:
    """The values of a text; *native* is the type's name, ``xsd:…`` for those that XML Schema brings along."""

    form: Form
    native: str
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    codes: tuple[str, ...] | None = None


ANYTHING = Simple(Form.OTHER, "xsd:anyType")


class SimpleTypes:
    """The simple types of a WSDL; a type that is nowhere declared, or is based on itself, is anything."""

    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations

    def named(self, name: str, seen: frozenset[str] = frozenset()) -> Simple:
        """Give the type of that qualified name, or the text that a complex type with attributes holds."""
        if name.startswith(XSD):
            return Simple(_FORMS.get(local(name), Form.OTHER), f"xsd:{local(name)}")
        declared = self._declarations.named(f"{XSD}simpleType", name)
        if declared is None:
            declared = self._declarations.named(f"{XSD}complexType", name)
        if declared is None or name in seen:
            return Simple(Form.OTHER, local(name))
        return evolve(self.declared(declared, seen | {name}), native=local(name))

    def declared(self, kind: _Element, seen: frozenset[str] = frozenset()) -> Simple:
        """Give what a declaration says, with what it is derived from."""
        content = next(elements(kind, "simpleContent"), kind)
        for each in elements(content):
            if local(str(each.tag)) in ("restriction", "extension"):
                return _narrowed(self._base(each, seen), each)
            if local(str(each.tag)) == "list":
                return Simple(Form.TEXT, "xsd:list")
            if local(str(each.tag)) == "union":
                return self._union(each, seen)
        return ANYTHING

    def _base(self, told: _Element, seen: frozenset[str]) -> Simple:
        inline = next(elements(told, "simpleType"), None)
        if inline is not None:
            return self.declared(inline, seen)
        return self.named(self._declarations.name(told.get("base", ""), told), seen)

    def _union(self, told: _Element, seen: frozenset[str]) -> Simple:
        """Give the form that all members have, and the codes if each has a closed list."""
        names = (self._declarations.name(each, told) for each in told.get("memberTypes", "").split())
        members = [self.named(name, seen) for name in names]
        members += [self.declared(each, seen) for each in elements(told, "simpleType")]
        forms = {member.form for member in members}
        lists = [member.codes for member in members if member.codes is not None]
        codes = tuple(dict.fromkeys(code for each in lists for code in each)) if len(lists) == len(members) else None
        return Simple(forms.pop() if len(forms) == 1 else Form.TEXT, "xsd:union", codes=codes)


def _narrowed(base: Simple, told: _Element) -> Simple:
    """Take the facets of a restriction over what the base says."""
    facets = {local(str(each.tag)): each.get("value", "") for each in elements(told)}
    codes = tuple(each.get("value", "") for each in elements(told, "enumeration"))
    length = _number(facets.get("maxLength", facets.get("length", "")))
    precision, scale = _number(facets.get("totalDigits", "")), _number(facets.get("fractionDigits", ""))
    return evolve(
        base,
        length=base.length if length is None else length,
        precision=base.precision if precision is None else precision,
        scale=base.scale if scale is None else scale,
        codes=base.codes if len(codes) == 0 else codes,
    )


def _number(text: str) -> int | None:
    return int(text) if text.strip().isascii() and text.strip().isdigit() else None
