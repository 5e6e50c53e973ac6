"""What changed in an officer's branches since they last looked: two sets of counts, and the difference."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.comparison import Part, parts_of, whole
from registry.findings.selectors import Count, counters
from registry.findings.wording import title_of
from registry.users.models import LastLook, Role, User
from registry.users.policies import branches_of
from registry.users.services import remember_look
from registry.web.access import for_role, person
from registry.web.reviewer.scope import HR


@dataclass(frozen=True, slots=True)
class Change:
    """One count that is another now."""

    label: str
    before: int
    now: int

    @property
    def by(self) -> str:
        """By how much, with its sign."""
        return f"{self.now - self.before:+d}".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an instant."""

    at: datetime
    changes: list[Change]
    rules: list[Change]
    other_branches: bool  # the login's branches are not those of then: nothing can be compared


def numbers_of(user: User) -> dict[str, Any]:
    """How the officer's branches stand, in two queries and those for the scope."""
    branches = branches_of(user, HR)
    total = Part()
    for parts in parts_of(branches).values():
        total = total.and_(whole(parts))
    return told(branches, total, counters(*branches) if branches else {})


def told(branches: list[str], total: Part, counts: dict[str, Count]) -> dict[str, Any]:
    """Counts as they are remembered."""
    return {
        "branches": branches,
        "staff": total.staff,
        "answered": total.declared + total.nil,
        "waiting": total.proposed,
        "missing": total.missing,
        "contested": sum(count.contested for count in counts.values()),
        "rules": {code: count.open for code, count in counts.items() if count.open},
    }


def since_last_look(user: User, now: dict[str, Any]) -> Since | None:
    """What changed since the sign-in before this one; None for who was never here."""
    look = LastLook.objects.filter(user=user).first()
    if look is None:
        return None
    before = look.before
    if before["branches"] != now["branches"]:
        return Since(look.before_at, [], [], other_branches=True)
    labels = {
        "staff": _("People in post"),
        "answered": _("Have answered"),
        "waiting": _("Waiting for review"),
        "missing": _("Not declared yet"),
        "contested": _("Contested findings"),
    }
    changes = [Change(label, before[name], now[name]) for name, label in labels.items()]
    codes = sorted(before["rules"].keys() | now["rules"].keys())
    rules = [
        Change(title_of(code), before["rules"].get(code, 0), now["rules"].get(code, 0)) for code in codes
    ]
    return Since(
        look.before_at,
        [one for one in changes if one.before != one.now],
        [one for one in rules if one.before != one.now],
        other_branches=False,
    )


@for_role(Role.HR_OFFICER)
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Count from now on."""
    user = person(request)
    remember_look(numbers=numbers_of(user), by=user, seen=True)
    messages.success(request, _("From now on changes are counted from here."))
    return redirect("reviewer:home")
