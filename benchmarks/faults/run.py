"""Breaking one route after the other, and adding up what the ERPs' books say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import cast

from attrs import define, evolve, field

from benchmarks.faults.killing import GOOD_DAY, KILLED, killed, lines_of
from benchmarks.faults.plot import drawn
from benchmarks.faults.route import NotHere, Opens
from benchmarks.faults.routes import inhouse, inhouse_folder, oracle, protheus_rest, sap
from benchmarks.faults.script import plain
from benchmarks.faults.stage import Stage, stage
from benchmarks.faults.story import governed
from benchmarks.faults.verdict import OF_A_SCRIPT, PROMISES, Verdict, sums

Told = Callable[[str], None]
Sums = dict[str, int]
Report = dict[str, object]
ROUTES: Mapping[str, Opens] = {
    "sap": sap.opened,
    "oracle": oracle.opened,
    "protheus-rest": protheus_rest.opened,
    "inhouse": inhouse.opened,
    "inhouse-folder": inhouse_folder.opened,
}
_STEP = 100
"""So many faults, or kills, from one word about how far it has come to the next."""


@define
class Breaking:
    """What has been broken on one route, called *name*: our path, the script beside it, and what was promised."""

    name: str
    stage: Stage
    told: Told
    ours: list[Verdict] = field(factory=list)
    scripts: list[Verdict] = field(factory=list)
    kills: dict[str, Sums] = field(factory=dict)
    broken: list[str] = field(factory=list)

    @property
    def faults(self) -> int:
        """How many have struck."""
        return sum(len(each.struck) for each in self.ours)

    def strike(self, faults: int, seed: int) -> None:
        """Tell stories until so many faults have struck; the seed of each is one more than that of the one before."""
        struck = 0
        while struck < faults:
            draw = Random(seed)
            wish, plot = self.stage.route.wish(draw), drawn(draw, self.stage.route)
            self.ours.append(self._judged(governed(self.stage, wish, plot, seed), f"seed {seed}"))
            self.scripts.append(plain(self.stage.route, self.stage.route.wish(Random(seed)), plot, seed))
            before, struck, seed = struck, self.faults, seed + 1
            if struck // _STEP > before // _STEP:
                self.told(f"{self.name}: {struck} of {faults} faults")

    def kill(self, seed: int, *, every: int = 1, first: int = 0) -> None:
        """Kill a worker at each line of one write, and another that recovers at a drawn one.

        On a good day it dies the first time that it comes to the line; when its answer is lost, the last time.
        """
        for fault in [each for each in KILLED if each in (GOOD_DAY, *self.stage.route.faults)]:
            lines = lines_of(self.stage, fault, seed)
            verdicts = []
            for number, line in list(enumerate(lines))[first::every]:
                at = evolve(line, time=1) if fault == GOOD_DAY else line
                again = Random(seed + number).choice(lines)
                verdict = killed(self.stage, fault, seed, at=at, again=again)
                verdicts.append(self._judged(verdict, f"seed {seed}, {fault}, killed at {at} and at {again}"))
                if len(verdicts) % _STEP == 0:
                    self.told(f"{self.name}: killed at {number + 1} of {len(lines)} lines, when {fault}")
            dead = sum(len(each.struck) for each in verdicts)
            self.kills[fault] = {"lines": len(verdicts), "kills": dead, **sums(verdicts)}

    def verify(self) -> None:
        """Verify the audit trail."""
        if flaws := self.stage.flaws():
            self.broken.append(f"{self.name}: {flaws} flaws in the audit trail")

    @property
    def report(self) -> Report:
        """What came of it, in numbers."""
        scripts = _only(OF_A_SCRIPT, sums(self.scripts))
        told: Report = {"faults": self.faults, "stories": len(self.ours), **sums(self.ours), "plain_client": scripts}
        return told | ({"kills": self.kills} if self.kills else {})

    def _judged(self, verdict: Verdict, where: str) -> Verdict:
        if not verdict.is_kept:
            kinds = ", ".join(name for name in PROMISES if getattr(verdict, name))
            struck = "; ".join(verdict.struck)
            self.broken.append(f"{self.name}, {where}: {kinds}. It ended {verdict.told}. It was struck by: {struck}")
            self.told(self.broken[-1])
        return verdict


def measure(*, faults: int, seed: int, system: str, ledger: str, kills: bool, told: Told) -> Report:
    """Let *faults* strike on each route, drawn from *seed*; then, if *kills*, kill a worker at every line."""
    if system not in ("all", *ROUTES):
        raise SystemExit(f"there is no route to {system}; there are {', '.join(ROUTES)}")
    every = []
    for name in ROUTES if system == "all" else [system]:
        try:
            with stage(ROUTES[name], ledger) as place:
                breaking = Breaking(name, place, told)
                breaking.strike(faults, seed)
                if kills:
                    breaking.kill(seed)
                breaking.verify()
        except NotHere as missing:
            told(f"{name} is left out: {missing}")
            continue
        every.append(breaking)
    return {
        "faults": sum(each.faults for each in every),
        "seed": seed,
        **sums(verdict for each in every for verdict in each.ours),
        "plain_client": _only(OF_A_SCRIPT, sums(verdict for each in every for verdict in each.scripts)),
        "systems": {each.name: each.report for each in every},
        "broken": [sentence for each in every for sentence in each.broken],
    }


def _only(names: Iterable[str], numbers: Sums) -> Sums:
    return {name: numbers[name] for name in names}


def table(result: Report) -> str:
    """Show a result to a person."""
    systems = cast("dict[str, dict[str, object]]", result["systems"])
    lines = [f"{'':14}{'faults':>8}" + "".join(f"{name.replace('_', ' '):>12}" for name in (*PROMISES, "queued"))]
    for name, one in systems.items():
        lines.append(f"{name:14}{one['faults']:>8}" + "".join(f"{one[each]:>12}" for each in (*PROMISES, "queued")))
        script = cast("Sums", one["plain_client"])
        lines.append(f"{'  a script':22}" + "".join(f"{script.get(each, '-'):>12}" for each in (*PROMISES, "queued")))
        for fault, found in cast("dict[str, Sums]", one.get("kills", {})).items():
            lines.append(f"  killed {found['kills']} times, at each of {found['lines']} lines, when {fault}:")
            lines.append(f"{'':22}" + "".join(f"{found[each]:>12}" for each in (*PROMISES, "queued")))
    return "\n".join([*lines, "", *cast("list[str]", result["broken"])])
