"""Evidence in words: what was compared, said so that the person concerned can check it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import DisclaimerVerdict, EmployerNamed, HandleVerdict, OwnerStatus
from accounts.names import NameFlag, NameStep, looks_like_press
from common.translations import gettext as _
from common.translations import once
from registry.findings.page_sayings import PAGE_SAYINGS
from registry.findings.sayings import SAYINGS
from registry.findings.sayings import day as _day
from registry.rules.catalogue import catalogue

Evidence = Mapping[str, Any]


def in_words(code: str, evidence: Evidence | None) -> str:
    """One sentence in the reader's language; empty where the rule's title says it all."""
    say = _SAYINGS.get(code)
    return say(evidence) if say and evidence else ""


def told_to_the_person(code: str, evidence: Evidence | None) -> str:
    """Evidence in words for the person concerned; who else claims an account is not told."""
    return "" if evidence and "rival_claims" in evidence else in_words(code, evidence)


def title_of(code: str) -> str:
    """The state that is in line, as the rule states it; of a rule that is no more, its code."""
    known = next((each for each in catalogue() if each.code == code), None)
    return str(known.title) if known else code


def _name(evidence: Evidence) -> str:
    step = NameStep(evidence.get("name_step", 0))
    return _("The name shown “%(shown)s” is not the name on record “%(record)s”: %(step)s.") % {
        "shown": evidence.get("name_shown", ""),
        "record": evidence.get("name_on_record", ""),
        "step": once(("step", step), lambda: step.label),
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
        "found": evidence.get("agency_resolved", ""),
        "gone": _day(evidence.get("agency_shown_until", "")),
        "now": ", ".join(each["name"] for each in successors),
        "day": _day(successors[0]["on"]) if successors else "",
    }
    if successors:
        return _("“%(shown)s” became %(now)s on %(day)s.") % facts
    if facts["gone"]:
        return _("“%(shown)s” no longer exists since %(gone)s.") % facts
    if facts["found"]:
        return _("“%(shown)s” is a former name of %(found)s.") % facts
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


def _press(evidence: Evidence) -> str:
    shown = str(evidence.get("name_shown", ""))
    return _("The name shown “%(shown)s” suggests a press body: “%(words)s”.") % {
        "shown": shown,
        "words": looks_like_press(shown),
    }


def _body(evidence: Evidence) -> str:
    return _("The name shown “%(shown)s” reads like that of a state or defence body.") % {
        "shown": evidence.get("name_shown", "")
    }


_PLACES = {
    EmployerNamed.NAME: (gettext_lazy("the name shown “%(text)s”"), "name_shown"),
    EmployerNamed.HANDLE: (gettext_lazy("the handle “%(text)s”"), "handles"),
    EmployerNamed.DISCLAIMER: (gettext_lazy("the notice “%(text)s”"), "disclaimer"),
    EmployerNamed.AGENCY_FIELD: (gettext_lazy("the agency field “%(text)s”"), "agency_shown"),
}


def _employer(evidence: Evidence) -> str:
    named = EmployerNamed(evidence.get("employer_named", 0))
    places = [
        str(place) % {"text": _list(evidence.get(fact))}
        for bit, (place, fact) in _PLACES.items()
        if bit & named
    ]
    return _("The employer (%(record)s) is named in %(places)s.") % {
        "record": evidence.get("agency_on_record", ""),
        "places": ", ".join(places),
    }


def _list(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _old_photo(evidence: Evidence) -> str:
    facts = {"day": _day(evidence.get("photo_on", "")), "due": _day(evidence.get("photo_due_on", ""))}
    if facts["due"]:
        return _("First declared on %(day)s; a newer one is due since %(due)s.") % facts
    return _("First declared on %(day)s.") % facts


def _handle(evidence: Evidence) -> str:
    facts = {
        "now": _list(evidence.get("handles")),
        "before": _list(evidence.get("handles_given_up")),
    }
    verdict = evidence.get("handle_verdict")
    if verdict == HandleVerdict.REUSED:
        return _("“%(before)s” is another account's now; this one is known by %(now)s.") % facts
    if verdict == HandleVerdict.CHANGED:
        return _("Declared as “%(before)s”, it is known by %(now)s now.") % facts
    return _("Known only by %(now)s, which could pass to another account unseen.") % facts


def _address(evidence: Evidence) -> str:
    return _("Not read as this account's address: %(addresses)s") % {
        "addresses": _list(evidence.get("addresses"))
    }


def _confirmation(evidence: Evidence) -> str:
    facts = {"day": _day(evidence.get("confirmed_on", "")), "due": _day(evidence.get("confirm_due_on", ""))}
    if facts["due"]:
        return _("Last confirmed on %(day)s; due again since %(due)s.") % facts
    return _("Last confirmed on %(day)s.") % facts


_PARTS = {
    "name_shown": gettext_lazy("the name (was “%(text)s”)"),
    "agency_shown": gettext_lazy("the agency (was “%(text)s”)"),
    "disclaimer": gettext_lazy("the notice (was “%(text)s”)"),
    "photo": gettext_lazy("the photo"),
}


def _changed(evidence: Evidence) -> str:
    before = evidence.get("changed") or {}
    parts = [str(said) % {"text": before[part]} for part, said in _PARTS.items() if part in before]
    return _("Registered differently on %(day)s: %(parts)s.") % {
        "day": _day(evidence.get("changed_on", "")),
        "parts": ", ".join(parts),
    }


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
    "ACC-14": _press,
    "ACC-15": _body,
    "ACC-16": _employer,
    "ACC-17": _half_a_notice,
    "ACC-18": _old_photo,
    "ACC-19": _handle,
    "ACC-23": _address,
    "ACC-24": _confirmation,
    "ACC-25": _changed,
    **SAYINGS,
    **PAGE_SAYINGS,
}
