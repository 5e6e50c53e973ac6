"""Samples: drawn by a seed, looked at one by one, reported so that anybody can draw them again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import AgencyRecord
from common.errors import ConflictError, NotFoundError, RegistryError
from registry.exports.models import Format
from registry.exports.selectors import STATES, instant_of
from registry.exports.tables import table_zip
from registry.rules.catalogue import catalogue
from registry.samples.drawing import Wanted
from registry.samples.models import Drawn, Sample, Strata
from registry.samples.reporting import report_of
from registry.samples.selectors import (
    LEVEL,
    Tally,
    carried,
    draw_again,
    items_of,
    next_to_look_at,
    sample_for,
    samples_for,
    tallies,
    what_it_says,
)
from registry.samples.services import MOST, draw_sample, new_seed
from registry.samples.wording import asked_of, lines_of, strata_of
from registry.users.models import User
from registry.users.policies import branches_of
from registry.web.access import for_role, person
from registry.web.auditor.coverage import tops
from registry.web.auditor.forms import DayField, UnitForm
from registry.web.auditor.scope import AUDITOR
from registry.web.paging import page_by_key

PAGE = 50


class DrawForm(UnitForm):
    """What to draw of what."""

    as_of = DayField(label=gettext_lazy("As of the end of"), required=False)
    drawn = forms.ChoiceField(
        label=gettext_lazy("What is drawn"), choices=Drawn.choices, widget=forms.RadioSelect
    )
    size = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say how many to draw.")},
    )
    strata = forms.ChoiceField(
        label=gettext_lazy("Divide the population"), choices=Strata.choices, widget=forms.RadioSelect
    )
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    again = forms.BooleanField(
        label=gettext_lazy("Add everything that was not in line last time"), required=False
    )
    rule = forms.ChoiceField(label=gettext_lazy("Rule"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, user: User, data: Any = None, **kwargs: Any) -> None:
        super().__init__(user, data, **kwargs)
        self._need_unit(gettext_lazy("Choose the unit to draw from."))
        self._offer(
            "rule",
            [(rule.code, f"{rule.code} · {rule.title}") for rule in catalogue()],
            gettext_lazy("All rules"),
        )
        self._offer("state", list(STATES.items()), gettext_lazy("All states"))

    def drawn_by(self, user: User) -> Sample | None:
        """Draw; None, with the reason in the form, where it is refused."""
        said = self.cleaned_data
        if self.unit is None:
            return None
        try:
            return draw_sample(
                wanted=Wanted(
                    agency=self.unit.agency,
                    as_of=instant_of(said["as_of"]),
                    drawn=Drawn(said["drawn"]),
                    strata=Strata(said["strata"]),
                    seed=said["seed"] or new_seed(),
                    size=said["size"],
                    rule=said["rule"],
                    state=said["state"],
                ),
                again=said["again"],
                by=user,
            )
        except NotFoundError:
            raise
        except RegistryError as error:
            self.refuse(error)
            return None


@for_role(AUDITOR)
@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """The samples drawn from the auditor's branches, by whomever, newest first."""
    page = page_by_key(
        samples_for(person(request)), "-drawn_at", "-id", cursor=request.GET.get("after", ""), size=PAGE
    )
    names = dict(
        AgencyRecord.objects.current()
        .filter(agency__in={each.agency_id for each in page.rows})
        .values_list("agency", "name")
    )
    rows = [(each, names.get(each.agency_id, ""), asked_of(each)) for each in page.rows]
    return render(request, "web/auditor/samples.html", {"page": page, "rows": rows})


@for_role(AUDITOR)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Say what to draw; on yes it is drawn and kept."""
    user = person(request)
    if request.method != "POST":
        heads = tops(branches_of(user, AUDITOR))
        asked: dict[str, Any] = {
            "agency": heads[0].agency.code if len(heads) == 1 else "",
            "drawn": Drawn.PEOPLE,
            "strata": Strata.UNIT,
            "again": True,
            "size": "30",
        }
        asked |= {key: value for key, value in request.GET.items() if value}
        return render(request, "web/auditor/sample_new.html", {"form": DrawForm(user, initial=asked)})
    form = DrawForm(user, request.POST)
    sample = form.drawn_by(user) if form.is_valid() else None
    if sample is None:
        return render(request, "web/auditor/sample_new.html", {"form": form}, status=422)
    messages.success(request, _("Drawn and kept. Now look at each and write down what you find."))
    return redirect("auditor:sample", sample.public_id)


@for_role(AUDITOR)
@require_safe
def sample(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The report: how it was drawn, what was found, and each subject."""
    found = sample_for(person(request), public_id)
    page = page_by_key(items_of(found), "place", cursor=request.GET.get("after", ""), size=PAGE)
    counted = tallies(found)
    names = strata_of(found, [each.code for each in counted])
    context = {
        **_about(found),
        "page": page,
        "next": next_to_look_at(found),
        "lines": lines_of(found, page.rows),
        "counted": [(names[each.code], each) for each in counted],
        "together": _together(counted),
        "carried": carried(found),
        "says": what_it_says(found, counted),
        "level": f"{LEVEL * 100:.0f} %",
        "formats": Format.choices,
    }
    return render(request, "web/auditor/sample.html", context)


@for_role(AUDITOR)
@require_safe
def again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Draw a sample again, from what the register held then, and say whether it comes out the same."""
    found = sample_for(person(request), public_id)
    context = {**_about(found), "again": draw_again(found)}
    return render(request, "web/auditor/sample_again.html", context)


@for_role(AUDITOR)
@require_POST
def report(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Give out the report as a file with a signed manifest; that it was taken is written down."""
    user = person(request)
    found = sample_for(user, public_id)
    try:
        form = Format(request.POST.get("format", ""))
    except ValueError:
        raise ConflictError("stale", _("This form was open for too long. Open the sample again.")) from None
    with table_zip(table=report_of(found), form=form, by=user) as packed:
        # The name goes when the folder does; the open file stays until it is sent.
        response = FileResponse(packed.open("rb"), as_attachment=True, filename=packed.name)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _about(found: Sample) -> dict[str, Any]:
    unit = AgencyRecord.objects.current().filter(agency=found.agency_id).first()
    return {
        "sample": found,
        "unit": unit.name if unit else found.agency.code,
        "asked": asked_of(found),
        "strata": Strata(found.strata).label,
    }


def _together(counted: list[Tally]) -> Tally:
    whole = Tally("")
    for each in counted:
        for name in ("population", "drawn", "in_line", "not_in_line", "unchecked"):
            setattr(whole, name, getattr(whole, name) + getattr(each, name))
    return whole
