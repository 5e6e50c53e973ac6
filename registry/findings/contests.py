"""Contesting a finding, and HR's answer."""

from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError, NotAllowedError, RegistryError
from registry.findings import policies
from registry.findings.models import Closed, Contest, Finding, Outcome, State
from registry.findings.news import LETTERS
from registry.findings.standing import Held, hold, move
from registry.findings.waivers import text_of, waive
from registry.users.models import User
from registry.users.policies import not_found


@transaction.atomic
def contest(*, finding: Finding, text: str, by: User) -> Contest:
    """Say what is wrong with a finding about oneself. It stays in every list, as contested.

    Args:
        finding: not in line, or not checkable; neither waived nor contested already.
        text: what is wrong with it; HR and auditors read it.
        by: the person it is about; for an agency's own page, its HR officer.

    Raises:
        NotFoundError: not theirs to see.
        NotAllowedError: `not_own`.
        ConflictError: `not_now`: it resolved, was waived or is contested already.
        RegistryError: `reason_missing`, `too_long`, `bad_characters`.
    """
    policies.require_contester(by, finding)
    kept = text_of(text, "text")
    held = _hold(finding)
    policies.require_contester(by, held)
    if held.state not in {State.OPEN, State.UNCHECKED}:
        raise _not_now()
    made = Contest.objects.create(finding=finding, text=kept, contested_by=by, contested_at=timezone.now())
    move([held], State.CONTESTED)
    _write_down("finding.contested", held, made, by=by)
    return made


@transaction.atomic
def answer(
    *,
    contest: Contest,
    outcome: Outcome,
    text: str,
    by: User,
    until: date | None = None,
    proof: BinaryIO | None = None,
) -> Contest:
    """Answer a contest; the person is written to.

    `upheld`: the finding stands, open again, with the answer beside it. `facts`: the person is right and the
    record will be corrected; the finding stays contested until it resolves by itself, and can be answered
    anew. `waived`: the person is right and the finding is let stand until a day (see `waive`).

    Args:
        contest: open.
        outcome: what HR decides.
        text: why; the person reads it. For `waived` it is the waiver's reason.
        by: an HR officer of the branch, neither the person concerned nor who contested.
        until: for `waived` only: the last day it holds.
        proof: for `waived` only: a file, see `waive`.

    Raises:
        NotFoundError, NotAllowedError: `own_finding`, `own_contest`, or not an HR officer of the branch.
        ConflictError: `not_now`: answered, or the finding resolved meanwhile.
        RegistryError: of the text and of the waiver; `until_missing`.
    """
    policies.require_officer(by, [contest.finding])
    kept = text_of(text, "text")
    held = _hold(contest.finding)
    policies.require_officer(by, [held])
    standing = Contest.objects.select_for_update().get(pk=contest.pk)
    if standing.contested_by_id == by.pk:
        raise NotAllowedError("own_contest", _("You cannot answer what you contested yourself."))
    if standing.closed_at is not None or held.state != State.CONTESTED:
        raise _not_now()
    if outcome is Outcome.WAIVED:
        if until is None:
            raise RegistryError("until_missing", _("Say until when the finding is waived."), field="until")
        waive(findings=[contest.finding], reason=kept, until=until, proof=proof, by=by)
    else:
        now = timezone.now()
        standing.answer, standing.answer_text = outcome, kept
        standing.answered_by, standing.answered_at, standing.told_at = by, now, None
        if outcome is Outcome.UPHELD:
            standing.closed_at, standing.closed_reason = now, Closed.ANSWERED
            move([held], None)
        standing.save()
        ring(LETTERS)
    standing.refresh_from_db()
    _write_down("finding.contest_answered", held, standing, by=by, answer=outcome.value)
    return standing


def _hold(finding: Finding) -> Held:
    held = hold([finding.pk])
    if not held:
        raise not_found()
    return held[0]


def _write_down(act: str, held: Held, made: Contest, *, by: User, **facts: str) -> None:
    audit.record(
        act=act,
        by=by,
        subject_kind="agency" if held.official_id is None else "official",
        subject_id=held.agency_id if held.official_id is None else held.official_id,
        agency_path=held.agency_path,
        payload={"contest": str(made.public_id), "rule": held.rule, **facts},
    )


def _not_now() -> ConflictError:
    return ConflictError("not_now", _("This finding has changed meanwhile. Look at it again."))
