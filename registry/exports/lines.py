"""A line of the compliance list in the words an auditor reads: the columns of every exported file."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Standing
from accounts.platforms import PLATFORMS
from registry.exports.reading import TextRow
from registry.findings.models import State
from registry.findings.selectors import COLUMNS, in_words, title_of
from registry.rules.legal import ARTICLES, FORCE_LABELS
from registry.rules.rule import Cause, Severity, Subject

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Part = TypeVar("Part")

# Where the parts of a line stand in a row of the list, as ComplianceRow names them.
_PERSON = slice(COLUMNS.index("staff_code"), COLUMNS.index("subject"))
_ACCOUNT = slice(COLUMNS.index("subject"), COLUMNS.index("state"))
_FINDING = slice(COLUMNS.index("state"), len(COLUMNS))
_WHO, _WHAT, _RULE = (COLUMNS.index(name) for name in ("official_id", "account_key", "rule"))
_NOBODY = "0"  # an agency's own line, and perhaps the next agency's follows
_HOUR = len("2026-06-30 17")
_KINDS = 20_000  # of findings, kept in words

IN_LINE = "in_line"
#: The states a line of the list may have.
STATES: "dict[str, StrPromise]" = {
    State.OPEN: gettext_lazy("Not in line"),
    State.UNCHECKED: gettext_lazy("Could not be checked"),
    State.CONTESTED: State.CONTESTED.label,
    State.WAIVED: State.WAIVED.label,
    IN_LINE: gettext_lazy("In line"),
}

#: What a line may be about, by the code filters name it with.
SUBJECTS = {subject.name.lower(): subject for subject in Subject}

HEADERS: "tuple[StrPromise, ...]" = (
    gettext_lazy("Staff code"),
    gettext_lazy("Full name"),
    gettext_lazy("Position"),
    gettext_lazy("Agency code"),
    gettext_lazy("Agency"),
    gettext_lazy("About"),
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


def parts(
    rows: Iterable[TextRow], as_of: datetime, write: Callable[[list[str]], Part]
) -> Iterator[tuple[Part, Part, Part, Part, Part]]:
    """The cells of each row, in the order of HEADERS and in the active language, in five parts.

    Person (or agency), account, finding, evidence, basis. A list repeats itself: a person stands on several
    lines, a finding on thousands. So each part is worded, and handed to `write`, once for all its lines.

    Args:
        rows: the list; an agency's lines, a person's and an account's stand together.
        as_of: the instant it was read at.
        write: what a format makes of the cells of a part.
    """
    at = moment(as_of)
    nothing = write([""])
    findings: dict[tuple[str, ...], tuple[Part, Part]] = {}
    evidence = lru_cache(maxsize=4096)(lambda rule, text: write([in_words(rule, json.loads(text))]))
    day = lru_cache(maxsize=32_768)(_day_of_hour)  # almost four years of hours
    platforms = lru_cache(platform_name)
    standings = lru_cache(lambda standing, nil: standing_words(standing, nil == "t"))
    subjects = {str(subject.value): str(subject.label) for subject in Subject}
    who = what = ""
    person = account = nothing
    for row in rows:
        if row[_WHO] != who or who == _NOBODY:
            who, what = row[_WHO], ""
            person = write(row[_PERSON])
        if row[_WHAT] != what:
            what = row[_WHAT]
            subject, platform, shown, url, standing, registered_at, nil = row[_ACCOUNT]
            account = write(
                [
                    subjects[subject],
                    platforms(platform),
                    shown,
                    url,
                    standings(standing, nil),
                    day(registered_at[:_HOUR]),
                ]
            )
        rule = row[_RULE]
        state, cause, since, severity, article, found = row[_FINDING]
        kind = (rule, state, cause, since[:_HOUR], severity, article)
        worded = findings.get(kind)
        if worded is None:
            if len(findings) > _KINDS:
                findings.clear()
            title = title_of(rule) if rule else ""
            weight = severity_words(int(severity)) if severity else ""
            worded = findings[kind] = (
                write([rule, title, state_words(state, cause, article), weight, day(since[:_HOUR])]),
                write([basis_words(article) if rule else "", at]),
            )
        finding, basis = worded
        yield person, account, finding, evidence(rule, found) if found else nothing, basis


def lines(rows: Iterable[TextRow], as_of: datetime) -> Iterator[list[str]]:
    """The cells of each row, in the order of HEADERS and in the active language."""
    for person, account, finding, evidence, basis in parts(rows, as_of, list):
        yield [*person, *account, *finding, *evidence, *basis]


def headers() -> list[str]:
    """The heads of the columns, in the active language."""
    return [str(head) for head in HEADERS]


def platform_name(code: str) -> str:
    """What people call a platform; "" for a line about no account."""
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
    # Until when; why is told on the finding's own page alone, to who may read that.
    until = parse_date(cause) if state == State.WAIVED else None
    if until is not None:
        return _("Waived until the end of %(day)s") % {"day": f"{until:%d/%m/%Y}"}
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
