"""Reading a SOAP fault: its code, and every sentence that it holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from attrs import frozen
from lxml.etree import _Element

_MOST_REASONS = 20
_LONGEST_REASON = 500
_WORD = re.compile(r"[^\s:;,()\[\]]+")


@frozen
class SoapFault:
    """What a service says when it says no.

    *code* is the fault's own without its prefix (``Server``, or the innermost subcode), *codes* are all texts that may
    be codes, *reasons* the sentences in the service's order: the fault's own first, then one for each message of the
    detail, however deeply nested. Source: SOAP-14, FUS-SOAP-01.
    """

    code: str
    codes: frozenset[str]
    reasons: tuple[str, ...]

    def mentions(self, codes: Collection[str]) -> bool:
        """Whether one of *codes* stands in the fault as a whole word or element."""
        return not self.codes.isdisjoint(codes)


def read_fault(fault: _Element) -> SoapFault:
    """Read a fault of SOAP 1.1 or 1.2."""
    parts = {_local(part): part for part in fault}
    if "faultcode" in parts or "faultstring" in parts:
        values = _texts(parts.get("faultcode"))
        sentences = _texts(parts.get("faultstring"))
    else:
        values = [_text(value) for value in _below(parts.get("Code"), "Value")]
        sentences = [_text(text) for text in _below(parts.get("Reason"), "Text")]
    detail = parts.get("detail", parts.get("Detail"))
    messages = [] if detail is None else list(_messages(detail))
    names = [value.rpartition(":")[2] for value in values]
    words = {word for sentence in sentences for word in _WORD.findall(sentence)}
    leaves = {text for message in messages for text in message}
    told = [sentence for sentence in sentences if sentence != ""] + [": ".join(message) for message in messages]
    return SoapFault(
        code=names[-1] if len(names) > 0 else "",
        codes=frozenset(words | leaves | set(names)),
        reasons=tuple(reason[:_LONGEST_REASON] for reason in dict.fromkeys(told))[:_MOST_REASONS],
    )


def _messages(element: _Element) -> Iterator[list[str]]:
    """Give the texts that stand side by side, once for each element that holds any, outermost first."""
    own = [_text(element)] if len(element) == 0 else [_text(leaf) for leaf in element if len(leaf) == 0]
    told = [text for text in own if text != ""]
    if len(told) > 0:
        yield told
    for inner in element:
        if len(inner) > 0:
            yield from _messages(inner)


def _below(element: _Element | None, name: str) -> list[_Element]:
    return [] if element is None else [found for found in element.iter() if _local(found) == name]


def _texts(element: _Element | None) -> list[str]:
    return [] if element is None else [_text(element)]


def _text(element: _Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2]
