"""Programs that are not Python's: PHP from the system's packages, Prism from npm."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.real.servers.cache import BuildFailed, built, locked, run

_PRISM = "@stoplight/prism-cli@5.14.2"


def php() -> str:
    """Give PHP with its extension for SOAP; on CI, where nobody else would, it is installed.

    Raises:
        BuildFailed: it is not there.
    """
    packages = ("php-cli", "php-soap")
    with locked("php"):
        if not _speaks_soap() and os.environ.get("CI") == "true" and os.geteuid() == 0:
            quiet = {"DEBIAN_FRONTEND": "noninteractive"}
            run("apt-get", "update", environment=quiet)
            run("apt-get", "install", "-y", "--no-install-recommends", *packages, environment=quiet)
    if not _speaks_soap():
        raise BuildFailed(f"PHP with SOAP is not installed; on Debian it is in {' and '.join(packages)}")
    return "php"


def prism() -> Path:
    """Give Prism, which plays the server that an OpenAPI document describes.

    Raises:
        BuildFailed: npm cannot install it.
    """

    def install(folder: Path) -> None:
        run("npm", "install", "--no-audit", "--no-fund", "--prefix", folder, _PRISM)

    return built("prism", [_PRISM.encode()], install) / "node_modules" / ".bin" / "prism"


def _speaks_soap() -> bool:
    if shutil.which("php") is None:
        return False
    modules = subprocess.run(["php", "-m"], capture_output=True, text=True, check=False)  # noqa: S607  # from the path
    return "soap" in modules.stdout.split()
