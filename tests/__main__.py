"""``python -m tests``: everything that must hold before a change lands, the quickest checks first.

Options after it go to pytest: ``python -m tests -k money``. It needs the extra ``test``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHECKS = (
    ("format", ["ruff", "format", "--check", "--quiet"]),
    ("lint", ["ruff", "check", "--quiet"]),
    ("imports", ["importlinter.cli"]),
    ("types", ["mypy"]),
)


def main() -> int:
    """Run every check and then the tests; stop at the first that fails, and give its exit code."""
    for name, arguments in CHECKS:
        print(f"== {name}", flush=True)
        module = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
        command = ["-c", module] if name == "imports" else ["-m", *arguments]
        failed = subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode  # noqa: S603  # our own words
        if failed:
            print(f"== {name} failed", flush=True)
            return failed
    print("== tests", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603  # our own words


if __name__ == "__main__":
    sys.exit(main())
