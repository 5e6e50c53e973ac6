"""Incidents as pages report and tell them, to the person and to HR, each in the words of who reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.comparison.duties import duties
from accounts.models import Account, Entry, Incident, IncidentKind, Notice, Official, Outcome
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import services
from registry.rules.catalogue import rule
from registry.rules.profiles import profile_by_number
from registry.users.policies import paths_of
from registry.web.forms import RegistryForm
from registry.web.showing import handle_of, platform_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict
    from django_stubs_ext import StrPromise

    from registry.rules.profiles import Profile
    from registry.users.models import User

_DAY = {"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
_WRONG_DAY = {
    "required": _("Say on which day."),
    "invalid": _("Write the day as day/month/year, for example 25/03/2019."),
}
# What pages of incidents show, to be read with them.
WITH_PEOPLE = ("official", "account", "reported_by", "provider_told_by", "superior_told_by")

# What happened, as the person concerned says and reads it.
OWN_WORDS: dict[IncidentKind, StrPromise | str] = {
    IncidentKind.LOST: _("I can no longer get into the account"),
    IncidentKind.HIJACKED: _("Somebody else uses my account"),
    IncidentKind.IMPERSONATED: _("Another account poses as me"),
}


class ReportForm(RegistryForm):
    """What happened, to which account, noticed when: as HR writes it down for somebody."""

    kind = forms.ChoiceField(
        label=_("What happened"), choices=IncidentKind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say what happened.")},
    )  # fmt: skip
    account = forms.ChoiceField(label=_("Which account of the person"), required=False)
    impostor_link = forms.CharField(
        label=_("Link to the account that poses as the person"),
        help_text=_("Only when somebody poses as the person."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    noticed_on = forms.DateField(
        label=_("Noticed on"), widget=forms.DateInput(attrs=_DAY), error_messages=_WRONG_DAY
    )

    def __init__(self, *args: Any, entries: list[Entry], **kwargs: Any) -> None:
        kwargs["initial"] = {"noticed_on": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self._accounts: dict[str, Account] = {str(each.account.public_id): each.account for each in entries}
        known = [
            (public_id, f"{platform_name(account)} · {handle_of(account)}")
            for public_id, account in self._accounts.items()
        ]
        self.fields["account"].choices = [("", gettext("One that is not registered")), *known]  # type: ignore[attr-defined]

    def report(self, official: Official, *, by: User) -> Incident | None:
        """Report what the valid form says; None where that is refused, the reason beside its field.

        Raises:
            NotFoundError, NotAllowedError: not by this person.
        """
        said = self.cleaned_data
        try:
            return services.report_incident(
                official=official,
                kind=IncidentKind(said["kind"]),
                noticed_on=said["noticed_on"],
                account=self._accounts.get(said["account"]),
                impostor_link=said["impostor_link"],
                by=by,
            )
        except (NotFoundError, NotAllowedError):
            raise
        except RegistryError as error:
            self.refuse(error)
            return None


class OwnReportForm(ReportForm):
    """The same, as the person concerned writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(OWN_WORDS.items())  # type: ignore[attr-defined]
        self.fields["account"].label = _("Which account of yours")
        self.fields["impostor_link"].label = _("Link to the account that poses as you")
        self.fields["impostor_link"].help_text = _("Only when somebody poses as you.")


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
    late_from: dt.date | None  # the first day it is late; None where nobody asks, or it is done


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

    @property
    def on_behalf(self) -> bool:
        """Whether HR reported it for the person."""
        return self.incident.reported_by.official_id != self.incident.official_id


def words_of(incident: Incident, *, own: bool) -> str:
    """What happened, for the person concerned (`own`) or for anybody else."""
    return str(OWN_WORDS[IncidentKind(incident.kind)]) if own else incident.label


def shown(incidents: Iterable[Incident], *, reader: User) -> list[Shown]:
    """Incidents with their clocks, by the profile of each person's agency today; two queries, however many.

    Args:
        incidents: the caller has checked that the reader may see them.
        reader: is spoken to where it happened to themself.
    """
    rows = list(incidents)
    if not rows:
        return []
    paths, binds = paths_of({each.official_id for each in rows}), duties()
    return [
        _shown(
            each,
            own=each.official_id == reader.official_id,
            profile=profile_by_number(binds.profile(paths.get(each.official_id, ""))),
        )
        for each in rows
    ]


def _shown(incident: Incident, *, own: bool, profile: Profile) -> Shown:
    posing = incident.kind == IncidentKind.IMPERSONATED
    return Shown(
        incident,
        words_of(incident, own=own),
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
    waits = bool(asked) and on is None and incident.closed_at is None
    late_from = incident.noticed_on + dt.timedelta(days=profile.days_to_tell_of_loss + 1)
    return Told(
        str(who.label),
        on,
        by.get_full_name() if by else "",
        asked[0][0].citation() if asked else "",
        waits and late_from <= today,
        days,
        late_from if waits else None,
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
