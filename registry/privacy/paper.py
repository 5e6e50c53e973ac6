"""The paper form: an employee's declaration by hand, with what HR knows already printed into it.

What comes back HR enters by "register on behalf", so that it stands as not yet confirmed by the person.
"""

from datetime import datetime
from typing import Any, Final

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from accounts.commitments import CURRENT
from accounts.models import AgencyRecord, Official, OfficialRecord
from registry.privacy.typesetting import typeset
from registry.privacy.words import said
from registry.rules.effective import Effective, effective
from registry.rules.legal import ARTICLES, FORCE_LABELS, Article, Bound, Scope

BLANKS: Final = 3  # accounts on one form; whoever has more takes a second one
_BOUND = (Bound.EVERYONE, Bound.OFFICIAL)


def paper_form(official: Official, *, at: datetime) -> bytes:
    """The form of one person as PDF, in the reader's language; the national heading stays Vietnamese."""
    record = OfficialRecord.objects.current().get(official=official)
    unit = AgencyRecord.objects.current().get(agency=record.agency_id)
    parent = AgencyRecord.objects.current().filter(agency=unit.parent_id).first()
    today = timezone.localdate(at)
    binds = effective(unit.path, today)
    data: dict[str, Any] = {
        "title": _("Declaration of social accounts"),
        "subtitle": _("(on paper, for who declares without a computer)"),
        "author": "Chính Danh",
        "parent": parent.name if parent else "",
        "unit": unit.name,
        "footer": _("Printed on %(day)s. Once HR has entered it, the register asks you to confirm it.")
        % {"day": formats.date_format(today, "SHORT_DATE_FORMAT")},
        "person_title": _("I. Who declares"),
        "person": [
            [_("Full name"), record.full_name],
            [_("Staff code"), official.staff_code],
            [_("Position"), record.position],
            [_("Category"), said("accounts.OfficialRecord", "category", record.category)],
            [_("Unit"), unit.name],
        ],
        "accounts_title": _("II. Accounts"),
        "none": _("I have no social account."),
        "accounts_hint": _(
            "Or fill in one box for each account. Leave empty what you do not know. Never write a password."
        ),
        "blanks": BLANKS,
        "account": _("Account"),
        "fields": [
            _("Platform (Facebook, Zalo, TikTok…)"),
            _("Link or name of the account"),
            _("Name the account shows"),
            _("Workplace the account shows"),
            _("Notice that the account is personal"),
            _("Account opened on"),
        ],
        "photo": _("The account shows a real photo of me"),
        "yes": _("Yes"),
        "no": _("No"),
        "duties_title": _("III. What is asked of you"),
        "duties_hint": _(
            "By the documents your agency goes by today. “Ordered” and “forbidden” bind; the rest is advice."
        ),
        "no_duties": _("Nothing is asked of personal accounts today."),
        "duties": _duties(binds),
        "promises_title": _("IV. I undertake"),
        "promises": [str(text) for text in CURRENT.values()],
        "place": _("…………, day …… month …… year ……"),
        "declarant": _("The declarant"),
        "officer": _("Received by HR"),
        "sign": _("(Signature, full name)"),
    }
    return typeset("paper_form", data, at=at)


def _duties(binds: Effective) -> list[dict[str, str]]:
    """What binds the person's own accounts, the strongest first, the agency's own regulation before it."""
    told = [
        {
            "force": _("Ordered"),
            "duty": _("Declare your accounts within %(days)d days.") % {"days": regulation.days_to_declare},
            "source": f"{regulation.number}, {agency.name}",
        }
        for regulation, agency in binds.regulations
        if regulation.obliges_declaration
    ]
    codes = [code for code in binds.profile.bindings if _of_people(ARTICLES[code])]
    for article, force in binds.profile.basis_on(codes, binds.on):
        duty = article.duty_vi if _in_vietnamese() else article.duty_en
        label = str(FORCE_LABELS[force])
        source = article.citation()
        told.append({"force": label[:1].upper() + label[1:], "duty": duty, "source": source})
    return told


def _of_people(article: Article) -> bool:
    """Whether an article speaks of people's own accounts; what a regulation says is told from it."""
    own = article.source.own_regulation
    return article.bound in _BOUND and article.scope is Scope.IDENTITY and not own


def _in_vietnamese() -> bool:
    return (translation.get_language() or "vi").startswith("vi")
