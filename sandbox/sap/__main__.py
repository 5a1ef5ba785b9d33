"""``python -m sandbox.sap``: the SAP sandbox until it is interrupted."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from threading import Event

from sandbox.misbehaviour import Drop, Misbehaviour
from sandbox.sap.server import sap_server
from sandbox.web import PASSWORD, USER

_SETTINGS = """[systems.sap]
kind = "sap"
url = "{url}"
client = "100"
user = "{user}"
password = "{password}"

[systems.sap.companies.1010]
purchasing_organisation = "1010"
purchasing_group = "001"
plant = "1010"
grouping = "BP02"
longest = 1
"""


def main() -> None:
    """Serve until the keyboard interrupts, and say first what belongs into ``erp.toml``."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.sap", description="An SAP system for trying things out.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; without it, a free one")
    parser.add_argument(
        "--lose-answers", type=int, default=0, metavar="N", help="carry out the next N writes and lose their answers"
    )
    given = parser.parse_args()
    bad_days = Misbehaviour()
    bad_days.writing(*[Drop(carried_out=True)] * given.lose_answers)
    with ExitStack() as running:
        try:
            server = running.enter_context(sap_server(port=given.port, misbehaviour=bad_days))
        except OverflowError:
            parser.exit(2, f"{parser.prog}: {given.port} is no port; one is between 0 and 65535\n")
        except OSError as error:
            parser.exit(2, f"{parser.prog}: port {given.port} cannot be used ({error.strerror}); choose another\n")
        sys.stdout.write(_SETTINGS.format(url=server.url, user=USER, password=PASSWORD))
        sys.stdout.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
