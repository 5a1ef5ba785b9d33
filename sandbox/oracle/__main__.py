"""``python -m sandbox.oracle``: the Oracle Fusion sandbox until it is interrupted."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from threading import Event

from sandbox.misbehaviour import Drop, Misbehaviour
from sandbox.oracle import LEGAL_ENTITY, SEGMENT, Books
from sandbox.oracle.server import oracle_server
from sandbox.web import PASSWORD, USER

_SETTINGS = """[systems.oracle]
kind = "oracle"
url = "{url}"
user = "{user}"
password = "{password}"

[systems.oracle.companies."{company}"]
procurement_unit = "Purchasing"
requisitioning_unit = "Operations"
buyer = "buyer@example.com"
ship_to_location = "Main Warehouse"
ship_to_organization = "001"
cancels_demand = false
organization_type = "CORPORATION"
supplier_reference = "{segment}"
order_reference = "{segment}"
"""


def main() -> None:
    """Serve until the keyboard interrupts, and say first what belongs into ``erp.toml``."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.oracle", description="An Oracle Fusion for trying things.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; without it, a free one")
    parser.add_argument(
        "--lose-answers", type=int, default=0, metavar="N", help="carry out the next N writes and lose their answers"
    )
    given = parser.parse_args()
    bad_days = Misbehaviour()
    bad_days.writing(*[Drop(carried_out=True)] * given.lose_answers)
    books = Books(approves_after=3)  # nobody sits at the approvers' desks: they say yes when asked for a few times
    with ExitStack() as running:
        try:
            server = running.enter_context(oracle_server(port=given.port, misbehaviour=bad_days, books=books))
        except OverflowError:
            parser.exit(2, f"{parser.prog}: {given.port} is no port; one is between 0 and 65535\n")
        except OSError as error:
            parser.exit(2, f"{parser.prog}: port {given.port} cannot be used ({error.strerror}); choose another\n")
        sys.stdout.write(
            _SETTINGS.format(url=server.url, user=USER, password=PASSWORD, company=LEGAL_ENTITY, segment=SEGMENT)
        )
        sys.stdout.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
