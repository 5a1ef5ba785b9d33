"""From records to what zeep writes: the names and forms in which answers are read, the other way round.

- A text that is ``None`` is sent as nil; what is left out is not sent. Source: SOAP-02.
- A record inside a record may stand in a list, as it is read; several stand only where the schema lets them repeat.
- An attribute stands under ``Name@attribute``, one of the record itself under ``@attribute``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zeep.xsd import Nil

from adapters.soap.forms import Child, Form
from ports.errors import Refused


def writable(operation: str, record: Mapping[str, object], form: Form | None) -> dict[str, object]:
    """Give the arguments of *operation*, or a record among them, as zeep takes them.

    What the schema does not have is handed on, and refused by zeep.

    Raises:
        Refused: several records stand where the schema has one; nothing was sent.
    """
    written: dict[str, object] = {}
    for name, value in record.items():
        own, _, attribute = name.partition("@")
        if own == "":
            written[attribute] = value
        elif attribute == "":
            child = None if form is None else form.children.get(own)
            told = {key.partition("@")[2]: each for key, each in record.items() if key.startswith(f"{own}@")}
            written[own] = _with(told, _value(operation, own, value, child))
    return written


def _value(operation: str, name: str, value: object, child: Child | None) -> object:
    if value is None:
        return Nil
    inner = None if child is None else child.form
    if isinstance(value, Mapping):
        return writable(operation, value, inner)
    if isinstance(value, Sequence) and not isinstance(value, str):
        several = [_value(operation, name, each, child) for each in value]
        if child is None or child.repeats:
            return several
        if len(several) != 1:
            raise Refused(f"{operation}: {len(several)} {name} stand where the WSDL has one; nothing was sent")
        return several[0]
    return value


def _with(attributes: Mapping[str, object], value: object) -> object:
    """Put attributes beside a text; zeep calls the text of such an element ``_value_1``."""
    return {"_value_1": value, **attributes} if attributes and value is not Nil else value
