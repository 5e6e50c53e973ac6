"""A declaration, its correction, every step it took, and who has it open; and a declaration of a page."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Account, Agency, DeclaredFacts, Entry, Official
from registry.declarations.states import DECIDED, OPEN, Kind, PageKind, State
from registry.users.models import User


class Declaration(models.Model):
    """What an official (or HR on the official's behalf) puts forward about one account.

    It points to the facts it proposes and, once approved, to the entry it became. Nothing in it tells whose
    a disputed account is now. What it says here is what HR may read; see `written` for its author.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="declarations")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="declarations")
    facts = models.ForeignKey(DeclaredFacts, on_delete=models.PROTECT, related_name="declarations")
    # Who said what is in the facts: written here by trigger, so that whose queue it is in asks for no facts.
    stated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    link_text = models.TextField(blank=True, default="")  # as pasted; blank where it held a phone number
    kind = models.CharField(max_length=20, default=Kind.NEW)
    state = models.CharField(max_length=20, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)  # grows by one with every step
    window = models.UUIDField(null=True)  # the open page it was last written in; null: by another act since
    on_behalf = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    reasons = models.JSONField(default=dict)  # why it was returned or refused: field → text
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="declarations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["official", "account"],
                condition=Q(state__in=OPEN),
                name="declaration_one_open",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="declaration_submitted_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="declaration_decided_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="declaration_past_draft_is_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | Q(state__in=[State.DRAFT, State.SUBMITTED, State.DISPUTED], decided_at__isnull=True)
                | Q(state=State.WITHDRAWN),
                name="declaration_decided_when_its_state_says_so",
            ),
            # Nobody approves what they put forward themselves; registering on behalf is HR's own act.
            models.CheckConstraint(
                condition=Q(on_behalf=True) | Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="declaration_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(kind=Kind.CLOSE) | Q(entry__isnull=False),
                name="declaration_approved_has_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | ~Q(reasons={}), name="declaration_returned_with_reasons"
            ),
        ]
        indexes = [
            # read by: queue_for(), disputes_to_decide()
            models.Index(
                fields=["state", "submitted_at", "id"],
                name="declaration_queue",
                condition=Q(state__in=[State.SUBMITTED, State.DISPUTED]),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stated_by",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("facts_id"),
                func="""
                NEW.stated_by_id := (SELECT stated_by_id FROM accounts_declaredfacts WHERE id = NEW.facts_id);
                RETURN NEW;
                """,
            )
        ]

    @property
    def written(self) -> "Declaration | Correction":
        """What the declarant wrote last, for nobody but them: a correction begun, else the declaration."""
        correction: Correction | None = getattr(self, "correction", None)
        return correction or self


