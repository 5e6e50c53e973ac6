"""The words of the register, each in a sentence or two for who meets it the first time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Term:
    """One word; its code is its anchor on the page."""

    code: str
    word: "StrPromise"
    meaning: "StrPromise"


GLOSSARY = (
    Term(
        "account",
        _("Account"),
        _(
            "A page or profile on a social network that somebody declared, or that HR registered for them."
            " Not the login you sign in here with."
        ),
    ),
    Term(
        "declaration",
        _("Declaration"),
        _(
            "What you say of an account: the name and photo it shows, the agency, the notice. It is a draft"
            " until you submit it; HR then approves it or returns it with reasons."
        ),
    ),
    Term(
        "entry",
        _("Entry"),
        _(
            "What stands in the register about an account. While a change waits for review, the entry"
            " approved before it still stands."
        ),
    ),
    Term(
        "unconfirmed",
        _("Unconfirmed"),
        _(
            "HR registered the account on the person's behalf and the person has not confirmed it yet. It"
            " is compared like any other, however incomplete it is."
        ),
    ),
    Term(
        "nil",
        _("Statement of having none"),
        _("“I have no account”, stated by the person. It ends by itself when an account is registered."),
    ),
    Term(
        "finding",
        _("Finding"),
        _(
            "Something that is not in line with a rule, or that could not be checked. It opens by itself"
            " and resolves by itself as soon as the cause is gone; nobody has to tick it off."
        ),
    ),
    Term(
        "unchecked",
        _("Could not be checked"),
        _(
            "The machine cannot tell and says why. It means neither that something is wrong nor that all is"
            " well."
        ),
    ),
    Term(
        "waiver",
        _("Waiver"),
        _(
            "HR lets a finding be until a day, with a reason. After that day it opens again. A waiver can"
            " be taken back."
        ),
    ),
    Term(
        "contest",
        _("Contest"),
        _(
            "You say why a finding about you is not right; HR has to answer. Until then it counts as"
            " contested."
        ),
    ),
    Term(
        "dispute",
        _("Dispute"),
        _(
            "Two people, or two agencies, claim one account. Each side's HR sees its own side only; the HR of"
            " the agency above both decides. Nobody is told who the other is."
        ),
    ),
    Term(
        "incident",
        _("Incident"),
        _(
            "An account was lost, taken over or imitated. The register keeps who has to be told, by when,"
            " and whether they were."
        ),
    ),
    Term(
        "profile",
        _("Rule profile"),
        _(
            "Which documents an agency is measured by, and how strongly each speaks. It is inherited from"
            " the agency above unless the agency chose its own. Under some, naming the employer is the"
            " fault."
        ),
    ),
    Term(
        "force",
        _("Force"),
        _(
            "Whether a text says must, should, encourages or forbids, or is only a draft. “Violation” is"
            " said only where the agency's own regulation makes it one."
        ),
    ),
    Term(
        "eyes",
        _("Four eyes"),
        _(
            "Nobody approves what they declared themselves. Where an office has one HR officer, their own"
            " declarations go to the HR of the agency above."
        ),
    ),
    Term(
        "as-of",
        _("As of"),
        _("The register as it stood at the end of a day in the past, in the words and verdicts of that day."),
    ),
    Term(
        "run",
        _("Run"),
        _(
            "One check of the register: every minute of what changed, every night of everything, every week"
            " a comparison with the book from scratch."
        ),
    ),
    Term(
        "manifest",
        _("Manifest"),
        _(
            "A small signed file beside an exported list: what was asked, how many lines, and a checksum."
            " With it anybody can prove that the list was not touched."
        ),
    ),
)


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All words, in the order they come up in."""
    return render(request, "web/glossary.html", {"terms": GLOSSARY})
