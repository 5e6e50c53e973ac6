"""Acts on officials: they are recorded, their HR facts change, they say they have no account."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import names
from accounts.models import Agency, AgencyRecord, Entry, NilReturn, Official, OfficialRecord, Ownership
from accounts.paths import ancestors
from common import records
from common.audit import services as audit
from common.errors import RegistryError

_FACTS = {"agency", "full_name", "category", "position", "work_email", "employed_since", "status"}


def branch_of(agency: Agency) -> Agency:
    """The branch whose staff codes an agency uses: the province or central body it belongs to.

    The Government itself stands above the branches, so the branch is the second step of the path where
    there is one.
    """
    path = AgencyRecord.objects.current().get(agency=agency).path
    steps = ancestors(path)
    root = AgencyRecord.objects.current().get(agency_id=steps[0])
    if root.kind == "government" and len(steps) > 1:
        return Agency.objects.get(pk=steps[1])
    return Agency.objects.get(pk=steps[0])


def _hold(official: Official) -> None:
    """Let acts on one official follow one another; whoever holds an account too took that lock before."""
    Official.objects.select_for_update(no_key=True).get(pk=official.pk)


def _keys(full_name: str) -> dict[str, str]:
    return {"sort_key": names.sort_key(full_name), "search_key": names.search_key(full_name)}


@transaction.atomic
def record_official(
    *, agency: Agency, staff_code: str, full_name: str, by: Any, at: datetime | None = None, **facts: Any
) -> Official:
    """Record an official new to the register, or one whose record had been ended."""
    official, _created = Official.objects.get_or_create(branch=branch_of(agency), staff_code=staff_code)
    full_name = names.tidy(full_name)
    OfficialRecord.objects.create(
        official=official,
        agency=agency,
        full_name=full_name,
        recorded_from=at or timezone.now(),
        recorded_by=by,
        **_keys(full_name),
        **facts,
    )
    audit.record(act="official.recorded", by=by, subject_kind="official", subject_id=official.pk)
    return official


@transaction.atomic
def amend_official(
    *, official: Official, by: Any, at: datetime | None = None, **changes: Any
) -> OfficialRecord:
    """Change the HR facts of an official; unchanged values make no new record."""
    unknown = set(changes) - _FACTS
    if unknown:
        raise TypeError(f"not facts of an official: {sorted(unknown)}")
    _hold(official)
    current = OfficialRecord.objects.current().get(official=official)
    changed = {key: value for key, value in changes.items() if getattr(current, key) != value}
    if not changed:
        return current
    if "full_name" in changed:
        changed["full_name"] = names.tidy(changed["full_name"])
        changed |= _keys(changed["full_name"])
    successor = records.succeed(current, by=by, at=at, **changed)
    audit.record(
        act="official.amended",
        by=by,
        subject_kind="official",
        subject_id=official.pk,
        payload={"fields": sorted(changed)},
    )
    return successor


@transaction.atomic
def record_nil(*, official: Official, by: Any) -> NilReturn:
    """Record "I have no account". Saying it twice is one statement.

    Raises:
        RegistryError: `has_accounts` while a live account of theirs is registered.
    """
    _hold(official)
    if Entry.objects.current().filter(account__in=_live_accounts(official)).exists():
        raise RegistryError(
            "has_accounts",
            _("You have registered accounts. Close them first if you no longer have any."),
        )
    standing = NilReturn.objects.current().filter(official=official).first()
    if standing:
        return standing
    nil = NilReturn.objects.create(official=official, recorded_from=timezone.now(), recorded_by=by)
    audit.record(act="nil.recorded", by=by, subject_kind="official", subject_id=official.pk)
    return nil


@transaction.atomic
def end_nil(*, official: Official, by: Any) -> None:
    """End the statement "I have no account", where there is one.

    Holds the official, so that an account and that statement never come to stand at the same moment.
    """
    _hold(official)
    standing = NilReturn.objects.current().filter(official=official).first()
    if standing:
        records.end(standing)
        audit.record(act="nil.ended", by=by, subject_kind="official", subject_id=official.pk)


def _live_accounts(official: Official) -> Any:
    return Ownership.objects.current().filter(official=official).values("account")
