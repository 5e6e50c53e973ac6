"""The compliance list: a line a subject and finding, filtered by what stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Official
from accounts.paths import ancestors
from registry.exports.selectors import platform_name, standing_words
from registry.findings.models import Finding
from registry.findings.selectors import ComplianceRow, compliance_page, in_words, last_checked, title_of
from registry.rules.rule import Subject
from registry.web.access import for_role, person
from registry.web.auditor.forms import ListFilter
from registry.web.auditor.scope import AUDITOR, branches, branches_then
from registry.web.auditor.wording import Status, status_of

PAGE = 50
_SALT = "registry.web.auditor.listing"


@dataclass(frozen=True, slots=True)
class Line:
    """One line in words, with where it leads."""

    row: ComplianceRow
    official: UUID | None  # None: the line is about the unit itself
    finding: UUID | None
    subject: str
    platform: str
    standing: str
    title: str
    evidence: str
    status: Status


@dataclass(frozen=True, slots=True)
class ListPage:
    """What `<c-pager>` asks of a page."""

    rows: list[Line]
    next_cursor: str
    is_first: bool


@for_role(AUDITOR)
@require_safe
def compliance(request: HttpRequest) -> HttpResponse:
    """The list as it stands, or as it stood at the end of a day."""
    user = person(request)
    form = ListFilter(user, request.GET)
    if not form.is_valid():
        return render(request, "web/auditor/list.html", {"form": form}, status=422)
    at = form.at
    paths = branches_then(user, form.unit, at)
    after = _read(request.GET.get("after", ""))
    rows, following = compliance_page(paths, at, form.wanted, after=after, limit=PAGE)
    page = ListPage(told(rows), _write(following) if following else "", after is None)
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "page": page,
        "looks_on": page.next_cursor and len(rows) < PAGE,
        "at": at,
        "past": form.cleaned_data["as_of"] is not None,
        "as_of": request.GET.get("as_of", ""),
        "last_checked": _last_checked(branches(user, form.unit)),
        "export_query": urlencode(asked),
    }
    return render(request, "web/auditor/list.html", context)


def told(rows: Sequence[ComplianceRow]) -> list[Line]:
    """Lines in words: two queries, however many."""
    officials = dict(
        Official.objects.filter(pk__in={row.official_id for row in rows}).values_list("pk", "public_id")
    )
    found = [_subject(row) for row in rows if row.rule]
    findings = {
        (kind, subject, rule): public_id
        for kind, subject, rule, public_id in Finding.objects.filter(
            subject_kind__in={kind for kind, _subject, _rule in found},  # the index begins with it
            subject_id__in={subject for _kind, subject, _rule in found},
            rule__in={rule for _kind, _subject, rule in found},
        ).values_list("subject_kind", "subject_id", "rule", "public_id")
    }
    return [
        Line(
            row,
            officials.get(row.official_id),
            findings.get(_subject(row)),
            str(Subject(row.subject).label),
            platform_name(row.platform),
            standing_words(row.standing, row.nil_return),
            title_of(row.rule) if row.rule else "",
            in_words(row.rule, row.evidence),
            status_of(row.state, row.cause, row.article),
        )
        for row in rows
    ]


def _subject(row: ComplianceRow) -> tuple[int, int, str]:
    keys = {
        Subject.ACCOUNT: row.account_key,
        Subject.PAGE: row.account_key,
        Subject.OFFICIAL: row.official_id,
        Subject.AGENCY: ancestors(row.agency_path)[-1],
    }
    return row.subject, keys[Subject(row.subject)], row.rule


def _last_checked(paths: Sequence[str]) -> datetime | None:
    """When everything shown was last looked at: the oldest of the branches' last runs."""
    checked = [last_checked(path) for path in paths]
    known = [instant for instant in checked if instant is not None]
    return min(known) if checked and len(known) == len(checked) else None


def _read(cursor: str) -> tuple[str, int, int, str] | None:
    """The key the next page begins after; a broken one is the start."""
    if not cursor:
        return None
    try:
        path, official, account, rule = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(path), int(official), int(account), str(rule)


def _write(key: tuple[str, int, int, str]) -> str:
    return signing.dumps(list(key), salt=_SALT, compress=True)
