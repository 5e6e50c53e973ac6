"""Evidence in words: what was compared, said so that the person concerned can check it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import DisclaimerVerdict, OwnerStatus
from accounts.names import NameFlag, NameStep
from registry.rules.catalogue import rule

Evidence = Mapping[str, Any]


def in_words(code: str, evidence: Evidence | None) -> str:
    """One sentence in the reader's language; empty where the rule's title says it all."""
    say = _SAYINGS.get(code)
    return say(evidence) if say and evidence else ""


def title_of(code: str) -> str:
    """The state that is in line, as the rule states it."""
    return str(rule(code).title)


def _day(value: object) -> str:
    day = parse_date(str(value))
    return date_format(day, "SHORT_DATE_FORMAT") if day else str(value)


def _name(evidence: Evidence) -> str:
    step = NameStep(evidence.get("name_step", 0))
    return _("The name shown “%(shown)s” is not the name on record “%(record)s”: %(step)s.") % {
        "shown": evidence.get("name_shown", ""),
        "record": evidence.get("name_on_record", ""),
        "step": step.label,
    }


def _letters(evidence: Evidence) -> str:
    flags = NameFlag(evidence.get("name_flags", 0))
    shown = {"shown": evidence.get("name_shown", "")}
    if flags & NameFlag.INVISIBLE and not flags & NameFlag.LOOK_ALIKE:
        return _("The name shown “%(shown)s” has characters nobody can see.") % shown
    return _("The name shown “%(shown)s” has letters that only look like ours.") % shown


def _agency(evidence: Evidence) -> str:
    facts = {
        "shown": evidence.get("agency_shown", ""),
        "found": evidence.get("agency_resolved", ""),
        "record": evidence.get("agency_on_record", ""),
    }
    if not facts["found"]:
        return _("“%(shown)s” is no agency of the register; on record: %(record)s.") % facts
    return _("Shown: “%(shown)s” (%(found)s); on record: %(record)s.") % facts


def _former(evidence: Evidence) -> str:
    successors = evidence.get("successors") or []
    facts = {
        "shown": evidence.get("agency_shown", ""),
        "now": ", ".join(each["name"] for each in successors),
        "day": _day(successors[0]["on"]) if successors else "",
    }
    if successors:
        return _("“%(shown)s” became %(now)s on %(day)s.") % facts
    return _("“%(shown)s” no longer exists under that name.") % facts


_PROBLEMS = {
    "photo_empty": gettext_lazy("the file is empty"),
    "photo_too_large": gettext_lazy("the file is too large"),
    "photo_format": gettext_lazy("it is not a photo file we can read"),
    "photo_animated": gettext_lazy("it is a moving picture"),
    "photo_too_small": gettext_lazy("it is too small"),
    "photo_shape": gettext_lazy("it is too long and narrow"),
    "photo_too_many_pixels": gettext_lazy("it has too many pixels"),
    "photo_unreadable": gettext_lazy("the file is damaged or incomplete"),
    "photo_timeout": gettext_lazy("it took too long to read"),
    "zip_damaged": gettext_lazy("the file is damaged or incomplete"),
    "zip_no_such_photo": gettext_lazy("it was not among the photos sent"),
}


def _photo(evidence: Evidence) -> str:
    problem = str(evidence.get("photo_problem", ""))
    return _("The photo was refused: %(problem)s.") % {"problem": _PROBLEMS.get(problem, problem)}


def _disclaimer(evidence: Evidence) -> str:
    text = evidence.get("disclaimer", "")
    if not text:
        return _("No notice is shown.")
    return _("The notice “%(text)s” says neither that it is personal nor that it does not represent.") % {
        "text": text
    }


def _half_a_notice(evidence: Evidence) -> str:
    text = {"text": evidence.get("disclaimer", "")}
    if evidence.get("disclaimer_verdict") == DisclaimerVerdict.PERSONAL_ONLY:
        return _("The notice “%(text)s” does not say that it does not represent the agency.") % text
    return _("The notice “%(text)s” does not say that the account is personal.") % text


def _rivals(evidence: Evidence) -> str:
    return _("Other claims on this account: %(number)s.") % {"number": evidence.get("rival_claims", "")}


def _unconfirmed(evidence: Evidence) -> str:
    return _("Registered on the person's behalf on %(day)s.") % {
        "day": _day(evidence.get("registered_on", ""))
    }


def _left(evidence: Evidence) -> str:
    if evidence.get("owner_status") == OwnerStatus.MOVED:
        return _("The owner moved to another agency.")
    return _("The owner has left.")


def _undeclared(evidence: Evidence) -> str:
    return _("Overdue since %(day)s.") % {"day": _day(evidence["declare_due_on"])}


_SAYINGS: dict[str, Callable[[Evidence], str]] = {
    "ACC-02": _name,
    "ACC-04": _photo,
    "ACC-07": _agency,
    "ACC-08": _former,
    "ACC-09": _disclaimer,
    "ACC-10": _rivals,
    "ACC-11": _unconfirmed,
    "ACC-12": _left,
    "ACC-13": _letters,
    "ACC-17": _half_a_notice,
    "OFF-01": _undeclared,
}
