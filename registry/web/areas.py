"""The parts of the site a person may enter, each with its start page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from registry.users.models import Role, User
from registry.users.policies import grants_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Area:
    """One part of the site: its code is the name of its folder and the namespace of its addresses."""

    code: str
    label: "str | StrPromise"
    role: Role | None = None  # None: everybody with a staff record

    @property
    def home(self) -> str:
        """The name of the start page's address."""
        return f"{self.code}:home"


AREAS = (
    Area("reviewer", _("Review"), Role.HR_OFFICER),
    Area("auditor", _("Audit"), Role.AUDITOR),
    Area("official", _("My accounts")),
)


def areas_of(user: User | AnonymousUser) -> list[Area]:
    """The areas a person may enter; the first is where they land after signing in."""
    if not isinstance(user, User) or not user.is_active:
        return []
    roles = {grant.role for grant in grants_of(user)}
    return [area for area in AREAS if (area.role in roles if area.role else user.official_id is not None)]
