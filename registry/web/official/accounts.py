"""What stands in the register for me: confirm it, propose a change, close it, or say there is none."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Entry
from common.changes.models import Kind as Subject
from common.errors import RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.selectors import nil_of, own_declarations, own_entries
from registry.declarations.states import OPEN
from registry.findings.selectors import findings_of_official, last_checked
from registry.users.policies import not_found, path_of
from registry.web.access import declarant, for_officials, person
from registry.web.identifiers import known_by, lacks_permanent
from registry.web.official.confirming import changes_since
from registry.web.official.wording import remarks
from registry.web.showing import link_of, statement_of


def own_entry(request: HttpRequest, public_id: UUID) -> Entry:
    """The standing entry of one of the person's own accounts; raises NotFoundError."""
    found = own_entries(person(request)).filter(account__public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def under_way(request: HttpRequest, entry: Entry) -> Declaration | None:
    """What the person has declared of the account and nobody has decided yet."""
    of_account = Q(account=entry.account) | Q(correction__account=entry.account)
    return own_declarations(person(request)).filter(of_account, state__in=OPEN).first()


@for_officials
@require_safe
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account as it stands, with what is not in line."""
    entry = own_entry(request, public_id)
    found = findings_of_official(declarant(request).pk).filter(
        subject_kind=Subject.ACCOUNT, subject_id=entry.account_id
    )
    context = {
        "entry": entry,
        "facts": entry.facts,
        "under_way": under_way(request, entry),
        "known_by": known_by(entry.account),
        "lacks_permanent": lacks_permanent(entry.account),
        "remarks": remarks(found),
        "changes": changes_since(declarant(request), entry) if entry.confirmed_at else [],
        "checked": last_checked(path_of(declarant(request))),
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/account.html", context)


@for_officials
@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The person's own word that the entry is right, as shown to them."""
    entry = own_entry(request, public_id)
    if request.POST.get("entry") != str(entry.pk):
        messages.warning(request, _("The entry changed since you opened the page. Read it again first."))
    else:
        services.confirm_entry(entry=entry, by=person(request))
        messages.success(request, _("Thank you. You have confirmed this account."))
    return redirect("official:account", public_id)


@for_officials
@require_POST
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin a change: a draft that says what stands now, to be altered. What stands goes on standing."""
    entry = own_entry(request, public_id)
    other = under_way(request, entry)
    if other is None:
        other = services.save_draft(
            official=declarant(request),
            link=link_of(entry.account),
            statement=statement_of(entry.facts),
            by=person(request),
        )
        return redirect("official:details", other.public_id)
    messages.info(request, _("A declaration of this account is already under way. This is it."))
    return redirect("official:declaration", other.public_id)


@for_officials
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for an account to be taken out of the register, after asking back."""
    entry = own_entry(request, public_id)
    if request.method == "POST":
        sent = services.close_account(account=entry.account, by=person(request))
        messages.success(request, _("Your HR officer has been asked to take the account out."))
        return redirect("official:declaration", sent.public_id)
    context = {
        "entry": entry,
        "under_way": under_way(request, entry),
        "crumbs": [
            (reverse("official:home"), _("My accounts")),
            (reverse("official:account", args=[public_id]), _("Account")),
        ],
    }
    return render(request, "web/official/close.html", context)


@for_officials
@require_http_methods(["GET", "POST"])
def nothing(request: HttpRequest) -> HttpResponse:
    """State "I have no account"."""
    official = declarant(request)
    refusal = ""
    if request.method == "POST":
        try:
            services.declare_nil(official=official, by=person(request))
        except RegistryError as error:
            refusal = str(error.message)
        else:
            messages.success(request, _("Recorded: you have no account. Declare one here when you open one."))
            return redirect("official:home")
    context = {
        "nil": nil_of(official),
        "refusal": refusal,
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/none.html", context, status=422 if refusal else 200)
