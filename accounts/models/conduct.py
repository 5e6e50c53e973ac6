"""That a person read and accepted a wording of the code of conduct."""

from django.db import models

from accounts.models.official import Official
from common.changes.models import Kind
from common.changes.services import marks_on
from common.records import Record, RecordQuerySet, append_only, is_a_period, one_current


class CodeAcceptance(Record):
    """A person's own "I have read this and accept it", of one wording: see `accounts.code_of_conduct`."""

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="code_acceptances")
    version = models.PositiveSmallIntegerField()  # the wording's number

    objects = RecordQuerySet["CodeAcceptance"].as_manager()

    class Meta:
        constraints = [
            one_current("official", "version", name="codeacceptance_one_current"),
            is_a_period("codeacceptance_period"),
        ]
        triggers = [append_only("append_only"), *marks_on(Kind.OFFICIAL, "official_id")]
