"""Who visits the pages that `bench.pages` measures: `python -m bench.visitors come|go`, in a full register.

`come` makes logins with sessions and prints, as one JSON list, which pages each is to open; `go` takes
logins, roles and sessions away again. What the log says of their visit stays: it is append-only.
"""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.contrib.sessions.models import Session  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import URLPattern, URLResolver, get_resolver, reverse  # noqa: E402

from accounts.models import Account, Agency, AgencyRecord, Entry, Official, OfficialComparison  # noqa: E402
from accounts.paths import below  # noqa: E402
from registry.declarations.models import Declaration, PageDeclaration  # noqa: E402
from registry.findings.models import Finding, Run  # noqa: E402
from registry.users.models import LastLook, Role, RoleGrant, User  # noqa: E402
from registry.users.services import create_login, grant_role  # noqa: E402

if TYPE_CHECKING:
    from django.db.models import QuerySet

COUNTRY, PROVINCE = "TW-CP", "T34-01"
_NAME = "bench."
_AREAS = {"hr": "reviewer", "auditor": "auditor", "employee": "official"}
Page = tuple[str, str]  # what it is called in the table, and its address


def come(branch: str = PROVINCE) -> list[dict[str, Any]]:
    """Make the logins, of the whole country and of a branch; say which pages each opens."""
    province = AgencyRecord.objects.current().get(agency__code=branch)
    official = _somebody(province)
    visitors = []
    for role, code in (
        ("hr", COUNTRY), ("hr", branch), ("auditor", COUNTRY), ("auditor", branch), ("employee", ""),
    ):  # fmt: skip
        login = create_login(
            username=f"{_NAME}{role}.{code}.{uuid4().hex[:6]}".lower(),
            password=uuid4().hex,
            by=None,
            official=None if code else official,
            full_name="Người đo",
        )
        if code:
            known = {"hr": Role.HR_OFFICER, "auditor": Role.AUDITOR}[role]
            grant_role(user=login, role=known, agency=Agency.objects.get(code=code), by=None)
        browser, session = Client(), settings.SESSION_COOKIE_NAME
        browser.force_login(login, backend="django.contrib.auth.backends.ModelBackend")
        visitors.append(
            {
                "who": f"{role} {code}".strip(),
                "cookie": f"{session}={browser.cookies[session].value}",
                "pages": [*_lists(_AREAS[role], branch), *_one(role, official, province)],
            }
        )
    return visitors


def _somebody(province: AgencyRecord) -> Official:
    """Somebody of the province with accounts and no login yet."""
    found = OfficialComparison.objects.filter(below(province.path, "agency_path"), accounts__gt=1)
    return found.filter(official__login=None).select_related("official")[0].official


def _lists(area: str, branch: str) -> Iterator[Page]:
    """Every page of an area that is about no single thing, and the searches people make in lists."""
    for name in _names(get_resolver().url_patterns):
        if name.startswith(f"{area}:"):
            yield name, reverse(name)
    if area == "reviewer":
        for query in ("q=nguyen+thi", "q=nguy%E1%BB%85n+v%C4%83n+an", "declared=missing", f"unit={branch}"):
            yield f"reviewer:staff?{query}", f"{reverse('reviewer:staff')}?{query}"
    if area == "auditor":
        for query in ("rule=ACC-02&state=open", "subject=agency"):
            yield f"auditor:list?{query}", f"{reverse('auditor:list')}?{query}"


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
        elif not each.pattern.converters:
            yield f"{space}{each.name}"


def _one(role: str, official: Official, branch: AgencyRecord) -> Iterator[Page]:
    """The pages about one person, account, finding or case of the branch."""
    entry = (
        Entry.objects.current().filter(facts__official=official).select_related("account").order_by("pk")[0]
    )
    in_branch = Finding.objects.filter(below(branch.path, "agency_path"), resolved_at=None)
    case = Declaration.objects.filter(
        official__records__agency=branch.agency, official__records__recorded_until=None, state="submitted"
    ).order_by("pk")
    things: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
        "official": ({"public_id": official.public_id}, (
            "reviewer:official", "reviewer:edit", "reviewer:register", "auditor:official", "auditor:then",
        )),
        "account": ({"public_id": entry.account.public_id}, ("official:account", "official:close")),
        "account of staff": ({"account_id": entry.account.public_id}, ("reviewer:identifiers",)),
        "agency": ({"code": branch.agency.code}, ("reviewer:agency", "reviewer:merge")),
        "run": ({"pk": Run.objects.latest("pk").pk}, ("auditor:run",)),
    }  # fmt: skip
    of_pages = PageDeclaration.objects.filter(agency=branch.agency).order_by("pk")
    entered = Account.objects.filter(
        ownerships__agency=branch.agency, ownerships__recorded_until=None
    ).order_by("pk")
    found: tuple[tuple[str, str, QuerySet[Any], tuple[str, ...]], ...] = (
        ("finding", "public_id", in_branch.order_by("agency_path", "pk"), (
            "reviewer:finding", "auditor:finding",
        )),
        ("case", "public_id", case, ("reviewer:case",)),
        ("page", "account_id", entered, (
            "reviewer:page", "reviewer:page_change", "reviewer:page_transfer", "reviewer:page_close",
            "reviewer:page_seen",
        )),
        ("page's case", "public_id", of_pages.filter(state="submitted"), ("reviewer:page_case",)),
        ("page's dispute", "public_id", of_pages.filter(state="disputed"), ("reviewer:page_dispute",)),
    )  # fmt: skip
    for kind, name, rows, pages in found:
        for thing in rows[:1]:
            things[kind] = ({name: thing.public_id}, pages)
    for kwargs, names in things.values():
        for name in names:
            if name.startswith(f"{_AREAS[role]}:"):
                yield name, reverse(name, kwargs=kwargs)


def go() -> list[dict[str, Any]]:
    """Take everything away that `come` made."""
    users = User.objects.filter(username__startswith=_NAME)
    keys = {str(pk) for pk in users.values_list("pk", flat=True)}
    for session in Session.objects.order_by("-expire_date")[:1000]:
        if str(session.get_decoded().get("_auth_user_id")) in keys:
            session.delete()
    RoleGrant.objects.filter(user__in=users).delete()
    LastLook.objects.filter(user__in=users).delete()
    users.delete()
    return []


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"come": come, "go": go}[sys.argv[1]]()))
