"""Prism behind TOTVS's own OpenAPI documents: a mock that answers by the document, and refuses what it forbids."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

from tests.real.servers.needed import needed
from tests.real.servers.processes import free_port, serving
from tests.real.servers.programs import prism
from tests.real.vendor import vendor_file

_HOME = re.compile(r"https://[^\"]*/jsonschema/")
"""How the documents name each other: by where TOTVS publishes them."""


@frozen
class MockServer:
    """A running mock, and where the document lies that it serves."""

    url: str
    document: Path
    process: subprocess.Popen[str]

    def stop(self) -> None:
        """End the server now rather than at the end of the block."""
        self.process.kill()
        self.process.wait()


@contextmanager
def mock_server(folder: Path, document: str) -> Iterator[MockServer]:
    """Serve one *document* of the vendor from *folder*, where all of them are copied to and refer to each other."""
    source = vendor_file("totvs", "ttalk", "apis", document)
    vendors = source.parents[1]
    for path in vendors.rglob("*.json"):
        _copy(path, folder / path.relative_to(vendors), up=len(path.relative_to(vendors).parts) - 1)
    _copy(source, folder / document, up=0)
    port = free_port()
    command = (needed(prism), "mock", "--host", "127.0.0.1", "--port", str(port), "--errors", folder / document)
    with serving(*command, ready="Prism is listening") as process:
        yield MockServer(f"http://127.0.0.1:{port}", folder / document, process)


def _copy(source: Path, copy: Path, *, up: int) -> None:
    """Copy a document that lies *up* folders below the top; what it refers to is looked for here."""
    text = _HOME.sub("../" * up, source.read_bytes().decode("utf-8", "replace"))
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text.replace("{{host}}", "http://127.0.0.1"), encoding="utf-8")
