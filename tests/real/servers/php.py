"""PHP's own SoapServer in the place of Oracle Fusion: our WSDLs and records, but somebody else's SOAP."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen
from lxml import etree
from lxml.etree import _Element

from sandbox.oracle import broken
from sandbox.oracle.rows import NIL
from sandbox.oracle.schema import attributes, documents
from sandbox.oracle.server import services
from sandbox.web import PASSWORD, USER
from tests.real.servers.needed import needed
from tests.real.servers.processes import free_port, serving
from tests.real.servers.programs import php

_SCRIPT = Path(__file__).with_name("soap_server.php")
_LISTS = ("PurchaseOrderLine", "PurchaseOrderSchedule")


@frozen
class PhpServer:
    """A running server; stopping it closes its port."""

    url: str
    process: subprocess.Popen[str]

    def stop(self) -> None:
        """End the server now rather than at the end of the block."""
        self.process.kill()
        self.process.wait()


@contextmanager
def php_server(folder: Path, *, page_limit: int = 100) -> Iterator[PhpServer]:
    """Serve the good records of the sandbox by PHP from *folder*, which is filled for the purpose."""
    program, port = needed(php), free_port()
    for name, document in documents().items():
        (folder / name).write_bytes(document)
    (folder / "records.json").write_text(json.dumps(records()), encoding="utf-8")
    settings = {"DOCUMENTS": str(folder), "LOGON": f"{USER}:{PASSWORD}", "PAGE_LIMIT": str(page_limit)}
    address = f"127.0.0.1:{port}"
    with serving(program, "-S", address, _SCRIPT, ready="started", environment=settings) as process:
        yield PhpServer(f"http://{address}", process)


def records() -> dict[str, list[object]]:
    """Give every record that is not spoilt as the values that PHP makes elements of, by the kind of record."""
    spoilt = {fault.key for fault in broken()}
    return {
        service.record: [
            _value(etree.fromstring(row.xml), service.record, "")
            for row in service.rows.values()
            if row.key not in spoilt
        ]
        for service in services().values()
    }


def _value(element: _Element, record: str, path: str) -> object:
    """Give one element's value: nil is null, empty is an empty text, what has attributes is an object with ``_``."""
    if element.get(NIL) == "true":
        return None
    if len(element) == 0:
        text = element.text or ""
        if attributes(record).get(path) == "boolean":
            return text in ("true", "1")
        return text if len(element.keys()) == 0 else {"_": text, **dict(element.items())}
    values: dict[str, object] = {}
    for child in element:
        name = etree.QName(child).localname
        value = _value(child, record, f"{path}.{name}".lstrip("."))
        if name in _LISTS:
            several = values.setdefault(name, [])
            assert isinstance(several, list)
            several.append(value)
        else:
            values[name] = value
    return values
