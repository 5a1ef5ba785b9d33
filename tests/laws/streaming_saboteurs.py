"""Ports of purchase orders that stream, refuse or fail wrongly, each in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn

from attrs import evolve, frozen

from contracts.laws.applicability import stated, stated_refusals
from contracts.laws.purchase_orders import PurchaseOrderSubject
from domain.identifiers import PurchaseOrderId
from domain.purchasing import PurchaseOrder
from ports.errors import NotFound, TranslationError, Unavailable
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.reads import Reads
from tests.laws.memory import PASSWORD
from tests.laws.sabotage import Meddled, Saboteur, finding

Query = PurchaseOrderQuery
Orders = Iterator[PurchaseOrder]


def fetches_when_asked(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: iter(list(subject.port.find(query))))


def reads_all_for_the_first(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        yield from list(subject.port.find(query))

    return finding(subject, find)


def gives_a_list(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: list(subject.port.find(query)))  # type: ignore[arg-type,return-value]  # the wrong type is the sabotage


def has_five_connections_and_leaks_them(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    left = [5]

    def find(query: Query) -> Orders:
        if left[0] == 0:
            raise Unavailable("no connection is free")
        left[0] -= 1
        yield from subject.port.find(query)
        left[0] += 1

    return finding(subject, find)


def stops_where_the_last_reader_left(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    end: list[int] = []

    def find(query: Query) -> Orders:
        given = 0
        try:
            for order in subject.port.find(query):
                if end and given >= end[0]:
                    return
                given += 1
                yield order
        except GeneratorExit:
            end[:] = [given]
            raise

    return finding(subject, find)


def has_one_cursor_for_all(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    cursor: list[Orders] = []

    def find(query: Query) -> Orders:
        cursor[:] = [subject.port.find(query)]
        while (order := next(cursor[0], None)) is not None:
            yield order

    return finding(subject, find)


def drops_a_refusal(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, quarantined=lambda: subject.quarantined()[1:])


def quarantines_a_good_one(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def quarantined() -> Sequence[Refusal]:
        kept = subject.quarantined()
        return [*kept, *(evolve(kept[0], source=stated(subject)[0].source) for _ in kept[:1])]

    return evolve(subject, quarantined=quarantined)


def stops_at_a_refused_one(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        for order in subject.port.find(query):
            if (refused := subject.quarantined()) and len(refused) > 1:
                raise TranslationError(refused[-1].source, refused[-1].problems)
            yield order

    return finding(subject, find)


def ends_quietly_at_a_refused_one(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        for order in subject.port.find(query):
            if len(subject.quarantined()) > 1:
                return
            yield order

    return finding(subject, find)


def guesses_a_refused_one(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        yield evolve(stated(subject)[0], id=PurchaseOrderId(next(iter(stated_refusals(subject)))))
        yield from subject.port.find(query)

    return finding(subject, find)


def keeps_no_raw_form(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return refusing(subject, lambda refusal: evolve(refusal, raw=" "))


def keeps_no_problem(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return refusing(subject, lambda refusal: evolve(refusal, problems=()))


def names_no_field(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return refusing(subject, lambda refusal: evolve(refusal, problems=(evolve(refusal.problems[0], field=""),)))


def names_no_column(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return refusing(subject, lambda refusal: evolve(refusal, problems=(evolve(refusal.problems[0], column=" "),)))


def names_no_raw_value(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return refusing(subject, lambda refusal: evolve(refusal, problems=(evolve(refusal.problems[0], raw=""),)))


def gives_no_reason(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return refusing(subject, lambda refusal: evolve(refusal, problems=(evolve(refusal.problems[0], reason=""),)))


def refusing(subject: PurchaseOrderSubject, change: Callable[[Refusal], Refusal]) -> PurchaseOrderSubject:
    """Keep every refusal as *change* leaves it."""
    return evolve(subject, quarantined=lambda: [change(refusal) for refusal in subject.quarantined()])


def counts_attempts(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    kept: list[Refusal] = []

    def find(query: Query) -> Orders:
        yield from subject.port.find(query)
        kept.extend(subject.quarantined())

    return evolve(finding(subject, find), quarantined=lambda: kept)


@frozen
class _Down(Reads[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder]):
    """An ERP out of reach that raises *error*, with *cause* behind it."""

    error: Exception
    cause: Exception | None = None

    def get(self, key: PurchaseOrderId) -> PurchaseOrder:
        return self._fail()

    def find(self, query: Query) -> Orders:
        yield self._fail()

    def _fail(self) -> NoReturn:
        raise self.error from self.cause


class _DownAtOnce(_Down):
    def find(self, query: Query) -> Orders:
        return self._fail()


def fails_before_it_is_read(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, down=_DownAtOnce(Unavailable("the ERP did not answer")))


def has_nothing_while_down(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, down=Meddled(subject.port, None, lambda query: iter(()), None))


def lets_the_driver_speak(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, down=_Down(ConnectionRefusedError("errno 111")))


def calls_it_not_found(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, down=_Down(NotFound("there is no order 1")))


def tells_the_password(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, down=_Down(Unavailable(f"sap://reader:{PASSWORD}@erp did not answer")))


def tells_the_password_in_a_cause(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, down=_Down(Unavailable("the ERP did not answer"), OSError(f"login reader/{PASSWORD}")))


def shows_the_body(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, down=_Down(Unavailable("<html><body>502 Bad Gateway</body></html>")))


def says_nothing(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return evolve(subject, down=_Down(Unavailable("")))


SABOTEURS = (
    Saboteur("test_nothing_is_fetched_before_the_first_record_is_asked_for", fetches_when_asked, "find fetched before"),
    Saboteur("test_nothing_is_fetched_before_the_first_record_is_asked_for", gives_a_list, "not an iterator"),
    Saboteur("test_the_first_record_comes_before_the_whole_source_is_read", reads_all_for_the_first, "came after"),
    Saboteur("test_an_abandoned_stream_is_harmless", has_five_connections_and_leaks_them, "raised Unavailable"),
    Saboteur("test_an_abandoned_stream_is_harmless", stops_where_the_last_reader_left, "after abandoned streams"),
    Saboteur("test_two_streams_do_not_disturb_each_other", has_one_cursor_for_all, "of two streams"),
    Saboteur("test_a_full_find_quarantines_exactly_the_refused_records", drops_a_refusal, "not in the quarantine"),
    Saboteur("test_a_full_find_quarantines_exactly_the_refused_records", quarantines_a_good_one, "not due there"),
    Saboteur("test_a_refused_record_never_stops_the_stream", stops_at_a_refused_one, "raised TranslationError"),
    Saboteur("test_a_refused_record_never_stops_the_stream", ends_quietly_at_a_refused_one, "lacks"),
    Saboteur("test_a_refused_record_never_stops_the_stream", guesses_a_refused_one, "are to be refused"),
    Saboteur("test_every_refusal_carries_its_evidence", keeps_no_raw_form, "no raw form"),
    Saboteur("test_every_refusal_carries_its_evidence", keeps_no_problem, "names no problem"),
    Saboteur("test_every_refusal_carries_its_evidence", names_no_column, "no column in"),
    Saboteur("test_every_refusal_carries_its_evidence", names_no_field, "no field in"),
    Saboteur("test_every_refusal_carries_its_evidence", names_no_raw_value, "no raw value in"),
    Saboteur("test_every_refusal_carries_its_evidence", gives_no_reason, "no reason in"),
    Saboteur("test_a_second_find_adds_nothing_to_the_quarantine", counts_attempts, "grew from 4 to 8"),
    Saboteur("test_a_find_fails_only_when_it_is_read", fails_before_it_is_read, "find raised Unavailable"),
    Saboteur("test_a_find_fails_only_when_it_is_read", lets_the_driver_speak, "raised ConnectionRefusedError"),
    Saboteur("test_a_find_fails_only_when_it_is_read", has_nothing_while_down, "raised StopIteration"),
    Saboteur("test_a_get_and_a_page_fail_with_an_error_of_the_port", lets_the_driver_speak, "raised ConnectionRefused"),
    Saboteur("test_a_get_and_a_page_fail_with_an_error_of_the_port", calls_it_not_found, "raised NotFound"),
    Saboteur("test_a_failure_is_one_sentence_without_secrets", tells_the_password, "secret"),
    Saboteur("test_a_failure_is_one_sentence_without_secrets", tells_the_password_in_a_cause, "of OSError"),
    Saboteur("test_a_failure_is_one_sentence_without_secrets", shows_the_body, "no sentence"),
    Saboteur("test_a_failure_is_one_sentence_without_secrets", says_nothing, "no sentence"),
)
