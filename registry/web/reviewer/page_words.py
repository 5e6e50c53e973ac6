"""What is said of a page, line by line, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import Badge, BadgeFrom, DeclaredFacts, PageFacts, Photo, ResponsibleRole
from accounts.official_contacts import phone_as_read
from registry.declarations.page_selectors import administrators_of
from registry.web.reviewer.page_forms import picture_of
from registry.web.reviewer.scope import Who, people


@dataclass(frozen=True, slots=True)
class PageLine:
    """One thing said of a page, beside what stood before."""

    label: str
    said: str
    before: str = ""
    picture: Photo | None = None
    picture_before: Photo | None = None

    @property
    def changed(self) -> bool:
        """Whether it says something else than what stands."""
        return self.said != self.before or self.picture != self.picture_before


def lines_of(facts: DeclaredFacts, before: DeclaredFacts | None = None) -> list[PageLine]:
    """All that is said of a page, each thing in words; two queries a statement."""
    said, stood = _words(facts), _words(before) if before else {}
    pictures = {_("Badge"): (picture_of(facts), picture_of(before))}
    return [
        PageLine(label, text, stood.get(label, ""), *pictures.get(label, (None, None)))
        for label, text in said.items()
    ]


def _words(facts: DeclaredFacts) -> dict[str, str]:
    page: PageFacts | None = getattr(facts, "page", None)
    runs = administrators_of(facts)
    answers = page.responsible if page else None
    known = people({each.pk for each in runs} | ({answers.pk} if answers else set()))
    return {
        _("Name the page shows"): facts.name_shown,
        _("Decision that permits it"): _document(page, "decision"),
        _("Who answers for the page"): _responsible(page, known),
        _("Administrators"): "\n".join(_person(known.get(each.pk)) for each in runs),
        _("Telephone for citizens"): phone_as_read(page.contact_phone) if page else "",
        _("E-mail for citizens"): page.contact_email if page else "",
        _("Address on the portal that lists the page"): page.portal_url if page else "",
        _("Badge"): _badge(page),
        _("Notice on citizens' data"): page.data_notice if page else "",
        _("Where citizens send remarks"): page.feedback if page else "",
    }


def _document(page: PageFacts | None, which: str) -> str:
    number: str = getattr(page, f"{which}_number", "") if page else ""
    on: Any = getattr(page, f"{which}_on", None) if page else None
    if number and on:
        return _("No. %(number)s of %(day)s") % {"number": number, "day": _day(on)}
    return number or (_day(on) if on else "")


def _person(who: Who | None) -> str:
    return " · ".join(part for part in (who.full_name, who.position, who.unit) if part) if who else ""


def _responsible(page: PageFacts | None, known: dict[int, Who]) -> str:
    if page is None or page.responsible_id is None:
        return ""
    told = [_person(known.get(page.responsible_id)), str(ResponsibleRole(page.responsible_role).label)]
    document = _document(page, "authorised")
    return "\n".join([*told, document] if document else told)


def _badge(page: PageFacts | None) -> str:
    if page is None or not page.badge:
        return ""
    told = [str(Badge(page.badge).label)]
    if page.badge_from:
        told.append(str(BadgeFrom(page.badge_from).label))
    if page.badge_seen_on:
        told.append(_("looked at on %(day)s") % {"day": _day(page.badge_seen_on)})
    return "\n".join([" · ".join(told), *([page.badge_evidence] if page.badge_evidence else [])])


def _day(value: Any) -> str:
    return str(formats.date_format(value, "SHORT_DATE_FORMAT"))
