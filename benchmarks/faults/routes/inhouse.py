"""The in-house system by its stored procedures, over a wire that breaks, on days that are bad."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import count
from random import Random

import psycopg
from attrs import define, field, frozen
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import make_url

from adapters.systems.inhouse import InHouseCompany, InHouseSettings
from benchmarks.databases import POSTGRESQL, own_database
from benchmarks.faults.orders import Order, ordered, renamed
from benchmarks.faults.route import Again, No, NotHere, Route
from benchmarks.faults.wish import JournalWish
from domain.identifiers import SupplierId
from domain.scope import Scope
from sandbox.inhouse.books import Day, have
from sandbox.inhouse.store import install
from sandbox.inhouse.wire import Break, Wire, wire_to

_SCOPE = Scope("inhouse", "01")
_DAYS: Mapping[str, Day] = {
    "nothing is written, and the error stands inside a success": Day.ERROR_INSIDE,
    "it is written, and the success comes with a complaint": Day.COMPLAINING,
    "it is written, and the program fails afterwards": Day.COMMITS_AND_FAILS,
    "nothing is written, and a success comes": Day.PRETENDING,
    "somebody is editing the record": Day.IN_USE,
    "the business says no": Day.CLOSED,
    "the database ends it for another's sake": Day.COLLIDING,
    "the program fails": Day.FAILING,
}
_BREAKS: Mapping[str, Break] = {
    "nothing is written, and no answer comes": Break.BEFORE,
    "it is written, and the answer is lost": Break.AFTER,
    "it is written, and half of the answer comes": Break.WITHIN,
}
_END_SESSIONS = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""


@define
class Days:
    """What kind of day the programs at *url* have, and how the *wire* to them breaks."""

    url: str
    wire: Wire
    shelf: psycopg.Connection
    _bad: bool = False

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """What makes the next write meet each fault."""
        return {
            **{words: partial(self._have, day) for words, day in _DAYS.items()},
            **{words: partial(self.wire.breaking, how) for words, how in _BREAKS.items()},
            "the session is over": self.end_sessions,
        }

    def held(self) -> Callable[[], None]:
        """Have the next write arrive only when somebody calls the function that this gives."""
        self.wire.breaking(Break.HELD)
        return self.wire.release

    def end_sessions(self) -> None:
        """End every session, as a server does that is started anew."""
        self.shelf.execute(_END_SESSIONS)

    def calm(self) -> None:
        """Forget every fault that was not met."""
        while self.wire.next_break() is not None:
            pass
        if self._bad:
            self._have(Day.GOOD)

    def _have(self, day: Day) -> None:
        self._bad = day is not Day.GOOD
        have(self.url, day)


@frozen
class InHouseWishes:
    """Draws wishes for the system whose tables stand on the *shelf*, and whose programs are called at *calling*."""

    shelf: psycopg.Connection
    calling: str
    numbers: Iterator[int] = field(factory=lambda: count(1))

    def draw(self, draw: Random) -> JournalWish:
        """Make a wish, and the supplier that it is about."""
        name = f"Schrauben {draw.randrange(10**9)}"
        values = (self._mark(), None, name, None, None, "Kai", "Bremen", "", "", "ALEMANHA", None)
        supplier = _answer(self.shelf, "FORNECEDOR_INCLUIR", values)
        return draw.choices((self._place, self._rename), weights=(3, 2))[0](draw, supplier)

    def _place(self, draw: Random, supplier: str) -> JournalWish:
        order = Order.drawn(draw, supplier=supplier, product="21")
        price = str(order.price).replace(".", ",")
        item = f"1;{order.product};UN;{order.quantity};{price};100;"
        values = (None, supplier, f"{order.on:%d/%m/%Y}", "EUR", None, item)

        def stands(record: str, reference: str) -> bool:
            number = record.partition(" ")[2]
            marks = self._rows('select id from acl_ref where "table" = %s and key = %s', "PEDIDOS", number)
            lines = self._rows('select "QTD" from "PEDIDOS_ITENS" where "NUMERO" = %s', number)
            told = [str(quantity).replace(".", "").partition(",")[0] for (quantity,) in lines]
            return marks == [(reference,)] and told == [str(order.quantity)]

        return JournalWish(
            command=ordered(order, _SCOPE),
            journal=self._journal,
            script=lambda reference: self._called("PEDIDO_INCLUIR", (reference, *values)),
            meddling=lambda: _answer(self.shelf, "PEDIDO_INCLUIR", (self._mark(), *values)),
            stands=stands,
        )

    def _rename(self, draw: Random, supplier: str) -> JournalWish:
        name, number = f"Muttern {draw.randrange(10**9)}", int(supplier)

        def script(reference: str) -> None:
            ((seen,),) = self._rows("select \"FN_VERSAO\"('FORNECEDORES', %s)", supplier)
            nothing = (None,) * 7
            self._called("FORNECEDOR_ALTERAR", (reference, seen, number, name, *nothing))

        return JournalWish(
            command=renamed(SupplierId(supplier), _SCOPE, name=name, town="Emden"),
            journal=self._journal,
            script=script,
            meddling=lambda: self.shelf.execute('update "FORNECEDORES" set "CEP" = %s where "COD" = %s', ("9", number)),
            stands=lambda _, __: self._rows('select "NOME" from "FORNECEDORES" where "COD" = %s', number) == [(name,)],
            about=supplier,
        )

    def _called(self, program: str, values: Sequence[object]) -> None:
        try:
            with closing(psycopg.connect(self.calling, autocommit=True, connect_timeout=5)) as connection:
                _answer(connection, program, values)
        except psycopg.OperationalError as error:
            raise Again(str(error)) from error
        except psycopg.Error as error:
            raise No(str(error)) from error

    def _mark(self) -> str:
        return f"OUTRO {next(self.numbers)}"

    def _rows(self, question: str, *values: object) -> list[tuple[object, ...]]:
        return self.shelf.execute(question, values).fetchall()

    def _journal(self) -> list[list[str]]:
        return [[f"{table} {key}"] for table, key in self._rows('select "TABELA", "CHAVE" from "DIARIO" order by "ID"')]


def _answer(connection: psycopg.Connection, program: str, values: Sequence[object]) -> str:
    """Call a program, and give the key that it names.

    Raises:
        No: it says so by a number.
    """
    call = sql.SQL("CALL {}({}, NULL, NULL, NULL)").format(
        sql.Identifier(f"SP_{program}"), sql.SQL(", ").join([sql.Placeholder()] * len(values))
    )
    row = connection.execute(call, values).fetchone()
    if row is None or row[0] != 0:
        raise No(f"{program}: {row}")
    return str(row[2])


@contextmanager
def opened() -> Iterator[Route]:
    """Start a system."""
    with _database() as url, wire_to("127.0.0.1", 5432) as wire:
        programs = make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        install(programs)
        over_the_wire = make_url(url).set(host="127.0.0.1", port=wire.port).update_query_dict({"sslmode": "disable"})
        calling = over_the_wire.render_as_string(hide_password=False)
        with closing(psycopg.connect(url, autocommit=True)) as shelf:
            days = Days(programs, wire, shelf)
            yield Route(
                scope=_SCOPE,
                settings=InHouseSettings(
                    url=SecretStr(url), companies={_SCOPE.company: InHouseCompany(procedures=SecretStr(calling))}
                ),
                faults=days.faults,
                hold=days.held,
                unreadable=lambda _: days.end_sessions(),
                met=lambda: wire.calls,
                calm=days.calm,
                wish=InHouseWishes(shelf, calling).draw,
            )


@contextmanager
def _database() -> Iterator[str]:
    with ExitStack() as made:
        try:
            url = made.enter_context(own_database(POSTGRESQL))
        except psycopg.OperationalError as error:
            raise NotHere(f"no PostgreSQL answers at {POSTGRESQL}, so that nobody can call its procedures") from error
        yield url
