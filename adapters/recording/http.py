"""Exchanges over HTTP: recorded through the masks, or replayed from a cassette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from attrs import evolve
from lxml import etree

from adapters.http.tapped import Came, NoAnswer, Sent, Tap
from adapters.recording.cassettes import LOGON, Exchanges
from adapters.recording.json_answers import masked_json
from adapters.recording.masks import Masks
from adapters.recording.questions import address, translated
from adapters.recording.xml_answers import masked_xml, parsed
from ports.errors import Misconfigured

_REQUEST = frozenset({"accept", "content-type", "soapaction", "x-http-method"})
_ANSWER = frozenset({"content-type", "retry-after", "dataserviceversion", "sap-message"})
_MESSAGE = "Sap-Message"
_NONE = 599
"""The status under which it is kept that no answer came; the header says which error the client had."""
_WHY = "X-Recorded-Failure"


class Logons:
    """Tells apart the credentials of one run, in the order in which they come, without keeping anything of them."""

    def __init__(self) -> None:
        self._seen: list[str] = []

    def number(self, sent: Sent) -> str:
        """Give the number of the credentials of *sent*."""
        used = next((value for name, value in sent.headers.items() if name.lower() == "authorization"), "")
        if used not in self._seen:
            self._seen.append(used)
        return str(self._seen.index(used))


class RecordingHttp(Tap):
    """Shows drivers the masked view of what servers answer, and keeps it."""

    def __init__(self, exchanges: Exchanges, masks: Callable[[], Masks]) -> None:
        self._exchanges = exchanges
        self._masks = masks
        self._logons = Logons()
        self._shown: dict[bytes, bytes] = {}

    def exchanged(self, sent: Sent, ask: Callable[[Sent], Came]) -> Came:
        masks, kept = self._masks(), _kept(sent, self._logons)
        try:
            came = self._view(ask(translated(sent, masks.asked)), masks)
        except NoAnswer as error:
            self._exchanges.add(kept, Came(_NONE, {_WHY: error.error}, b""))
            raise
        self._exchanges.add(kept, came)
        return came

    def _view(self, came: Came, masks: Masks) -> Came:
        """Give the view of an answer; servers repeat themselves, and masking takes longer than a look."""
        if came.body not in self._shown:
            self._shown[came.body] = _masked_body(came.body, masks)
        headers = {name.title(): value for name, value in came.headers.items() if name.lower() in _ANSWER}
        if _MESSAGE in headers:
            headers[_MESSAGE] = _masked_body(headers[_MESSAGE].encode("latin-1"), masks).decode("latin-1")
        return Came(came.status, headers, self._shown[came.body])


class ReplayingHttp(Tap):
    """Answers from a cassette; nothing leaves the machine. What it lacks is noted in *missing*, and raised."""

    def __init__(self, exchanges: Exchanges, place: str, missing: list[Misconfigured]) -> None:
        self._exchanges = exchanges
        self._place = place
        self._missing = missing
        self._logons = Logons()

    def exchanged(self, sent: Sent, ask: Callable[[Sent], Came]) -> Came:
        came = self._exchanges.answer(_kept(sent, self._logons))
        if came is None:
            told = f"{sent.method} {sent.url.partition('?')[0]}"
            self._missing.append(Misconfigured(f"{self._place} holds no answer to this {told}; record it again"))
            raise self._missing[-1]
        if _WHY in came.headers:
            raise NoAnswer(came.headers[_WHY])
        return came


def _kept(sent: Sent, logons: Logons) -> Sent:
    """Give of a request what is stored and compared: no credentials, and of SOAP no header, which may hold some."""
    headers = {name: value for name, value in sent.headers.items() if name.lower() in _REQUEST}
    body = sent.body
    if body.lstrip()[:1] == b"<":
        root = parsed(body)
        for header in root.findall("{*}Header"):
            root.remove(header)
        body = etree.tostring(root)
    return evolve(sent, headers={**headers, LOGON: logons.number(sent)}, body=body)


def _masked_body(body: bytes, masks: Masks) -> bytes:
    """Give the view of a body; one that is no JSON and no XML is left out, as nobody knows what is in it."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    try:
        if start == b"<":
            return masked_xml(body, masks)
        if start in (b"{", b"["):
            return masked_json(body, masks, partial(address, translate=masks.told))
    except (ValueError, RecursionError):
        pass
    return b""
