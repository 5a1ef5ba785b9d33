"""Serve the Oracle sandbox until interrupted: ``python -m sandbox.oracle [--port N]``."""

from __future__ import annotations

import argparse
import sys
from threading import Event

from sandbox.oracle.server import oracle_server
from sandbox.web import PASSWORD, USER


def main() -> None:
    """Serve until the keyboard interrupts."""
    arguments = argparse.ArgumentParser(prog="python -m sandbox.oracle", description="Serve an Oracle Fusion in small.")
    arguments.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; without it a free one")
    with oracle_server(port=arguments.parse_args().port) as server:
        sys.stdout.write(f"{server.url}/fscmService/PurchaseOrderService?WSDL  user {USER}, password {PASSWORD}\n")
        sys.stdout.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
