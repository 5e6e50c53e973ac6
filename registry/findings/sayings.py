"""Evidence in words, for what is found of people and agencies themselves."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from accounts.models import OwnerStatus, RecordGap
from common.translations import gettext as _
from common.translations import once

Evidence = Mapping[str, Any]


def day(value: object) -> str:
    """A day of the evidence, written as the reader writes days."""
    text = str(value)
    return once(("day", text), lambda: _day(text))


def _day(text: str) -> str:
    read = parse_date(text)
    return date_format(read, "SHORT_DATE_FORMAT") if read else text


def _undeclared(evidence: Evidence) -> str:
    return _("Overdue since %(day)s.") % {"day": day(evidence["declare_due_on"])}


def _nil(evidence: Evidence) -> str:
    facts = {"accounts": evidence.get("accounts", 0), "proposed": evidence.get("proposed", 0)}
    if facts["accounts"]:
        return _("Said to have none, and has %(accounts)s in the register.") % facts
    return _("Said to have none, and %(proposed)s declared for them wait to be decided.") % facts


def _gone(evidence: Evidence) -> str:
    facts = {"day": day(evidence.get("gone_on", "")), "accounts": evidence.get("accounts", 0)}
    if evidence.get("status") == OwnerStatus.MOVED:
        return _("Moved to another agency on %(day)s; accounts still registered here: %(accounts)s.") % facts
    return _("Left on %(day)s; accounts still registered: %(accounts)s.") % facts


def _code(evidence: Evidence) -> str:
    if evidence.get("accepted_code"):
        return _("Accepted an earlier wording, not the current one.")
    return _("Has not accepted any wording yet.")


def _gaps(evidence: Evidence) -> str:
    mask = int(evidence.get("gaps", 0))
    missing = ", ".join(str(gap.label) for gap in RecordGap if mask & gap)
    return _("Missing in the staff record: %(missing)s.") % {"missing": missing}


def _untold(name: str) -> Callable[[Evidence], str]:
    return lambda evidence: (
        _("Noticed on %(day)s; nobody has recorded that they were told.") % {"day": day(evidence[name])}
    )


def _regulation(evidence: Evidence) -> str:
    facts = {
        "agency": evidence.get("agency", ""),
        "from": day(evidence.get("regulation_from", "")),
        "until": day(evidence.get("regulation_until", "")),
    }
    if "regulation_until" in evidence:
        return _("%(agency)s: in force from %(from)s until %(until)s, none on other days.") % facts
    if "regulation_from" in evidence:
        return _("%(agency)s: the first comes into force on %(from)s.") % facts
    return _("%(agency)s: none is recorded, nor of an agency above it.") % facts


def _contact(evidence: Evidence) -> str:
    return _("%(agency)s: neither e-mail nor telephone of HR.") % {"agency": evidence.get("agency", "")}


SAYINGS: Final[Mapping[str, Callable[[Evidence], str]]] = {
    "OFF-01": _undeclared,
    "OFF-02": _nil,
    "OFF-03": _gone,
    "OFF-04": _code,
    "OFF-05": _gaps,
    "OFF-06": _untold("provider_untold_since"),
    "OFF-07": _untold("loss_untold_since"),
    "OFF-08": _untold("posing_untold_since"),
    "AGE-01": _regulation,
    "AGE-02": _contact,
}
