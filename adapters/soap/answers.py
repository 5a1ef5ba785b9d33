"""Reading an answer while it comes: records are handed out and forgotten one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from lxml import etree
from lxml.etree import _Element

from adapters.soap.asked import Asked
from adapters.soap.records import Record, RecordReader
from adapters.soap.soap_fault import SoapFault, read_fault

_ENVELOPES = (
    "{http://schemas.xmlsoap.org/soap/envelope/}Envelope",
    "{http://www.w3.org/2003/05/soap-envelope}Envelope",
)


class FaultReceived(Exception):
    """The answer is a fault."""

    def __init__(self, fault: SoapFault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class AnswerReader:
    """Reads the SOAP body of one answer, once.

    *response* is the element that holds the records, and *records* reads one of them; without them, only a fault is
    looked for. No DTD is accepted, no entity resolved, nothing fetched. Source: SOAP-15 to SOAP-19, SOAP-22.
    """

    def __init__(self, asked: Asked, records: RecordReader | None, response: str | None, *, huge: bool) -> None:
        self._asked = asked
        self._records = records
        self._response = response
        self._responded = response is None
        watched = {"Envelope", "Body", "Fault"}
        if response is not None and records is not None:
            watched |= {response, records.child.name}
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in watched],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=huge,
        )

    def read(self, chunks: Iterable[bytes]) -> Iterator[Record]:
        """Stream the records.

        Raises:
            FaultReceived: the body holds a fault.
            Drifted: a record is not of the schema's form.
            Unintelligible, OutcomeUnknown: it is no SOAP, is cut, or holds what XML does not allow.
        """
        came = False
        try:
            for chunk in chunks:
                came = True
                self._parser.feed(chunk)
                yield from self._arrived()
            if not came:
                raise self._asked.unreadable("the answer is empty")
            root = self._parser.close()
            yield from self._arrived()
        except etree.XMLSyntaxError as error:
            raise self._asked.unreadable(_not_whole(error)) from None
        self._check(root)
        if not self._responded:
            raise self._asked.unreadable(f"the answer holds no {self._response}")

    def _arrived(self) -> Iterator[Record]:
        for event, element in cast("Iterator[tuple[str, _Element]]", self._parser.read_events()):
            parent = element.getparent()
            if event == "start":
                if parent is None:
                    self._check(element)
                continue
            name = _local(element)
            if parent is None or name == "Body":
                continue
            if _is_body(parent):
                if name == "Fault":
                    raise FaultReceived(read_fault(element))
                self._responded = self._responded or name == self._response
            elif self._records is not None and name == self._records.child.name and self._holds_records(parent):
                yield self._records.read(element)
                _forget(element, parent)

    def _holds_records(self, element: _Element) -> bool:
        above = element.getparent()
        return _local(element) == self._response and above is not None and _is_body(above)

    def _check(self, root: _Element) -> None:
        if root.getroottree().docinfo.internalDTD is not None:
            if _local(root).lower() == "html":
                raise self._asked.unreadable("a web page came in place of SOAP")
            raise self._asked.unreadable("the answer holds a DTD, which is not read")
        if root.tag not in _ENVELOPES:
            raise self._asked.unreadable("the answer is XML, but no SOAP")


def _is_body(element: _Element) -> bool:
    above = element.getparent()
    return _local(element) == "Body" and above is not None and above.getparent() is None


def _forget(element: _Element, parent: _Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del parent[0]


def _not_whole(error: etree.XMLSyntaxError) -> str:
    if "huge" in error.msg.lower():
        return "the answer holds more than the parser allows; if the server is trusted, set huge_answers"
    return f"the answer is no whole XML (line {error.lineno})"


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2]
