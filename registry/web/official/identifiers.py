"""The permanent id of my account: pasted, shown back, put before HR."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Entry
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.states import Kind, State
from registry.web.access import for_officials, person
from registry.web.forms import posted
from registry.web.identifiers import PermanentIdForm, known_by, where_permanent
from registry.web.official.accounts import own_entry, under_way


@for_officials
@require_http_methods(["GET", "POST"])
def permanent_id(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """State the permanent id of the account: the first POST shows back what was read, the second sends it."""
    entry = own_entry(request, public_id)
    waiting = under_way(request, entry)
    returned = waiting is not None and waiting.kind == Kind.IDENTIFY and waiting.state == State.RETURNED
    form = PermanentIdForm(**posted(request), account=entry.account)
    if request.method == "POST" and form.is_valid():
        sent = _state(request, entry, form)
        if sent is not None:
            messages.success(request, _("Sent. It is recorded once your HR officer has looked at the page."))
            return redirect("official:declaration", sent.public_id)
    context = {
        "entry": entry,
        "known_by": known_by(entry.account),
        "where": where_permanent(entry.account),
        "under_way": None if returned else waiting,
        "form": form,
        "crumbs": [
            (reverse("official:home"), _("My accounts")),
            (reverse("official:account", args=[public_id]), _("Account")),
        ],
    }
    return render(request, "web/official/permanent_id.html", context, status=422 if form.errors else 200)


def _state(request: HttpRequest, entry: Entry, form: PermanentIdForm) -> Declaration | None:
    """Do what the form asks; None where it is to be confirmed first, or was refused."""
    try:
        if not form.cleaned_data["confirmed"]:
            services.permanent_id_of(account=entry.account, link=form.found)
            return None
        return services.state_permanent_id(
            account=entry.account,
            link=form.found,
            link_text=form.cleaned_data["link"],
            by=person(request),
        )
    except (NotFoundError, NotAllowedError):
        raise
    except RegistryError as error:
        form.refuse(error)
        return None
