"""Colleagues as a person reads of them in their own data: by role and agency, without a name."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import AgencyRecord, Official
from registry.users.models import Role, RoleGrant, User


class Colleagues:
    """Who did what to somebody's data. A fixed number of queries, however many people.

    Args:
        reader: the person who reads; their own acts are told as theirs.
        ids: the logins that occur; None is the register itself.
    """

    def __init__(self, reader: Official, ids: Iterable[int | None]) -> None:
        wanted = {each for each in ids if each is not None}
        self._own = set(User.objects.filter(official=reader).values_list("pk", flat=True))
        self._users = User.objects.in_bulk(wanted - self._own)
        self._grants: dict[int, list[RoleGrant]] = {}
        for grant in RoleGrant.objects.filter(user__in=self._users).order_by("granted_at", "pk"):
            self._grants.setdefault(grant.user_id, []).append(grant)
        agencies = {grant.agency_id for held in self._grants.values() for grant in held}
        current = AgencyRecord.objects.current().filter(agency__in=agencies)
        self._agencies = {record.agency_id: record for record in current}

    def words(self, user_id: int | None, at: datetime | None = None, path: str = "") -> str:
        """Role and agency of a login, as they were at an instant, for a branch where that is known."""
        if user_id is None:
            return _("The register itself")
        if user_id in self._own:
            return _("You")
        held = self._held(user_id, at)
        over = [grant for grant in held if path and path.startswith(self._path(grant))] or held
        said = dict.fromkeys(self._said(grant) for grant in over)
        if said:
            return " / ".join(said)
        user = self._users.get(user_id)
        if user is not None and user.is_superuser:
            return _("System administrator")
        return _("Somebody whose role has ended")

    def _held(self, user_id: int, at: datetime | None) -> list[RoleGrant]:
        return [
            grant
            for grant in self._grants.get(user_id, [])
            if at is None or (grant.granted_at <= at and (grant.ended_at is None or grant.ended_at > at))
        ]

    def _path(self, grant: RoleGrant) -> str:
        record = self._agencies.get(grant.agency_id)
        return record.path if record else "\0"

    def _said(self, grant: RoleGrant) -> str:
        record = self._agencies.get(grant.agency_id)
        return f"{Role(grant.role).label}, {record.name if record else '—'}"
