"""The start page, and pictures: what belongs to no single role."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.photos import open_stored
from registry.declarations.selectors import photo_for
from registry.web.access import person
from registry.web.areas import areas_of
from registry.web.citizen.asking import lookup


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send each person to the start page of their role; everybody else finds the look-up here."""
    if not request.user.is_authenticated:
        return lookup(request)
    user = person(request)
    areas = areas_of(user)
    if areas:
        return redirect(areas[0].home)
    if user.is_staff:
        return redirect("admin:index")
    return render(request, "web/no_role.html")


@require_safe
def photo(request: HttpRequest, public_id: UUID) -> FileResponse:
    """Give out a picture to who may see it: the person, HR and auditors of the branch."""
    kept = photo_for(person(request), public_id)
    response = FileResponse(open_stored(kept.name), content_type="image/jpeg")
    # A picture never changes under its name; only this person's own browser may keep it.
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
