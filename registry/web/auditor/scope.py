"""What every page of the area asks first: whose branches, which unit of them, which instant."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyRecord
from common.errors import NotFoundError
from registry.exports.selectors import branches_at
from registry.users.models import Role, User
from registry.users.policies import branches_of, with_merged
from registry.users.selectors import agency_records_for
from registry.web.units import choices_of

AUDITOR = Role.AUDITOR


def units(user: User) -> QuerySet[AgencyRecord]:
    """The units of the auditor's branches, by name; dissolved ones too, for their past is audited."""
    return agency_records_for(user, AUDITOR).select_related("agency").order_by("name", "agency")


def unit_choices(user: User) -> list[tuple[str, str]]:
    """Units to choose from, code and name; none where they are too many to choose from."""
    return choices_of(units(user)) or []


def unit_of(user: User, code: str) -> AgencyRecord | None:
    """The unit an address names by its code, "" for none.

    Raises:
        NotFoundError: none such, or outside the auditor's branches: one answer.
    """
    if not code:
        return None
    found = agency_records_for(user, AUDITOR).filter(agency__code=code).select_related("agency").first()
    if found is None:
        raise NotFoundError(
            "unknown_unit",
            _("No unit of yours has the code “%(code)s”.") % {"code": code[:60]},
            field="agency",
        )
    return found


def branches(user: User, unit: AgencyRecord | None) -> list[str]:
    """The paths a page speaks of: a unit with all that was merged into it, or all the auditor's branches."""
    return branches_of(user, AUDITOR) if unit is None else with_merged([unit.agency_id])


def branches_then(user: User, unit: AgencyRecord | None, at: datetime) -> list[str]:
    """The same, where they hung at an instant."""
    return branches_at(branches(user, unit), at)
