"""A list is asked for on a page and made by a worker, however long it takes; whoever asked fetches it."""

import os
import shutil
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from common.bell import ring
from common.beside import Beside
from common.errors import RegistryError
from common.holding import at_work, ring_for_lost
from registry.exports.lines import SUBJECTS
from registry.exports.models import Format, Order
from registry.exports.services import checked, exported_zip, filter_in_words
from registry.findings.selectors import ComplianceFilter
from registry.users.models import User

WORK: Final = "exports.make"
LOCK: Final = 7307  # the kind of work, for common.holding
KEEP: Final = timedelta(days=1)  # a file; the ledger keeps that it was made
MOST_ATTEMPTS: Final = 3


@transaction.atomic
def order(*, agency: Agency, by: User, day: date | None, form: Format, wanted: ComplianceFilter) -> Order:
    """Ask for an agency's compliance list, in the active language. What cannot be given is refused here.

    Args:
        agency: the list takes in all below it.
        by: who asks; only they can fetch it.
        day: the register as it stood at the end of this day; None: as it stands when the list is made.
        form: CSV or XLSX.
        wanted: what of the list.

    Raises:
        NotFoundError, RegistryError: as `export_compliance`.
    """
    agency, record, _at = checked(agency, by=by, day=day, wanted=wanted)
    made = Order.objects.create(
        agency=agency,
        agency_path=record.path,
        by=by,
        day=day,
        format=form,
        filter=filter_in_words(wanted),
        language=get_language() or settings.LANGUAGE_CODE,
    )
    ring(WORK, made.pk)
    return made


def make(order_id: int) -> None:
    """Make a list that was asked for; nothing when it is made, or another worker is at it."""
    with at_work(LOCK, order_id) as mine:
        waiting = Order.objects.filter(pk=order_id, state=Order.State.WAITING)
        found = waiting.select_related("agency", "by").first() if mine else None
        if found is None:
            return
        try:
            if not waiting.filter(attempts__lt=MOST_ATTEMPTS).update(attempts=F("attempts") + 1):
                raise _broke_off()
            _make(found)
        except RegistryError as refusal:
            with override(found.language):
                waiting.update(state=Order.State.FAILED, error_message=str(refusal))


def _broke_off() -> RegistryError:
    return RegistryError(
        "broke_off",
        _("The work on this list broke off several times, so it was given up. Ask for a part of it."),
    )


def _make(found: Order) -> None:
    with (
        override(found.language),
        Beside(Order, found.pk) as beside,
        exported_zip(
            agency=found.agency,
            by=found.by,
            day=found.day,
            form=Format(found.format),
            wanted=_wanted(found),
            tell=beside.counting("done"),
        ) as (packed, export),
    ):
        Order.objects.filter(pk=found.pk).update(
            state=Order.State.MADE, export=export, file=_keep(packed), done=export.rows
        )


def _wanted(found: Order) -> ComplianceFilter:
    said = found.filter
    return ComplianceFilter(
        rules=tuple(said["rules"]),
        states=tuple(said["states"]),
        subjects=tuple(SUBJECTS[name] for name in said["subjects"]),
        platform=said["platform"],
        staff_code=said["staff_code"],
    )


def file_of(found: Order) -> Path:
    """Where the made file lies.

    Raises:
        RegistryError: `erased`, a day after it was made.
    """
    path = _folder() / found.file
    if not found.file or not path.exists():
        raise RegistryError("erased", _("The file was erased. Ask for the list again."))
    return path


def resume_waiting() -> int:
    """Ring again for lists whose worker or whose bell was lost; return how many."""
    waiting = Order.objects.filter(state=Order.State.WAITING).values_list("pk", flat=True)
    return ring_for_lost(WORK, LOCK, waiting)


def erase_old() -> int:
    """Erase the files made more than a day ago; return how many."""
    old = Order.objects.filter(asked_at__lt=timezone.now() - KEEP).exclude(file="")
    names = list(old.values_list("file", flat=True))
    for name in names:
        (_folder() / name).unlink(missing_ok=True)
    return old.update(file="")


def _keep(packed: Path) -> str:
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = uuid.uuid4().hex
    descriptor = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with packed.open("rb") as source, open(descriptor, "wb") as target:  # noqa: PTH123 - a descriptor, to give the mode at birth
        shutil.copyfileobj(source, target)
    return name


def _folder() -> Path:
    return Path(settings.PRIVATE_MEDIA_ROOT) / "exports"
