"""The officer's own agency: whom to ask, what it ordered, by which rules its people are judged."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services as book
from accounts.comparison.duties import duties
from accounts.models import AgencyRecord, Regulation
from accounts.paths import ancestors
from common.errors import ConflictError, RegistryError
from registry.rules.effective import Effective, effective, stands
from registry.rules.legal import FORCE_LABELS
from registry.rules.profiles import PROFILES, Profile, profile_by_number
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import agency_for
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.law.wording import Basis, basis_of, polarity_words, profile_description, profile_name
from registry.web.reviewer.merging import mergers_of
from registry.web.reviewer.scope import HR, own_agencies, unit_of
from registry.web.units import LISTED


class ContactForm(RegistryForm):
    """Whom people of the agency ask."""

    contact_email = forms.EmailField(label=gettext_lazy("E-mail of HR"), required=False)
    contact_phone = forms.CharField(label=gettext_lazy("Telephone of HR"), required=False, max_length=30)
    portal_url = forms.CharField(label=gettext_lazy("Portal of the agency"), required=False, max_length=300)
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
    photo_max_age_days = forms.IntegerField(
        label=gettext_lazy("Days a photo lasts"), required=False, min_value=1, max_value=3650
    )
    minimum_administrators = forms.IntegerField(
        label=gettext_lazy("Administrators a page needs"), required=False, min_value=1, max_value=50
    )
    record = forms.IntegerField(widget=forms.HiddenInput, required=False)  # what is corrected, as it was read


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
    today = timezone.localdate()
    chain = [*AgencyRecord.objects.current().filter(agency__in=ancestors(record.path)).order_by("path")]
    names = {each.agency_id: each.name for each in chain}
    regulations = [
        (
            each,
            "" if each.agency_id == record.agency_id else names.get(each.agency_id, ""),
            stands(each, today),
        )
        for each in Regulation.objects.current().filter(agency__in=names).order_by("-in_force_from", "-pk")
    ]
    binds = effective(record.path, today)
    context = {
        "record": record,
        "regulations": regulations,
        "profile": shown(binds.profile),
        "profile_of": binds.profile_of,
        "numbers": numbers(binds, record),
        "binding": binding(binds.profile),
        "chosen": _chosen(record),
        "mergers": mergers_of(person(request), record),
        "below": _below(record),
    }
    return render(request, "web/reviewer/agency.html", context)


def _below(record: AgencyRecord) -> list[tuple[str, str]]:
    """Code and name of the units right below one, as many as a page holds: the way to their own pages."""
    units = AgencyRecord.objects.current().filter(parent=record.agency_id, dissolved_on=None)
    return list(units.order_by("name", "pk").values_list("agency__code", "name")[:LISTED])


def numbers(binds: Effective, record: AgencyRecord) -> list[tuple[str, int | None, str, str]]:
    """Each parameter: its label, its value, the regulation it comes from, whose it is ("": the own)."""
    told = [
        (_("Days to declare"), binds.days_to_declare),
        (_("Days between confirmations"), binds.days_between_confirmations),
        (_("Days a photo lasts"), binds.photo_max_age_days),
        (_("Administrators a page needs"), binds.minimum_administrators),
    ]
    return [
        (
            label,
            each.value,
            each.regulation.number if each.regulation else "",
            each.agency.name if each.agency and each.agency.agency_id != record.agency_id else "",
        )
        for label, each in told
    ]


def _chosen(record: AgencyRecord) -> list[tuple[str, AgencyRecord]]:
    """Which profile was chosen when and by whom, newest first; "": that of the agency above."""
    found: list[tuple[str, AgencyRecord]] = []
    before: int | None = None
    kept = AgencyRecord.objects.filter(agency=record.agency_id).select_related("recorded_by")
    for each in kept.order_by("recorded_from", "pk"):
        if each.profile != before:
            found.append(
                ("" if each.profile is None else profile_name(profile_by_number(each.profile)), each)
            )
        before = each.profile
    return found[::-1]


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
        "portal_url": record.portal_url,
        "record": record.pk,
    }
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            portal = book.fit_portal(record=record, text=said["portal_url"])
        except RegistryError as error:
            form.refuse(error)
        else:
            _amend(
                user,
                record,
                seen=said["record"],
                contact_email=said["contact_email"],
                contact_phone=said["contact_phone"],
                portal_url=portal,
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
    known = _known(record, request.GET.get("number", ""))
    initial = None
    if known:
        facts = [name for name in RegulationForm.base_fields if name != "record"]
        initial = {name: getattr(known, name) for name in facts} | {"record": known.pk}
    form = RegulationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _record_regulation(user, record, form.cleaned_data)
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
def strike(request: HttpRequest, code: str) -> HttpResponse:
    """Take out a regulation recorded by mistake: first what that means, then the act."""
    user = person(request)
    record = _record(user, code)
    known = _known(record, request.POST.get("number") or request.GET.get("number", ""))
    if known is None:
        raise not_found()
    if request.method == "POST":
        _unchanged(known, seen=known.pk if request.POST.get("record") == str(known.pk) else 0)
        book.strike_regulation(regulation=known, by=user)
        messages.success(
            request, _("The regulation is struck out. The rules look at everybody it bound within minutes.")
        )
        return redirect("reviewer:agency", code=code)
    return render(
        request, "web/reviewer/strike.html", {"record": record, "known": known, "crumbs": _crumbs(record)}
    )


def _known(record: AgencyRecord, number: str) -> Regulation | None:
    return (
        Regulation.objects.current()
        .select_related("recorded_by")
        .filter(agency=record.agency_id, number=number)
        .first()
    )


@transaction.atomic
def _record_regulation(user: User, of: AgencyRecord, said: dict[str, Any]) -> None:
    """Record what was written on the form, if what it corrects still stands.

    Raises:
        ConflictError: `stale`, saying who changed it.
        RegistryError: see `record_regulation`.
    """
    facts = {name: value for name, value in said.items() if name != "record"}
    known = _known(of, facts["number"])
    if said["record"] and known:
        _unchanged(known, seen=said["record"])
    book.record_regulation(agency=agency_for(user, of.agency.code, HR), by=user, **facts)


def _unchanged(known: Regulation, *, seen: int) -> None:
    if known.pk != seen:
        who = known.recorded_by.get_full_name() if known.recorded_by else _("The system")
        raise ConflictError(
            "stale",
            _("%(who)s changed this regulation after you opened the form. Look at it again.") % {"who": who},
        )


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
    held = AgencyRecord.objects.current().select_for_update(of=("self",)).filter(agency=found).first()
    if held is None or held.pk != seen:  # none, where a colleague's change was waited for
        current = AgencyRecord.objects.current().select_related("recorded_by").get(agency=found)
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
    return {
        "code": profile.code,
        "name": profile_name(profile),
        "description": profile_description(profile),
        "agency": polarity_words(profile),
    }


def binding(profile: Profile) -> list[tuple[Basis, str]]:
    """What binds the profile's people about identity today, with its force, strongest first."""
    return [
        (basis_of(article), str(FORCE_LABELS[force]))
        for article, force in profile.basis_on(profile.bindings, timezone.localdate())
    ]
