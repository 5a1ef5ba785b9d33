"""What the services say when they say no."""

from __future__ import annotations

from typing import Literal

from lxml import etree
from lxml.etree import _Element

from sandbox.oracle.schema import ADF

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"


class SoapFault(Exception):
    """A request that is answered with a fault; *code* and *causes*, pairs of code and message, fill its detail."""

    def __init__(
        self,
        side: Literal["Client", "Server"],
        message: str,
        *,
        code: str = "",
        causes: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.side = side
        self.message = message
        self.code = code
        self.causes = causes

    def envelope(self) -> bytes:
        """Write the message that goes back."""
        envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"env": ENVELOPE})
        fault = etree.SubElement(etree.SubElement(envelope, f"{{{ENVELOPE}}}Body"), f"{{{ENVELOPE}}}Fault")
        etree.SubElement(fault, "faultcode").text = f"env:{self.side}"
        etree.SubElement(fault, "faultstring").text = f"{self.code}: {self.message}" if self.code else self.message
        if self.code:
            detail = etree.SubElement(fault, "detail")
            error = etree.SubElement(detail, f"{{{ADF}}}ServiceErrorMessage", nsmap={"err": ADF})
            _describe(error, self.code, self.message)
            for cause in self.causes:
                _describe(etree.SubElement(error, f"{{{ADF}}}detail"), *cause)
        return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def _describe(error: _Element, code: str, message: str) -> None:
    etree.SubElement(error, f"{{{ADF}}}code").text = code
    etree.SubElement(error, f"{{{ADF}}}message").text = message
    etree.SubElement(error, f"{{{ADF}}}severity").text = "SEVERITY_ERROR"


def not_readable(why: str) -> SoapFault:
    """Refuse a message that no service can read."""
    return SoapFault("Client", f"The request cannot be read: {why}")


def no_such_row(record: str, key: str) -> SoapFault:
    """Refuse a key that no row has."""
    message = f"Failed to find a {record} row with the key {key}."
    return SoapFault("Server", message, code="JBO-25020", causes=(("ORA-01403", "no data found"),))


def no_such_attribute(record: str, attribute: str) -> SoapFault:
    """Refuse a condition or an order by what is no attribute."""
    return SoapFault("Server", f"{record} has no attribute {attribute}.", code="JBO-25058")


def no_such_value(attribute: str, kind: str, value: str) -> SoapFault:
    """Refuse a value that is none of the attribute's type."""
    return SoapFault("Server", f"The value {value} of {attribute} cannot become a {kind}.", code="JBO-25009")


def no_such_criteria(why: str) -> SoapFault:
    """Refuse criteria that make no sense."""
    return SoapFault("Server", why, code="JBO-26061")


def refused(code: str, message: str) -> SoapFault:
    """Refuse by a rule of the business; the fault's own sentence says no more than that something failed."""
    return SoapFault("Server", "Attribute set with values failed", code="JBO-27024", causes=((code, message),))


def locked() -> SoapFault:
    """Turn a write away because somebody is editing the row."""
    return SoapFault("Server", "Failed to lock the record, another user holds the lock.", code="JBO-26030")
