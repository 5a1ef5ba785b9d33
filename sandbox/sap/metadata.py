"""``$metadata``: a service's declaration as an EDMX document."""

from __future__ import annotations

from lxml import etree

from sandbox.sap.model import EntitySet, Navigation, Property, Service

_EDMX = "http://schemas.microsoft.com/ado/2007/06/edmx"
_META = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"
_EDM = "http://schemas.microsoft.com/ado/2008/09/edm"
_SAP = "http://www.sap.com/Protocols/SAPData"


def edmx(service: Service) -> bytes:
    """Write the document for *service*, in UTF-8."""
    root = etree.Element(f"{{{_EDMX}}}Edmx", {"Version": "1.0"}, nsmap={"edmx": _EDMX, "m": _META, "sap": _SAP})
    services = etree.SubElement(root, f"{{{_EDMX}}}DataServices", {f"{{{_META}}}DataServiceVersion": "2.0"})
    default = {None: _EDM}
    schema = etree.SubElement(
        services,
        f"{{{_EDM}}}Schema",
        {"Namespace": service.name},
        nsmap=default,  # type: ignore[arg-type]  # the stubs know no default namespace
    )
    schema.set(f"{{{_SAP}}}schema-version", "1")
    for kind in service.sets:
        _entity_type(schema, service, kind)
    for kind in service.sets:
        for navigation in kind.navigations:
            _association(schema, service, kind, navigation)
    _container(schema, service)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_EDM}}}{name}", attributes)


def _entity_type(schema: etree._Element, service: Service, kind: EntitySet) -> None:
    element = _child(schema, "EntityType", Name=f"{kind.name}Type")
    element.set(f"{{{_SAP}}}content-version", "1")
    key = _child(element, "Key")
    for declared in kind.keys:
        _child(key, "PropertyRef", Name=declared.name)
    for declared in kind.properties:
        _property(element, declared)
    for navigation in kind.navigations:
        name = _association_name(kind, navigation)
        _child(
            element,
            "NavigationProperty",
            Name=navigation.name,
            Relationship=f"{service.name}.{name}",
            FromRole=f"FromRole_{name}",
            ToRole=f"ToRole_{name}",
        )


def _property(element: etree._Element, declared: Property) -> None:
    attributes = {"Name": declared.name, "Type": declared.edm, "Nullable": "true" if declared.nullable else "false"}
    for facet, value in (
        ("MaxLength", declared.length),
        ("Precision", declared.precision),
        ("Scale", declared.scale),
    ):
        if value is not None:
            attributes[facet] = str(value)
    if declared.concurrency:
        attributes["ConcurrencyMode"] = "Fixed"
    written = _child(element, "Property", **attributes)
    if declared.edm == "Edm.DateTime":
        written.set(f"{{{_SAP}}}display-format", "Date")
    elif declared.alpha is not None:
        written.set(f"{{{_SAP}}}display-format", "UpperCase")
    written.set(f"{{{_SAP}}}label", declared.label)
    if declared.own:
        written.set(f"{{{_SAP}}}creatable", "false")
        written.set(f"{{{_SAP}}}updatable", "false")
    if not declared.filterable:
        written.set(f"{{{_SAP}}}filterable", "false")
        written.set(f"{{{_SAP}}}sortable", "false")


def _association_name(kind: EntitySet, navigation: Navigation) -> str:
    return f"assoc_{kind.name}_{navigation.name}"


def _association(schema: etree._Element, service: Service, kind: EntitySet, navigation: Navigation) -> None:
    name = _association_name(kind, navigation)
    association = _child(schema, "Association", Name=name)
    _child(association, "End", Type=f"{service.name}.{kind.name}Type", Multiplicity="1", Role=f"FromRole_{name}")
    _child(
        association,
        "End",
        Type=f"{service.name}.{navigation.target}Type",
        Multiplicity="*" if navigation.many else "0..1",
        Role=f"ToRole_{name}",
    )


def _container(schema: etree._Element, service: Service) -> None:
    container = _child(schema, "EntityContainer", Name=f"{service.name}_Entities")
    container.set(f"{{{_META}}}IsDefaultEntityContainer", "true")
    container.set(f"{{{_SAP}}}supported-formats", "json")
    for kind in service.sets:
        declared = _child(container, "EntitySet", Name=kind.name, EntityType=f"{service.name}.{kind.name}Type")
        for ability, given in (("creatable", kind.creatable), ("deletable", kind.deletable)):
            if not given:
                declared.set(f"{{{_SAP}}}{ability}", "false")
    for kind in service.sets:
        for navigation in kind.navigations:
            name = _association_name(kind, navigation)
            pair = _child(container, "AssociationSet", Name=f"{name}_Set", Association=f"{service.name}.{name}")
            _child(pair, "End", EntitySet=kind.name, Role=f"FromRole_{name}")
            _child(pair, "End", EntitySet=navigation.target, Role=f"ToRole_{name}")
