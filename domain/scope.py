"""Where something happens: one company in one system."""

from __future__ import annotations

from attrs import field, frozen

from domain.text import words


@frozen(order=True)
class Scope:
    """One company in one ERP; *system* is the site's own name for the ERP, *company* the ERP's key of the company."""

    system: str = field(validator=words)
    company: str = field(validator=words)

    def __str__(self) -> str:
        return f"company {self.company} of {self.system}"
