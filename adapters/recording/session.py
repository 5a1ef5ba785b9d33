"""Recording one system while somebody asks it, and replaying it to somebody who asks the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from attrs import evolve

from adapters.erp import Erp
from adapters.http.tapped import tapped as tapped_http
from adapters.recording.cassettes import Exchanges
from adapters.recording.concealed import concealed, databases, revealed, secrets_of
from adapters.recording.folder import HTTP, SQL, STAMP, digests, replacing, stamp_at
from adapters.recording.http import RecordingHttp, ReplayingHttp
from adapters.recording.letters import signs
from adapters.recording.masks import Masks
from adapters.recording.pseudonyms import Pseudonyms
from adapters.recording.rules import Rules, rules_of
from adapters.recording.sql import Answers, RecordingSql, ReplayingSql
from adapters.recording.stamp import LIMIT, Stamp
from adapters.settings import Aggregates, SystemSettings
from adapters.sql.tapped import tapped as tapped_sql
from ports.errors import Misconfigured

_RECOGNISED = 8
"""So many signs make a value or a secret that stands nowhere by chance."""


def _now() -> datetime:
    return datetime.now(UTC)


class Recording:
    """What is being recorded of the system with *settings*."""

    def __init__(self, settings: SystemSettings) -> None:
        self.system = settings.kind
        self._settings = settings
        self._exchanges = Exchanges.empty()
        self._answers = Answers()
        self._masks: Masks | None = None
        self.http = RecordingHttp(self._exchanges, self._known)
        self.sql = RecordingSql(self._answers, self._known, databases(settings))

    def of(self, erp: Erp) -> Erp:
        """Take the rules from the mappings of *erp*, which was opened while recording and not asked yet.

        The check of what is given back fails once something could not be masked.

        Raises:
            Misconfigured: nobody has said what is personal in one of its records.
        """
        self.system = erp.name
        rules: dict[Aggregates, Callable[[], Rules]] = {
            "suppliers": lambda: rules_of(erp.suppliers.mapping),
            "purchase_orders": lambda: rules_of(erp.purchase_orders.mapping),
        }
        self._masks = Masks([rules[port]() for port in erp.ports], Pseudonyms())
        return _checked(erp, self._masks.failures)

    def save(self, folder: Path, now: datetime) -> None:
        """Write everything into *folder*, unless something stands in it that may not.

        Raises:
            Misconfigured: there is nothing to be recorded, or a secret or a personal value was about to be.
        """
        masks = self._known()
        if masks.failures:
            raise masks.failures[0]
        lines = list(self._answers.lines())
        if len(self._exchanges) == 0 and len(lines) == 0:
            raise Misconfigured(
                f"{self.system} was asked nothing that can be recorded; its adapter uses no known driver"
            )
        self._check("\n".join([*self._exchanges.texts(), *self._answers.texts()]))
        if len(self._exchanges) > 0:
            self._exchanges.save(folder / HTTP)
        if len(lines) > 0:
            (folder / SQL).write_text("".join(lines), encoding="ascii")
        stamp = Stamp(
            recorded_at=now,
            limit_days=LIMIT.days,
            version=_version(),
            system=self.system,
            kind=self._settings.kind,
            settings=concealed(self._settings),
            replaced=masks.pseudonyms.counts(),
            kept=dict(masks.pseudonyms.kept),
            left_out=dict(masks.left_out),
            files=digests(folder),
        )
        (folder / STAMP).write_text(stamp.model_dump_json(indent=2), encoding="utf-8")

    def _known(self) -> Masks:
        if self._masks is None:
            raise Misconfigured(f"{self.system} was asked before it was known what is personal in its records")
        return self._masks

    def _check(self, everything: str) -> None:
        """See once more that nothing stands there that may not; what is too short would be found by chance."""
        for secret in secrets_of(self._settings):
            if len(secret) >= _RECOGNISED and secret in everything:
                raise Misconfigured(f"a secret of {self.system} stands in what it answers; nothing was recorded")
        for attribute, value in self._known().pseudonyms.originals():
            if _is_telling(value) and value.strip() in everything:
                raise Misconfigured(
                    f"a value of {attribute} also stands where the mapping expects none; nothing was recorded"
                )


class Replay:
    """A recording as a site of one system, for `adapters.bootstrap.Systems`; nothing is ever contacted."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.stamp = stamp_at(place)
        self._missing: list[Misconfigured] = []
        self.http = ReplayingHttp(self._exchanges(), str(place), self._missing)
        self.sql = ReplayingSql(self._answers(), str(place), self._missing)

    @property
    def names(self) -> tuple[str, ...]:
        """The one system, by the name that it had."""
        return (self.stamp.system,)

    @property
    def default(self) -> str:
        """The one system."""
        return self.stamp.system

    def place(self, name: str) -> str:
        """Say where the settings come from."""
        return f"the recording {self._place}"

    def settings(self, name: str) -> SystemSettings:
        """Give the settings of then, with nobody's user and password.

        Raises:
            Misconfigured: they are not those of the kind any more.
        """
        return revealed(self.stamp.kind, self.stamp.settings)

    def checked(self, erp: Erp) -> Erp:
        """Give *erp* with a check that fails once something was asked which the recording does not hold.

        Else a law would seem broken, and the recording is to blame.
        """
        return _checked(erp, self._missing)

    def close(self) -> None:
        """Hold nothing: files are read once."""

    def _exchanges(self) -> Exchanges:
        if HTTP not in self.stamp.files:
            return Exchanges.empty()
        with self._understood(HTTP) as path:
            return Exchanges.at(path)

    def _answers(self) -> Answers:
        if SQL not in self.stamp.files:
            return Answers()
        with self._understood(SQL) as path:
            return Answers.of(path.read_text(encoding="ascii").splitlines())

    @contextmanager
    def _understood(self, name: str) -> Iterator[Path]:
        try:
            yield self._place / name
        except (ValueError, KeyError, TypeError, AttributeError):  # a file of another form, whatever it stumbles over
            raise Misconfigured(f"{self._place / name} cannot be understood; record again") from None


@contextmanager
def recording(place: Path, settings: SystemSettings, *, now: Callable[[], datetime] = _now) -> Iterator[Recording]:
    """Record what the system with *settings* answers into *place*, which is replaced at the end if nothing was raised.

    Open the system inside, and give it to the recording before it is asked anything.

    Raises:
        Misconfigured: *place* cannot be taken, or what was recorded may not be kept.
    """
    with replacing(place) as folder:
        made = Recording(settings)
        with tapped_http(made.http), tapped_sql(made.sql):
            yield made
        made.save(folder, now())


@contextmanager
def replaying(place: Path) -> Iterator[Replay]:
    """Answer whatever is opened inside from the recording at *place*.

    Raises:
        Misconfigured: there is none, or not as it was written.
    """
    replay = Replay(place)
    with tapped_http(replay.http), tapped_sql(replay.sql):
        yield replay


def _checked(erp: Erp, failures: Sequence[Misconfigured]) -> Erp:
    """Give *erp* with a check that raises the first of *failures*, once there is one."""

    def check() -> None:
        if failures:
            raise failures[0]
        erp.check()

    return evolve(erp, check=check)


def _is_telling(value: str) -> bool:
    return len(signs(value)) >= _RECOGNISED and not value.strip().isalpha()


def _version() -> str:
    try:
        return version("dragoman")
    except PackageNotFoundError:
        return "(not installed)"
