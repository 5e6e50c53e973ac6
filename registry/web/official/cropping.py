"""Cutting a photo to the person: a square, set by numbers and nudges, or drawn where a script runs."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.photos import Part, PhotoError, PhotoLimits, open_stored, redraw
from common.errors import ConflictError
from registry.web.access import for_officials
from registry.web.forms import posted
from registry.web.official.drafting import Seen, keep, open_to_change, said_in, seen_by
from registry.web.official.forms import PartForm

_NUDGE = 20  # pixels
#: What each button does to left, top and side; growing and shrinking keep the middle where it is.
NUDGES = {
    "left": (gettext_lazy("Move left"), (-_NUDGE, 0, 0)),
    "right": (gettext_lazy("Move right"), (_NUDGE, 0, 0)),
    "up": (gettext_lazy("Move up"), (0, -_NUDGE, 0)),
    "down": (gettext_lazy("Move down"), (0, _NUDGE, 0)),
    "smaller": (gettext_lazy("Smaller"), (_NUDGE // 2, _NUDGE // 2, -_NUDGE)),
    "larger": (gettext_lazy("Larger"), (-_NUDGE // 2, -_NUDGE // 2, _NUDGE)),
}


@for_officials
@require_http_methods(["GET", "POST"])
def crop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose a part of the draft's photo: shown first as often as wanted, then cut by the photo door."""
    declaration = open_to_change(request, public_id)
    photo = declaration.written.facts.photo
    if photo is None:
        return redirect("official:details", public_id)
    form = PartForm(**posted(request), photo=photo)
    act = request.POST.get("act", "")
    status, conflict = 200, ""
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif act in NUDGES:
        moved = {
            name: form.cleaned_data[name] + by
            for name, by in zip(("left", "top", "side"), NUDGES[act][1], strict=True)
        }
        form = PartForm(form.fit(moved), photo=photo)
    elif act == "use":
        seen, frame = Seen.of(request), form.cleaned_data
        part = Part(frame["left"], frame["top"], frame["side"], frame["side"])
        try:
            seen.require(declaration)
            with open_stored(photo.name) as file:
                redrawn = redraw(file.read(), part=part)
            with transaction.atomic():
                keep(request, declaration, said_in(None, declaration), seen, redrawn=redrawn)
            messages.success(request, _("The photo is cut. Choose the file again to begin afresh."))
            return redirect(reverse("official:details", args=[public_id]) + "#photo-part")
        except PhotoError as error:
            form.refuse(error)
            status = 422
        except ConflictError as error:
            declaration = open_to_change(request, public_id)
            photo = declaration.written.facts.photo or photo
            status, conflict = 409, str(error.message)
    context = {
        "declaration": declaration,
        "seen": seen_by(form, declaration),
        "photo": photo,
        "form": form,
        "frame": form.frame,
        "conflict": conflict,
        "nudges": NUDGES,
        "smallest": PhotoLimits().min_side,
        "crumbs": [
            (reverse("official:home"), _("My accounts")),
            (reverse("official:details", args=[public_id]), _("What the account shows")),
        ],
    }
    return render(request, "web/official/crop.html", context, status=status)
