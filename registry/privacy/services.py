"""Asking for one's data to be corrected or erased, and HR's answer. Every step is in the trail."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Official
from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.findings.services import text_of
from registry.notifications.letters import OWN_REQUEST
from registry.notifications.models import Template
from registry.notifications.writing import write_to
from registry.privacy.models import Asked, DataRequest, Outcome
from registry.privacy.policies import require_officer
from registry.rules.legal.data_requests import CLOCKS, Right, acknowledge_by, answer_by, extended_to
from registry.users.models import User
from registry.users.policies import path_of, require_own


@transaction.atomic
def ask(*, official: Official, kind: Asked, text: str, by: User) -> DataRequest:
    """Ask something about the data held of oneself. The clocks begin on this day.

    Args:
        official: whose data; their own login asks.
        kind: what is asked.
        text: what exactly, and why; HR reads it.
        by: the person.

    Raises:
        NotFoundError, NotAllowedError: it is not the person's own record.
        RegistryError: `reason_missing`, `too_long`, `bad_characters`.
    """
    require_own(by, official)
    kept = text_of(text, "text")
    now = timezone.now()
    today = timezone.localdate(now)
    made = DataRequest.objects.create(
        official=official,
        kind=kind,
        text=kept,
        asked_at=now,
        asked_by=by,
        acknowledge_by=acknowledge_by(today),
        answer_by=answer_by(Right(kind), today),
    )
    _write_down("data.asked", made, path_of(official), by=by, kind=kind.value)
    return made


@transaction.atomic
def acknowledge(*, request: DataRequest, by: User) -> DataRequest:
    """Say that a request arrived and is looked into.

    Raises:
        NotFoundError, NotAllowedError: see `require_officer`.
        ConflictError: `not_now`: somebody did already.
    """
    held, path = _hold(request, by)
    if held.acknowledged_at is not None:
        raise _not_now()
    held.acknowledged_at, held.acknowledged_by = timezone.now(), by
    held.save(update_fields=["acknowledged_at", "acknowledged_by"])
    _write_down("data.acknowledged", held, path, by=by)
    return held


@transaction.atomic
def extend(*, request: DataRequest, text: str, by: User) -> DataRequest:
    """Take the time to answer once more, as the law allows once; the person is written to.

    Who has not yet said that the request arrived says it by this.

    Args:
        request: not answered, and not extended before.
        text: why it takes longer; the person reads it.
        by: an HR officer of the branch, not the person concerned.

    Raises:
        NotFoundError, NotAllowedError: see `require_officer`.
        ConflictError: `not_now`: it is answered; `extended` already.
        RegistryError: `too_late`, once the last day has passed, or of the text.
    """
    held, path = _hold(request, by)
    if held.answered_at is not None:
        raise _not_now()
    if held.extended_at is not None:
        raise ConflictError(
            "extended", _("The time to answer was extended already; the law allows that once only.")
        )
    kept = text_of(text, "text")
    now = timezone.now()
    if timezone.localdate(now) > held.answer_by:
        raise RegistryError(
            "too_late", _("The last day to answer has passed, so it can no longer be extended. Answer now.")
        )
    if held.acknowledged_at is None:
        held.acknowledged_at, held.acknowledged_by = now, by
    held.extended_to, held.extension_text = extended_to(Right(held.kind), held.answer_by), kept
    held.extended_at, held.extended_by = now, by
    held.save()
    _write_down("data.extended", held, path, by=by, until=held.extended_to.isoformat())
    _write_to(held, Template.DATA_EXTENDED, until=f"{held.extended_to:%d/%m/%Y}")
    return held


@transaction.atomic
def answer(*, request: DataRequest, outcome: Outcome, text: str, by: User, basis: str = "") -> DataRequest:
    """Answer a request; the person is written to. Who has not yet said that it arrived says it by this.

    Args:
        request: not answered.
        outcome: done, or refused.
        text: what was done, or why it is refused; the person reads it.
        by: an HR officer of the branch, not the person concerned.
        basis: of a refusal: the code of the article it rests on, one that may be given for this request.

    Raises:
        NotFoundError, NotAllowedError: see `require_officer`.
        ConflictError: `not_now`: it is answered.
        RegistryError: `basis_missing`, or of the text.
    """
    held, path = _hold(request, by)
    if held.answered_at is not None:
        raise _not_now()
    kept = text_of(text, "text")
    if outcome is Outcome.REFUSED and basis not in CLOCKS[Right(held.kind)].refusals:
        raise RegistryError("basis_missing", _("Say which article the refusal rests on."), field="basis")
    now = timezone.now()
    if held.acknowledged_at is None:
        held.acknowledged_at, held.acknowledged_by = now, by
    held.outcome, held.answer_text = outcome, kept
    held.basis = basis if outcome is Outcome.REFUSED else ""
    held.answered_at, held.answered_by = now, by
    held.save()
    _write_down("data.answered", held, path, by=by, outcome=outcome.value, basis=held.basis)
    _write_to(held, Template.DATA_ANSWERED)
    return held


def note_look(*, official: Official, page: str, by: User, **more: Any) -> None:
    """Write down that somebody looked at a person's data, or took it out, for the person to read.

    Args:
        official: whose data.
        page: which page or file; see `registry.privacy.looks` for its words.
        by: who looked.
        more: facts of the look as JSON, no personal value.
    """
    audit.record(
        act="official.viewed",
        by=by,
        subject_kind="official",
        subject_id=official.pk,
        agency_path=path_of(official),
        payload={"page": page, **more},
    )


def _hold(request: DataRequest, by: User) -> tuple[DataRequest, str]:
    held = DataRequest.objects.select_for_update(of=("self",)).select_related("official").get(pk=request.pk)
    return held, require_officer(by, held)


def _write_to(request: DataRequest, template: Template, **context: str) -> None:
    write_to(
        official=request.official,
        key=f"{template}:{request.pk}",
        template=template,
        paths=[OWN_REQUEST.format(request=request.public_id)],
        **context,
    )


def _not_now() -> ConflictError:
    return ConflictError("not_now", _("Somebody else was first with this request. Look at it again."))


def _write_down(act: str, request: DataRequest, path: str, *, by: User, **facts: str) -> None:
    audit.record(
        act=act,
        by=by,
        subject_kind="official",
        subject_id=request.official_id,
        agency_path=path,
        payload={"request": str(request.public_id), **facts},
    )
