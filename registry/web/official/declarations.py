"""What I declared: each declaration with its state, reasons and history; taking one back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.selectors import history_of, own_declarations
from registry.declarations.states import Act, Kind, State
from registry.declarations.transitions import possible
from registry.web.access import for_officials, person
from registry.web.identifiers import stated_in
from registry.web.official.declaring import WITH_IDENTIFIERS
from registry.web.official.drafting import own_declaration
from registry.web.official.wording import reasons_in_words
from registry.web.paging import page_by_key


@for_officials
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Everything the person declared, newest first."""
    rows = own_declarations(person(request)).prefetch_related(*WITH_IDENTIFIERS)
    page = page_by_key(rows, "-id", cursor=request.GET.get("after", ""), size=25)
    context = {"page": page, "crumbs": [(reverse("official:home"), _("My accounts"))]}
    return render(request, "web/official/declarations.html", context)


@for_officials
@require_safe
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One declaration."""
    declaration = own_declaration(request, public_id)
    acts = possible(declaration.state)
    written = declaration.written
    context = {
        "declaration": declaration,
        "written": written,
        "facts": written.facts,
        "is_corrected": written is not declaration,
        "reasons": reasons_in_words(declaration.reasons) if declaration.state == State.RETURNED else [],
        "steps_taken": history_of(declaration),
        "stated": stated_in(declaration),
        "change": _change(declaration),
        "can_withdraw": Act.WITHDRAW in acts,
        "crumbs": [
            (reverse("official:home"), _("My accounts")),
            (reverse("official:declarations"), _("What I declared")),
        ],
    }
    return render(request, "web/official/declaration.html", context)


def _change(declaration: Declaration) -> str:
    """Where the declaration can be changed; "" where it cannot."""
    if Act.SAVE not in possible(declaration.state) or declaration.kind == Kind.CLOSE:
        return ""
    if declaration.kind == Kind.IDENTIFY:
        return reverse("official:permanent_id", args=[declaration.account.public_id])
    return reverse("official:details", args=[declaration.public_id])


@for_officials
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a declaration back, after asking."""
    declaration = own_declaration(request, public_id)
    if request.method == "POST":
        services.withdraw(declaration=declaration, by=person(request))
        messages.success(request, _("The declaration has been taken back."))
        return redirect("official:home")
    if Act.WITHDRAW not in possible(declaration.state):
        return redirect("official:declaration", public_id)
    context = {
        "declaration": declaration,
        "written": declaration.written,
        "crumbs": [
            (reverse("official:home"), _("My accounts")),
            (reverse("official:declaration", args=[public_id]), _("Declaration")),
        ],
    }
    return render(request, "web/official/withdraw.html", context)