class Correction(models.Model):
    """What the declarant has written since HR returned the declaration.

    HR goes on seeing what was put before it; this becomes the declaration when it is put forward again.
    """

    declaration = models.OneToOneField(
        Declaration, on_delete=models.CASCADE, primary_key=True, related_name="correction"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    facts = models.ForeignKey(DeclaredFacts, on_delete=models.PROTECT, related_name="corrections")
    link_text = models.TextField(blank=True, default="")  # as in Declaration
    kind = models.CharField(max_length=20)
    saved_at = models.DateTimeField(db_default=Now())


class Step(models.Model):
    """One thing done to a declaration, by whom and when: its history, and what letters are written from."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=20)  # after it
    version = models.PositiveIntegerField()  # after it
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    told_at = models.DateTimeField(
        null=True
    )  # when the sender of letters took it, or at once when it is no news

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "version"], name="step_once"),
        ]
        indexes = [
            # read by: take_news()
            models.Index(fields=["id"], name="step_untold", condition=Q(told_at__isnull=True)),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="rewrites_nothing", exclude=["told_at"]),
            pgtrigger.Protect(name="deletes_nothing", operation=pgtrigger.Delete),
        ]


class PageDeclaration(models.Model):
    """What an HR officer puts forward about a page of an agency's own; another officer decides.

    The states are those of a person's declaration. It is written in one go, so there is no draft: a returned
    one is put forward again. One about an account somebody else holds is disputed; it says nothing of whose
    the account is now.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="page_declarations")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="page_declarations")
    facts = models.ForeignKey(DeclaredFacts, on_delete=models.PROTECT, related_name="page_declarations")
    link_text = models.TextField(blank=True, default="")  # as pasted
    permanent_text = models.TextField(blank=True, default="")  # a link that states the page's permanent id
    kind = models.CharField(max_length=20, default=PageKind.NEW)
    state = models.CharField(max_length=20, default=State.SUBMITTED)
    version = models.PositiveIntegerField(default=1)  # grows by one with every step
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    submitted_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")  # why it was returned
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="page_declarations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "account"], condition=Q(state__in=OPEN), name="pagedeclaration_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="pagedeclaration_decided_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | Q(state__in=[State.SUBMITTED, State.DISPUTED], decided_at__isnull=True)
                | Q(state=State.WITHDRAWN),
                name="pagedeclaration_decided_when_its_state_says_so",
            ),
            # Four eyes: nobody decides on what they put forward.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="pagedeclaration_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(kind=PageKind.CLOSE) | Q(entry__isnull=False),
                name="pagedeclaration_approved_has_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | ~Q(reason=""),
                name="pagedeclaration_returned_with_reason",
            ),
        ]
        indexes = [
            # read by: page_queue_for(), page_disputes_to_decide()
            models.Index(
                fields=["state", "submitted_at", "id"],
                name="pagedeclaration_queue",
                condition=Q(state__in=[State.SUBMITTED, State.DISPUTED]),
            ),
            # read by: disputed_among()
            models.Index(
                fields=["account"], name="pagedeclaration_disputed", condition=Q(state=State.DISPUTED)
            ),
        ]


class PageStep(models.Model):
    """One thing done to a declaration of a page, by whom and when: its history, and what letters are of."""

    declaration = models.ForeignKey(PageDeclaration, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=20)  # after it
    version = models.PositiveIntegerField()  # after it
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")  # why it was returned
    # Whose page it was in a dispute, before it was decided; null: nobody's, or a person's account.
    against = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    told_at = models.DateTimeField(null=True)  # as in Step

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "version"], name="pagestep_once"),
        ]
        indexes = [
            # read by: take_page_news()
            models.Index(fields=["id"], name="pagestep_untold", condition=Q(told_at__isnull=True)),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="rewrites_nothing", exclude=["told_at"]),
            pgtrigger.Protect(name="deletes_nothing", operation=pgtrigger.Delete),
        ]


class ReportedForThem(models.Model):
    """That HR reported an incident for somebody who is to be written to about it."""

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+", db_index=False)
    incident = models.UUIDField(unique=True)  # the public id: what stays the same of it
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # as in Step

    class Meta:
        indexes = [
            # read by: take_reported()
            models.Index(fields=["id"], name="reported_untold", condition=Q(told_at__isnull=True)),
        ]


class Return(models.Model):
    """What a declaration said when it was returned, and why: read beside what it says when it comes back."""

    step = models.OneToOneField(Step, on_delete=models.PROTECT, primary_key=True, related_name="returned")
    facts = models.ForeignKey(DeclaredFacts, on_delete=models.PROTECT, related_name="returns")
    link_text = models.TextField(blank=True, default="")  # as in Declaration
    reasons = models.JSONField()  # field → text

    class Meta:
        triggers = [
            pgtrigger.ReadOnly(name="rewrites_nothing"),
            pgtrigger.Protect(name="deletes_nothing", operation=pgtrigger.Delete),
        ]


class Lease(models.Model):
    """Which officer has a case open, so that a colleague does not do the same work. It forbids nobody.

    Held for a short while, renewed by the open page, gone with the decision: see `services.open_case`.
    """

    declaration = models.OneToOneField(
        Declaration, on_delete=models.CASCADE, primary_key=True, related_name="lease"
    )
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField()
