"""One finding as HR sees it: what was compared, its history, and the answer to a contest."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.audit import services as audit
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.findings import policies, services
from registry.findings.models import Finding, Outcome, State
from registry.findings.selectors import finding_for, open_contest, open_waiver
from registry.users.models import Role, User
from registry.web.access import for_role, person
from registry.web.finding import about
from registry.web.forms import OneFileField, RegistryForm, posted
from registry.web.law.day import AnyDayField
from registry.web.reviewer.scope import HR

_WAIVABLE = frozenset({State.OPEN, State.UNCHECKED, State.CONTESTED})


class WaiverFields(RegistryForm):
    """Until when, and what proves it."""

    until = AnyDayField(label=gettext_lazy("Until the end of"), required=False)
    proof = OneFileField(label=gettext_lazy("Proof"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = services.last_day_allowed()
        self.fields["until"].help_text = _("The last day it holds, %(day)s at most.") % {
            "day": f"{last:%d/%m/%Y}"
        }
        self.fields["proof"].help_text = _("PDF, PNG or JPEG, 5 MB at most. Only HR and auditors see it.")
        self.fields["proof"].widget.attrs["accept"] = ".pdf,.png,.jpg,.jpeg"


class AnswerForm(WaiverFields):
    """What HR answers to a contest."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the answers.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The person concerned and auditors read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write down why. It is kept.")},
    )
    field_order = ("outcome", "text", "until", "proof")


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read one finding; a POST answers its contest. That it was read is written down."""
    user = person(request)
    found = finding_for(user, public_id, HR)
    form = AnswerForm(**posted(request))
    status = 200
    if request.method == "POST":
        if form.is_valid() and _answered(request, user, found, form):
            return redirect("reviewer:finding", public_id)
        status = 422
    else:
        _viewed(user, found)
    own = policies.is_own(user, found)
    open_one = open_contest(found)
    return render(
        request,
        "web/reviewer/finding.html",
        {
            **about(found),
            "form": form,
            "is_own": own,
            "can_waive": not own and found.state in _WAIVABLE,
            "can_undo": not own and found.state == State.WAIVED,
            "can_answer": not own and open_one is not None and open_one.contested_by_id != user.pk,
            "crumbs": [(reverse("reviewer:findings"), _("Findings"))],
        },
        status=status,
    )


@for_role(Role.HR_OFFICER)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the waiver of one finding back."""
    user = person(request)
    found = finding_for(user, public_id, HR)
    waiver = open_waiver(found)
    if waiver is None:
        messages.info(request, _("This finding is not waived any more."))
    else:
        services.undo_waive(waiver=waiver, by=user)
        messages.success(request, _("The waiver has been taken back. The finding stands again."))
    return redirect("reviewer:finding", public_id)


def _answered(request: HttpRequest, user: User, found: Finding, form: AnswerForm) -> bool:
    said = form.cleaned_data
    contest = open_contest(found)
    if contest is None:
        messages.error(request, _("This finding is not contested any more. Look at it again."))
        return True
    try:
        services.answer(
            contest=contest,
            outcome=Outcome(said["outcome"]),
            text=said["text"],
            until=said["until"],
            proof=said["proof"],
            by=user,
        )
    except (NotFoundError, NotAllowedError):
        raise
    except ConflictError as error:
        messages.error(request, str(error.message))
    except RegistryError as error:
        form.refuse(error)
        return False
    else:
        messages.success(request, _("Answered. The person hears by e-mail and reads it on their page."))
    return True


def _viewed(user: User, found: Finding) -> None:
    if found.official_id is not None:
        audit.record(
            act="official.viewed",
            by=user,
            subject_kind="official",
            subject_id=found.official_id,
            agency_path=found.agency_path,
            payload={"page": "finding", "rule": found.rule},
        )
