"""``python -m sandbox.sap``: the SAP sandbox until it is interrupted."""

from __future__ import annotations

import argparse
from threading import Event

from sandbox.sap.server import sap_server
from sandbox.web import PASSWORD, USER


def main() -> None:
    """Serve, and say where."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.sap", description="An SAP system for trying things out.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; without it, a free one")
    port = parser.parse_args().port
    with sap_server(port=port) as server:
        print(f"{server.url}/sap/opu/odata/sap/  client 100, user {USER}, password {PASSWORD}", flush=True)
        try:
            Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
