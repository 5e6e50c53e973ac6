"""The officer's own agency: whom to ask, what it ordered, by which rules its people are judged."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services as book
from accounts.comparison.duties import duties
from accounts.models import AgencyRecord, Regulation
from accounts.paths import ancestors
from common.errors import ConflictError, RegistryError
from registry.rules.legal import ARTICLES, FORCE_LABELS
from registry.rules.profiles import PROFILES, Polarity, Profile, profile_by_number
from registry.users.models import Role, User
from registry.users.selectors import agency_for
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.reviewer.scope import HR, own_agencies, unit_of


class ContactForm(RegistryForm):
    """Whom people of the agency ask."""

    contact_email = forms.EmailField(label=gettext_lazy("E-mail of HR"), required=False)
    contact_phone = forms.CharField(label=gettext_lazy("Telephone of HR"), required=False, max_length=30)
    record = forms.IntegerField(widget=forms.HiddenInput)


class RegulationForm(RegistryForm):
    """A document of the agency itself about its people's accounts."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=120)
    issued_on = forms.DateField(label=gettext_lazy("Issued on"))
    in_force_from = forms.DateField(label=gettext_lazy("In force from"))
    in_force_until = forms.DateField(label=gettext_lazy("No longer in force from"), required=False)
    obliges_declaration = forms.BooleanField(
        label=gettext_lazy("It obliges staff to declare their accounts"), required=False
    )
    days_to_declare = forms.IntegerField(
        label=gettext_lazy("Days to declare"), required=False, min_value=1, max_value=3650
    )
    days_between_confirmations = forms.IntegerField(
        label=gettext_lazy("Days between confirmations"), required=False, min_value=1, max_value=3650
    )

    def clean(self) -> dict[str, Any]:
        """A document ends after it begins."""
        said = super().clean() or self.cleaned_data
        begins, ends = said.get("in_force_from"), said.get("in_force_until")
        if begins and ends and ends <= begins:
            self.add_error("in_force_until", _("This must be after the day it comes into force."))
        return said


class ProfileForm(RegistryForm):
    """Which profile; "" takes over the one of the agency above."""

    profile = forms.ChoiceField(
        label=gettext_lazy("Rule profile"),
        required=False,
        choices=lambda: [("", ""), *((each.code, each.name_vi) for each in PROFILES.values())],
    )
    record = forms.IntegerField(widget=forms.HiddenInput)


@for_role(Role.HR_OFFICER)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies the officer answers for; straight to the only one."""
    own = own_agencies(person(request))
    if len(own) == 1:
        return redirect("reviewer:agency", code=own[0].agency.code)
    return render(request, "web/reviewer/agencies.html", {"own": own})


@for_role(Role.HR_OFFICER)
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency as the rules see it."""
    record = _record(person(request), code)
    chain = ancestors(record.path)
    today = timezone.localdate()
    names = dict(AgencyRecord.objects.current().filter(agency__in=chain).values_list("agency", "name"))
    regulations = [
        (
            each,
            "" if each.agency_id == record.agency_id else names.get(each.agency_id, ""),
            _stands(each, today),
        )
        for each in Regulation.objects.current().filter(agency__in=chain).order_by("-in_force_from", "-pk")
    ]
    profile = profile_by_number(duties().profile(record.path))
    return render(
        request,
        "web/reviewer/agency.html",
        {
            "record": record,
            "regulations": regulations,
            "profile": shown(profile),
            "inherited": record.profile is None,
            "binding": binding(profile),
        },
    )


def _stands(regulation: Regulation, today: Any) -> bool:
    ends = regulation.in_force_until
    return regulation.in_force_from <= today and (ends is None or ends > today)


