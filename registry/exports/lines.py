"""A line of the compliance list in the words an auditor reads: the columns of every exported file."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Standing
from accounts.platforms import PLATFORMS
from registry.exports.reading import TextRow
from registry.findings.models import State
from registry.findings.wording import in_words, title_of
from registry.rules.legal import ARTICLES, FORCE_LABELS
from registry.rules.rule import Cause, Severity

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

IN_LINE = "in_line"
#: The states a line of the list may have.
STATES: "dict[str, StrPromise]" = {
    State.OPEN: gettext_lazy("Not in line"),
    State.UNCHECKED: gettext_lazy("Could not be checked"),
    IN_LINE: gettext_lazy("In line"),
}

HEADERS: "tuple[StrPromise, ...]" = (
    gettext_lazy("Staff code"),
    gettext_lazy("Full name"),
    gettext_lazy("Position"),
    gettext_lazy("Agency code"),
    gettext_lazy("Agency"),
    gettext_lazy("Platform"),
    gettext_lazy("Account"),
    gettext_lazy("Link"),
    gettext_lazy("Standing in the register"),
    gettext_lazy("Registered on"),
    gettext_lazy("Rule"),
    gettext_lazy("What should be so"),
    gettext_lazy("State"),
    gettext_lazy("Severity"),
    gettext_lazy("Since"),
    gettext_lazy("What was found"),
    gettext_lazy("Legal basis"),
    gettext_lazy("As of"),
)


def lines(rows: Iterable[TextRow], as_of: datetime) -> Iterator[list[str]]:
    """The cells of each row, in the order of HEADERS and in the active language."""
    # A list repeats itself: what is said of a rule, a standing or an evidence is worded once.
    platforms = cache(platform_name)
    standings = cache(lambda standing, nil: standing_words(standing, nil == "t"))
    titles = cache(lambda code: title_of(code) if code else "")
    states = cache(state_words)
    severities = cache(lambda severity: severity_words(int(severity)) if severity else "")
    bases = cache(lambda rule, article: basis_words(article) if rule else "")
    evidence = lru_cache(maxsize=4096)(lambda rule, text: in_words(rule, json.loads(text)) if text else "")
    days = cache(_day_of_hour)
    at = moment(as_of)
    for row in rows:
        (
            _path, _official, _account, rule, staff_code, full_name, position, agency_code, agency_name,
            platform, shown, url, standing, registered_at, nil, state, cause, since, severity, article, found,
        ) = row  # fmt: skip
        yield [
            staff_code,
            full_name,
            position,
            agency_code,
            agency_name,
            platforms(platform),
            shown,
            url,
            standings(standing, nil),
            days(registered_at[:13]),
            rule,
            titles(rule),
            states(state, cause, article),
            severities(severity),
            days(since[:13]),
            evidence(rule, found),
            bases(rule, article),
            at,
        ]


def headers() -> list[str]:
    """The heads of the columns, in the active language."""
    return [str(head) for head in HEADERS]


def platform_name(code: str) -> str:
    """What people call a platform; "" for a line about the person."""
    known = PLATFORMS.get(code)
    return str(known.name) if known else code


def standing_words(standing: str, nil: bool) -> str:  # noqa: FBT001 - both are columns of one row
    """How an entry stands; for a person's own line, whether they stated that they have no account."""
    if standing:
        return str(Standing(standing).label)
    return _("States to have no account") if nil else ""


def state_words(state: str, cause: str = "", article: str = "") -> str:
    """A state in words. Only an agency's own regulation makes a finding a violation."""
    if state == State.UNCHECKED:
        return _("Could not be checked: %(cause)s") % {"cause": Cause(cause).label if cause else ""}
    known = ARTICLES.get(article)
    if state == State.OPEN and known is not None and known.source.own_regulation:
        return _("Violation of the agency's own regulation")
    return str(STATES.get(state) or State(state).label)


def severity_words(severity: int | None) -> str:
    """How heavy a finding weighs."""
    return "" if severity is None else str(Severity(severity).label)


def basis_words(article: str) -> str:
    """How the article is cited, and how strongly it speaks."""
    known = ARTICLES.get(article)
    if known is None:
        return article or _("Condition of the register itself")
    return f"{known.citation()} ({FORCE_LABELS[known.force]})"


def moment(instant: datetime) -> str:
    """An instant in Vietnam, "23:59 30/06/2026"."""
    return f"{instant.astimezone(timezone.get_default_timezone()):%H:%M %d/%m/%Y}"


def _day_of_hour(hour: str) -> str:
    """The day in Vietnam, dd/mm/yyyy, of an hour in UTC ("2026-06-30 17"): sessions speak UTC."""
    if not hour:
        return ""
    instant = datetime.fromisoformat(f"{hour}:00+00:00").astimezone(timezone.get_default_timezone())
    return f"{instant.day:02}/{instant.month:02}/{instant.year}"
