"""Where ``dragoman`` begins: nothing heavy is loaded before Ctrl-C is heard, so that it never ends in a traceback."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments*, those of the process by default, ask for, and give the exit code."""
    _open_closed_output()
    try:
        from adapters.cli.app import answer  # takes a quarter of a second, in which people change their minds

        return answer(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        with suppress(BrokenPipeError):
            sys.stderr.write("dragoman: interrupted\n")
        return 128 + signal.SIGINT


def _open_closed_output() -> None:
    """Send what nobody can read nowhere: a stream that the caller closed (``>&-``) is ``None`` in Python."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8", closefd=False))