def _record(user: User, code: str) -> AgencyRecord:
    record = unit_of(user, code)
    assert record is not None  # noqa: S101 - an address always has a code; mypy does not know
    return record


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Change whom people ask."""
    user = person(request)
    record = _record(user, code)
    initial = {
        "contact_email": record.contact_email,
        "contact_phone": record.contact_phone,
        "record": record.pk,
    }
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        _amend(
            user,
            record,
            seen=said["record"],
            contact_email=said["contact_email"],
            contact_phone=said["contact_phone"],
        )
        messages.success(request, _("The contact has been changed."))
        return redirect("reviewer:agency", code=code)
    context = {"form": form, "record": record, "crumbs": _crumbs(record)}
    return render(request, "web/reviewer/contact.html", context, status=422 if form.is_bound else 200)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def regulation(request: HttpRequest, code: str) -> HttpResponse:
    """Record a document of the agency, or what is now known of it (the same number)."""
    user = person(request)
    record = _record(user, code)
    known = (
        Regulation.objects.current()
        .filter(agency=record.agency_id, number=request.GET.get("number", ""))
        .first()
    )
    initial = {name: getattr(known, name) for name in RegulationForm.base_fields} if known else None
    form = RegulationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            book.record_regulation(agency=agency_for(user, code, HR), by=user, **form.cleaned_data)
        except ConflictError:
            raise
        except RegistryError as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("The regulation is recorded. The rules look at everybody it binds within minutes.")
            )
            return redirect("reviewer:agency", code=code)
    context = {"form": form, "record": record, "known": known, "crumbs": _crumbs(record)}
    return render(request, "web/reviewer/regulation.html", context, status=422 if form.is_bound else 200)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the rule profile: first what it means, then the change."""
    user = person(request)
    record = _record(user, code)
    standing = profile_by_number(record.profile).code if record.profile is not None else ""
    form = ProfileForm(request.POST or None, initial={"profile": standing, "record": record.pk})
    chosen = None
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["profile"]
        number = PROFILES[wanted].number if wanted else None
        if request.POST.get("sure"):
            _amend(user, record, seen=form.cleaned_data["record"], profile=number)
            messages.success(
                request,
                _("The profile has been changed. Everybody below is judged by it from the next check."),
            )
            return redirect("reviewer:agency", code=code)
        chosen = PROFILES[wanted] if wanted else _above(record)
    context = {
        "form": form,
        "record": record,
        "standing": standing,
        "above": shown(_above(record)),
        "profiles": [shown(each) for each in PROFILES.values()],
        "chosen": shown(chosen) if chosen else None,
        "chosen_code": form.cleaned_data["profile"] if chosen else "",
        "now": shown(profile_by_number(duties().profile(record.path))),
        "binding": binding(chosen) if chosen else [],
        "crumbs": _crumbs(record),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "web/reviewer/profile.html", context, status=status)


def _above(record: AgencyRecord) -> Profile:
    """The profile the agency has when it names none."""
    steps = record.path.rstrip("/").split("/")[:-1]
    return profile_by_number(duties().profile("/".join(steps) + "/" if steps else ""))


@transaction.atomic
def _amend(user: User, record: AgencyRecord, *, seen: int, **changes: Any) -> None:
    """Change what was read from one record, if that record still stands.

    Raises:
        ConflictError: `stale`, saying who changed it.
    """
    found = agency_for(user, record.agency.code, HR)
    current = AgencyRecord.objects.current().select_for_update(of=("self",)).get(agency=found)
    if current.pk != seen:
        who = current.recorded_by.get_full_name() if current.recorded_by else _("The system")
        raise ConflictError(
            "stale",
            _("%(who)s changed this agency's record after you opened the form. Look at it again.")
            % {"who": who},
        )
    book.amend_agency(agency=found, by=user, **changes)


def _crumbs(record: AgencyRecord) -> list[tuple[str, str]]:
    return [(reverse("reviewer:agency", args=[record.agency.code]), record.name)]


def shown(profile: Profile) -> dict[str, Any]:
    """A profile in the reader's language."""
    vietnamese = (get_language() or "vi").startswith("vi")
    show = {
        Polarity.SHOW: _("A personal account should show the agency."),
        Polarity.HIDE: _("A personal account must not show the unit: the rule is turned round."),
        Polarity.FREE: _("A personal account may show the agency or not."),
    }
    return {
        "code": profile.code,
        "name": profile.name_vi if vietnamese else profile.name_en,
        "description": profile.description_vi if vietnamese else profile.description_en,
        "agency": show[profile.agency_shown],
        "days_to_declare": profile.days_to_declare,
        "days_between_confirmations": profile.days_between_confirmations,
    }


def binding(profile: Profile) -> list[tuple[str, str, str]]:
    """What binds the profile's people about identity today: (duty, force, citation), strongest first."""
    vietnamese = (get_language() or "vi").startswith("vi")
    return [
        (article.duty_vi if vietnamese else article.duty_en, str(FORCE_LABELS[force]), article.citation())
        for article, force in profile.basis_on(
            [code for code in profile.bindings if code in ARTICLES], timezone.localdate()
        )
    ]
