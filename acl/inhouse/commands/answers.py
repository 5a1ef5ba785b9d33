"""What a program says of itself, by the number, the text and the key that it gives.

A number of zero is its word that all went well; the text beside it may say otherwise, and then nobody knows.
"""

from __future__ import annotations

from attrs import frozen

from ports.errors import Conflict, Locked, NotFound, OutcomeUnknown, PortError, Refused

_NO: dict[int, type[PortError]] = {10: NotFound, 20: Refused, 30: Locked, 40: Conflict}
_MEANING = {
    10: "the record is not there any more",
    20: "the system refused it",
    30: "somebody is editing the record",
    40: "the record has changed since it was looked at",
}


@frozen
class Answer:
    """One answer of one program; *key* is that of the record which it wrote, ``None`` if it gave none."""

    number: int
    text: str
    key: str | None

    @property
    def is_done(self) -> bool:
        """It says that it wrote, and under which key; a warning beside it changes nothing."""
        return self.number == 0 and self.key is not None

    @property
    def is_no(self) -> bool:
        """It says that it wrote nothing."""
        return self.number in _NO

    def no(self, system: str) -> PortError:
        """Give the error that the answer means; what is neither done nor a no is in doubt.

        Source: INH-LOCK-01 (in use), INH-TRG-02 (a success is proven by reading).
        """
        if not self.is_no:
            return OutcomeUnknown(f"{system} gave an answer that says neither done nor not done: {self.told}")
        kind, sentence = _NO[self.number], f"{system}: {_MEANING[self.number]}: {self.told}"
        return Refused(sentence, reasons=(self.text,)) if kind is Refused else kind(sentence)

    @property
    def told(self) -> str:
        """The answer in its own words."""
        return f"{self.text!r} [{self.number}]"
