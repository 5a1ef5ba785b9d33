"""Laws of failure: an ERP out of reach is told late, by class, and in one clean sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from contracts.laws.applicability import destructive
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suite import Suite, stream
from contracts.laws.verdicts import NotApplicable, raises, require
from ports.errors import AccessDenied, Unavailable
from ports.reads import Reads

_OUT_OF_REACH = (Unavailable, AccessDenied)
_LOCKS = "it logs in with a wrong password, which may lock the user"


class FailureLaws(Suite[K, Q, T]):
    """What callers see when the ERP is down, or does not let them in."""

    @destructive(because=_LOCKS)
    def test_a_find_fails_only_when_it_is_read(self, subject: Subject[K, Q, T]) -> None:
        """Asking costs nothing and cannot fail; reading fails with an error that says what to do next."""
        waiting = stream(_down(subject), self.everything())
        raises(_OUT_OF_REACH, lambda: next(waiting), "the first record of an ERP out of reach")

    @destructive(because=_LOCKS)
    def test_a_get_and_a_page_fail_with_an_error_of_the_port(self, subject: Subject[K, Q, T]) -> None:
        """No driver's exception escapes, and not reached is never told as not found."""
        down = _down(subject)
        known = self.known_key(subject)
        raises(_OUT_OF_REACH, lambda: down.get(known), "get from an ERP out of reach")
        raises(_OUT_OF_REACH, lambda: down.page(self.everything()), "page from an ERP out of reach")

    @destructive(because=_LOCKS)
    def test_a_failure_is_one_sentence_without_secrets(self, subject: Subject[K, Q, T]) -> None:
        """It goes to a screen and a log as it is: no body, no password, not even in its causes."""
        down = _down(subject)
        known = self.known_key(subject)
        for attempt in (lambda: next(stream(down, self.everything())), lambda: down.get(known)):
            error = raises(_OUT_OF_REACH, attempt, "a read from an ERP out of reach")
            sentence = str(error)
            clean = bool(sentence.strip()) and sentence.isprintable() and len(sentence) <= 300
            require(clean and sentence[0] not in "<{[(", f"this is no sentence for a person: {sentence[:400]!r}")
            for each in _with_causes(error):
                told = any(secret in f"{each} {each!r}" for secret in subject.secrets)
                require(not told, f"a secret stands in the message of {type(each).__name__}")

    def known_key(self, subject: Subject[K, Q, T]) -> K:
        """Give a key that the ERP would have; one that it cannot have is not found without asking."""
        return cast("K", self.facts(subject)[0].id)


def _down(subject: Subject[K, Q, T]) -> Reads[K, Q, T]:
    if subject.down is None:
        raise NotApplicable("the subject offers no ERP that is out of reach (Subject.down)")
    return subject.down


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ if error.__suppress_context__ else error.__cause__ or error.__context__
