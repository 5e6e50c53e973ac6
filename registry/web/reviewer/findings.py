"""What is not in line in a branch, by rule and unit, each with its evidence."""

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Account
from registry.findings.models import Finding
from registry.findings.models import State as FindingState
from registry.findings.selectors import STANDING, last_checked, open_findings
from registry.rules.catalogue import catalogue
from registry.users.models import Role, User
from registry.users.policies import branches_of
from registry.web.access import for_role, person
from registry.web.finding import OF_ACCOUNTS
from registry.web.forms import RegistryForm
from registry.web.paging import Page
from registry.web.reviewer.scope import HR, people, unit_of
from registry.web.reviewer.told import tell
from registry.web.reviewer.units import UnitField

SIZE = 50
_SALT = "registry.web.reviewer.findings"


class FindingFilter(RegistryForm):
    """What of the findings is wanted; it lives in the address."""

    rule = forms.ChoiceField(label=_("Rule"), required=False)
    unit = UnitField(label=_("Unit"), required=False, whole=_("Whole branch"))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All but waived")),
            (FindingState.OPEN, _("Not in line")),
            (FindingState.UNCHECKED, _("Could not be checked")),
            (FindingState.CONTESTED, FindingState.CONTESTED.label),
            (FindingState.WAIVED, FindingState.WAIVED.label),
        ],
    )

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        rules = [(rule.code, rule.title) for rule in catalogue()]
        self.fields["rule"].choices = [("", _("All rules")), *rules]  # type: ignore[attr-defined]
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            field.offer(user, sent=data.get("unit", ""))


@for_role(Role.HR_OFFICER)
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """The findings of the branch that match the filter, paged by key."""
    user = person(request)
    form = FindingFilter(request.GET, user=user)
    unit = unit_of(user, form.cleaned_data.get("unit", "") if form.is_valid() else "")
    branches = [unit.path] if unit else branches_of(user, HR)
    found: list[Finding] = []
    after = _read(request.GET.get("after", ""))
    if form.is_valid():
        wanted = form.cleaned_data
        found = open_findings(
            branches,
            rules=[wanted["rule"]] if wanted["rule"] else (),
            states=[wanted["state"]] if wanted["state"] else STANDING,
            after=after,
            limit=SIZE + 1,
        )
    rows = found[:SIZE]
    more = signing.dumps((rows[-1].agency_path, rows[-1].pk), salt=_SALT) if len(found) > SIZE else ""
    who = people({row.official_id for row in rows if row.official_id})
    accounts = Account.objects.prefetch_related("identifiers").in_bulk(
        [row.subject_id for row in rows if row.subject_kind in OF_ACCOUNTS]
    )
    told = [
        tell(
            row,
            who=who.get(row.official_id or 0),
            account=accounts.get(row.subject_id) if row.subject_kind in OF_ACCOUNTS else None,
        )
        for row in rows
    ]
    checked = [last_checked(branch) for branch in branches]
    return render(
        request,
        "web/reviewer/findings.html",
        {
            "form": form,
            "told": told,
            "page": Page(rows, more, after is None),
            "own": user.official_id,
            "waivable": bool(rows) and form.is_valid() and form.cleaned_data["state"] != FindingState.WAIVED,
            "unit": unit,
            "filtered": any(request.GET.get(name) for name in form.fields),
            "last_checked": min((one for one in checked if one), default=None) if all(checked) else None,
        },
        status=200 if form.is_valid() else 422,
    )


def _read(cursor: str) -> tuple[str, int] | None:
    """Where the page before ended; a broken cursor is the start."""
    if not cursor:
        return None
    try:
        path, key = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return str(path), int(key)
