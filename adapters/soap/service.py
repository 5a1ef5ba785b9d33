"""A SOAP service of an ERP: operations that give streams of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from types import TracebackType
from typing import Self

import requests
from attrs import frozen

from adapters.http.retries import repeated
from adapters.soap.answers import AnswerReader, FaultReceived
from adapters.soap.asked import Asked
from adapters.soap.connection import SoapConnection, host_of
from adapters.soap.faults import fault_error, status_error
from adapters.soap.operations import Answer, Message, Operations
from adapters.soap.records import Record, RecordReader
from adapters.soap.transport import Transport, chunks
from adapters.soap.wsdl import load_operations, published
from contracts.source.schema import Schema
from ports.errors import Drifted, OutcomeUnknown, Unintelligible


@frozen
class _Call:
    """One operation, ready to be sent."""

    asked: Asked
    endpoint: str
    message: Message
    answer: Answer


class SoapService:
    """One service and one user of it; nothing is opened before the first question. Not for several threads at once.

    *not_found* are the vendor's codes that say in a fault that there is no such record.
    """

    def __init__(self, connection: SoapConnection, *, not_found: frozenset[str] = frozenset()) -> None:
        self._connection = connection
        self._not_found = not_found
        self._transport = Transport(connection)

    def call(
        self, operation: str, arguments: Mapping[str, object], *, record: str, writing: bool = False
    ) -> Iterator[Record]:
        """Stream the elements named *record* directly below the response of *operation*; see `adapters.soap.records`.

        Nothing happens before the first is asked for, and an answer is in memory one record at a time. *arguments* are
        nested mappings and sequences by the names of the schema. A read that finds the service unavailable is repeated
        as long as no record has come; with *writing* nothing is ever repeated, and what may have been carried out is
        `OutcomeUnknown`.

        Raises:
            NotFound: the fault has one of the codes that say so.
            Refused: any other fault, with its sentences; or arguments that do not fit the schema.
            AccessDenied, Drifted, Misconfigured, OutcomeUnknown, Unavailable, Unintelligible: see `ports.errors`.
        """
        call = _Call(
            Asked(operation, host_of(self._operations.endpoint(operation)) or "", writing),
            self._operations.endpoint(operation),
            self._operations.message(operation, arguments),
            self._operations.answer(operation, record),
        )
        if writing:
            yield from self._answered(call)
            return
        first, others = repeated(lambda: _begun(self._answered(call)))
        yield from first
        yield from others

    def pages(
        self, operation: str, build: Callable[[int], Mapping[str, object]], *, record: str, size: int
    ) -> Iterator[list[Record]]:
        """Stream pages of at most *size* records; *build* gives the arguments for the page that begins at an offset.

        Services cut pages without a word, so the next one begins after what really came, and only an empty page is the
        end. Source: FUS-PAGE-01, FUS-PAGE-02.

        Raises:
            Unintelligible: a page is larger than asked, or comes twice: the service does not do paging that way.
            AccessDenied, Drifted, Misconfigured, Refused, Unavailable: see `call`.
        """
        start = 0
        previous: list[Record] = []
        while True:
            page = list(self.call(operation, build(start), record=record))
            if len(page) == 0:
                return
            if len(page) > size:
                raise Unintelligible(f"{operation}: {len(page)} records came where at most {size} were asked for")
            if page == previous:
                raise Unintelligible(f"{operation}: the page at offset {start} is the one before once more")
            yield page
            start += len(page)
            previous = page

    def missing_elements(self, operation: str, paths: Sequence[str], *, record: str) -> tuple[str, ...]:
        """Give those of *paths* below a record (``Line/Price``) that the WSDL does not have, in the order asked.

        Raises:
            Drifted: there is no such operation, or its answer holds no such record.
            AccessDenied, Misconfigured, Unavailable, Unintelligible: the WSDL cannot be read.
        """
        return self._operations.missing(operation, record, paths)

    def schema(self) -> Schema:
        """Read what the service publishes of its records at this moment.

        Raises:
            AccessDenied, Misconfigured, Unavailable, Unintelligible: the WSDL cannot be read.
        """
        return published(self._connection, self._transport)

    def close(self) -> None:
        """End the connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def _operations(self) -> Operations:
        return load_operations(self._connection, self._transport)

    def _answered(self, call: _Call) -> Iterator[Record]:
        message = call.message
        with closing(
            self._transport.posted(call.endpoint, call.asked, headers=message.headers, body=message.body)
        ) as answer:
            if not 200 <= answer.status_code < 300:
                raise self._refusal(answer, call.asked)
            _check_kind(answer, call.asked)
            if call.answer.response is None and answer.status_code in (202, 204):
                return
            reader = self._reader(call)
            try:
                yield from reader.read(chunks(answer, call.asked))
            except FaultReceived as received:
                raise fault_error(received.fault, answer, call.asked, self._not_found) from None
            except Drifted as error:
                if not call.asked.writing:
                    raise
                raise OutcomeUnknown(f"{error}; the change may have happened") from error

    def _reader(self, call: _Call) -> AnswerReader:
        records = RecordReader(
            call.asked.what, call.answer.record, self._operations.derived, self._connection.carries_unknown
        )
        return AnswerReader(call.asked, records, call.answer.response, huge=self._connection.huge_answers)

    def _refusal(self, answer: requests.Response, asked: Asked) -> Exception:
        """Look for a fault in an answer that is no success; what is not readable counts by its status."""
        if answer.status_code != 401 and "xml" in answer.headers.get("Content-Type", "").lower():
            try:
                for _ in AnswerReader(asked, None, None, huge=False).read(chunks(answer, asked)):
                    pass
            except FaultReceived as received:
                return fault_error(received.fault, answer, asked, self._not_found)
            except (Unintelligible, OutcomeUnknown):
                return status_error(answer, asked)
        return status_error(answer, asked)


def _check_kind(answer: requests.Response, asked: Asked) -> None:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        raise asked.unreadable("a web page came in place of SOAP, as when a session has ended")
    if kind.startswith("multipart/"):
        raise asked.unreadable("the answer has attachments, which are not read")


def _begun(records: Iterator[Record]) -> tuple[list[Record], Iterator[Record]]:
    """Wait for the first record, or the end, so that it is known that the service answers."""
    first = next(records, None)
    return ([] if first is None else [first]), records
