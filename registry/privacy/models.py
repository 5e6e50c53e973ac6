"""What people ask about the data held of them, with the clocks of the law."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Official
from registry.rules.legal.data_requests import Right
from registry.users.models import User


class Asked(models.TextChoices):
    """What is asked for, as people say it."""

    CORRECT = Right.CORRECT.value, _("Correct something that is wrong")
    ERASE = Right.ERASE.value, _("Erase something")
    RESTRICT = Right.RESTRICT.value, _("Use something less, or no longer: I object or withdraw my consent")
    COPY = Right.COPY.value, _("See or have a copy of something that is not shown here")


class Outcome(models.TextChoices):
    """What was answered."""

    DONE = "done", _("Done as asked")
    REFUSED = "refused", _("Not granted")


def _pair(when: str, who: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{when}__isnull": True, f"{who}__isnull": True})
        | Q(**{f"{when}__isnull": False, f"{who}__isnull": False}),
        name=name,
    )


class DataRequest(models.Model):
    """One request of a person about their own data. The deadlines are reckoned when it is made."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=10)
    text = models.TextField()  # what, and why
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    acknowledge_by = models.DateField()  # the last day
    answer_by = models.DateField()  # the last day
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    extended_to = models.DateField(null=True)  # the last day to answer instead; once only
    extension_text = models.TextField(blank=True, default="")  # why; the person reads it
    extended_at = models.DateTimeField(null=True)
    extended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=10, blank=True, default="")
    answer_text = models.TextField(blank=True, default="")
    basis = models.CharField(max_length=60, blank=True, default="")  # of a refusal: code of an article
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            _pair("acknowledged_at", "acknowledged_by", "datarequest_acknowledged_who_and_when"),
            _pair("answered_at", "answered_by", "datarequest_answered_who_and_when"),
            _pair("extended_at", "extended_by", "datarequest_extended_who_and_when"),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True, extended_to__isnull=True, extension_text="")
                | Q(
                    extended_at__isnull=False,
                    acknowledged_at__isnull=False,
                    extended_to__gt=F("answer_by"),
                )
                & ~Q(extension_text=""),
                name="datarequest_extended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_at__isnull=False, acknowledged_at__isnull=False)),
                name="datarequest_answered_says_how",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.REFUSED.value) & ~Q(basis="") & ~Q(answer_text="")
                | ~Q(outcome=Outcome.REFUSED.value) & Q(basis=""),
                name="datarequest_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="datarequest_answered_by_another",
            ),
        ]
        indexes = [
            # read by: requests_for(), those that wait
            models.Index(
                fields=["answer_by", "id"], name="datarequest_open", condition=Q(answered_at__isnull=True)
            ),
        ]

    @property
    def deadline(self) -> dt.date:
        """The next day that counts: for saying that it arrived, then for answering."""
        return self.acknowledge_by if self.acknowledged_at is None else self.last_day

    @property
    def last_day(self) -> dt.date:
        """The last day to answer."""
        return self.extended_to or self.answer_by

    def is_late(self, today: dt.date) -> bool:
        """Whether what is due was not done by its last day."""
        return self.answered_at is None and self.deadline < today
