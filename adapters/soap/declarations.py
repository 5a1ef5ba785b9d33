"""The documents of a WSDL, gathered, and what they declare, by kind and qualified name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os.path import dirname, join, normpath
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.etree import _Element

from ports.errors import Unintelligible

XSD = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_IMPORTS = {
    f"{XSD}import": "schemaLocation",
    f"{XSD}include": "schemaLocation",
    f"{WSDL}import": "location",
}


class Declarations:
    """Everything that stands directly in a schema or in the definitions of a WSDL; names are ``{namespace}name``."""

    def __init__(self, location: str, load: Callable[[str], bytes]) -> None:
        self._load = load
        self._read: set[tuple[str, str]] = set()
        self._targets: dict[_Element, str] = {}
        self._found: dict[str, dict[str, _Element]] = {}
        self._gather(location, "")

    def all(self, kind: str) -> dict[str, _Element]:
        """Give all of one kind (``XSD + "complexType"``) by name, in the order of the documents."""
        return self._found.get(kind, {})

    def named(self, kind: str, name: str) -> _Element | None:
        """Give the one of that name; ``None`` if there is none."""
        return self.all(kind).get(name)

    def name(self, text: str, element: _Element) -> str:
        """Spell a name out that stands in *element* with a prefix, or in its default namespace."""
        prefix, _, own = text.strip().rpartition(":")
        if prefix == "" and None not in element.nsmap:
            return f"{{{self._target_of(element)}}}{own}"
        return f"{{{element.nsmap.get(prefix if prefix != '' else None, '')}}}{own}"

    def _target_of(self, element: _Element) -> str:
        """Give the target namespace; a schema without one has that of the schema that includes it."""
        while element not in self._targets and (parent := element.getparent()) is not None:
            element = parent
        return self._targets.get(element, "")

    def _gather(self, location: str, including: str) -> None:
        if (location, including) in self._read:
            return
        self._read.add((location, including))
        root = self._parsed(location)
        if root.tag == f"{XSD}schema":
            self._note(root, root.get("targetNamespace", including), location)
            return
        if root.tag == f"{WSDL}definitions":
            self._note(root, root.get("targetNamespace", ""), location)
            root = next(root.iterchildren(f"{WSDL}types"), root)
        elif root.find(f"{XSD}schema") is None:  # a data set of .NET brings its schema along
            raise Unintelligible(f"{location} is neither a WSDL nor a schema, but begins with {_local(root)}")
        for schema in root.iterchildren(f"{XSD}schema"):
            self._note(schema, schema.get("targetNamespace", ""), location)

    def _note(self, root: _Element, target: str, location: str) -> None:
        self._targets[root] = target
        for each in root.iterchildren(etree.Element):
            if each.tag == f"{XSD}redefine":
                raise Unintelligible(f"{location} redefines what another schema declares, which is not read")
            if each.tag in _IMPORTS:
                self._follow(each, target, location)
            else:
                self._keep(each, target)

    def _keep(self, declared: _Element, target: str) -> None:
        if (name := declared.get("name")) is not None:
            self._found.setdefault(str(declared.tag), {}).setdefault(f"{{{target}}}{name}", declared)

    def _follow(self, told: _Element, target: str, location: str) -> None:
        where = told.get(_IMPORTS[str(told.tag)])
        if where is not None:
            self._gather(_absolute(where, location), "" if _local(told) == "import" else target)

    def _parsed(self, location: str) -> _Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            root = etree.fromstring(self._load(location), parser)
        except etree.XMLSyntaxError:
            raise Unintelligible(f"the document {location} is not well-formed XML") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unintelligible(f"the document {location} holds a DTD, which is not read")
        return root


def local(name: str) -> str:
    """Give a qualified name without its namespace."""
    return name.rpartition("}")[2]


def _local(element: _Element) -> str:
    return local(str(element.tag))


def _absolute(where: str, base: str) -> str:
    """Give the address of what *base* imports from *where*, as an address or as a path."""
    if urlsplit(base).scheme in ("http", "https"):
        return urljoin(base, where)
    return where if urlsplit(where).scheme in ("http", "https", "file") else normpath(join(dirname(base), where))


def elements(parent: _Element, *names: str) -> Iterator[_Element]:
    """Give the children that are of XML Schema, or those of them with one of *names*."""
    return parent.iterchildren(*(f"{XSD}{name}" for name in names)) if names else parent.iterchildren(f"{XSD}*")
