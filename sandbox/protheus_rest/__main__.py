"""``python -m sandbox.protheus_rest``: the Protheus REST sandbox until it is interrupted."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from threading import Event

from sandbox.misbehaviour import Drop, Misbehaviour
from sandbox.protheus_rest.orders import PATH
from sandbox.protheus_rest.server import protheus_rest_server
from sandbox.protheus_rest.tables import ORDER_REFERENCE, SUPPLIER_REFERENCE
from sandbox.web import PASSWORD, USER

_SETTINGS = """[systems.protheus]
kind = "protheus-rest"
url = "{url}"
company = "01"
branch = "01"
user = "{user}"
password = "{password}"

[systems.protheus.companies.01]
orders = "{orders}"
payment_terms = "001"
delivery_branch = "01"
supplier_reference = "{supplier}"
order_reference = "{order}"
longest = 1
"""


def main() -> None:
    """Serve until the keyboard interrupts, and say first what belongs into ``erp.toml``."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.protheus_rest", description="A Protheus to write to.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; without it, a free one")
    parser.add_argument(
        "--lose-answers", type=int, default=0, metavar="N", help="carry out the next N writes and lose their answers"
    )
    given = parser.parse_args()
    bad_days = Misbehaviour()
    bad_days.writing(*[Drop(carried_out=True)] * given.lose_answers)
    with ExitStack() as running:
        try:
            server = running.enter_context(protheus_rest_server(port=given.port, misbehaviour=bad_days))
        except OverflowError:
            parser.exit(2, f"{parser.prog}: {given.port} is no port; one is between 0 and 65535\n")
        except OSError as error:
            parser.exit(2, f"{parser.prog}: port {given.port} cannot be used ({error.strerror}); choose another\n")
        told = _SETTINGS.format(
            url=server.url,
            user=USER,
            password=PASSWORD,
            orders=PATH,
            supplier=SUPPLIER_REFERENCE,
            order=ORDER_REFERENCE,
        )
        sys.stdout.write(told)
        sys.stdout.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
