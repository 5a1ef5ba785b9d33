"""What takes long to build is built once on a machine and kept in a folder outside the checkout.

``DRAGOMAN_TEST_CACHE`` names the folder; otherwise it is ``dragoman-tests`` in the user's cache. Whoever comes while
something is being built waits for it, and what a build left half done is thrown away by the next.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

Build = Callable[[Path], object]


class BuildFailed(Exception):
    """A server of somebody else could not be installed or filled on this machine."""


def built(name: str, ingredients: Sequence[bytes], build: Build) -> Path:
    """Give the folder that *build* fills; it is built again when the *ingredients* change.

    Raises:
        BuildFailed: *build* could not.
    """
    digest = hashlib.sha256(b"\0".join(ingredients)).hexdigest()[:12]
    folder = _root() / f"{name}-{digest}"
    complete = folder / ".complete"
    with locked(folder.name):
        if not complete.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            build(folder)
            complete.touch()
    return folder


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold back all other processes of this machine that want the same *name*."""
    _root().mkdir(parents=True, exist_ok=True)
    with (_root() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the process ends, however it ends
        yield


def run(*command: str | Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a *command* to its end, with *environment* added to ours.

    Raises:
        BuildFailed: it is not there, or ended with an error; its last lines say why.
    """
    try:
        done = subprocess.run(  # noqa: S603  # the words are our own
            [str(word) for word in command],
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise BuildFailed(f"{command[0]} is not installed") from error
    if done.returncode:
        raise BuildFailed(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}")


def _root() -> Path:
    if chosen := os.environ.get("DRAGOMAN_TEST_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dragoman-tests"
