"""``python -m sandbox.sap``: the SAP sandbox until it is interrupted."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from threading import Event

from sandbox.misbehaviour import Drop, Misbehaviour
from sandbox.sap.server import sap_server
from sandbox.web import PASSWORD, USER


def main() -> None:
    """Serve until the keyboard interrupts, and say first what belongs into ``erp.toml``."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.sap", description="An SAP system for trying things out.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; without it, a free one")
    parser.add_argument(
        "--lose-answers", type=int, default=0, metavar="N", help="carry out the next N writes and lose their answers"
    )
    given = parser.parse_args()
    port: int = given.port
    bad_days = Misbehaviour()
    bad_days.writing(*[Drop(carried_out=True)] * given.lose_answers)
    with ExitStack() as running:
        try:
            server = running.enter_context(sap_server(port=port, misbehaviour=bad_days))
        except OverflowError:
            parser.exit(2, f"{parser.prog}: {port} is no port; one is between 0 and 65535\n")
        except OSError as error:
            parser.exit(2, f"{parser.prog}: port {port} cannot be used ({error.strerror}); choose another\n")
        sys.stdout.write(f'[systems.sap]\nkind = "sap"\nurl = "{server.url}"\n')
        sys.stdout.write(f'client = "100"\nuser = "{USER}"\npassword = "{PASSWORD}"\n')
        sys.stdout.write('\n[systems.sap.companies.1010]\npurchasing_organisation = "1010"\npurchasing_group = "001"\n')
        sys.stdout.write('plant = "1010"\ngrouping = "BP02"\nlongest = 1\n')
        sys.stdout.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
