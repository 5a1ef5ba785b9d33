"""The command ``dragoman``: what was typed, the answer, an exit code; a fault is one sentence, not a traceback."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from threading import current_thread, main_thread
from types import FrameType
from typing import NoReturn

from cyclopts import App, CycloptsError, Group, UnusedCliTokensError

from adapters.cli.contract.command import contract
from adapters.cli.demo.command import demo
from adapters.cli.drift.command import drift
from adapters.cli.escapes import escaped
from adapters.cli.exits import TOLD, Exit, exit_of
from adapters.cli.explain import explain
from adapters.cli.find import find
from adapters.cli.get import get
from adapters.cli.names.command import resolver
from adapters.cli.new import new
from adapters.cli.quarantine import quarantine
from adapters.cli.systems import systems
from adapters.cli.writes.audit import audit
from adapters.cli.writes.decisions import approve, reject, revoke, withdraw
from adapters.cli.writes.finish import finish
from adapters.cli.writes.intents import intents
from adapters.cli.writes.resolve import resolve
from adapters.cli.writes.rollout import rollout
from adapters.cli.writes.undo import undo
from adapters.cli.writes.work import work
from domain.errors import ErpError

_HELP = """\
Ask any ERP the same question and get the same kind of answer.

Begin with `dragoman demo`: it needs nothing. Every command works on sandboxes that are started on this machine, until
`--config erp.toml` (or DRAGOMAN_CONFIG) names your own systems:

- `dragoman systems`
- `dragoman find purchase-orders --system protheus --status open --from 2024-01-01`
- `dragoman get suppliers 10000102 --json`
- `dragoman explain purchase-orders --system protheus`
"""


_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""A polite request to stop, and a terminal that was closed; the latter is unknown on Windows."""


def _version() -> str:
    try:
        return version("dragoman")
    except PackageNotFoundError:
        return "(not installed)"


_WRITING = Group("Commands for those who answer for writes", sort_key=1)
app = App(
    name="dragoman",
    help=_HELP,
    help_epilogue=TOLD,
    version=_version,
    help_format="markdown",
    suppress_keyboard_interrupt=False,
)
for part in (find, get, explain, contract, drift, new):
    app.command(part)
for command in (demo, systems, quarantine):
    app.command(command)
for answering in (intents, approve, reject, revoke, withdraw, work, resolve, finish, undo):
    app.command(answering, group=_WRITING)
for part in (rollout, resolver, audit):
    part.group = (_WRITING,)
    app.command(part)


def answer(arguments: Sequence[str]) -> int:
    """Do what *arguments* ask for, and give the exit code.

    Raises:
        KeyboardInterrupt: it was interrupted; whatever was opened is closed.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # no character of an ERP stops the output
    try:
        with _ended_politely():
            code = _run(arguments)
            sys.stdout.flush()
    except CycloptsError as error:
        return _fault(_usage(error), Exit.BAD_USAGE)
    except ErpError as error:
        return _fault(str(error), exit_of(error))
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        _drop_output()
        return Exit.BROKEN_PIPE
    except SystemExit as end:
        if end.code != 1:
            raise
        return Exit.BROKEN_PIPE  # rich's own way of saying the same; nobody else here exits with 1
    except OSError as error:
        return _fault(f"this machine refuses: {error.strerror or error}", Exit.DISAGREEMENT)
    return code


def _run(arguments: Sequence[str]) -> int:
    logging.getLogger().addHandler(logging.NullHandler())  # libraries tell the log what we tell the person
    code = app(_config_last(arguments), exit_on_error=False, print_error=False, result_action="return_value")
    return code if isinstance(code, int) else Exit.DONE


def _config_last(arguments: Sequence[str]) -> list[str]:
    """Let the site be named before the command too: ``dragoman --config erp.toml systems``."""
    words, options = list(arguments), list[str]()
    while words and (words[0] == "--config" or words[0].startswith("--config=")):
        taken = 1 if "=" in words[0] else 2
        options += words[:taken]
        words = words[taken:]
    return [*words, *options]


def _usage(error: CycloptsError) -> str:
    sentence = " ".join(str(error).split())
    if isinstance(error, UnusedCliTokensError):
        sentence = f"nothing is expected here: {' '.join(error.unused_tokens or [])}"
    chain = [] if error.command_chain is None else error.command_chain
    return f"{sentence.rstrip('.')}; see `{' '.join(['dragoman', *chain])} --help`"


def _fault(sentence: str, code: Exit) -> Exit:
    with suppress(BrokenPipeError):
        sys.stderr.write(f"dragoman: {escaped(sentence)}\n")
    return code


@contextmanager
def _ended_politely() -> Iterator[None]:
    """Make these signals an exit like any other, so that connections are closed and sandboxes taken away."""
    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal.signal(number, _end) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _drop_output() -> None:
    """Send what is still buffered nowhere, or the interpreter would complain at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
