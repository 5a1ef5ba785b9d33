"""What an OData service publishes of its records, from ``$metadata`` of V2 or V4.

Each entity set is a record under its own name; an entity type that stands in no set, and each complex type, is one
under the name of the type, with its namespace in front if another record has that name already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen
from lxml import etree
from lxml.etree import _Element

from adapters.odata.documents import NotADocument, xml_document
from adapters.odata.facets import facets_of, form_of, taken
from contracts.source.schema import Column, Form, Record, Schema
from domain.errors import InvalidValue
from ports.errors import Unintelligible

_COLLECTION = "Collection("


def schema_of(edmx: bytes, *, origin: str) -> Schema:
    """Read ``$metadata``; *origin* names the service, or the file, for people.

    Raises:
        Unintelligible: it is not the EDMX of an OData service, or declares a document type.
    """
    try:
        root = xml_document(edmx)
        schemas = [each for each in root.iter(etree.Element) if _is(each, "Schema")]
        if etree.QName(root).localname != "Edmx" or len(schemas) == 0:
            raise NotADocument("it is not the EDMX of an OData service")
        return Schema(origin, _Model(schemas).records())
    except (NotADocument, InvalidValue) as error:
        raise Unintelligible(f"the $metadata of {origin} cannot be used: {error}") from error


@frozen
class _End:
    """Where a navigation leads: the qualified name of the type, and how many there may be."""

    target: str
    many: bool
    nullable: bool | None


class _Model:
    """The declarations of a service by their qualified names, and how its records are called."""

    def __init__(self, schemas: Iterable[_Element]) -> None:
        self._full = {
            each.get("Alias", ""): each.get("Namespace", "") for each in schemas if each.get("Alias") is not None
        }
        declared = [(schema.get("Namespace", ""), each) for schema in schemas for each in schema.iterchildren("{*}*")]
        self._by_kind: dict[str, dict[str, _Element]] = {}
        for namespace, each in declared:
            kind, name = etree.QName(each).localname, f"{namespace}.{each.get('Name')}"
            self._by_kind.setdefault(kind, {})[name] = each
        self._names = self._named()

    def records(self) -> tuple[Record, ...]:
        """Give every record, the sets first."""
        sets = [self._record(name, self._resolved(kind)) for name, kind in self._sets()]
        in_sets = {self._resolved(kind) for _, kind in self._sets()}
        others = [self._record(name, kind) for kind, name in self._names.items() if kind not in in_sets]
        return (*sets, *others)

    def _sets(self) -> Iterator[tuple[str, str]]:
        """Give the sets by their names; one that another container has as well has its own in front."""
        found = set[str]()
        for container in self._of("EntityContainer").values():
            for each in container.iterchildren("{*}EntitySet", "{*}Singleton"):
                own = each.get("Name", "")
                name = f"{container.get('Name')}/{own}" if own in found else own
                found.add(name)
                yield name, each.get("EntityType", each.get("Type", ""))

    def _of(self, kind: str) -> Mapping[str, _Element]:
        return self._by_kind.get(kind, {})

    def _type(self, name: str) -> _Element | None:
        return self._of("EntityType").get(name, self._of("ComplexType").get(name))

    def _resolved(self, name: str) -> str:
        """Put the namespace in the place of its alias, or before a name that came without."""
        prefix, _, local = name.rpartition(".")
        if prefix == "":
            declared = (each for kind in self._by_kind.values() for each in kind)
            return next((each for each in declared if each.rpartition(".")[2] == local), local)
        return f"{self._full.get(prefix, prefix)}.{local}"

    def _named(self) -> dict[str, str]:
        """Give each type the name of the first set of it, or its own."""
        names: dict[str, str] = {}
        for name, kind in self._sets():
            names.setdefault(self._resolved(kind), name)
        taken = {name for name, _ in self._sets()}
        for kind in (*self._of("EntityType"), *self._of("ComplexType")):
            if kind not in names:
                local = kind.rpartition(".")[2]
                names[kind] = kind if local in taken else local
                taken.add(names[kind])
        return names

    def _record(self, name: str, kind: str) -> Record:
        family = list(self._family(kind))
        keys = (ref.get("Name", "") for each in family for ref in each.iterfind("{*}Key/{*}PropertyRef"))
        columns = [column for each in family for column in self._columns(each)]
        return Record(name=name, columns=tuple(columns), key=tuple(keys))

    def _family(self, kind: str) -> Iterator[_Element]:
        """Give the declarations of a type and of those that it is based on, the outermost base first."""
        line: list[_Element] = []
        found = self._type(kind)
        while found is not None and found not in line:
            line.append(found)
            base = found.get("BaseType")
            found = None if base is None else self._type(self._resolved(base))
        return reversed(line)

    def _columns(self, kind: _Element) -> Iterator[Column]:
        for each in kind.iterchildren("{*}Property", "{*}NavigationProperty"):
            yield self._property(each) if _is(each, "Property") else self._navigation(each)

    def _property(self, told: _Element) -> Column:
        native = told.get("Type", "")
        many = native.startswith(_COLLECTION) or told.get("CollectionKind", "None") != "None"
        kind = native.removeprefix(_COLLECTION).rstrip(")")
        facets, codes = facets_of(told), None
        nullable = None if many else told.get("Nullable", "true") == "true"
        name = self._resolved(kind)
        if name in self._names:
            return Column(
                name=told.get("Name", ""), form=Form.RECORD, native=native, nullable=nullable, many=many,
                of=self._names[name],
            )  # fmt: skip
        if (alias := self._of("TypeDefinition").get(name)) is not None:
            kind, facets = alias.get("UnderlyingType", ""), facets_of(alias).narrowed(facets)
        form, (creatable, updatable) = form_of(kind, told), taken(told)
        if (closed := self._of("EnumType").get(name)) is not None:
            form, codes = Form.TEXT, _codes(closed)
        return Column(
            name=told.get("Name", ""), form=form, native=native, nullable=nullable, length=facets.length,
            precision=facets.precision, scale=facets.scale, codes=codes, many=many,
            creatable=creatable, updatable=updatable,
        )  # fmt: skip

    def _navigation(self, told: _Element) -> Column:
        end = self._end(told)
        of = None if end is None else self._names.get(end.target)
        return Column(
            name=told.get("Name", ""),
            form=Form.RECORD,
            native=told.get("Type", "") if end is None else end.target,
            nullable=None if end is None else end.nullable,
            many=end is not None and end.many,
            of=of,
        )

    def _end(self, told: _Element) -> _End | None:
        """Say where a navigation leads, in the words of V4 or through the association of V2."""
        native = told.get("Type")
        if native is not None:
            many = native.startswith(_COLLECTION)
            target = self._resolved(native.removeprefix(_COLLECTION).rstrip(")"))
            return _End(target, many, None if many else told.get("Nullable", "true") == "true")
        between = self._of("Association").get(self._resolved(told.get("Relationship", "")))
        for end in () if between is None else between.iterchildren("{*}End"):
            if end.get("Role") == told.get("ToRole"):
                several = end.get("Multiplicity") == "*"
                nullable = None if several else end.get("Multiplicity") == "0..1"
                return _End(self._resolved(end.get("Type", "")), several, nullable)
        return None


def _is(element: _Element, name: str) -> bool:
    return etree.QName(element).localname == name


def _codes(closed: _Element) -> tuple[str, ...] | None:
    """Give the names of an enumeration's members; flags stand together in one value, so they are no closed list."""
    if closed.get("IsFlags") == "true":
        return None
    return tuple(each.get("Name", "") for each in closed.iterchildren("{*}Member"))
