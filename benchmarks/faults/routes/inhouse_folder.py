"""The in-house system by its drop folder: files for the night, on a share that goes away, and nights that go wrong."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from attrs import define, field, frozen
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, select, update

from adapters.systems.inhouse import InHouseCompany, InHouseSettings
from adapters.systems.inhouse_routes import INBOX, OUTBOX, PLACES, STOPPED
from benchmarks.faults.orders import Order, ordered, renamed
from benchmarks.faults.plot import REPEATED
from benchmarks.faults.route import Again, No, Route
from benchmarks.faults.wish import JournalWish
from domain.identifiers import SupplierId
from domain.scope import Scope
from sandbox.inhouse.books import ACL_REF, DIARIO, Day, have
from sandbox.inhouse.night import Mishap, make_folder, night
from sandbox.inhouse.programs import Asked, run
from sandbox.inhouse.store import install
from sandbox.inhouse.tables import FORNECEDORES, PEDIDOS_ITENS
from sandbox.inhouse.versions import version

Item = tuple[str, ...]
_SCOPE = Scope("inhouse-folder", "01")
_FIELDS = 5
"""As many as the first line of an answer has."""
_NIGHTS: Mapping[str, Day | Mishap] = {
    "it is written, and the success comes with a complaint": Day.COMPLAINING,
    "it is written, and the program dies afterwards": Day.COMMITS_AND_FAILS,
    "it is written, and half of the answer comes": Mishap.CUT,
    "it is written, and the answer comes twice over": Mishap.TWICE,
    "it is written, and a report for people comes": Mishap.REPORT,
    "nothing is written, and the error stands inside a success": Day.ERROR_INSIDE,
    "nothing is written, and a success comes": Day.PRETENDING,
    "somebody is editing the record": Day.IN_USE,
    "the business says no": Day.CLOSED,
    "the program dies": Day.FAILING,
    REPEATED: Mishap.RUN_TWICE,
}


@define
class Nights:
    """What goes wrong, night by night, with the folder at *folder* and the database at *url*."""

    url: str
    folder: Path
    _coming: deque[Day | Mishap] = field(factory=deque)

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """What makes the next file meet each fault."""
        nights = {words: partial(self._coming.append, what) for words, what in _NIGHTS.items()}
        return {**nights, "the share is gone": self._unmount, "somebody has stopped the folder": self._stop}

    @property
    def dropped(self) -> int:
        """How many files have come so far."""
        return sum(1 for place in PLACES for _ in (self.folder / place).glob("*.TXT"))

    def unreadable(self, _: Random) -> None:
        """Let nobody see any answer until some time has passed."""
        if (self.folder / OUTBOX).exists():
            (self.folder / OUTBOX).rename(self.folder / "HIDDEN")

    def night(self) -> None:
        """Let a night come, if there is something to do."""
        if (self.folder / "HIDDEN").exists():
            (self.folder / "HIDDEN").rename(self.folder / OUTBOX)
        if not any((self.folder / INBOX).glob("*.TXT")):
            return
        what = self._coming.popleft() if self._coming else Day.GOOD
        if isinstance(what, Day):
            have(self.url, what)
        night(self.url, self.folder, what if isinstance(what, Mishap) else None)
        have(self.url, Day.GOOD)

    def calm(self) -> None:
        """Bring the share back, and forget what no file has met."""
        if (self.folder / "GONE").exists():
            (self.folder / "GONE").rename(self.folder / INBOX)
        (self.folder / STOPPED).unlink(missing_ok=True)
        if not any((self.folder / INBOX).glob("*.TXT")):
            self._coming.clear()

    def _unmount(self) -> None:
        if (self.folder / INBOX).exists():
            (self.folder / INBOX).rename(self.folder / "GONE")

    def _stop(self) -> None:
        (self.folder / STOPPED).touch()


@frozen
class FolderWishes:
    """Draws wishes for the system whose tables are at hand, and whose files are taken at *nights*."""

    nights: Nights
    tables: Engine
    numbers: Iterator[int] = field(factory=lambda: count(1))

    def draw(self, draw: Random) -> JournalWish:
        """Make a wish, and the supplier that it is about."""
        name = f"Schrauben {draw.randrange(10**9)}"
        cells = {"NOME": name, "ENDERECO": "Kai", "CIDADE": "Bremen", "UF": "", "CEP": "", "PAIS": "ALEMANHA"}
        supplier = self._run("FORNECEDOR_INCLUIR", cells)
        return draw.choices((self._place, self._rename), weights=(3, 2))[0](draw, supplier)

    def _place(self, draw: Random, supplier: str) -> JournalWish:
        order = Order.drawn(draw, supplier=supplier, product="21")
        cells = {"COD_FORN": supplier, "DT_EMISSAO": f"{order.on:%d/%m/%Y}", "MOEDA": "EUR"}
        item = ("1", order.product, "UN", str(order.quantity), str(order.price).replace(".", ","), "100", "")

        def stands(record: str, reference: str) -> bool:
            number = record.partition(" ")[2]
            with self.tables.connect() as tables:
                marks = tables.execute(select(ACL_REF.c.id).where(ACL_REF.c.key == number)).scalars().all()
                line = select(PEDIDOS_ITENS.c["QTD"]).where(PEDIDOS_ITENS.c["NUMERO"] == number)
                told = [str(each).replace(".", "").partition(",")[0] for each in tables.execute(line).scalars()]
            return marks == [reference] and told == [str(order.quantity)]

        return JournalWish(
            command=ordered(order, _SCOPE),
            journal=self._journal,
            script=lambda reference: self._dropped(reference, "PEDIDO_INCLUIR", "", cells, item),
            meddling=lambda: self._run("PEDIDO_INCLUIR", cells, item),
            stands=stands,
        )

    def _rename(self, draw: Random, supplier: str) -> JournalWish:
        name, this = f"Muttern {draw.randrange(10**9)}", FORNECEDORES.c["COD"] == int(supplier)

        def script(reference: str) -> None:
            with self.tables.connect() as tables:
                seen = version(tables, FORNECEDORES.name, supplier) or ""
            self._dropped(reference, "FORNECEDOR_ALTERAR", seen, {"COD": supplier, "NOME": name})

        def meddling() -> None:
            with self.tables.begin() as tables:
                tables.execute(update(FORNECEDORES).where(this).values(CEP="9"))

        def stands(_: str, __: str) -> bool:
            with self.tables.connect() as tables:
                return tables.execute(select(FORNECEDORES.c["NOME"]).where(this)).scalar() == name

        return JournalWish(
            command=renamed(SupplierId(supplier), _SCOPE, name=name, town="Emden"),
            journal=self._journal,
            script=script,
            meddling=meddling,
            stands=stands,
            about=f"{FORNECEDORES.name} {supplier}",
        )

    def _run(self, program: str, cells: Mapping[str, str], *items: Item) -> str:
        """Have a program run for somebody else, at once."""
        asked = Asked(reference=f"OUTRO {next(self.numbers)}", program=program, seen="", cells=cells, items=items)
        with self.tables.begin() as tables:
            return run(tables, asked).key

    def _dropped(self, reference: str, program: str, seen: str, cells: Mapping[str, str], *items: Item) -> None:
        """Drop a file as a script does, wait for the night, and read the answer."""
        told = [
            ("00", reference, program, seen),
            *(("10", *cell) for cell in cells.items()),
            *(("20", *each) for each in items),
        ]
        text = "".join(f"{';'.join(line)}\r\n" for line in (*told, ("99", str(len(told)))))
        try:
            if (self.nights.folder / STOPPED).exists():
                raise Again("the folder is stopped")
            (self.nights.folder / INBOX / f"{reference}.TXT").write_bytes(text.encode("cp1252"))
            self.nights.night()
            answer = (self.nights.folder / OUTBOX / f"{reference}.RET").read_text("cp1252")
        except OSError as error:
            raise Again(str(error)) from error
        head = answer.split("\n")[0].split(";")
        if len(head) < _FIELDS:
            raise Again("the answer is no answer")
        if head[2] != "0":
            raise No(answer)

    def _journal(self) -> list[list[str]]:
        with self.tables.connect() as tables:
            rows = tables.execute(select(DIARIO.c["TABELA"], DIARIO.c["CHAVE"]).order_by(DIARIO.c["ID"]))
            return [[f"{table} {key}"] for table, key in rows]


@contextmanager
def opened() -> Iterator[Route]:
    """Start a system, and open a folder for it."""
    with TemporaryDirectory() as place:
        url, folder = f"sqlite:///{Path(place) / 'erp.db'}", Path(place) / "drop"
        install(url)
        make_folder(folder)
        nights, tables = Nights(url, folder), create_engine(url)
        yield Route(
            scope=_SCOPE,
            settings=InHouseSettings(
                url=SecretStr(url), companies={_SCOPE.company: InHouseCompany(drop_folder=folder)}
            ),
            faults=nights.faults,
            hold=None,
            unreadable=nights.unreadable,
            met=lambda: nights.dropped,
            calm=nights.calm,
            passing=nights.night,
            wish=FolderWishes(nights, tables).draw,
        )
        tables.dispose()
