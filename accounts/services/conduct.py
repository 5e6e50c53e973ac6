"""The act of accepting the code of conduct."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.code_of_conduct import current_on
from accounts.models import CodeAcceptance, Official
from common.audit import services as audit
from common.errors import ConflictError


@transaction.atomic
def accept_code(*, official: Official, version: int, by: Any) -> CodeAcceptance:
    """Record that a person read and accepted a wording. Saying it twice is one statement.

    Args:
        official: who accepts.
        version: number of the wording they read.
        by: their login.

    Raises:
        ConflictError: `other_wording` when it is not the one in effect: they read another.
    """
    current = current_on(timezone.localdate())
    if current is None or current.number != version:
        raise ConflictError("other_wording", _("The code of conduct has changed. Read it again first."))
    Official.objects.select_for_update(no_key=True).get(pk=official.pk)
    standing = CodeAcceptance.objects.current().filter(official=official, version=version).first()
    if standing:
        return standing
    accepted = CodeAcceptance.objects.create(
        official=official, version=version, recorded_from=timezone.now(), recorded_by=by
    )
    audit.record(
        act="code.accepted",
        by=by,
        subject_kind="official",
        subject_id=official.pk,
        payload={"version": version},
    )
    return accepted
