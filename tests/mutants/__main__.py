"""``python -m tests.mutants [MODULE…]``: break the modules that must not be wrong, and see which tests notice.

What stands in functions is changed by mutmut, what is declared around them by `tests.mutants.declared`; all of it in a
copy of the tree. Told is each mutant that no test has noticed, and a line of numbers for each module. It needs the
extra ``mutants``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutants.declared import mutants
from tests.mutants.modules import MODULES, Module

ROOT = Path(__file__).parents[2]
_HOUSE = ("acl", "adapters", "application", "benchmarks", "contracts", "docs", "domain", "ports", "sandbox", "tests")
_FILES = ("README.md", "CHANGELOG.md", "dragoman_laws.py", "pyproject.toml")
_LONGEST = 300
"""Seconds after which a mutant counts as noticed: it goes round for ever."""
_VERDICTS = {"killed": "killed", "timeout": "killed", "survived": "survived"}


def main() -> int:
    """Judge the modules that are named, or all; give 0."""
    named = [module for module in MODULES if module.path in sys.argv[1:] or not sys.argv[1:]]
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in _HOUSE:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in _FILES:
            shutil.copy(ROOT / name, copy)
        judged = list(in_functions([module for module in named if not module.runs_at_import], copy))
        for module in named:
            judged += in_declarations(module, copy)
    for module in named:
        verdicts = [verdict for path, verdict in judged if path == module.path]
        counts = " | ".join(str(verdicts.count(each)) for each in ("killed", "survived", "not judged"))
        print(f"| `{module.path}` | {len(verdicts)} | {counts} |", flush=True)
    return 0


def in_functions(modules: Sequence[Module], copy: Path) -> Iterator[tuple[str, str]]:
    """Have mutmut change what stands in functions; give each mutant's module and verdict."""
    if not modules:
        return  # mutmut would take that for all there are
    settings = {
        "source_paths": _HOUSE,
        "only_mutate": [module.path for module in modules],
        "also_copy": _FILES,
        "pytest_add_cli_args_test_selection": dict.fromkeys(test for module in modules for test in module.tests),
    }
    lines = (f"{name}=\n    " + "\n    ".join(values) for name, values in settings.items())
    (copy / "setup.cfg").write_text("\n".join(["[mutmut]", *lines, ""]))
    _ran(copy, "mutmut", "run", "--max-children", "1")
    for line in _ran(copy, "mutmut", "results", "--all", "true").splitlines():
        name, told = line.strip().rsplit(": ", 1)
        verdict = _VERDICTS.get(told, "not judged")
        if verdict != "killed":
            print(f"{verdict}: {_ran(copy, 'mutmut', 'show', name)}", flush=True)
        yield next(module.path for module in modules if name.startswith(_dotted(module))), verdict


def _dotted(module: Module) -> str:
    return module.path.removesuffix(".py").replace("/", ".") + "."


def in_declarations(module: Module, copy: Path) -> Iterator[tuple[str, str]]:
    """Change what a module declares; give its path and the verdict for each mutant."""
    original = (copy / module.path).read_text()
    for mutant in mutants(original, everything=module.runs_at_import):
        (copy / module.path).write_text(mutant.source)
        verdict = "survived" if _passes(module, copy) else "killed"
        if verdict == "survived":
            print(f"survived: {module.path}:{mutant.line}\n-{mutant.before}\n+{mutant.after}\n", flush=True)
        yield module.path, verdict
    (copy / module.path).write_text(original)


def _passes(module: Module, copy: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *module.tests]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=_LONGEST, check=False)  # noqa: S603  # our own words
    except subprocess.TimeoutExpired:
        return False
    return ran.returncode == 0


def _ran(copy: Path, *words: str) -> str:
    command = [sys.executable, "-m", *words]
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    if ran.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return ran.stdout


if __name__ == "__main__":
    sys.exit(main())
