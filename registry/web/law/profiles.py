"""The profiles: which articles bind an agency's people, how strongly, and with which parameters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry.rules.bindings import bindings_of
from registry.rules.catalogue import catalogue
from registry.rules.legal import ARTICLES, FORCE_LABELS
from registry.rules.profiles import DEFAULT, PROFILES, Binding, Profile
from registry.users.policies import not_found
from registry.web.law import wording
from registry.web.law.day import asked

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Bound:
    """An article as a profile binds it, with the days between which both the profile and the source speak."""

    basis: wording.Basis
    force: "StrPromise"
    begins: date | None
    ends: date | None
    applies: bool  # on the day asked for


@login_not_required
@require_safe
def profiles(request: HttpRequest) -> HttpResponse:
    """Every profile that ships."""
    told = [
        (each, wording.profile_name(each), wording.profile_description(each)) for each in PROFILES.values()
    ]
    return render(request, "web/law/profiles.html", {"profiles": told, "default": DEFAULT})


@login_not_required
@require_safe
def profile(request: HttpRequest, code: str) -> HttpResponse:
    """One profile: its articles with force and dates, its parameters, the rules that speak on a day."""
    found = PROFILES.get(code)
    if found is None:
        raise not_found()
    day = asked(request)
    context = {
        "profile": found,
        "is_default": found is DEFAULT,
        "name": wording.profile_name(found),
        "description": wording.profile_description(found),
        "polarity": wording.polarity_words(found),
        "bindings": _bound(found, day.on),
        "rules": [
            (rule, each.severity.label)
            for rule in catalogue()
            for each in bindings_of(rule, day.on)
            if each.profile == found.number
        ],
        "on": day.on,
        "form": day.form,
    }
    return render(request, "web/law/profile.html", context, status=day.status)


def _bound(profile: Profile, on: date) -> list[Bound]:
    """The articles of a profile, those that apply on a day first."""
    told = [_told(profile, code, binding, on) for code, binding in profile.bindings.items()]
    return sorted(told, key=lambda each: not each.applies)


def _told(profile: Profile, code: str, binding: Binding, on: date) -> Bound:
    source = ARTICLES[code].source
    return Bound(
        wording.basis_of(ARTICLES[code]),
        FORCE_LABELS[binding.force],
        max(_days(binding.from_, source.begins, source.presented_on), default=None),
        min(_days(binding.until, source.in_force_until), default=None),
        profile.force_on(code, on) is not None,
    )


def _days(*days: date | None) -> Iterable[date]:
    return [day for day in days if day is not None]
