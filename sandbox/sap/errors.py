"""Gateway errors: one exception, and its body as JSON or XML."""

from __future__ import annotations

import json
import uuid

from lxml import etree

from sandbox.sap.model import Json
from sandbox.web import Response

_META = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"


class GatewayError(Exception):
    """The Gateway refuses a request with *status*; *target* names the property at fault, if one is."""

    def __init__(self, status: int, code: str, message: str, target: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.target = target


def bad_request(message: str, target: str | None = None) -> GatewayError:
    """Make the error for a request that cannot be understood."""
    return GatewayError(400, "/IWFND/CM_MGW/400", message, target)


def error_response(error: GatewayError, *, as_json: bool, service: str) -> Response:
    """Write *error* as the client can read it."""
    transaction = uuid.uuid4().hex.upper()
    version = ("dataserviceversion", "1.0")
    if as_json:
        body = json.dumps(_json(error, transaction, service), ensure_ascii=False).encode()
        return Response(error.status, (("Content-Type", "application/json;charset=utf-8"), version), body)
    return Response(
        error.status, (("Content-Type", "application/xml;charset=utf-8"), version), _xml(error, transaction)
    )


def _json(error: GatewayError, transaction: str, service: str) -> Json:
    detail: dict[str, Json] = {
        "code": error.code,
        "message": error.message,
        "propertyref": error.target or "",
        "severity": "error",
        "target": error.target or "",
    }
    inner: dict[str, Json] = {
        "application": {
            "component_id": "",
            "service_namespace": "/SAP/",
            "service_id": service,
            "service_version": "0001",
        },
        "transactionid": transaction,
        "errordetails": [detail],
    }
    return {"error": {"code": error.code, "message": {"lang": "en", "value": error.message}, "innererror": inner}}


def _xml(error: GatewayError, transaction: str) -> bytes:
    default = {None: _META}
    root = etree.Element(
        f"{{{_META}}}error",
        nsmap=default,  # type: ignore[arg-type]  # the stubs know no default namespace
    )
    etree.SubElement(root, f"{{{_META}}}code").text = error.code
    message = etree.SubElement(root, f"{{{_META}}}message")
    message.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    message.text = "".join(sign if sign.isprintable() else "?" for sign in error.message)
    inner = etree.SubElement(root, f"{{{_META}}}innererror")
    etree.SubElement(inner, f"{{{_META}}}transactionid").text = transaction
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
