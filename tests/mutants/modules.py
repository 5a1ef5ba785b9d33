"""Which modules are broken on purpose, and which tests must then fail."""

from __future__ import annotations

from attrs import frozen

_KINDS = "tests/governed/test_wrong_kinds.py"
_ASKED = tuple(f"tests/governed/test_{name}.py" for name in ("proposing", "deciding", "settling", "attacks", "path"))
_MOVED = tuple(
    f"tests/governed/test_{name}.py"
    for name in ("starting", "moving", "repeated_calls", "lapsing", "holding_back", "saga_time", "sagas", "path")
)
_LEDGER = (
    "tests/governed/test_transactions.py",
    "tests/governed/test_at_once.py",
    *(f"tests/adapters/ledger/test_{name}.py" for name in ("ledger", "failures", "laws")),
)


@frozen
class Module:
    """A module and the *tests* that are to guard it, the quickest first.

    What *runs_at_import* makes its values while it is imported, and cannot be swapped afterwards.
    """

    path: str
    tests: tuple[str, ...]
    runs_at_import: bool = False


def _domain(name: str, *tests: str) -> Module:
    return Module(f"domain/{name}.py", (*(f"tests/{test}.py" for test in tests), _KINDS))


def _resolving(name: str, *tests: str) -> Module:
    return Module(
        f"application/resolving/{name}.py", tuple(f"tests/unit/application/resolving/test_{test}.py" for test in tests)
    )


MODULES = (
    _domain("policy", "unit/domain/test_policy", "governed/test_path"),
    _domain("classification", "unit/domain/test_policy"),
    _domain("approvals", "unit/domain/test_approvals", "governed/test_path"),
    _domain("lifecycle", "unit/domain/test_lifecycle", "governed/test_page", "governed/test_path"),
    _domain("keys", "unit/domain/test_keys", "governed/test_path"),
    _domain("stages", "unit/domain/test_rollout", "unit/domain/test_policy"),
    _domain("promotion", "unit/domain/test_promotion", "governed/test_rollout"),
    _domain("rollout", "unit/domain/test_rollout", "governed/test_rollout", "governed/test_shadows"),
    _domain("audit", "unit/domain/test_audit"),
    _domain("alphabets", "unit/domain/test_alphabets"),
    _domain("mentions", "unit/domain/test_mentions"),
    _domain("questions", "unit/domain/test_questions"),
    _domain("masters", "unit/domain/test_masters"),
    _domain("distinguishing", "unit/domain/test_distinguishing", "unit/domain/test_deciding"),
    _domain("generations", "unit/domain/test_generations", "unit/domain/test_deciding_doubts"),
    _domain(
        "deciding",
        "unit/domain/test_deciding_doubts",
        "unit/domain/test_deciding_by_number",
        "unit/domain/test_deciding",
    ),
    _domain("certificates", "unit/domain/test_certificates"),
    Module("application/propose.py", (_KINDS, *_ASKED)),
    Module("application/decide.py", (_KINDS, *_ASKED)),
    Module("application/settle.py", _ASKED),
    Module("application/asking.py", ("tests/governed/test_asking.py", "tests/governed/test_path.py")),
    Module("application/send.py", _MOVED),
    Module("application/advance.py", _MOVED),
    _resolving("made", "made", "by_key"),
    _resolving("by_key", "by_key", "answers_by_key", "known"),
    _resolving("by_name", "by_name", "answers_by_name"),
    _resolving("notebook", "notebook", "notebook_pages"),
    _resolving("judge", "judging", "judges"),
    _resolving("calibrate", "calibrating", "judging"),
    _resolving("report", "report", "report_numbers"),
    Module("adapters/ledger/rows.py", ("tests/governed/test_rows.py", "tests/adapters/ledger/test_ledger.py")),
    Module(
        "adapters/ledger/anchors.py", ("tests/adapters/ledger/test_anchors.py", "tests/governed/test_anchor_files.py")
    ),
    Module("adapters/ledger/transaction.py", _LEDGER),
    Module("adapters/ledger/ledger.py", _LEDGER),
    Module("adapters/ledger/at_once.py", _LEDGER, runs_at_import=True),
)
