"""What the person's own agency asks of them: each duty with its source, and whether it must or should be."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Official
from registry.rules.bindings import bindings_of
from registry.rules.catalogue import catalogue
from registry.rules.effective import Effective, Number, effective
from registry.rules.legal import ARTICLES, Force
from registry.rules.profiles import Polarity
from registry.rules.rule import Rule
from registry.users.policies import path_of
from registry.web.access import declarant, for_officials
from registry.web.law.wording import cited, profile_description, profile_name

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# A notice both halves of which the register recognises: it is personal, and it does not represent.
READY_NOTICE = (
    "Đây là tài khoản cá nhân của tôi. Tôi phát biểu với tư cách cá nhân, không đại diện cho cơ quan nơi tôi "
    "công tác."
)

#: What of a declaration each rule is about: a field of the form.
ABOUT: Final = {
    "ACC-01": "name_shown",
    "ACC-02": "name_shown",
    "ACC-13": "name_shown",
    "ACC-14": "name_shown",
    "ACC-15": "name_shown",
    "ACC-03": "photo",
    "ACC-04": "photo",
    "ACC-05": "photo",
    "ACC-18": "photo",
    "ACC-06": "agency_shown",
    "ACC-07": "agency_shown",
    "ACC-08": "agency_shown",
    "ACC-16": "agency_shown",
    "ACC-09": "disclaimer",
    "ACC-17": "disclaimer",
    "ACC-19": "link",
    "ACC-23": "link",
    "ACC-20": "commitments",
    "ACC-21": "commitments",
    "ACC-22": "commitments",
}
#: Rules about what the person does, not about what an account shows.
_OF_THE_PERSON = ("OFF-01", "OFF-04", "ACC-24", "OFF-06", "OFF-07", "OFF-08")

# The force of the article, as a word to somebody who asks "must I?", and how that looks.
_WORDS: "dict[Force | None, tuple[StrPromise | str, str]]" = {
    Force.MUST: (gettext_lazy("Must"), "bad"),
    Force.MUST_NOT: (gettext_lazy("Must"), "bad"),
    Force.SHOULD: (gettext_lazy("Should"), "attention"),
    Force.ENCOURAGED: (gettext_lazy("Encouraged"), "wait"),
    Force.DRAFT: (gettext_lazy("Should, by a draft never in force"), "wait"),
    None: (gettext_lazy("For the register itself"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that is asked of the person today."""

    rule: str
    title: str
    field: str  # of the form; "" where it is not about what an account shows
    words: str  # must, should …
    kind: str  # how that looks
    strength: int
    article: str  # its code; "" where a regulation, or only the register, asks
    source: str  # where it is written


def duties_of(official: Official) -> list[Duty]:
    """What is asked of the person today, what must be first; of the rules that speak to their agency."""
    today = timezone.localdate()
    binds = effective(path_of(official), today)
    found = []
    for rule in catalogue():
        if rule.code in ABOUT or rule.code in _OF_THE_PERSON:
            found += _duty(rule, binds, today)
    return sorted(found, key=lambda each: (-each.strength, each.rule))


def _duty(rule: Rule, binds: Effective, today: date) -> list[Duty]:
    asked = next((b for b in bindings_of(rule, today) if b.profile == binds.profile.number), None)
    unasked = rule.code == "OFF-04" and binds.profile.days_to_accept_code is None
    if asked is None or unasked:
        return []
    article = ARTICLES.get(asked.article)
    force = binds.profile.force_on(asked.article, today) if article else None
    source = cited(article) if article else _("the register, to tell accounts apart")
    if rule.row_says_who:
        number = _number(rule, binds)
        if number.value is None:
            return []
        if number.regulation is not None:
            force, article = Force.MUST, None
            source = _("regulation %(number)s of %(agency)s: %(days)s days") % {
                "number": number.regulation.number,
                "agency": number.agency.name if number.agency else "",
                "days": number.value,
            }
    words, kind = _WORDS[force]
    return [
        Duty(
            rule.code,
            str(rule.title),
            ABOUT.get(rule.code, ""),
            str(words),
            kind,
            -1 if force is None else force.strength,
            article.code if article else "",
            source,
        )
    ]


def _number(rule: Rule, binds: Effective) -> Number:
    return {
        "OFF-01": binds.days_to_declare,
        "ACC-24": binds.days_between_confirmations,
        "ACC-18": binds.photo_max_age_days,
    }.get(rule.code, Number(None))


def advice_for(official: Official) -> str:
    """Whether to show one's workplace: some sectors ask for it, others forbid it."""
    shown = effective(path_of(official), timezone.localdate()).profile.agency_shown
    if shown is Polarity.FREE:
        return _("Write what the account shows, if it shows anything. You need not show your workplace.")
    if shown is Polarity.HIDE:
        return _(
            "Your sector asks that personal accounts do not show the unit. Write what it shows, if anything."
        )
    return _("Write it exactly as the account shows it. Leave it empty when the account shows none.")


@for_officials
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All that is asked of the person today, each with its source."""
    official = declarant(request)
    binds = effective(path_of(official), timezone.localdate())
    context = {
        "duties": duties_of(official),
        "profile": binds.profile,
        "profile_name": profile_name(binds.profile),
        "profile_description": profile_description(binds.profile),
        "regulations": binds.regulations,
        "notice": READY_NOTICE,
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/duties.html", context)
