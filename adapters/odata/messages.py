"""What SAP says: the body of an error, and the ``sap-message`` header of a success."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen
from lxml import etree

from adapters.odata.documents import NotADocument, json_document, xml_document

_WRAPPERS = "/IWBEP/CX_"


@frozen
class Message:
    """One sentence of SAP: data for a person, never an instruction.

    *code* is class and number, such as ``ME/006``, and may be empty; *severity* is SAP's word, ``error`` if
    it gave none.
    """

    code: str
    text: str
    severity: str

    def __str__(self) -> str:
        return f"{self.text} [{self.code}]" if self.code != "" else self.text


@frozen
class Complaint:
    """The body of an error, outermost message first; *transaction* finds it in SAP's error log, empty if not given."""

    messages: tuple[Message, ...]
    transaction: str

    @property
    def codes(self) -> frozenset[str]:
        """The codes of everything that is an error."""
        return frozenset(message.code for message in self.messages if message.severity == "error")

    @property
    def reasons(self) -> tuple[str, ...]:
        """What to show a person: each sentence once, wrappers without a meaning of their own left out."""
        telling = [each for each in self.messages if not each.code.startswith(_WRAPPERS)]
        sentences = list(dict.fromkeys(map(str, telling or self.messages)))
        return (*sentences, f"SAP transaction {self.transaction}") if self.transaction != "" else tuple(sentences)


def complaint(body: bytes) -> Complaint | None:
    """Read the body of an error in JSON, or in XML, which comes even when JSON was asked; None if it is neither.

    Source: SAP-ERR-01, SAP-ERR-02.
    """
    try:
        return _of_json(json_document(body))
    except NotADocument:
        pass
    try:
        return _of_xml(xml_document(body))
    except NotADocument:
        return None


def sap_message(header: str) -> tuple[Message, ...]:
    """Read the header of a success, in JSON or XML; one that cannot be read becomes a warning with the raw text.

    Source: SAP-ERR-03.
    """
    raw = header.encode("latin-1", "replace")
    try:
        found = json_document(raw)
    except NotADocument:
        found = None
    if isinstance(found, Mapping):
        return tuple(_messages(found, found.get("details")))
    try:
        root = xml_document(raw)
    except NotADocument:
        return (Message("", header, "warning"),)
    nodes = [root, *(node for node in root.iter(etree.Element) if etree.QName(node).localname == "detail")]
    return tuple(_of_node(node) for node in nodes)


def _of_json(body: object) -> Complaint | None:
    error = body.get("error", body) if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping) or "code" not in error or "message" not in error:
        return None
    inner = error.get("innererror")
    inner = inner if isinstance(inner, Mapping) else {}
    details = inner.get("errordetails")
    if isinstance(details, Mapping):  # older Gateways put one more level between
        details = details.get("errordetail")
    return Complaint(tuple(_messages(error, details)), _text(inner.get("transactionid")))


def _messages(top: Mapping[str, object], details: object) -> Iterator[Message]:
    yield _message(top)
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, Mapping):
            yield _message(detail)


def _message(fields: Mapping[str, object]) -> Message:
    text = fields.get("message")
    if isinstance(text, Mapping):
        text = text.get("value")
    return Message(_text(fields.get("code")), _text(text), _severity(_text(fields.get("severity"))))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _of_xml(root: etree._Element) -> Complaint | None:
    if etree.QName(root).localname != "error":
        return None
    nodes = [root, *(node for node in root.iter(etree.Element) if etree.QName(node).localname == "errordetail")]
    return Complaint(tuple(map(_of_node, nodes)), _child(root, "innererror", "transactionid"))


def _of_node(node: etree._Element) -> Message:
    return Message(_child(node, "code"), _child(node, "message"), _severity(_child(node, "severity")))


def _severity(word: str) -> str:
    return "error" if word == "" else word.lower()


def _child(node: etree._Element, *names: str) -> str:
    """Give the text of the element that *names* lead to, whatever its namespace; empty if there is none."""
    found = node.find("/".join(f"{{*}}{name}" for name in names))
    return "" if found is None or found.text is None else found.text
