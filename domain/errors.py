"""What can go wrong inside the model, and the root of every error that Dragoman raises."""


class ErpError(Exception):
    """Anything that Dragoman raises on purpose; the class says what the caller may do next."""


class DomainError(ErpError):
    """A rule of the business model was broken; repeating cannot help.

    *about* names the attributes of the object that break the rule together, by dotted paths; empty if the error's class
    says it.
    """

    def __init__(self, message: str, *, about: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.about = about


class InvalidValue(DomainError):
    """A value that the model does not admit; the sentence names the value and the rule."""


class CurrencyMismatch(DomainError):
    """Two currencies met where only one may stand."""


class UnitMismatch(DomainError):
    """Two units met where only one may stand; nothing is converted silently."""


class LifecycleViolation(DomainError):
    """The aggregate's state does not allow the move that was asked for."""
