"""The acts of this room: look at what is due, and at what somebody wants looked at now."""

import time
from datetime import timedelta
from typing import Any, Final

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, AgencyRecord
from accounts.public_pages import public_pages
from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError, NotFoundError
from registry.evidence import queue
from registry.evidence.causes import Cause
from registry.evidence.door import is_open
from registry.evidence.looking import could_not, look_both_ways, pair_of
from registry.evidence.models import Watch
from registry.evidence.sites import BusyError

log = structlog.get_logger(__name__)

MOST_PAGES: Final = 100  # of one run
MOST_SECONDS: Final = 4 * 60  # likewise; beat rings every five minutes
ASK_AGAIN: Final = timedelta(minutes=10)


def look(*, limit: int = MOST_PAGES, seconds: float = MOST_SECONDS) -> int:
    """Look at pages that are due, the longest due first; return how many were looked at.

    Nothing where the installation sends nothing out. What is due and not reached is reached by the next run.
    """
    if not is_open():
        return 0
    queue.enrol()
    until, count = time.monotonic() + seconds, 0
    while count < limit and time.monotonic() < until:
        claimed = queue.claim()
        if claimed is None:
            break
        count += 1
        _look(claimed)
    return count


def look_at(*, account_id: int) -> bool:
    """Look at one page, if it is due and nobody has it in hand. True when it was looked at."""
    claimed = queue.claim(account_id) if is_open() else None
    return claimed is not None and _look(claimed)


def _look(claimed: queue.Claim) -> bool:
    """Look at a claimed page; the database is not held meanwhile."""
    pair = pair_of(claimed.account)
    if pair is None:
        Watch.objects.filter(account=claimed.account, token=claimed.token).delete()
        return False
    if claimed.attempts > queue.MAX_ATTEMPTS:
        log.error("page_breaks_workers", account=claimed.account)
        return queue.finish(claimed, could_not(pair, Cause.BROKE_OFF))
    try:
        return queue.finish(claimed, look_both_ways(pair))
    except BusyError:
        queue.put_off(claimed)
    except Exception as error:
        # The lease ends by itself and the page is tried again; after some tries it is told as broken off.
        log.exception("look_failed", account=claimed.account, reason=type(error).__name__)
    return False


@transaction.atomic
def ask(*, account: Account, by: Any) -> None:
    """Have a page looked at now.

    Args:
        account: an agency's own page.
        by: who wants it.

    Raises:
        NotFoundError: it is not an agency's page that stands.
        ConflictError: `nothing_sent` where the installation sends nothing out; `asked_lately`.
    """
    page = public_pages().filter(account=account.pk).first()
    if page is None:
        raise NotFoundError("not_found", _("There is no such page."))
    if not is_open():
        raise ConflictError(
            "nothing_sent",
            _("This installation opens no outside pages. Ask its administrator to name a contact address."),
        )
    Watch.objects.get_or_create(account=account)
    watch = Watch.objects.select_for_update().get(account=account)
    now = timezone.now()
    if watch.asked_at is not None and now - watch.asked_at < ASK_AGAIN:
        raise ConflictError(
            "asked_lately",
            _("Somebody asked for this less than ten minutes ago. The site is not asked more often."),
        )
    watch.asked_at = watch.due_at = now
    watch.save(update_fields=["asked_at", "due_at"])
    audit.record(
        act="page.look_asked",
        by=by,
        subject_kind="account",
        subject_id=account.pk,
        agency_path=AgencyRecord.objects.current().get(agency=page["agency"]).path,
    )
    ring("evidence.look_at", account.pk)
