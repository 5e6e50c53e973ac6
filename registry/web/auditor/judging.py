"""One subject of a sample: what the register held, and what the auditor found on looking."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import AgencyRecord
from common.audit import services as audit
from common.errors import ConflictError, NotFoundError, RegistryError
from registry.rules.rule import Subject
from registry.samples.models import Answer, Item
from registry.samples.selectors import item_for, next_to_look_at, verdicts_of
from registry.samples.services import give_verdict
from registry.samples.wording import lines_of
from registry.users.models import User
from registry.users.selectors import officials_for
from registry.web.access import for_role, person
from registry.web.auditor.officials import Found, findings_at
from registry.web.auditor.scope import AUDITOR
from registry.web.forms import RegistryForm, posted

ANSWER_LOOKS = {Answer.IN_LINE: "ok", Answer.NOT_IN_LINE: "attention", Answer.UNCHECKED: "neutral"}


class VerdictForm(RegistryForm):
    """What was found."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What you found"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what you found.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What you saw, where and when. Needed unless it is in line."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@for_role(AUDITOR)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, public_id: UUID, place: int) -> HttpResponse:
    """Look at one subject and say what was found. That the person was looked at is written down."""
    user = person(request)
    found = item_for(user, public_id, place)
    said = list(verdicts_of(found))
    form = VerdictForm(**posted(request), initial={"seen": said[0].pk if said else None})
    status = 200
    if request.method == "POST":
        status = _given(found, form, user) if form.is_valid() else 422
        if not status:
            messages.success(request, _("Kept. What was said before stays on record."))
            return _next(found)
    _looked(found, user)
    line = lines_of(found.sample, [found])[0]
    context = {
        "form": form,
        "item": found,
        "sample": found.sample,
        "line": line,
        "verdicts": [(each, Answer(each.answer).label, ANSWER_LOOKS[Answer(each.answer)]) for each in said],
        "findings": _findings(found),
        "theirs": officials_for(user, AUDITOR).filter(pk=found.official_id).exists(),
        "day": timezone.localdate(found.sample.as_of).isoformat(),
    }
    return render(request, "web/auditor/sample_item.html", context, status=status)


def _findings(found: Item) -> list[Found]:
    """What stood then: against the account, or against the person and every account of theirs."""
    by_subject = findings_at(found.official, found.sample.as_of)
    if found.account_id:
        return by_subject.get((Subject.ACCOUNT.value, found.account_id), [])
    return [each for findings in by_subject.values() for each in findings]


def _given(found: Item, form: VerdictForm, user: User) -> int:
    """Keep the verdict; 0, or the status of a refusal that the form tells."""
    said: dict[str, Any] = form.cleaned_data
    try:
        give_verdict(item=found, answer=Answer(said["answer"]), note=said["note"], seen=said["seen"], by=user)
    except NotFoundError:
        raise
    except RegistryError as error:
        form.refuse(error)
        return error.status if isinstance(error, ConflictError) else 422
    return 0


def _next(found: Item) -> HttpResponse:
    """The next subject nobody has looked at, or the report."""
    following = next_to_look_at(found.sample, after=found.place)
    if following is None:
        return redirect("auditor:sample", found.sample.public_id)
    return redirect("auditor:sample_item", found.sample.public_id, following.place)


def _looked(found: Item, user: User) -> None:
    audit.record(
        act="official.viewed",
        by=user,
        subject_kind="official",
        subject_id=found.official_id,
        agency_path=AgencyRecord.objects.current().get(agency=found.sample.agency_id).path,
        payload={"page": "sample", "sample": str(found.sample.public_id), "place": found.place},
    )
