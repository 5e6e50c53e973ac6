"""Every refusal of the register, shaped once.

Services raise these; the web, the API and the commands each turn them into their own form in one place.
"""

from collections.abc import Mapping
from typing import Any


class RegistryError(Exception):
    """A refusal a person can act on.

    Args:
        code: stable, machine-readable, snake_case ("former_unit").
        message: one sentence for the person, translated (lazy strings welcome), saying what to do.
        extra: facts for machines and templates (column, value, suggestion…); never a secret.
        field: the form field the refusal belongs to, when there is one.
    """

    status = 422

    def __init__(
        self, code: str, message: object, extra: Mapping[str, Any] | None = None, *, field: str = ""
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.extra: dict[str, Any] = dict(extra or {})
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotFoundError(RegistryError):
    """The thing does not exist, or is not this person's to see: the two are one answer."""

    status = 404


class ConflictError(RegistryError):
    """Somebody else was first: what was read is no longer what stands."""

    status = 409


class NotAllowedError(RegistryError):
    """The person may see the thing, but this act is not theirs (approving one's own declaration)."""

    status = 403
