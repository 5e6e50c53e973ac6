"""Incidents as pages tell them, to the person and to HR: what happened, who has been told, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.comparison.duties import duties
from accounts.models import Incident, IncidentKind, Notice, Outcome
from registry.declarations import services
from registry.rules.catalogue import rule
from registry.rules.profiles import profile_by_number
from registry.users.policies import path_of
from registry.web.forms import RegistryForm

if TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict

    from registry.rules.profiles import Profile
    from registry.users.models import User

_DAY = {"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
_WRONG_DAY = {
    "required": _("Say on which day."),
    "invalid": _("Write the day as day/month/year, for example 25/03/2019."),
}


class NoticeForm(RegistryForm):
    """That somebody was told, and when."""

    told = forms.ChoiceField(
        label=_("Who was told"), choices=Notice.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say who was told.")},
    )  # fmt: skip
    on = forms.DateField(
        label=_("On which day"), widget=forms.DateInput(attrs=_DAY), error_messages=_WRONG_DAY
    )


class CloseForm(RegistryForm):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=_("How it ended"), choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say how it ended.")},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One of those who are to be told of an incident."""

    who: str
    on: dt.date | None
    by: str
    basis: str  # the article that asks for it, cited; "" where none does
    late: bool
    days: int  # since it was noticed


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident in words."""

    incident: Incident
    kind: str
    outcome: str
    told: list[Told]

    @property
    def late(self) -> bool:
        """Whether somebody should have been told by now and was not."""
        return any(each.late for each in self.told)


def shown(incident: Incident) -> Shown:
    """An incident with its clock, by the profile of the person's agency today."""
    profile = profile_by_number(duties().profile(path_of(incident.official)))
    posing = incident.kind == IncidentKind.IMPERSONATED
    return Shown(
        incident,
        incident.label,
        str(Outcome(incident.outcome).label) if incident.outcome else "",
        [
            _told(incident, Notice.PROVIDER, "OFF-06", profile),
            _told(incident, Notice.SUPERIOR, "OFF-08" if posing else "OFF-07", profile),
        ],
    )


def _told(incident: Incident, who: Notice, code: str, profile: Profile) -> Told:
    today = timezone.localdate()
    on: dt.date | None = getattr(incident, f"{who}_told_on")
    by: User | None = getattr(incident, f"{who}_told_by")
    asked = profile.basis_on(rule(code).basis, today)
    days = (today - incident.noticed_on).days
    waits = on is None and incident.closed_at is None
    return Told(
        str(who.label),
        on,
        by.get_full_name() if by else "",
        asked[0][0].citation() if asked else "",
        bool(asked) and waits and days > profile.days_to_tell_of_loss,
        days,
    )


def act_on(incident: Incident, said: QueryDict, user: User) -> tuple[NoticeForm, CloseForm, bool]:
    """Do what one of the two forms of the page says; the forms to show again, and whether it was done.

    Raises:
        RegistryError: the act is refused.
    """
    if said.get("act") == "close":
        closing = CloseForm(said)
        if closing.is_valid():
            outcome = Outcome(closing.cleaned_data["outcome"])
            services.close_incident(incident=incident, outcome=outcome, by=user)
            return NoticeForm(), closing, True
        return NoticeForm(), closing, False
    telling = NoticeForm(said)
    if telling.is_valid():
        facts = telling.cleaned_data
        services.log_notice(incident=incident, told=Notice(facts["told"]), on=facts["on"], by=user)
        return telling, CloseForm(), True
    return telling, CloseForm(), False
