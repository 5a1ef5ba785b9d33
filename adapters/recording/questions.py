"""Translating the literals of a request between the view and the vendor: in its address, and in its body."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import quote, unquote_plus, urlsplit, urlunsplit

from attrs import evolve
from lxml import etree

from adapters.http.tapped import Sent
from adapters.recording.xml_answers import parsed

Translate = Callable[[str], str]
_LITERAL = re.compile("'((?:[^']|'')*)'")
_LEGAL = "/,:()'"


def translated(sent: Sent, translate: Translate) -> Sent:
    """Give *sent* with every whole literal translated; byte for byte the same if none is."""
    return evolve(sent, url=address(sent.url, translate), body=_body(sent.body, translate))


def address(url: str, translate: Translate) -> str:
    """Give a web address, or the link to a page, with the literals of its query translated.

    A literal is the whole value of a parameter, or what stands in quotes inside of one, as in OData.
    """
    parts = urlsplit(url)
    pairs = [_parameter(pair, translate) for pair in parts.query.split("&")]
    return url if pairs == parts.query.split("&") else urlunsplit(parts._replace(query="&".join(pairs)))


def _parameter(pair: str, translate: Translate) -> str:
    name, equals, value = pair.partition("=")
    plain = unquote_plus(value)
    other = translate(_LITERAL.sub(lambda found: _quoted(translate(found[1].replace("''", "'"))), plain))
    return pair if other == plain else f"{name}{equals}{quote(other, safe=_LEGAL)}"


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _body(body: bytes, translate: Translate) -> bytes:
    start = body.lstrip()[:1]
    if start == b"<":
        return _xml(body, translate)
    if start in (b"{", b"["):
        return _json(body, translate)
    return body


def _xml(body: bytes, translate: Translate) -> bytes:
    root = parsed(body)
    changed = False
    for element in root.iter(etree.Element):
        if len(element) == 0 and element.text is not None and (other := translate(element.text)) != element.text:
            element.text, changed = other, True
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) if changed else body


def _json(body: bytes, translate: Translate) -> bytes:
    read = json.loads(body)
    other = _strings(read, translate)
    return body if other == read else json.dumps(other, ensure_ascii=False).encode()


def _strings(value: object, translate: Translate) -> object:
    match value:
        case str():
            return translate(value)
        case list():
            return [_strings(each, translate) for each in value]
        case dict():
            return {key: _strings(each, translate) for key, each in value.items()}
    return value
