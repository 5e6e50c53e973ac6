"""Evidence in words, for what is found of agencies' own pages."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from accounts.models import BadgeVerdict, PageContact, PortalVerdict, ResponsibleVerdict
from accounts.official_contacts import phone_as_read
from common.translations import gettext as _
from registry.findings.sayings import day

Evidence = Mapping[str, Any]


def _page(evidence: Evidence) -> dict[str, str]:
    return {"page": str(evidence.get("name_shown", ""))}


def _unanswered(evidence: Evidence) -> str:
    facts = _page(evidence) | {"name": str(evidence.get("responsible_name", ""))}
    verdict = evidence.get("responsible")
    if verdict == ResponsibleVerdict.GONE:
        return _("“%(page)s”: %(name)s, who answered for it, is no longer in post.") % facts
    if verdict == ResponsibleVerdict.ELSEWHERE:
        return _("“%(page)s”: %(name)s, who answered for it, works in another branch now.") % facts
    return _("“%(page)s”: nobody is named as answering for it.") % facts


def _unauthorised(evidence: Evidence) -> str:
    return _("“%(page)s”: no document is recorded that authorises %(name)s.") % (
        _page(evidence) | {"name": evidence.get("responsible_name", "")}
    )


def _too_few(evidence: Evidence) -> str:
    facts = _page(evidence) | {
        "number": str(evidence.get("administrators", 0)),
        "minimum": str(evidence.get("minimum", "")),
    }
    if facts["minimum"]:
        return _("“%(page)s”: administrators in post: %(number)s; asked for: %(minimum)s.") % facts
    return _("“%(page)s”: administrators in post: %(number)s.") % facts


def _run_by_gone(evidence: Evidence) -> str:
    return _("“%(page)s”: named as administrator, and not in post here any more: %(names)s.") % (
        _page(evidence) | {"names": ", ".join(evidence.get("names_gone") or [])}
    )


def _contact(evidence: Evidence) -> str:
    facts = _page(evidence) | {
        "email": str(evidence.get("contact_email", "")),
        "given": ", ".join(
            each
            for each in (
                phone_as_read(str(evidence.get("contact_phone", ""))),
                str(evidence.get("contact_email", "")),
            )
            if each
        ),
    }
    verdict = evidence.get("contact")
    if verdict == PageContact.EMAIL_ELSEWHERE:
        return _("“%(page)s”: the e-mail address %(email)s is on no official domain.") % facts
    if verdict == PageContact.MALFORMED:
        return _("“%(page)s”: not a number or an address: %(given)s.") % facts
    return _("“%(page)s”: no contact is recorded.") % facts


def _badge(evidence: Evidence) -> str:
    if evidence.get("badge") == BadgeVerdict.INCOMPLETE:
        return _("“%(page)s”: the badge is recorded without its day, its origin or what was seen.") % _page(
            evidence
        )
    return _("“%(page)s”: nobody has recorded whether it bears a badge.") % _page(evidence)


def _badge_seen(evidence: Evidence) -> str:
    return _("“%(page)s”: the badge was last looked at on %(day)s.") % (
        _page(evidence) | {"day": day(evidence.get("badge_seen_on", ""))}
    )


def _portal(evidence: Evidence) -> str:
    if evidence.get("portal") == PortalVerdict.ELSEWHERE:
        return _("“%(page)s”: %(url)s is no address of the agency's portal.") % (
            _page(evidence) | {"url": evidence.get("portal_url", "")}
        )
    return _("“%(page)s”: no address of the portal is recorded.") % _page(evidence)


def _misnamed(evidence: Evidence) -> str:
    return _("The page is called “%(page)s”; the agency is called %(agency)s.") % (
        _page(evidence) | {"agency": evidence.get("agency_on_record", "")}
    )


def _left_behind(evidence: Evidence) -> str:
    facts = _page(evidence) | {
        "agency": str(evidence.get("agency_on_record", "")),
        "day": day(evidence.get("dissolved_on", "")),
        "now": ", ".join(each["name"] for each in evidence.get("successors") or []),
    }
    if facts["day"] and facts["now"]:
        return _("“%(page)s”: %(agency)s no longer exists since %(day)s; it became %(now)s.") % facts
    if facts["day"]:
        return _("“%(page)s”: %(agency)s no longer exists since %(day)s.") % facts
    return _("“%(page)s” is a name the agency no longer bears; it is called %(agency)s.") % facts


def _unconfirmed(evidence: Evidence) -> str:
    facts = _page(evidence) | {
        "day": day(evidence.get("confirmed_on", "")),
        "due": day(evidence.get("confirm_due_on", "")),
    }
    if facts["due"]:
        return _("“%(page)s”: last confirmed on %(day)s; due again since %(due)s.") % facts
    return _("“%(page)s”: last confirmed on %(day)s.") % facts


def _taken_for_another(evidence: Evidence) -> str:
    others = [
        f"{', '.join(each.get('handles') or [])} ({each.get('agency', '')})"
        for each in evidence.get("pages_alike") or []
    ]
    return _("“%(page)s”: its handle %(handles)s can be taken for that of another page: %(others)s.") % (
        _page(evidence) | {"handles": ", ".join(evidence.get("handles") or []), "others": "; ".join(others)}
    )


def _plain(evidence: Evidence) -> str:
    return _("Page: “%(page)s”.") % _page(evidence)


PAGE_SAYINGS: Final[dict[str, Callable[[Evidence], str]]] = {
    "PAG-01": _unanswered,
    "PAG-02": _unauthorised,
    "PAG-03": _too_few,
    "PAG-04": _run_by_gone,
    "PAG-05": _contact,
    "PAG-06": _badge,
    "PAG-07": _badge_seen,
    "PAG-08": _portal,
    "PAG-09": _misnamed,
    "PAG-10": _left_behind,
    "PAG-11": _plain,
    "PAG-12": _plain,
    "PAG-13": _plain,
    "PAG-14": _unconfirmed,
    "PAG-15": _taken_for_another,
}
