"""From elements to records: what was sent, under the names of the schema, nothing converted.

- A text gives its text, ``''`` when empty, ``None`` when nil; what is absent is not in the record.
- A record inside a record always gives a list of records, be it one or many; a nil one adds nothing to the list.
- A text that the schema lets repeat always gives a list. One that it does not, but that came twice, gives a list too,
  so that a codec refuses it. Source: SOAP-11.
- An attribute stands under ``Name@attribute``, one of the record itself under ``@attribute``; beside a list of texts,
  attributes are lists of the same length, ``None`` where there was none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from attrs import frozen
from lxml import etree
from lxml.etree import _Element

from adapters.soap.forms import Child, Form
from ports.errors import Drifted

Record = dict[str, object]
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_NIL, _TYPE = f"{_XSI}nil", f"{_XSI}type"
_TRUE = ("true", "1")


@frozen(eq=False)
class RecordReader:
    """Reads the records of one answer.

    *derived* finds the form of a type that an element names for itself; *carries_unknown* lets elements stand that the
    schema does not have, which otherwise mean that it is not the server's any more. Source: SOAP-12.
    """

    operation: str
    child: Child
    derived: Callable[[etree.QName], Form | None]
    carries_unknown: bool

    def read(self, element: _Element) -> Record:
        """Give one record; a record that is a mere text stands under its own name.

        Raises:
            Drifted: it is not of the schema's form; the element is named.
        """
        if self.child.form is None:
            record: Record = {}
            _put_text(record, element, self.child.name, repeats=False)
            return record
        return self._record(element, self.child.form, self.child.name)

    def _record(self, element: _Element, form: Form | None, path: str) -> Record:
        record: Record = {f"@{_local(key)}": raw for key, raw in _attributes(element) if not key.startswith(_XSI)}
        if form is not None:
            form = self._named_in(element, form, path)
            if element.text is not None and element.text.strip() != "":
                raise Drifted(f"{self.operation}: {path} holds a text where the WSDL has elements")
        for inner in element:
            name = _local(inner.tag)
            child = self._child(form, name, path)
            has_elements = len(inner) > 0
            if child.form is not None or (child.is_free and has_elements):
                records = _listed(record, name)
                if inner.get(_NIL) not in _TRUE:
                    records.append(self._record(inner, child.form, f"{path}/{name}"))
            elif has_elements:
                raise Drifted(f"{self.operation}: {path}/{name} holds elements where the WSDL has a text")
            else:
                _put_text(record, inner, name, repeats=child.repeats)
        return record

    def _child(self, form: Form | None, name: str, path: str) -> Child:
        if form is None:  # below an element whose content the schema leaves open
            return Child(name, None, repeats=False, is_free=True)
        known = form.children.get(name)
        if known is not None:
            return known
        if form.is_open or self.carries_unknown:
            return Child(name, None, repeats=False, is_free=True)
        raise Drifted(f"{self.operation}: {path} holds {name}, which the WSDL does not know")

    def _named_in(self, element: _Element, form: Form, path: str) -> Form:
        """Give the form of the type that *element* names for itself, or the declared one."""
        named = element.get(_TYPE)
        if named is None:
            return form
        prefix, _, name = named.strip().rpartition(":")
        derived = self.derived(etree.QName(element.nsmap.get(prefix if prefix != "" else None), name))
        if derived is None:
            raise Drifted(f"{self.operation}: {path} is of the type {named}, which the WSDL does not know")
        return derived


def _put_text(record: Record, element: _Element, name: str, *, repeats: bool) -> None:
    text = element.text
    value = "" if text is None else text
    attributes = _attributes(element)
    if len(attributes) == 0 and not repeats:  # nearly all of them
        _put(record, name, value)
        return
    told = None if element.get(_NIL) in _TRUE else value
    own = {f"{name}@{_local(key)}": raw for key, raw in attributes if not key.startswith(_XSI)}
    if not repeats:
        for key, raw in ((name, told), *own.items()):
            _put(record, key, raw)
        return
    texts = _listed(record, name)
    texts.append(told)
    for key in {*own, *(key for key in record if key.startswith(f"{name}@"))}:
        column = _listed(record, key)
        column.extend([None] * (len(texts) - 1 - len(column)))
        column.append(own.get(key))


def _put(record: Record, name: str, value: str | None) -> None:
    """Put what should come once."""
    if name in record:
        _listed(record, name).append(value)
    else:
        record[name] = value


def _listed(record: Record, name: str) -> list[object]:
    """Give the list that stands under *name*, made of what stood there if that was none."""
    found = record.get(name, [])
    listed = found if isinstance(found, list) else [found]
    record[name] = listed
    return listed


def _attributes(element: _Element) -> list[tuple[str, str]]:
    return cast("list[tuple[str, str]]", element.items())  # the stubs allow for bytes, which lxml never gives


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
