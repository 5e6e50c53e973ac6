"""Acts on incidents: one is reported, people are told of it, it ends."""

import unicodedata
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Incident, IncidentKind, Notice, Official, Outcome
from accounts.platforms import LinkError, recognise
from common import records
from common.audit import services as audit
from common.errors import ConflictError, RegistryError

_LONGEST_LINK: Final = 2000  # characters
_STILL_A_LINK: Final = frozenset(
    {"opaque_link", "post_link", "group_link", "unknown_host", "unsupported_platform"}
)


@transaction.atomic
def report_incident(
    *,
    official: Official,
    kind: IncidentKind,
    noticed_on: date,
    by: Any,
    account: Account | None = None,
    impostor_link: str = "",
) -> Incident:
    """Record that an account was lost or hijacked, or that somebody poses as a person.

    Args:
        official: whose account it is, or as whom somebody poses.
        kind: what happened.
        noticed_on: the day it was noticed, from which all deadlines run.
        by: who reports it.
        account: the account concerned, where the register has it.
        impostor_link: where the impostor is, as pasted; a telephone number in it is not kept.

    Raises:
        RegistryError: `in_the_future`, `link_not_kept`, `bad_link`, or as `recognise`, with its field.
        ConflictError: `already_reported` while the same is open.
    """
    _require_past(noticed_on, "noticed_on")
    link = _fit(impostor_link)
    Official.objects.select_for_update(no_key=True).get(pk=official.pk)
    same = Incident.objects.current().filter(
        official=official, account=account, kind=kind, closed_at__isnull=True
    )
    if account is None:
        same = same.filter(impostor_link=link)
    if same.exists():
        raise ConflictError("already_reported", _("This has been reported already and is still open."))
    now = timezone.now()
    incident = Incident.objects.create(
        recorded_from=now,
        recorded_by=by,
        official=official,
        account=account,
        kind=kind,
        impostor_link=link,
        noticed_on=noticed_on,
        reported_at=now,
        reported_by=by,
    )
    _record("incident.reported", incident, by, kind=str(kind), noticed_on=noticed_on.isoformat())
    return incident


@transaction.atomic
def log_notice(*, incident: Incident, told: Notice, on: date, by: Any) -> Incident:
    """Record the day the platform, or the head of the unit, was told. What is recorded stays.

    Raises:
        RegistryError: `in_the_future`; `before_noticed` for a day before it was noticed.
        ConflictError: `told_already`, `closed_already`.
    """
    _require_past(on, "on")
    held = _hold_open(incident)
    if on < held.noticed_on:
        raise RegistryError(
            "before_noticed", _("Nobody can be told of it before it was noticed."), field="on"
        )
    if getattr(held, f"{told}_told_on") is not None:
        raise ConflictError("told_already", _("That they were told is recorded already."))
    now = records.succeed(held, by=by, **{f"{told}_told_on": on, f"{told}_told_by": by})
    _record("incident.told", now, by, told=str(told), on=on.isoformat())
    return now


@transaction.atomic
def close_incident(*, incident: Incident, outcome: Outcome, by: Any) -> Incident:
    """End an incident, saying how it ended.

    Raises:
        ConflictError: `closed_already`.
    """
    held = _hold_open(incident)
    now = records.succeed(held, by=by, closed_at=timezone.now(), closed_by=by, outcome=outcome)
    _record("incident.closed", now, by, outcome=str(outcome))
    return now


def _hold_open(incident: Incident) -> Incident:
    Official.objects.select_for_update(no_key=True).get(pk=incident.official_id)
    held = Incident.objects.current().get(public_id=incident.public_id)
    if held.closed_at is not None:
        raise ConflictError("closed_already", _("This report is closed already."))
    return held


def _require_past(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise RegistryError("in_the_future", _("This day is yet to come."), field=field)


def _fit(text: str) -> str:
    """The link as it is kept: composed, in bounds, and never one that says a telephone number."""
    link = unicodedata.normalize("NFC", text).strip()
    if len(link) > _LONGEST_LINK or any(unicodedata.category(sign).startswith("C") for sign in link):
        raise RegistryError("bad_link", _("This is no link. Paste it again."), field="impostor_link")
    if not link:
        return ""
    try:
        found = recognise(link)
    except LinkError as error:
        if error.code in _STILL_A_LINK:
            return link  # no account by itself, yet what the platform has to look at
        raise RegistryError(error.code, error.message, error.extra, field="impostor_link") from error
    if any(identifier.kind == "phone" for identifier in found.identifiers):
        raise RegistryError(
            "link_not_kept",
            _("This link is a telephone number, and none is kept here. Leave it out, and tell the platform."),
            field="impostor_link",
        )
    return link


def _record(act: str, incident: Incident, by: Any, **payload: str) -> None:
    audit.record(
        act=act,
        by=by,
        subject_kind="official",
        subject_id=incident.official_id,
        payload={"incident": str(incident.public_id), **payload},
    )
